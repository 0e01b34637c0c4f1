//! What stands beside a `$ref`.

use gitbook_api_codegen::document;
use gitbook_api_codegen::walk::{Node, walk_mut};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::Loss;
use super::edit::{Schema, replace, set_aside};

/// What may stand beside a reference without a say in which values are valid.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "default",
    "example",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
];

/// Writes references without percent-encoding, which URI fragments may have: `%7B` is `{`.
pub fn decode(document: &mut Value) {
    let original = document.clone();
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, _, value| {
            let Some(Value::String(reference)) = value.get_mut("$ref") else {
                return;
            };
            // A name that has a percent sign of its own stays what it is.
            if document::lookup(&original, reference).is_some() {
                return;
            }
            if let Ok(decoded) = percent_decode_str(reference).decode_utf8()
                && document::lookup(&original, &decoded).is_some()
            {
                *reference = decoded.into_owned();
            }
        },
    );
}

/// Sets aside the constraints beside the reference of an OpenAPI 3.0 schema, which ignores them.
pub fn set_constraints_aside(schema: &mut Schema, pointer: &str, losses: &mut Vec<Loss>) {
    if !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let constraints: Vec<String> = schema
        .keys()
        .filter(|key| *key != "$ref" && !key.starts_with("x-"))
        .filter(|key| !ANNOTATIONS.contains(&key.as_str()))
        .cloned()
        .collect();
    for key in constraints {
        set_aside(
            schema,
            &key,
            pointer,
            "has no effect beside `$ref` in OpenAPI 3.0",
            losses,
        );
    }
}

/// Moves the reference of a schema into `allOf` when something stands beside it.
///
/// OpenAPI 3.0.3 ignores the siblings of `$ref`; in `allOf`, annotations and constraints beside it
/// keep their effect, and pointers into them stay what they were.
pub fn wrap(schema: &mut Schema) {
    if schema.len() < 2 {
        return;
    }
    let Some(reference @ Value::String(_)) = schema.get("$ref").cloned() else {
        return;
    };
    let reference = json!({"$ref": reference});
    if let Some(Value::Array(members)) = schema.get_mut("allOf") {
        members.insert(0, reference);
        schema.shift_remove("$ref");
        return;
    }
    replace(schema, "$ref", [("allOf", json!([reference]))]);
}

/// Replaces each reference with a description of its own, outside of schemas, by what it names
/// under that description.
///
/// OpenAPI 3.0.3 has no place for a description beside a reference, and 3.1 has it override.
pub fn inline_described(document: &mut Value, losses: &mut Vec<Loss>) {
    let original = document.clone();
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if !matches!(
                node,
                Node::Parameter
                    | Node::RequestBody
                    | Node::Response
                    | Node::Header
                    | Node::Example
                    | Node::Link
                    | Node::SecurityScheme
            ) {
                return;
            }
            let Some(object) = value.as_object().filter(|object| object.len() > 1) else {
                return;
            };
            if !object.get("$ref").is_some_and(Value::is_string) {
                return;
            }
            let Ok(Value::Object(target)) = document::resolve(&original, value) else {
                return;
            };
            let mut inlined = target.clone();
            for (key, sibling) in object.iter().filter(|(key, _)| *key != "$ref") {
                inlined.insert(key.clone(), sibling.clone());
                let known = key == "description" || key == "summary" && node == Node::Example;
                if !known && !key.starts_with("x-") {
                    set_aside(
                        &mut inlined,
                        key,
                        pointer,
                        "has no effect beside `$ref`",
                        losses,
                    );
                }
            }
            *value = Value::Object(inlined);
        },
    );
}
