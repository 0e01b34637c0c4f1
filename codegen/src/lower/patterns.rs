//! Refuses patterns that cannot be checked.

use regress::Regex;
use serde_json::Value;

use crate::document::{Diagnostic, Diagnostics};
use crate::walk::{Node, walk};

/// Makes sure that every pattern is a regular expression, as JSON Schema means it: of ECMAScript,
/// with the flag `u`.
///
/// # Errors
/// [`Diagnostics`] of the patterns that are none.
pub fn check(document: &Value) -> Result<(), Diagnostics> {
    let mut diagnostics = Vec::new();
    let document_pointer = &mut String::new();
    walk(
        Node::Document,
        document,
        document_pointer,
        &mut |node, pointer, schema| {
            let pattern = schema.get("pattern").and_then(Value::as_str);
            let (Node::Schema, Some(pattern)) = (node, pattern) else {
                return;
            };
            if let Err(error) = Regex::with_flags(pattern, "u") {
                let message = format!("`{pattern}` is no regular expression: {error}");
                let found = Diagnostic::new(format!("{pointer}/pattern"), message);
                diagnostics.push(found.help(
                    "patterns are those of ECMAScript with the flag `u`; correct it with an overlay",
                ));
            }
        },
    );
    Diagnostics::check(diagnostics)
}
