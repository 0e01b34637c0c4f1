//! The components that requests can carry.

use std::collections::HashSet;

use super::component::{Definition, Leaf, LeafKind};
use super::lowered::Lowered;
use crate::document::schema_name;
use crate::syntax::{AdditionalProperties, Schema};

/// Returns the components reached from a request body or a parameter.
pub(crate) fn sent(lowered: &Lowered) -> HashSet<&str> {
    let mut sent = HashSet::new();
    let mut waiting: Vec<&str> = lowered.all_sent().filter_map(named).collect();
    let references = lowered.all_forms().flat_map(references);
    let referenced = references.filter_map(schema_name);
    waiting.extend(referenced.filter_map(|name| {
        let key = lowered.schemas().key(&name);
        match lowered.aliases.get(key) {
            Some(leaf) => named(leaf),
            None => Some(lowered.components.get_key_value(key)?.0.as_str()),
        }
    }));
    while let Some(name) = waiting.pop() {
        let component = lowered.components.get(name);
        let Some(component) = component.filter(|_| sent.insert(name)) else {
            continue;
        };
        waiting.extend(match &component.definition {
            Definition::Object(object) => {
                let values = match &object.additional_properties {
                    Some(AdditionalProperties::Allowed(values)) => Some(&**values),
                    Some(AdditionalProperties::Refused) | None => None,
                };
                let unions = object.unions.iter().map(|(_, union)| union);
                let leaves = object.properties.values().chain(values).chain(unions);
                leaves.filter_map(named).collect::<Vec<_>>()
            }
            Definition::Union(members) => {
                let leaves = members.iter().map(|member| &member.leaf);
                leaves.filter_map(named).collect()
            }
            Definition::Enum(_) => Vec::new(),
        });
    }
    sent
}

/// Returns the component that a leaf, or what it is a list or map of, refers to.
fn named(leaf: &Leaf) -> Option<&str> {
    match &leaf.kind {
        LeafKind::List(inner) | LeafKind::Map(inner) | LeafKind::Page(inner) => named(inner),
        _ => leaf.component(),
    }
}

/// Returns the references in a schema.
fn references(schema: &Schema) -> Vec<&str> {
    let own = schema.reference.as_deref();
    own.into_iter()
        .chain(schema.parts().flat_map(references))
        .collect()
}
