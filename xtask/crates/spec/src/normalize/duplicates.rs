//! Removes parameters that a list describes twice.

use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::document::resolve;
use gitbook_api_codegen::walk::{Node, documentation, walk_mut};
use serde_json::Value;

use super::Loss;

/// Removes every parameter that is, descriptions and examples aside, an earlier one of its list.
/// Parameters with the same name and location that mean something else are left to be refused.
pub(super) fn remove(document: &mut Value, lossy: &mut Vec<Loss>) {
    let original = document.clone();
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if !matches!(node, Node::PathItem | Node::Operation) {
                return;
            }
            let Some(Value::Array(parameters)) = value.get_mut("parameters") else {
                return;
            };
            let mut seen: Vec<Value> = Vec::new();
            parameters.retain(|parameter| {
                let Some(meaning) = meaning(&original, parameter) else {
                    return true;
                };
                if !seen.contains(&meaning) {
                    seen.push(meaning);
                    return true;
                }
                let Diagnostic { pointer, .. } = Diagnostic::new(&*pointer, "");
                let name = meaning["name"].as_str().unwrap_or_default();
                let message = format!(
                    "the parameter `{name}` was described twice; the second description was removed"
                );
                lossy.push(Loss { pointer, message });
                false
            });
        },
    );
}

/// Returns a parameter without its documentation, and with the name in lower case if it is a header.
fn meaning(document: &Value, parameter: &Value) -> Option<Value> {
    let mut parameter = resolve(document, parameter).ok()?.clone();
    let members = parameter.as_object_mut()?;
    let documentation = documentation(Node::Parameter);
    members.retain(|key, _| !documentation.contains(&key.as_str()) && !key.starts_with("x-"));
    let name = members.get("name")?.as_str()?.to_owned();
    if members.get("in")? == "header" {
        members.insert("name".to_owned(), name.to_lowercase().into());
    }
    Some(parameter)
}
