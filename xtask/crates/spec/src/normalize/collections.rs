//! Rewrites keywords for items by position and properties by pattern, which OpenAPI 3.0.3 can
//! express only partly.
//!
//! The result accepts every value that was valid before. The original keyword is preserved as an
//! extension.

use serde_json::{Value, json};

use super::Loss;
use super::edit::{Schema, preserve_as_extension};

/// Rewrites `prefixItems`: each item may match any of the positional schemas.
pub(super) fn prefix_items(schema: &mut Schema, pointer: &str, lossy: &mut Vec<Loss>) {
    let Some(Value::Array(prefix)) = schema.get("prefixItems").cloned() else {
        return;
    };
    let rest = schema.shift_remove("items").unwrap_or(json!(true));
    let closed = rest == json!(false);
    if closed {
        let fewer = schema
            .get("maxItems")
            .and_then(Value::as_u64)
            .unwrap_or(u64::MAX);
        schema.insert("maxItems".to_owned(), json!(fewer.min(prefix.len() as u64)));
    }
    let alike = prefix.iter().all(|item| *item == prefix[0]);
    if closed && alike && !prefix.is_empty() {
        schema.insert("items".to_owned(), prefix[0].clone());
        schema.shift_remove("prefixItems");
        return;
    }
    schema.insert("items".to_owned(), any(prefix, rest));
    let why = "cannot be expressed in OpenAPI 3.0.3, which has one schema for all items";
    preserve_as_extension(schema, "prefixItems", pointer, why, lossy);
}

/// Rewrites `patternProperties`: additional properties may match any of the patterns' schemas.
pub(super) fn pattern_properties(schema: &mut Schema, pointer: &str, lossy: &mut Vec<Loss>) {
    let Some(Value::Object(patterns)) = schema.get("patternProperties") else {
        return;
    };
    let patterns: Vec<Value> = patterns.values().cloned().collect();
    if let Some(rest) = schema.get("additionalProperties").cloned() {
        schema.insert("additionalProperties".to_owned(), any(patterns, rest));
    }
    let why =
        "cannot be expressed in OpenAPI 3.0.3, which has one schema for all additional properties";
    preserve_as_extension(schema, "patternProperties", pointer, why, lossy);
}

/// Rewrites `unevaluatedProperties` as `additionalProperties` where no other schema applies to the
/// same object.
pub(super) fn unevaluated_properties(schema: &mut Schema) {
    const APPLICATORS: [&str; 10] = [
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "dependentSchemas",
        "patternProperties",
        "additionalProperties",
        "$dynamicRef",
    ];
    if APPLICATORS.iter().any(|key| schema.contains_key(*key)) {
        return;
    }
    if let Some(rest) = schema.shift_remove("unevaluatedProperties") {
        schema.insert("additionalProperties".to_owned(), rest);
    }
}

/// Returns a schema that accepts what any of `members` or `rest` accepts.
fn any(mut members: Vec<Value>, rest: Value) -> Value {
    match rest {
        Value::Bool(true) => return json!({}),
        Value::Bool(false) => {}
        rest => members.push(rest),
    }
    let mut distinct: Vec<Value> = Vec::new();
    for member in members {
        if !distinct.contains(&member) {
            distinct.push(member);
        }
    }
    match distinct.len() {
        0 => json!({"not": {}}),
        1 => distinct.remove(0),
        _ => json!({"anyOf": distinct}),
    }
}
