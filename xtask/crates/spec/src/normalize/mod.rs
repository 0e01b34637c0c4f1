//! Says an OpenAPI 3.1 document in the words of OpenAPI 3.0.3, without changing which JSON values
//! are valid.

mod check;
mod collections;
mod definitions;
mod edit;
mod keywords;
mod logic;
mod misplaced;
mod names;
mod path_parameters;
mod reference;
mod root;
mod types;
mod values;

use gitbook_api_codegen::Problem;
use gitbook_api_codegen::walk::{Node, walk_mut};
use serde_json::{Value, json};

use edit::{Schema, set_aside};

pub use check::check;

/// A document in OpenAPI 3.0.3, and what could not be said in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Normalized {
    /// The document in OpenAPI 3.0.3.
    pub document: Value,
    /// What 3.0.3 cannot say, in the order of the document.
    pub losses: Vec<Loss>,
}

/// Something that could not be carried over as it stood.
///
/// What OpenAPI 3.0.3 cannot say is kept as an extension, which tools ignore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// JSON pointer of the node in the normalized document.
    pub pointer: String,
    /// What was done with it and why.
    pub message: String,
}

/// Turns a document or fragment of OpenAPI 3.0 or 3.1 into OpenAPI 3.0.3.
///
/// # Errors
/// All that [`check`] finds wrong with the document, and references into what has no place in
/// 3.0.3.
pub fn normalize(mut document: Value) -> Result<Normalized, Vec<Problem>> {
    reference::decode(&mut document);
    check(&document)?;
    let mut losses = Vec::new();
    let modern = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"));
    if modern {
        definitions::hoist(&mut document)?;
        root::inline_path_items(&mut document);
    }
    misplaced::move_parameters(&mut document);
    path_parameters::declare(&mut document, &mut losses);
    reference::inline_described(&mut document, &mut losses);
    let original = document.clone();
    walk_mut(
        Node::Document,
        &mut document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if modern {
                spell_out_booleans(node, value);
            }
            let Some(schema) = value.as_object_mut().filter(|_| node == Node::Schema) else {
                return;
            };
            match modern {
                true => modern_schema(schema, &original, pointer, &mut losses),
                false => reference::set_constraints_aside(schema, pointer, &mut losses),
            }
            reference::wrap(schema);
            keywords::repair(schema);
            keywords::idle_nullable(schema, pointer, &mut losses);
            keywords::unknown(schema, pointer, &mut losses);
        },
    );
    if modern {
        root::rewrite(&mut document, &mut losses);
    }
    document["openapi"] = json!("3.0.3");
    check(&document)?;
    Ok(Normalized { document, losses })
}

/// Writes `true` and `false` as objects where a schema may stand and 3.0.3 has no booleans.
fn spell_out_booleans(node: Node, value: &mut Value) {
    match node {
        Node::Schema => keywords::spell_out(value),
        Node::Parameter | Node::Header | Node::MediaType => {
            value.get_mut("schema").map(keywords::spell_out);
        }
        _ => {}
    }
}

/// Says a schema of JSON Schema 2020-12 in the words of 3.0.3; its children follow later.
fn modern_schema(schema: &mut Schema, document: &Value, pointer: &str, losses: &mut Vec<Loss>) {
    set_aside(
        schema,
        "nullable",
        pointer,
        "means nothing in OpenAPI 3.1",
        losses,
    );
    values::constant(schema);
    values::examples(schema);
    values::exclusive_bounds(schema);
    values::encoded_content(schema);
    collections::unevaluated_properties(schema);
    collections::prefix_items(schema, pointer, losses);
    collections::pattern_properties(schema, pointer, losses);
    logic::conditions(schema);
    logic::dependencies(schema);
    logic::contains(schema);
    names::rewrite(schema, document);
    types::rewrite(schema);
    for key in ["items", "not"] {
        schema.get_mut(key).map(keywords::spell_out);
    }
}
