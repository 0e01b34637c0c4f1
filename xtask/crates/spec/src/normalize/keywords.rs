//! Rewrites that apply to schemas of every OpenAPI version.

use serde_json::{Value, json};

use super::Loss;
use super::edit::{Schema, preserve_as_extension, replace};

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

/// Repairs common mistakes whose meaning is clear.
pub(super) fn repair(schema: &mut Schema) {
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

/// Preserves `nullable` as an extension where it has no effect in OpenAPI 3.0.3: without a `type`
/// beside it.
pub(super) fn preserve_ineffective_nullable(
    schema: &mut Schema,
    pointer: &str,
    lossy: &mut Vec<Loss>,
) {
    if schema.contains_key("type") {
        return;
    }
    let why = "has no effect in OpenAPI 3.0.3 without a `type` beside it";
    preserve_as_extension(schema, "nullable", pointer, why, lossy);
}

/// Preserves every keyword that OpenAPI 3.0.3 does not have as an extension.
pub(super) fn unknown(schema: &mut Schema, pointer: &str, lossy: &mut Vec<Loss>) {
    let unknown: Vec<String> = schema
        .keys()
        .filter(|key| !key.starts_with("x-") && !KEYWORDS.contains(&key.as_str()))
        .cloned()
        .collect();
    for key in unknown {
        preserve_as_extension(
            schema,
            &key,
            pointer,
            "cannot be expressed in OpenAPI 3.0.3",
            lossy,
        );
    }
}

/// Rewrites the schema `true` as `{}` and `false` as `{not: {}}`.
pub(super) fn desugar_boolean(schema: &mut Value) {
    match schema {
        Value::Bool(true) => *schema = json!({}),
        Value::Bool(false) => *schema = json!({"not": {}}),
        _ => {}
    }
}
