//! Rewrites `$ref`s and their siblings.

use gitbook_api_codegen::document;
use gitbook_api_codegen::walk::{Node, is_annotation, walk_mut};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::Loss;
use super::edit::{Schema, preserve_as_extension, replace};

/// Decodes percent-encoded references: `%7B` becomes `{`.
pub(super) fn decode(document: &mut Value) {
    let original = document.clone();
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, _, value| {
            let Some(Value::String(reference)) = value.get_mut("$ref") else {
                return;
            };
            // A name may contain a percent sign itself.
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

/// Preserves the constraints beside a `$ref` of an OpenAPI 3.0 schema, which ignores them, as
/// extensions.
pub(super) fn preserve_constraints(schema: &mut Schema, pointer: &str, lossy: &mut Vec<Loss>) {
    if !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let constraints: Vec<String> = schema
        .keys()
        .filter(|key| *key != "$ref" && !is_annotation(key))
        .cloned()
        .collect();
    for key in constraints {
        preserve_as_extension(
            schema,
            &key,
            pointer,
            "has no effect beside `$ref` in OpenAPI 3.0",
            lossy,
        );
    }
}

/// Moves the `$ref` of a schema into `allOf` if it has siblings.
///
/// OpenAPI 3.0.3 ignores the siblings of `$ref`. Beside an `allOf` they keep their effect, and
/// pointers to them do not change.
pub(super) fn wrap(schema: &mut Schema) {
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

/// Replaces each reference outside of schemas that has its own `description` by a copy of its
/// target with that description.
///
/// In OpenAPI 3.1 the description beside a reference overrides that of the target; 3.0.3 has no
/// place for it.
pub(super) fn inline_described(document: &mut Value, lossy: &mut Vec<Loss>) {
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
                    | Node::Callback
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
                    preserve_as_extension(
                        &mut inlined,
                        key,
                        pointer,
                        "has no effect beside `$ref`",
                        lossy,
                    );
                }
            }
            *value = Value::Object(inlined);
        },
    );
}
