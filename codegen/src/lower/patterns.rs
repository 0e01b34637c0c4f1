//! Refuses patterns that cannot be checked.

use regress::Regex;
use serde_json::Value;

use crate::document::Diagnostic;
use crate::walk::{Node, walk};

/// Makes sure that every pattern is a regular expression, as JSON Schema means it: of ECMAScript,
/// with the flag `u`.
///
/// # Errors
/// A [`Diagnostic`] at the first pattern that is none.
pub fn check(document: &Value) -> Result<(), Diagnostic> {
    let mut diagnostic = None;
    let document_pointer = &mut String::new();
    walk(
        Node::Document,
        document,
        document_pointer,
        &mut |node, pointer, schema| {
            let pattern = schema.get("pattern").and_then(Value::as_str);
            let (Node::Schema, Some(pattern), None) = (node, pattern, &diagnostic) else {
                return;
            };
            if let Err(error) = Regex::with_flags(pattern, "u") {
                let message = format!("`{pattern}` is no regular expression: {error}");
                let found = Diagnostic::new(format!("{pointer}/pattern"), message);
                diagnostic = Some(found.help(
                "patterns are those of ECMAScript with the flag `u`; correct it with an overlay",
            ));
            }
        },
    );
    diagnostic.map_or(Ok(()), Err)
}
