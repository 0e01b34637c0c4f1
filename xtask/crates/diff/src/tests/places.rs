//! Selects locations to mutate in the real document, at most one per component and operation.

use std::collections::BTreeMap;

use gitbook_api_codegen::walk::{Node, walk};
use serde_json::Value;

use super::DOCUMENT;
use crate::compare::shared;

/// Selects nodes by their value and pointer.
type Fits = fn(&Value, &str) -> bool;

/// Returns locations for each of `mutations`, which select nodes of a kind. Every component and
/// operation goes to one mutation, of those with a node there to the one with the fewest locations
/// so far; the node is a fixed pseudo-random choice.
pub(super) fn places(mutations: &[(Node, Fits)]) -> Vec<Vec<String>> {
    let mut written_out = "-".to_owned();
    let mut by_unit: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    walk(
        Node::Document,
        &DOCUMENT,
        &mut String::new(),
        &mut |kind, pointer, value| {
            if kind == Node::Response && shared::response(&DOCUMENT, value).is_some() {
                written_out = pointer.to_owned();
            }
            // A copied shared response counts as the component.
            if pointer.starts_with("/paths") && pointer.starts_with(&written_out) {
                return;
            }
            for (index, (node, fits)) in mutations.iter().enumerate() {
                if kind == *node && fits(value, pointer) {
                    let unit: Vec<&str> = pointer.splitn(5, '/').take(4).collect();
                    let none = || vec![Vec::new(); mutations.len()];
                    let unit = by_unit.entry(unit.join("/")).or_insert_with(none);
                    unit[index].push(pointer.to_owned());
                }
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
    let mut places = vec![Vec::new(); mutations.len()];
    for mut unit in by_unit.into_values() {
        let fitting = (0..mutations.len()).filter(|index| !unit[*index].is_empty());
        if let Some(index) = fitting.min_by_key(|index| places[*index].len()) {
            let chosen = choose(unit[index].len());
            places[index].push(unit[index].swap_remove(chosen));
        }
    }
    places
}

/// Returns whether the schema at `pointer` is in a list of schemas, where its position is not
/// fixed.
pub(super) fn is_member(pointer: &str) -> bool {
    let mut tokens = pointer.rsplit('/').skip(1);
    matches!(tokens.next(), Some("oneOf" | "anyOf" | "allOf"))
}
