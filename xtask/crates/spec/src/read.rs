//! Reads an OpenAPI document or fragment, JSON or YAML.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use gitbook_api_codegen::Problem;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The maximum size of a document, which has to fit in memory several times.
const MAX_BYTES: u64 = 64 << 20;

/// The maximum nesting of a document. Parsers and later steps are recursive; GitBook's documents
/// are 21 levels deep.
const MAX_DEPTH: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0.x, which has its own dialect of JSON Schema.
    V3_0,
    /// OpenAPI 3.1.x, which uses JSON Schema 2020-12.
    V3_1,
}

/// Reads the document in the file at `path`.
///
/// # Errors
///
/// Fails if the file cannot be read or is over 64 MiB, or if [`parse`] fails.
pub fn read(path: &Path) -> Result<Value> {
    let origin = path.display().to_string();
    let size = fs::metadata(path)
        .with_context(|| format!("cannot read {origin}"))?
        .len();
    if size > MAX_BYTES {
        bail!("{origin}: {size} bytes, more than the limit of {MAX_BYTES}");
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {origin}"))?;
    parse(&text, &origin)
}

/// Reads the document in `text`. `origin` names it in errors.
///
/// # Errors
///
/// Fails if `text` is over 64 MiB, or is not an OpenAPI 3.0 or 3.1 document in JSON or YAML. The
/// error has the line or the JSON pointer.
pub fn parse(text: &str, origin: &str) -> Result<Value> {
    if text.len() as u64 > MAX_BYTES {
        bail!(
            "{origin}: {} bytes, more than the limit of {MAX_BYTES}",
            text.len()
        );
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let Tree(document) = match text.chars().next() {
        None => bail!("{origin}: the text is empty, not an OpenAPI document"),
        Some('<') => bail!(
            "{origin}:1: this is a web page (HTML), not an OpenAPI document; give the address of \
             the document itself"
        ),
        Some('{') => serde_json::from_str(text).map_err(|error| {
            anyhow!(
                "{origin}:{}: {error}; is the file complete and valid JSON?",
                error.line()
            )
        })?,
        Some(_) => {
            // The depth is limited for all later steps; the size of the text limits everything
            // else.
            let options = serde_yaml::options! {
                budget: serde_yaml::budget! {
                    max_depth: MAX_DEPTH,
                    max_nodes: text.len(),
                    max_events: 2 * text.len() + 8,
                },
                strict_booleans: true,
            };
            serde_yaml::from_str_with_options(text, options)
                .map_err(|error| anyhow!("{origin}: {error}"))?
        }
    };
    if depth(&document) > MAX_DEPTH {
        bail!("{origin}: nested more than {MAX_DEPTH} levels deep");
    }
    version(&document).map_err(|problem| anyhow!("{origin}: {problem}"))?;
    Ok(document)
}

/// Returns the OpenAPI version of `document`.
///
/// # Errors
///
/// Fails if it is not an OpenAPI document, or has another version.
pub fn version(document: &Value) -> Result<Version, Problem> {
    if !document.is_object() {
        return Err(Problem::new(
            "",
            "not an object, so not an OpenAPI document",
        ));
    }
    if document.get("swagger").is_some() {
        let problem = Problem::new("/swagger", "this is a Swagger 2.0 document");
        return Err(problem.help("convert it to OpenAPI 3.0 or 3.1 first"));
    }
    let given = document.get("openapi").unwrap_or(&Value::Null);
    match given
        .as_str()
        .map(|version| version.split('.').collect::<Vec<_>>())
        .as_deref()
    {
        Some(["3", "0", _]) => Ok(Version::V3_0),
        Some(["3", "1", _]) => Ok(Version::V3_1),
        _ => {
            let message = format!("unsupported OpenAPI version {given}");
            Err(Problem::new("/openapi", message).help("3.0.x and 3.1.x are supported"))
        }
    }
}

/// Returns the nesting depth of `value`. serde_json reads at most 127 levels.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// A JSON value read from objects without duplicate keys.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom(format!("{value} is not a JSON number")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(de::Error::custom(format!("duplicate key `{key}`")));
            }
            let Tree(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
