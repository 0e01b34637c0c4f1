//! Finds the groups of operations that need each type.

use std::collections::HashMap;

use crate::group::{GroupSet, SCHEMAS};
use crate::model::{Item, Property, Shape, Type, leaf_type};
use crate::operation::{Content, Operation};

/// Returns the groups that need each of `items`, in their order. What no operation needs belongs to the
/// group [`SCHEMAS`], as do the types of which it is made.
pub(crate) fn groups(items: &[Item], operations: &[Operation]) -> Vec<GroupSet> {
    let mut reached = Reached {
        items,
        indices: items
            .iter()
            .map(|item| item.name.as_str())
            .zip(0..)
            .collect(),
        groups: vec![GroupSet::new(); items.len()],
    };
    for operation in operations {
        for ty in types(operation) {
            reached.mark(&ty, &operation.group);
        }
    }
    for (index, item) in items.iter().enumerate() {
        if reached.groups[index].is_empty() {
            reached.mark_name(&item.name, SCHEMAS);
        }
    }
    reached.groups
}

struct Reached<'a> {
    items: &'a [Item],
    indices: HashMap<&'a str, usize>,
    groups: Vec<GroupSet>,
}

impl<'a> Reached<'a> {
    fn mark(&mut self, ty: &Type, group: &str) {
        if let Some(name) = named(ty) {
            self.mark_name(name, group);
        }
    }

    /// Adds the group to an item and to all items of which it is made.
    fn mark_name(&mut self, name: &str, group: &str) {
        let mut waiting: Vec<&str> = vec![name];
        while let Some(name) = waiting.pop() {
            let Some(&index) = self.indices.get(name) else {
                continue;
            };
            if self.groups[index].insert(group.to_owned()) {
                waiting.extend(parts(&self.items[index]));
            }
        }
    }
}

/// Returns the types of what an operation sends and returns.
fn types(operation: &Operation) -> Vec<Type> {
    let parameters = operation.parameters.iter().map(|it| &it.schema);
    let body = operation.body.iter().map(|it| &it.schema);
    let responses = operation
        .responses
        .iter()
        .filter_map(|it| match &it.content {
            Content::Json(schema) | Content::Events(schema) => Some(schema),
            _ => None,
        });
    let pages = operation.paging.iter().flat_map(|it| [&it.page, &it.item]);
    let leaves = parameters.chain(body).chain(responses).chain(pages);
    leaves.map(leaf_type).collect()
}

/// Returns the names of the types of which an item is made.
fn parts(item: &Item) -> Vec<&str> {
    let mut names: Vec<&str> = item.combined_from.iter().map(String::as_str).collect();
    match &item.shape {
        Shape::Struct(structure) => {
            for property in &structure.properties {
                if let Property::Field(field) = property {
                    names.extend(named(&field.ty));
                }
            }
            names.extend(
                structure
                    .additional_properties
                    .iter()
                    .filter_map(|(_, ty)| named(ty)),
            );
            names.extend(structure.flattened.iter().map(|(_, union)| union.as_str()));
        }
        Shape::Union(union) => {
            names.extend(union.variants.iter().filter_map(|(_, ty)| named(ty)));
        }
        Shape::Enum(_) => {}
    }
    names
}

/// Returns the named type that a type is, or is a list or map of.
fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Page(inner) | Type::Nullable(inner) => {
            named(inner)
        }
        Type::Named(name) | Type::Boxed(name) => Some(name),
        _ => None,
    }
}
