//! The types of IDs.

use std::collections::BTreeSet;

use super::Operation;
use crate::model::{Type, leaf_type};

/// Returns the types of IDs that operations take.
pub(crate) fn id_types(operations: &[Operation]) -> BTreeSet<String> {
    let parameters = operations.iter().flat_map(|it| &it.parameters);
    let ids = parameters.filter_map(|parameter| match leaf_type(&parameter.schema) {
        Type::Id(name) => Some(name),
        _ => None,
    });
    ids.collect()
}
