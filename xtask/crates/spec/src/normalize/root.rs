//! Rewrites what OpenAPI 3.1 added outside of schemas.

use gitbook_api_codegen::walk::{Node, walk_mut};
use serde_json::{Value, json};

use super::Loss;
use super::edit::{preserve_as_extension, replace};

/// Preserves what 3.0.3 has no place for as extensions, after all nodes below it are normalized.
pub(super) fn rewrite(document: &mut Value, lossy: &mut Vec<Loss>) {
    redirect_path_items(document);
    let why = "cannot be expressed in OpenAPI 3.0.3";
    for (pointer, keys) in [
        ("", &["jsonSchemaDialect", "webhooks"][..]),
        ("/info", &["summary"][..]),
        ("/info/license", &["identifier"][..]),
        ("/components", &["pathItems"][..]),
    ] {
        let Some(object) = document.pointer_mut(pointer).and_then(Value::as_object_mut) else {
            continue;
        };
        for key in keys {
            preserve_as_extension(object, key, pointer, why, lossy);
        }
    }
    if document.get("paths").is_none() {
        document["paths"] = json!({});
    }
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            let Some(object) = value.as_object_mut() else {
                return;
            };
            match node {
                Node::Operation if !object.contains_key("responses") => {
                    object.insert(
                        "responses".to_owned(),
                        json!({"default": {"description": "Not described"}}),
                    );
                }
                Node::SecurityScheme if object.get("type") == Some(&json!("mutualTLS")) => {
                    preserve_as_extension(
                        object,
                        "type",
                        pointer,
                        "`mutualTLS` is new in OpenAPI 3.1",
                        lossy,
                    );
                    replace(
                        object,
                        "x-type",
                        [
                            ("type", json!("http")),
                            ("scheme", json!("mutual-tls")),
                            ("x-type", json!("mutualTLS")),
                        ],
                    );
                }
                _ => {}
            }
        },
    );
}

/// Rewrites the references of callbacks to shared path items, which are preserved as an extension.
fn redirect_path_items(document: &mut Value) {
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, _, item| {
            let Some(Value::String(reference)) = item.get_mut("$ref") else {
                return;
            };
            let name = reference.strip_prefix("#/components/pathItems/");
            if let Some(name) = name.filter(|_| node == Node::PathItem) {
                *reference = format!("#/components/x-pathItems/{name}");
            }
        },
    );
}
