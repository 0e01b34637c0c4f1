//! What OpenAPI 3.0.3 asks of every schema, whichever version it was written for.

use serde_json::{Value, json};

use super::Loss;
use super::edit::{Schema, replace, set_aside};

/// The keywords of a schema in OpenAPI 3.0.3.
const KEYWORDS: [&str; 36] = [
    "$ref",
    "title",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "enum",
    "type",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "additionalProperties",
    "description",
    "format",
    "default",
    "nullable",
    "discriminator",
    "readOnly",
    "writeOnly",
    "xml",
    "externalDocs",
    "example",
    "deprecated",
];

/// Repairs what is no schema of OpenAPI 3.0.3 although its meaning is plain.
pub fn repair(schema: &mut Schema) {
    if schema.get("type") == Some(&json!("array")) && !schema.contains_key("items") {
        schema.insert("items".to_owned(), json!({}));
    }
    if schema.get("required") == Some(&json!([])) {
        schema.shift_remove("required");
    }
    if schema.get("enum") == Some(&json!([])) {
        replace(schema, "enum", [("not", json!({}))]);
    }
}

/// Sets `nullable` aside where OpenAPI 3.0.3 gives it no effect: without a `type` beside it.
pub fn idle_nullable(schema: &mut Schema, pointer: &str, losses: &mut Vec<Loss>) {
    if schema.contains_key("type") {
        return;
    }
    let why = "has no effect in OpenAPI 3.0.3 without a `type` beside it";
    set_aside(schema, "nullable", pointer, why, losses);
}

/// Sets aside every keyword that OpenAPI 3.0.3 does not know.
pub fn unknown(schema: &mut Schema, pointer: &str, losses: &mut Vec<Loss>) {
    let unknown: Vec<String> = schema
        .keys()
        .filter(|key| !key.starts_with("x-") && !KEYWORDS.contains(&key.as_str()))
        .cloned()
        .collect();
    for key in unknown {
        set_aside(
            schema,
            &key,
            pointer,
            "cannot be said in OpenAPI 3.0.3",
            losses,
        );
    }
}

/// `true` admits everything and `false` nothing.
pub fn spell_out(schema: &mut Value) {
    match schema {
        Value::Bool(true) => *schema = json!({}),
        Value::Bool(false) => *schema = json!({"not": {}}),
        _ => {}
    }
}
