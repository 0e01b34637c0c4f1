//! Declares path parameters that a path template names but no operation declares.

use gitbook_api_codegen::document::{escape, resolve};
use gitbook_api_codegen::path::names;
use gitbook_api_codegen::walk::METHODS;
use serde_json::{Map, Value, json};

use super::Loss;

/// Declares every parameter that a path template names, as OpenAPI requires.
///
/// The declaration is a reference to the component parameter of that name if there is one, else a
/// string.
pub(super) fn declare(document: &mut Value, lossy: &mut Vec<Loss>) {
    for (path, name) in undeclared(document) {
        let parameter = component(document, &name).unwrap_or_else(
            || json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}),
        );
        let item = &mut document["paths"][&path];
        match item.get_mut("parameters").and_then(Value::as_array_mut) {
            Some(parameters) => parameters.push(parameter),
            None => item["parameters"] = json!([parameter]),
        }
        lossy.push(Loss {
            pointer: format!("#/paths/{}", escape(&path)),
            message: format!("`{{{name}}}` was not declared; a declaration was added"),
        });
    }
}

/// Returns the paths with the names that some operation does not declare.
fn undeclared(document: &Value) -> Vec<(String, String)> {
    let mut undeclared = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let shared = path_parameters(document, item);
        for name in names(path).filter(|name| !shared.contains(name)) {
            let missing = operations(item)
                .any(|operation| !path_parameters(document, operation).contains(&name));
            let known = undeclared
                .iter()
                .any(|(other, known)| other == path && known == name);
            if missing && !known {
                undeclared.push((path.clone(), name.to_owned()));
            }
        }
    }
    undeclared
}

fn operations(item: &Value) -> impl Iterator<Item = &Value> {
    METHODS.iter().filter_map(|method| item.get(method))
}

/// Returns the names of the path parameters that a path item or an operation declares.
fn path_parameters<'a>(document: &'a Value, node: &'a Value) -> Vec<&'a str> {
    let parameters = node.get("parameters").and_then(Value::as_array);
    parameters
        .into_iter()
        .flatten()
        .filter_map(|parameter| resolve(document, parameter).ok())
        .filter(|parameter| parameter["in"] == "path")
        .filter_map(|parameter| parameter["name"].as_str())
        .collect()
}

/// Returns a reference to the component parameter with this name in `path`.
fn component(document: &Value, name: &str) -> Option<Value> {
    let parameters: &Map<_, _> = document.pointer("/components/parameters")?.as_object()?;
    let (key, _) = parameters
        .iter()
        .find(|(_, parameter)| parameter["name"] == name && parameter["in"] == "path")?;
    Some(json!({"$ref": format!("#/components/parameters/{}", escape(key))}))
}
