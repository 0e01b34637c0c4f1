//! Edits of one schema that keep the order of its keys.

use gitbook_api_codegen::Problem;
use serde_json::{Map, Value, json};

use super::Loss;

/// The keywords of one schema.
pub type Schema = Map<String, Value>;

/// Puts `entries` where `key` stands, and returns what stood there.
///
/// An entry whose key the schema has elsewhere replaces the value there.
pub fn replace<const N: usize>(
    schema: &mut Schema,
    key: &str,
    entries: [(&str, Value); N],
) -> Option<Value> {
    let position = schema.keys().position(|name| name == key)?;
    let old = schema.shift_remove(key);
    let mut next = position;
    for (name, value) in entries {
        if let Some(present) = schema.get_mut(name) {
            *present = value;
            continue;
        }
        schema.shift_insert(next, name.to_owned(), value);
        next += 1;
    }
    old
}

/// Requires `schema` to satisfy `constraint` too.
pub fn require(schema: &mut Schema, constraint: Value) {
    match schema.get_mut("allOf") {
        Some(Value::Array(members)) => members.push(constraint),
        _ => {
            schema.insert("allOf".to_owned(), json!([constraint]));
        }
    }
}

/// Keeps what OpenAPI 3.0.3 cannot say as an extension (`$comment` as `x-comment`), and reports it.
pub fn set_aside(object: &mut Schema, key: &str, pointer: &str, why: &str, losses: &mut Vec<Loss>) {
    let Some(value) = object.get(key).cloned() else {
        return;
    };
    let mut extension = format!("x-{}", key.trim_start_matches('$'));
    while object.contains_key(&extension) {
        extension.insert_str(0, "x-");
    }
    replace(object, key, [(&extension, detached(value))]);
    let Problem { pointer, .. } = Problem::new(pointer, "");
    losses.push(Loss {
        pointer,
        message: format!("`{key}` {why}; kept as `{extension}`"),
    });
}

/// `value` as an extension may hold it: references are allowed in no extension, so that each `$ref`
/// is called `x-ref` there.
pub fn detached(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(detached).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| match key.as_str() {
                "$ref" => ("x-ref".to_owned(), value),
                _ => (key, detached(value)),
            })
            .collect(),
        other => other,
    }
}
