//! Removes members that are null where OpenAPI has no null. Generators write `parameters: null` for
//! an empty list.

use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::walk::{Node, walk_mut};
use serde_json::{Value, json};

use super::Loss;

/// The keys whose value is JSON of the API, which may be null.
const DATA: [&str; 5] = ["default", "example", "const", "value", "enum"];

/// Removes null members of all nodes. In a document of OpenAPI 3.1, `type: null` becomes the type
/// `"null"`, which is what YAML makes of it without quotation marks.
pub(super) fn remove(document: &mut Value, is_modern: bool, lossy: &mut Vec<Loss>) {
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            let Some(members) = value.as_object_mut() else {
                return;
            };
            if is_modern && node == Node::Schema {
                for kind in members.get_mut("type").into_iter().flat_map(names) {
                    if kind.is_null() {
                        *kind = json!("null");
                        let message = "`type: null` was read as the type `\"null\"`";
                        lossy.push(loss(pointer, message));
                    }
                }
            }
            let is_removed = |key: &str, value: &Value| {
                let is_map = node == Node::Callback;
                value.is_null() && !is_map && !key.starts_with("x-") && !DATA.contains(&key)
            };
            let keys = members.iter().filter(|(key, value)| is_removed(key, value));
            let keys: Vec<String> = keys.map(|(key, _)| key.clone()).collect();
            for key in keys {
                members.shift_remove(&key);
                lossy.push(loss(pointer, &format!("`{key}: null` was removed")));
            }
        },
    );
}

/// Returns the names of types: one, or those of a list.
fn names(kind: &mut Value) -> Vec<&mut Value> {
    match kind {
        Value::Array(names) => names.iter_mut().collect(),
        one => vec![one],
    }
}

fn loss(pointer: &str, message: &str) -> Loss {
    let Diagnostic { pointer, .. } = Diagnostic::new(pointer, "");
    Loss {
        pointer,
        message: message.to_owned(),
    }
}
