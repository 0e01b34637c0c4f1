//! Samples of every schema, and the type that reads them.

#![allow(dead_code, reason = "each target uses its part")]

use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use gitbook_api::{Body, decode, types};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads a value and writes it again. Without one, writes the default of the type and reads it.
pub(crate) type Probe = fn(Option<&Value>) -> Result<Value, serde_json::Error>;

/// One schema.
pub(crate) struct Sample {
    /// The component, or an operation and the status of an answer.
    pub schema: &'static str,
    /// Its type.
    pub probe: Probe,
    /// Values that the schema admits.
    pub values: Vec<Value>,
}

/// It is compiled for every type, so that it calls few generic functions.
fn probe<T>(value: Option<&Value>) -> Result<Value, serde_json::Error>
where
    T: DeserializeOwned + Body + Default + PartialEq,
{
    let read = match value {
        // Not from text, whose floats `serde_json` reads less exactly.
        Some(value) => T::deserialize(value.clone())?,
        None => T::default(),
    };
    if let Some(value) = value {
        assert_decodes(value.to_string().as_bytes(), &read);
    }
    let text = read.to_json()?;
    assert_decodes(&text, &read);
    let written = read.serialize(serde_json::value::Serializer)?;
    assert_eq!(
        text,
        written.to_string().into_bytes(),
        "the two ways to write a value"
    );
    Ok(written)
}

/// Fails unless `decode::json` reads this value.
fn assert_decodes<T: DeserializeOwned + PartialEq>(text: &[u8], value: &T) {
    match decode::json::<T>(text) {
        Ok(decoded) if decoded == *value => {}
        result => {
            let (error, text) = (result.err(), String::from_utf8_lossy(text));
            panic!("another value, or none ({error:?}): {text}");
        }
    }
}

/// All types, by their schemas.
#[allow(deprecated)]
pub(crate) const SCHEMAS: &[(&str, Probe)] = &include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// Samples of all schemas of the published document.
pub(crate) static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let document = document("spec/fragments/gitbook-api/openapi.yaml");
    let samples = SCHEMAS.iter().map(|(schema, probe)| {
        let sample = sample(&document, schema, *probe);
        sample.unwrap_or_else(|| panic!("{schema} is not in the published document"))
    });
    samples.collect()
});

/// Reads a document of the repository.
pub(crate) fn document(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    read(&path).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads a document as the build script does.
pub(crate) fn read(path: &Path) -> Result<Value, Box<dyn Error>> {
    let named = |error: &dyn Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| named(&error))?;
    Ok(serde_yaml::from_str(&text).map_err(|error| named(&error))?)
}

/// Returns samples of the schemas that another document has, too.
pub(crate) fn samples_of(document: &Value) -> impl Iterator<Item = Sample> {
    let schemas = SCHEMAS.iter();
    schemas.filter_map(|(schema, probe)| sample(document, schema, *probe))
}

fn sample(document: &Value, schema: &'static str, probe: Probe) -> Option<Sample> {
    let node = schema_of(document, schema)?;
    // A type is nullable only in some of its uses.
    let values = schema_sample::samples(document, node)
        .into_iter()
        .filter(|value| !value.is_null())
        .collect();
    Some(Sample {
        schema,
        probe,
        values,
    })
}

fn schema_of<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    let Some((operation, status)) = name.split_once(' ') else {
        return document["components"]["schemas"].get(name);
    };
    let operations = document["paths"]
        .as_object()?
        .values()
        .filter_map(Value::as_object);
    let operation = operations
        .flat_map(Map::values)
        .find(|node| node["operationId"] == operation)?;
    let response = &operation["responses"][status];
    let response = match response["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..])?,
        None => response,
    };
    let content = response["content"].as_object()?;
    content.values().find_map(|body| body.get("schema"))
}

/// Returns the JSON pointer of the first difference between two values. Numbers may be written in
/// another way, and keys may be in another order.
pub(crate) fn difference(one: &Value, two: &Value) -> Option<String> {
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => {
            let keys = one.keys().chain(two.keys());
            keys.into_iter().find_map(|key| {
                let place = match (one.get(key), two.get(key)) {
                    (Some(one), Some(two)) => difference(one, two)?,
                    _ => String::new(),
                };
                Some(format!("/{key}{place}"))
            })
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
            let mut items = one.iter().zip(two).enumerate();
            items.find_map(|(index, (one, two))| Some(format!("/{index}{}", difference(one, two)?)))
        }
        (Value::Number(one), Value::Number(two)) => {
            (one.as_f64() != two.as_f64()).then(String::new)
        }
        (one, two) => (one != two).then(String::new),
    }
}
