//! Makes every schema either a component of one plain shape or a *leaf* inside one.
//!
//! A component is an object without `allOf`, an enum of strings, a union (`oneOf`), or an alias of a
//! leaf. A leaf is a reference, a scalar, free-form JSON, or a list or map of leaves. Every other
//! inline schema becomes a component named after its location. `nullable` is on the leaves that refer
//! to a component, never on the component.
//!
//! - `extract_inline` makes components of inline schemas.
//! - `schemas` follows references, and keeps the merged form and the signatures of each schema. It
//!   calls `merge_all_of`, `fold_unions` and `signatures`, which do not call each other in a
//!   circle.
//! - `unions` names the variants of unions.

pub mod constraints;
mod extract_inline;
mod fold_unions;
mod json_types;
mod merge_all_of;
mod operations;
mod patterns;
mod schemas;
mod signatures;
mod unions;

use serde_json::Value;

use crate::document::Diagnostics;

pub use json_types::JsonTypes;
pub use schemas::Schemas;
pub use signatures::{JsonType, Row, tag, told_apart};

/// The extension that lists the unions whose properties stand among an object's own.
pub const FLATTEN: &str = "x-flatten";
/// The extension that names the variants of a union, in the order of its members.
pub const VARIANTS: &str = "x-variants";
/// The extension that names the component that a property of a flattened object comes from.
const HOME: &str = "x-home";
/// The extension that names the enums that an enum is put together of.
pub const ENUMS: &str = "x-enums";
/// The extension of properties whose values nothing is asked of, whatever their schemas say.
pub const UNCHECKED: &str = "x-unchecked";
/// The extension that says where an extracted component stood.
pub const ORIGIN: &str = "x-origin";

/// Lowers a whole document.
///
/// # Errors
/// [`Diagnostics`] of the schemas that cannot be given one of the plain shapes.
pub fn lower(document: &Value) -> Result<Value, Diagnostics> {
    let patterns = patterns::check(document);
    let mut extractor = extract_inline::Extractor::new(document);
    let components = extractor.components();
    let sound = Diagnostics::both(patterns, components);
    let lowered = operations::lower(document, extractor);
    Diagnostics::both(sound, lowered).map(|(_, lowered)| lowered)
}

/// Returns the names in `required`.
pub(crate) fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// Returns the unions flattened into an object.
pub(crate) fn flattened(schema: &Value) -> impl Iterator<Item = &Value> {
    schema
        .get(FLATTEN)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Returns the members of a union without those for `null`; `None` if fewer than two are left.
pub(crate) fn union_members(schema: &Value) -> Option<Vec<&Value>> {
    let members = members(schema);
    (members.len() > 1).then_some(members)
}

fn members(schema: &Value) -> Vec<&Value> {
    ["oneOf", "anyOf"]
        .iter()
        .filter_map(|key| schema.get(*key).and_then(Value::as_array))
        .flatten()
        .filter(|member| !is_null(member))
        .collect()
}

/// Returns whether `null` is the only value of a schema.
pub(crate) fn is_null(schema: &Value) -> bool {
    let only_null = schema
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| values.iter().all(Value::is_null));
    only_null || schema.get("type").and_then(Value::as_str) == Some("null")
}

/// Returns whether a schema allows `null` by itself.
fn allows_null(schema: &Value) -> bool {
    let flag = schema.get("nullable").and_then(Value::as_bool) == Some(true);
    let any = |key: &str, test: fn(&Value) -> bool| {
        schema
            .get(key)
            .and_then(Value::as_array)
            .is_some_and(|items| items.iter().any(test))
    };
    flag || any("enum", Value::is_null)
        || any("oneOf", is_null)
        || any("anyOf", is_null)
        || is_null(schema)
}

/// Returns a schema without annotations: two that are equal then mean the same.
fn without_annotations(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let says = |key: &str| {
                !matches!(
                    key,
                    "description" | "title" | "example" | "deprecated" | "default" | HOME
                )
            };
            object
                .iter()
                .filter(|(key, _)| says(key))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect()
        }
        other => other.clone(),
    }
}
