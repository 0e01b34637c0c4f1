//! Refuses keywords that later passes could not make anything of.

use regress::Regex;
use serde_json::Value;

use super::schema::Kind;
use crate::document::{Diagnostic, Diagnostics};
use crate::walk::{Node, walk};

/// Makes sure that every reference is text, every type one of JSON Schema, and every pattern a regular
/// expression, as JSON Schema means it: of ECMAScript, with the flag `u`.
///
/// # Errors
/// Returns [`Diagnostics`] of the references, types and patterns that are none.
pub fn check(document: &Value) -> Result<(), Diagnostics> {
    let mut found = Vec::new();
    let document_pointer = &mut String::new();
    walk(
        Node::Document,
        document,
        document_pointer,
        &mut |node, pointer, schema| {
            if node == Node::Schema {
                found.extend(reference(pointer, schema));
                found.extend(kind(pointer, schema));
                found.extend(pattern(pointer, schema));
            }
        },
    );
    Diagnostics::check(found)
}

fn reference(pointer: &str, schema: &Value) -> Option<Diagnostic> {
    let reference = schema.get("$ref")?;
    let message = "a `$ref` that is no text refers to nothing";
    (!reference.is_string()).then(|| Diagnostic::new(pointer, message))
}

fn kind(pointer: &str, schema: &Value) -> Option<Diagnostic> {
    let kind = schema.get("type")?.as_str()?;
    let message = format!("`{kind}` is not a type of schema");
    let found = Diagnostic::new(format!("{pointer}/type"), message);
    let is_known = Kind::of_name(kind).is_some();
    (!is_known).then(|| found.help("correct it with an overlay"))
}

fn pattern(pointer: &str, schema: &Value) -> Option<Diagnostic> {
    let pattern = schema.get("pattern")?.as_str()?;
    let error = Regex::with_flags(pattern, "u").err()?;
    let message = format!("`{pattern}` is no regular expression: {error}");
    let found = Diagnostic::new(format!("{pointer}/pattern"), message);
    Some(
        found
            .help("patterns are those of ECMAScript with the flag `u`; correct it with an overlay"),
    )
}
