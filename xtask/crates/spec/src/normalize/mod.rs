//! Downgrades OpenAPI 3.1 documents to 3.0.3, without changing which JSON values are valid.

mod check;
mod collections;
mod definitions;
mod duplicates;
mod edit;
mod keywords;
mod logic;
mod nulls;
mod path_items;
mod path_parameters;
mod patterns;
mod property_names;
mod reference;
mod relocate;
mod root;
mod types;
mod values;

use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::walk::{Node, walk_mut};
use serde_json::{Value, json};

use edit::{Schema, preserve_as_extension};

pub use check::check;

/// The result of [`normalize`].
#[derive(Clone, Debug, PartialEq)]
pub struct Normalized {
    /// The document in OpenAPI 3.0.3.
    pub document: Value,
    /// The keywords that OpenAPI 3.0.3 cannot express, in document order.
    pub lossy: Vec<Loss>,
}

/// A node that OpenAPI 3.0.3 cannot express.
///
/// It is preserved as an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The JSON pointer of the node in the normalized document.
    pub pointer: String,
    /// The change of the node, with the reason.
    pub message: String,
}

/// Rewrites an OpenAPI 3.0 or 3.1 document or fragment as OpenAPI 3.0.3.
///
/// # Errors
///
/// Fails with all diagnostics found by [`check`], or if a reference points to a node that 3.0.3 has no
/// place for.
pub fn normalize(mut document: Value) -> Result<Normalized, Vec<Diagnostic>> {
    reference::decode(&mut document);
    let mut lossy = Vec::new();
    let modern = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"));
    nulls::remove(&mut document, modern, &mut lossy);
    check(&document)?;
    if modern {
        definitions::extract(&mut document)?;
    }
    path_items::inline(&mut document, &mut lossy);
    relocate::move_parameters(&mut document);
    duplicates::remove(&mut document, &mut lossy);
    path_parameters::declare(&mut document, &mut lossy);
    reference::inline_described(&mut document, &mut lossy);
    let original = document.clone();
    walk_mut(
        Node::Document,
        &mut document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if modern {
                desugar_booleans(node, value);
            }
            let Some(schema) = value.as_object_mut().filter(|_| node == Node::Schema) else {
                return;
            };
            if modern {
                modern_schema(schema, &original, pointer, &mut lossy)
            } else {
                reference::preserve_constraints(schema, pointer, &mut lossy)
            }
            reference::wrap(schema);
            keywords::repair(schema);
            patterns::rewrite(schema, pointer, &mut lossy);
            keywords::preserve_ineffective_nullable(schema, pointer, &mut lossy);
            keywords::unknown(schema, pointer, &mut lossy);
        },
    );
    if modern {
        root::rewrite(&mut document, &mut lossy);
    }
    document["openapi"] = json!("3.0.3");
    check(&document)?;
    Ok(Normalized { document, lossy })
}

/// Rewrites boolean schemas where OpenAPI 3.0.3 does not allow them.
fn desugar_booleans(node: Node, value: &mut Value) {
    match node {
        Node::Schema => keywords::desugar_boolean(value),
        Node::Parameter | Node::Header | Node::MediaType => {
            value.get_mut("schema").map(keywords::desugar_boolean);
        }
        _ => {}
    }
}

/// Rewrites one schema from JSON Schema 2020-12 to OpenAPI 3.0.3. Its children are rewritten later.
fn modern_schema(schema: &mut Schema, document: &Value, pointer: &str, lossy: &mut Vec<Loss>) {
    preserve_as_extension(
        schema,
        "nullable",
        pointer,
        "has no meaning in OpenAPI 3.1",
        lossy,
    );
    values::constant(schema);
    values::examples(schema);
    values::exclusive_bounds(schema);
    values::encoded_content(schema);
    collections::unevaluated_properties(schema);
    collections::prefix_items(schema, pointer, lossy);
    collections::pattern_properties(schema, pointer, lossy);
    logic::conditions(schema);
    logic::dependencies(schema);
    logic::contains(schema);
    property_names::rewrite(schema, document);
    types::rewrite(schema);
    for key in ["items", "not"] {
        schema.get_mut(key).map(keywords::desugar_boolean);
    }
}
