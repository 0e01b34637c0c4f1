//! Checks that lowering has left nothing in operations that has no type.

use serde_json::Value;

use super::{Content, Operation};
use crate::document::resolve;
use crate::{Diagnostic, Diagnostics};

/// Checks the schemas of all bodies and responses of a lowered document.
///
/// # Errors
/// Returns [`Diagnostics`] of the operations with a schema that is not a leaf.
pub fn check_leaves(document: &Value, operations: &[Operation]) -> Result<(), Diagnostics> {
    let mut found = Vec::new();
    for operation in operations {
        let responses = operation.responses.iter();
        let received = responses.filter_map(|response| match &response.content {
            Content::Json(schema) | Content::Events(schema) => Some(schema),
            Content::Empty | Content::Bytes => None,
        });
        let sent = operation.body.iter().filter(|body| body.is_typed());
        for schema in received.chain(sent.map(|body| &body.schema)) {
            if let Err(diagnostic) = check_leaf(document, schema) {
                let message = format!("operation `{}`: {}", operation.id, diagnostic.message);
                found.push(Diagnostic::new(operation.pointer(), message));
            }
        }
    }
    Diagnostics::check(found)
}

/// Fails unless `schema` is a leaf, as lowering leaves it in operations: a reference to a component,
/// a scalar, or a list or map of these.
fn check_leaf(document: &Value, schema: &Value) -> Result<(), Diagnostic> {
    if schema.get("$ref").is_some() {
        return resolve(document, schema).map(|_| ());
    }
    let structure = ["oneOf", "anyOf", "allOf", "not", "properties"];
    if structure.iter().any(|key| schema.get(key).is_some()) {
        let message = "a schema with structure is not a component of its own";
        return Err(Diagnostic::new("", message));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => check_leaf(document, schema.get("items").unwrap_or(&Value::Null)),
        Some("object") => {
            let values = schema.get("additionalProperties");
            check_leaf(document, values.unwrap_or(&Value::Null))
        }
        None | Some("string" | "integer" | "number" | "boolean") => Ok(()),
        Some(other) => Err(Diagnostic::new(
            "",
            format!("`{other}` is not a type of schema"),
        )),
    }
}
