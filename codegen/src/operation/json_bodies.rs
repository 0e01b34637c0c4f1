//! The types that JSON values convert to.

use std::collections::BTreeSet;

use super::Operation;
use crate::model::{Conversions, Item, leaf_type};

/// Returns the types that implement `TryFrom<serde_json::Value>`: the bodies of requests, unless
/// every value is one.
pub(crate) fn json_bodies<'a>(
    items: &'a [Item],
    operations: &[Operation],
    conversions: &Conversions<'a>,
) -> Vec<&'a str> {
    let bodies = operations.iter().filter_map(|it| it.body.as_ref());
    let bodies = bodies.filter(|body| body.is_typed());
    let bodies: BTreeSet<String> = bodies.map(|it| leaf_type(&it.schema).to_string()).collect();
    let items = items.iter().filter(|item| bodies.contains(&item.name));
    let items = items.filter(|item| {
        let declared = conversions.declared(item);
        !declared.iter().any(|from| from == "serde_json::Value")
    });
    items.map(|item| item.name.as_str()).collect()
}
