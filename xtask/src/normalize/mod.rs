//! Says an OpenAPI 3.1 document in the words of OpenAPI 3.0.3, without changing which JSON values
//! are valid.

mod edit;
mod names;
mod reference;
mod types;
mod values;

use gitbook_api_codegen::Problem;
use gitbook_api_codegen::walk::{Node, walk_mut};
use serde_json::{Value, json};

use edit::Schema;

/// A document in OpenAPI 3.0.3, and what could not be said in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Normalized {
    /// The document in OpenAPI 3.0.3.
    pub document: Value,
    /// What 3.0.3 cannot say, in the order of the document.
    pub losses: Vec<Loss>,
}

/// Something that OpenAPI 3.0.3 cannot say: it is kept as an extension, which tools ignore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// JSON pointer of the node in the normalized document.
    pub pointer: String,
    /// What is lost there.
    pub message: String,
}

/// Turns a document or fragment of OpenAPI 3.0 or 3.1 into OpenAPI 3.0.3.
///
/// # Errors
/// All that is wrong with the document itself.
pub fn normalize(mut document: Value) -> Result<Normalized, Vec<Problem>> {
    let mut losses = Vec::new();
    let modern = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"));
    reference::inline_described(&mut document, &mut losses);
    let original = document.clone();
    walk_mut(
        Node::Document,
        &mut document,
        &mut String::new(),
        &mut |node, _, value| {
            if node != Node::Schema {
                return;
            }
            if let Some(schema) = value.as_object_mut() {
                rewrite(schema, modern, &original);
            }
        },
    );
    document["openapi"] = json!("3.0.3");
    Ok(Normalized { document, losses })
}

fn rewrite(schema: &mut Schema, modern: bool, original: &Value) {
    if modern {
        values::constant(schema);
        values::examples(schema);
        values::exclusive_bounds(schema);
        values::encoded_content(schema);
        types::rewrite(schema);
        names::rewrite(schema, original);
    }
    reference::wrap(schema);
}
