//! Selects locations to mutate in the real document, at most one per component and operation.

use std::collections::BTreeMap;

use gitbook_api_codegen::walk::{Node, walk};
use serde_json::Value;

use super::DOCUMENT;
use crate::compare::shared;

/// The maximum number of locations per mutation.
const MOST: usize = 300;

/// Returns the locations of kind `node` for whose value and pointer `fits` returns `true`. One is
/// selected per component and operation, by a fixed pseudo-random choice.
pub fn places(node: Node, fits: impl Fn(&Value, &str) -> bool) -> Vec<String> {
    let mut written_out = "-".to_owned();
    let mut by_unit: BTreeMap<String, Vec<String>> = BTreeMap::new();
    walk(
        Node::Document,
        &DOCUMENT,
        &mut String::new(),
        &mut |kind, pointer, value| {
            if kind == Node::Response && shared::response(&DOCUMENT, value).is_some() {
                written_out = pointer.to_owned();
            }
            // A copied shared response counts as the component.
            let is_written_out = pointer.starts_with("/paths") && pointer.starts_with(&written_out);
            if kind == node && !is_written_out && fits(value, pointer) {
                let unit: Vec<&str> = pointer.splitn(5, '/').take(4).collect();
                by_unit
                    .entry(unit.join("/"))
                    .or_default()
                    .push(pointer.to_owned());
            }
        },
    );
    let mut seed = 1_u64;
    let mut choose = |count: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % count
    };
    let places = by_unit
        .into_values()
        .map(|mut list| list.swap_remove(choose(list.len())));
    places.take(MOST).collect()
}

/// Returns whether the schema at `pointer` is in a list of schemas, where its position is not
/// fixed.
pub fn is_member(pointer: &str) -> bool {
    let mut tokens = pointer.rsplit('/').skip(1);
    matches!(tokens.next(), Some("oneOf" | "anyOf" | "allOf"))
}
