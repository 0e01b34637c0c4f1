//! Edits of one schema that keep the order of its keys.

use gitbook_api_codegen::Diagnostic;
use serde_json::{Map, Value, json};

use super::Loss;

pub(super) type Schema = Map<String, Value>;

/// Replaces `key` by `entries` at the same position and returns its former value.
///
/// If the schema already has the key of an entry elsewhere, the value is replaced there.
pub(super) fn replace<const N: usize>(
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

/// Adds `constraint` to `schema` as a further condition.
pub(super) fn require(schema: &mut Schema, constraint: Value) {
    match schema.get_mut("allOf") {
        Some(Value::Array(members)) => members.push(constraint),
        _ => {
            schema.insert("allOf".to_owned(), json!([constraint]));
        }
    }
}

/// Preserves a keyword that OpenAPI 3.0.3 does not have as an extension (`$comment` as
/// `x-comment`), and records it as lossy.
pub(super) fn preserve_as_extension(
    object: &mut Schema,
    key: &str,
    pointer: &str,
    why: &str,
    lossy: &mut Vec<Loss>,
) {
    let Some(value) = object.get(key).cloned() else {
        return;
    };
    let mut extension = format!("x-{}", key.trim_start_matches('$'));
    while object.contains_key(&extension) {
        extension.insert_str(0, "x-");
    }
    replace(object, key, [(&extension, detached(value))]);
    let Diagnostic { pointer, .. } = Diagnostic::new(pointer, "");
    lossy.push(Loss {
        pointer,
        message: format!("`{key}` {why}; preserved as `{extension}`"),
    });
}

/// Returns `value` with each `$ref` renamed to `x-ref`, because an extension must not contain
/// references.
pub(super) fn detached(value: Value) -> Value {
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
