//! Writes the Rust types of a document.

mod check;
mod conversions;
mod doc;
mod enumeration;
mod getters;
mod setters;
mod structure;
mod union;
mod uses;

use std::collections::HashSet;

use super::{WITHOUT_IMPLS, doc as paragraph, line, signature};
use crate::model::{Conversions, Getters, Item, Shape};
use crate::operation::{Operation, json_bodies};

/// Returns the setters that each type has with the feature `mock` only.
pub(crate) fn setters(items: &[Item], operations: &[Operation]) -> Vec<String> {
    let docs = doc::Docs::new(items, operations);
    let setters = items.iter().map(|item| setters::for_tests(item, &docs));
    setters.collect()
}

/// Returns the source of each type, in order, with what it implements.
pub(crate) fn types<'a>(items: &'a [Item], operations: &[Operation]) -> Vec<String> {
    let checks = check::Checks::new(items);
    let conversions = Conversions::new(items);
    let getters = Getters::new(items);
    let docs = doc::Docs::new(items, operations);
    let bodies: HashSet<&str> = json_bodies(items, operations, &conversions)
        .into_iter()
        .collect();
    let write = |item: &'a Item| {
        let mut source = String::new();
        match &item.shape {
            Shape::Struct(structure) => {
                structure::write(&mut source, item, structure, &checks, &docs);
            }
            Shape::Enum(variants) => {
                enumeration::write(&mut source, item, variants, &docs);
                conversions::write_enum(&mut source, item, &conversions.of_enum(item));
            }
            Shape::Union(union) => {
                union::write(
                    &mut source,
                    item,
                    union,
                    &checks,
                    &conversions,
                    &getters,
                    &docs,
                );
            }
        }
        if bodies.contains(item.name.as_str()) {
            line(&mut source, 0, &format!("try_from_json!({});", item.name));
        }
        source
    };
    items.iter().map(write).collect()
}
