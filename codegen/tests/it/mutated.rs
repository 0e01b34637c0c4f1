//! Documents broken at every node: the generator gives code or a diagnostic, and never panics.

use gitbook_api_codegen::generate;
use serde_json::{Value, json};

fn document() -> Value {
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "tags": [{ "name": "a" }, { "name": "b", "x-parent": "a" }],
        "paths": { "/a/{id}": {
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "get": {
                "operationId": "listA",
                "tags": ["b"],
                "parameters": [{ "name": "page", "in": "query", "schema": { "type": "string" } }],
                "responses": { "200": { "description": "OK", "content": {
                    "application/json": { "schema": { "allOf": [schema("List"), {
                        "type": "object",
                        "required": ["items"],
                        "properties": { "items": { "type": "array", "items": schema("Node") } }
                    }] } }
                } } }
            },
            "put": {
                "operationId": "putA",
                "requestBody": { "content": { "application/json": { "schema": schema("Input") } } },
                "responses": { "204": { "description": "Done" } }
            }
        } },
        "components": { "schemas": {
            "List": { "type": "object", "properties": {
                "next": { "type": "object", "required": ["page"], "properties": { "page": { "type": "string" } } },
                "count": { "type": "number" }
            } },
            "Node": {
                "oneOf": [schema("Text"), schema("Group")],
                "discriminator": { "propertyName": "type", "mapping": { "text": "Text", "other": "Group" } }
            },
            "Text": { "type": "object", "required": ["type"], "properties": {
                "type": { "type": "string", "enum": ["text"] },
                "size": { "type": "string", "enum": ["s", "m"], "nullable": true }
            } },
            "Group": { "allOf": [schema("Text"), { "type": "object", "properties": {
                "type": { "type": "string", "enum": ["group"] },
                "nodes": { "type": "array", "items": schema("Node") }
            } }, { "oneOf": [
                { "type": "object", "required": ["a"], "properties": { "a": { "type": "integer" } } },
                { "type": "object", "required": ["b"], "properties": { "b": { "type": "boolean" } } }
            ] }] },
            "Input": { "type": "object", "additionalProperties": schema("Node"), "properties": {
                "name": { "type": "string", "maxLength": 5, "pattern": "^a+$" }
            } }
        } }
    })
}

/// The pointers of all nodes.
fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            pointers(value, &format!("{pointer}/{key}"), found);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
            pointers(value, &format!("{pointer}/{index}"), found);
        }),
        _ => {}
    }
}

#[test]
fn no_document_makes_the_generator_panic() {
    let sound = document();
    generate(&sound).unwrap();
    let mut places = Vec::new();
    pointers(&sound, "", &mut places);
    let replacements = [
        Value::Null,
        json!(true),
        json!(-1.5),
        json!("text"),
        json!(""),
        json!([]),
        json!({}),
        json!({ "$ref": "#/components/schemas/Node" }),
        json!({ "$ref": "#/nowhere" }),
        json!({ "allOf": [{ "$ref": "#/components/schemas/Group" }, { "oneOf": [] }] }),
        json!({ "type": "object", "properties": { "r#type": {}, "": {}, "1": {} } }),
    ];
    let mut diagnostics = 0;
    for place in &places {
        for replacement in &replacements {
            let mut broken = sound.clone();
            if let Some(node) = broken.pointer_mut(place) {
                *node = replacement.clone();
            }
            let Err(found) = generate(&broken) else {
                continue;
            };
            diagnostics += 1;
            for diagnostic in found {
                assert!(!diagnostic.help.is_empty(), "no advice: {diagnostic}");
            }
        }
    }
    assert!(
        diagnostics > 100,
        "only {diagnostics} of {} documents are refused",
        places.len()
    );
}
