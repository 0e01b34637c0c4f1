//! Reads an OpenAPI document or fragment, JSON or YAML.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use gitbook_api_codegen::Problem;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// More than any published description of an API, and little enough to hold in memory.
const MAX_BYTES: u64 = 64 << 20;

/// GitBook's own documents are 21 deep; parsers and later stages call themselves for every level.
const MAX_DEPTH: usize = 64;

/// The versions of OpenAPI that this project reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0.x, whose schemas are a dialect of its own.
    V3_0,
    /// OpenAPI 3.1.x, whose schemas are JSON Schema 2020-12.
    V3_1,
}

/// Reads the document in the file at `path`.
///
/// # Errors
/// When the file cannot be read or is over 64 MiB, and as [`parse`].
pub fn read(path: &Path) -> Result<Value> {
    let origin = path.display().to_string();
    let size = fs::metadata(path)
        .with_context(|| format!("cannot read {origin}"))?
        .len();
    if size > MAX_BYTES {
        bail!("{origin}: {size} bytes, and a document may have {MAX_BYTES} at most");
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {origin}"))?;
    parse(&text, &origin)
}

/// Reads the document in `text`, which comes from `origin`.
///
/// # Errors
/// When `text` is over 64 MiB or no OpenAPI 3.0 or 3.1 document in JSON or YAML. The message names
/// `origin`, and the line or the JSON pointer.
pub fn parse(text: &str, origin: &str) -> Result<Value> {
    if text.len() as u64 > MAX_BYTES {
        bail!(
            "{origin}: {} bytes, and a document may have {MAX_BYTES} at most",
            text.len()
        );
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let Tree(document) = match text.chars().next() {
        None => bail!("{origin}: this is empty, not an OpenAPI document"),
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
            // Depth is bounded for every later stage, the other limits by the size of the text.
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
        bail!("{origin}: this is nested more than {MAX_DEPTH} deep; flatten it");
    }
    version(&document).map_err(|problem| anyhow!("{origin}: {problem}"))?;
    Ok(document)
}

/// The version of OpenAPI that `document` is written for.
///
/// # Errors
/// When it is no OpenAPI document, or one of another version.
pub fn version(document: &Value) -> Result<Version, Problem> {
    if !document.is_object() {
        return Err(Problem::new(
            "",
            "this is not an object, and so no OpenAPI document",
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
            let message = format!("this says to be OpenAPI version {given}");
            Err(Problem::new("/openapi", message).help("3.0.x and 3.1.x can be read"))
        }
    }
}

/// How many objects and arrays are nested in `value`; serde_json reads 127 at most.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// A JSON value that came from objects without duplicate keys.
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
            .ok_or_else(|| E::custom(format!("{value} is no number of JSON")))
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
                return Err(de::Error::custom(format!("the key `{key}` is given twice")));
            }
            let Tree(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
