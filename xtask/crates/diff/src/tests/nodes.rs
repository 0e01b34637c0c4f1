//! Questions to nodes of a document, and edits of them, for the mutations.

use serde_json::{Map, Value, json};

use crate::compare::only_null;

pub(super) fn is_type(value: &Value, name: &str) -> bool {
    value["type"] == name && value.get("enum").is_none()
}

pub(super) fn is_format(value: &Value) -> bool {
    value.get("format").is_some_and(Value::is_string)
}

pub(super) fn is_time(value: &Value) -> bool {
    value["format"] == "date" || value["format"] == "date-time"
}

/// Returns whether a schema is an object that allows any additional properties.
pub(super) fn is_open(schema: &Value) -> bool {
    is_object(schema) && [None, Some(&json!(true))].contains(&schema.get("additionalProperties"))
}

/// Returns whether a schema is an object, but no map with listed keys, that allows no additional
/// properties.
pub(super) fn is_closed(schema: &Value) -> bool {
    is_object(schema)
        && schema["additionalProperties"] == false
        && schema.get("x-propertyNames").is_none()
}

pub(super) fn is_object(value: &Value) -> bool {
    value["properties"]
        .as_object()
        .is_some_and(|properties| properties.len() > 3)
}

pub(super) fn length(value: &Value, key: &str) -> usize {
    value[key].as_array().map_or(0, Vec::len)
}

/// Returns the number of members of a union, without null.
pub(super) fn members(value: &Value, key: &str) -> usize {
    let members = value[key].as_array().into_iter().flatten();
    members.filter(|member| !only_null(member)).count()
}

/// Returns the name of a property that is, or is not, required.
pub(super) fn property(schema: &Value, required: bool) -> Option<String> {
    let empty = Vec::new();
    let names = schema["required"].as_array().unwrap_or(&empty);
    let properties = schema["properties"].as_object()?;
    let fits = |name: &&String| {
        let listed = names.iter().any(|other| other == name.as_str());
        let single = length(&properties[name.as_str()], "enum") == 1;
        listed == required && !single && properties[name.as_str()].get("type").is_some()
    };
    properties.keys().rfind(fits).cloned()
}

pub(super) fn at_property(schema: &Value, required: bool) -> String {
    format!("/properties/{}", property(schema, required).unwrap())
}

pub(super) fn list<'a>(object: &'a mut Map<String, Value>, key: &str) -> &'a mut Vec<Value> {
    object
        .entry(key)
        .or_insert_with(|| json!([]))
        .as_array_mut()
        .unwrap()
}

pub(super) fn last(value: &Value, key: &str) -> String {
    format!("/{key}/{}", length(value, key) - 1)
}

pub(super) fn next(value: &Value, key: &str) -> String {
    format!("/{key}/{}", length(value, key))
}

pub(super) fn set(object: &mut Map<String, Value>, key: &str, value: Value) {
    object.insert(key.to_owned(), value);
}

pub(super) fn unset(object: &mut Map<String, Value>, key: &str) {
    object.shift_remove(key);
}

pub(super) fn properties_of(schema: &mut Map<String, Value>) -> &mut Map<String, Value> {
    schema["properties"].as_object_mut().unwrap()
}

pub(super) fn responses_of(operation: &mut Map<String, Value>) -> &mut Map<String, Value> {
    operation["responses"].as_object_mut().unwrap()
}

pub(super) fn content_of(node: &mut Map<String, Value>) -> &mut Map<String, Value> {
    node["content"].as_object_mut().unwrap()
}
