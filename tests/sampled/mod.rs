//! Samples of every schema, and the type that reads them.

use std::path::Path;

use gitbook_api::types;
use serde_json::{Map, Value};
use xtask::{read, sample};

/// Reads a value and writes it again.
pub type Probe = fn(&Value) -> Result<Value, serde_json::Error>;

/// One schema.
pub struct Sample {
    /// The component, or an operation and the status of an answer.
    pub schema: &'static str,
    /// Its type.
    pub probe: Probe,
    /// Values that the schema admits.
    pub values: Vec<Value>,
}

fn probe<T>(value: &Value) -> Result<Value, serde_json::Error>
where
    T: serde::de::DeserializeOwned + serde::Serialize,
{
    let read: T = serde_json::from_slice(value.to_string().as_bytes())?;
    serde_json::to_value(read)
}

/// All types, by their schemas.
const SCHEMAS: &[(&str, Probe)] = &include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// Samples of all schemas of the published document.
pub fn samples() -> impl Iterator<Item = Sample> {
    let published =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/fragments/gitbook-api/openapi.yaml");
    let document = read::read(&published).expect("the published document is committed");
    SCHEMAS.iter().map(move |(schema, probe)| {
        let values = match schema_of(&document, schema) {
            Some(node) => sample::samples(&document, node),
            None => panic!("{schema} is not in the published document"),
        };
        Sample {
            schema,
            probe: *probe,
            values,
        }
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

/// A value without the entries of objects that are `null`, with numbers and dates written alike.
pub fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Number(number) => Value::from(number.as_f64()),
        Value::String(text) => match text.parse::<jiff::Timestamp>() {
            Ok(moment) => Value::from(moment.to_string()),
            Err(_) => value.clone(),
        },
        other => other.clone(),
    }
}

/// Whether `whole` has everything that `part` has. `null` and the unknown field that
/// [`mutations`] adds may be gone.
pub fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (_, Value::Null) => true,
        (Value::Object(whole), Value::Object(part)) => part.iter().all(|(key, value)| {
            key == UNKNOWN
                || value.is_null()
                || whole.get(key).is_some_and(|other| contains(other, value))
        }),
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(a, b)| contains(a, b))
        }
        (whole, part) => without_nulls(whole) == without_nulls(part),
    }
}

const UNKNOWN: &str = "addedByAFutureVersion";

/// The changes that a future version of the API could make to a value, at every depth, one at a
/// time: a field more, a field less, a field that is `null`, another text.
pub fn mutations(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::Object(object) => {
            let mut more = object.clone();
            more.insert(
                UNKNOWN.to_owned(),
                serde_json::json!({ "a": [1, "b", null] }),
            );
            found.push(Value::Object(more));
            for (key, inner) in object {
                let mut less = object.clone();
                less.shift_remove(key);
                found.push(Value::Object(less));
                let mut null = object.clone();
                null.insert(key.clone(), Value::Null);
                found.push(Value::Object(null));
                for mutation in mutations(inner) {
                    let mut changed = object.clone();
                    changed.insert(key.clone(), mutation);
                    found.push(Value::Object(changed));
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                for mutation in mutations(item) {
                    let mut changed = items.clone();
                    changed[index] = mutation;
                    found.push(Value::Array(changed));
                }
            }
        }
        // Dates are the one kind of text whose value means something to the types.
        Value::String(text) if text.parse::<jiff::Timestamp>().is_err() => {
            found.push(Value::from("value of a future version"));
        }
        _ => {}
    }
    found
}
