//! Moves components to the right section. GitBook's 0.34.0 has a parameter among the schemas.

use std::borrow::Cow;

use gitbook_api_codegen::document::{escape, schema_name};
use gitbook_api_codegen::walk::{Node, walk, walk_mut};
use serde_json::{Value, json};

/// Moves component schemas that only parameters refer to into the component parameters.
pub(super) fn move_parameters(document: &mut Value) {
    for name in parameters_among_schemas(document) {
        let components = &mut document["components"];
        if components["parameters"].get(&name).is_some() {
            continue;
        }
        let schemas = components["schemas"].as_object_mut();
        let Some(parameter) = schemas.and_then(|schemas| schemas.shift_remove(&name)) else {
            continue;
        };
        if !components["parameters"].is_object() {
            components["parameters"] = json!({});
        }
        components["parameters"][&name] = parameter;
        redirect(document, &name);
    }
}

fn parameters_among_schemas(document: &Value) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, _, value| {
            let reference = value.get("$ref").and_then(Value::as_str);
            let name = reference
                .filter(|_| node == Node::Parameter)
                .and_then(schema_name);
            let Some(name) = name.map(Cow::into_owned) else {
                return;
            };
            let target = &document["components"]["schemas"][&name];
            let is_parameter = target["name"].is_string() && target["in"].is_string();
            if is_parameter && !names.contains(&name) {
                names.push(name);
            }
        },
    );
    names
}

fn redirect(document: &mut Value, name: &str) {
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, _, value| {
            let Some(reference) = value.get_mut("$ref").filter(|_| node == Node::Parameter) else {
                return;
            };
            let old = reference.as_str().and_then(schema_name);
            if old.as_deref() == Some(name) {
                *reference = json!(format!("#/components/parameters/{}", escape(name)));
            }
        },
    );
}
