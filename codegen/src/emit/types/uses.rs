//! The uses of types, for their documentation.

use std::collections::HashMap;

use crate::model::{Item, Property, Shape, Type, leaf_type};
use crate::operation::{Content, Operation};

/// The number of uses of a kind that are named; the others are counted.
const NAMED: usize = 3;

/// The operations and types that use each type.
pub(super) struct Uses<'a> {
    returned: HashMap<String, Vec<&'a str>>,
    taken: HashMap<String, Vec<&'a str>>,
    contained: HashMap<String, Vec<&'a str>>,
}

impl<'a> Uses<'a> {
    /// Finds the uses of `items` in each other and in `operations`.
    pub(super) fn new(items: &'a [Item], operations: &'a [Operation]) -> Self {
        let mut uses = Self {
            returned: HashMap::new(),
            taken: HashMap::new(),
            contained: HashMap::new(),
        };
        for operation in operations.iter().filter(|it| !it.internal) {
            for response in &operation.responses {
                if let Content::Json(schema) | Content::Events(schema) = &response.content {
                    note(&mut uses.returned, &leaf_type(schema), &operation.name);
                }
            }
            let parameters = operation.parameters.iter().map(|it| &it.schema);
            let body = operation.body.iter().map(|it| &it.schema);
            for schema in parameters.chain(body) {
                note(&mut uses.taken, &leaf_type(schema), &operation.name);
            }
        }
        for item in items {
            for ty in parts(&item.shape) {
                note(&mut uses.contained, ty, &item.name);
            }
            if let Shape::Struct(structure) = &item.shape {
                for (_, union) in &structure.flattened {
                    note_name(&mut uses.contained, union, &item.name);
                }
            }
        }
        uses
    }

    /// Returns the uses of a component of the document in sentences. An inline schema has one use,
    /// which its origin already names.
    pub(super) fn of(&self, item: &Item) -> String {
        if item.schema.is_none() {
            return String::new();
        }
        let method = |name: &str| format!("[`{name}`](crate::Client::{name})");
        let ty = |name: &str| format!("[`{name}`]");
        let sentences = [
            sentence(
                "Returned by",
                self.returned.get(&item.name),
                method,
                "method",
            ),
            sentence("Taken by", self.taken.get(&item.name), method, "method"),
            sentence("Part of", self.contained.get(&item.name), ty, "type"),
        ];
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        sentences.join(" ")
    }
}

fn sentence(
    verb: &str,
    users: Option<&Vec<&str>>,
    link: impl Fn(&str) -> String,
    what: &str,
) -> Option<String> {
    let users = users?;
    // Naming the last one is as short as counting it.
    let count = match users.len() {
        len if len <= NAMED + 1 => len,
        _ => NAMED,
    };
    let mut words: Vec<String> = users[..count].iter().map(|name| link(name)).collect();
    if count < users.len() {
        words.push(format!("{} other {what}s", users.len() - count));
    }
    let last = words.pop()?;
    Some(if words.is_empty() {
        format!("{verb} {last}.")
    } else {
        format!("{verb} {} and {last}.", words.join(", "))
    })
}

/// Returns the types of which a type is made.
fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct(structure) => {
            let fields = structure.properties.iter().filter_map(|it| match it {
                Property::Field(field) => Some(&field.ty),
                Property::Constant { .. } => None,
            });
            let others = structure.additional_properties.iter().map(|(_, ty)| ty);
            fields.chain(others).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|(_, ty)| ty).collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

fn note<'a>(uses: &mut HashMap<String, Vec<&'a str>>, ty: &Type, user: &'a str) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Page(inner) | Type::Nullable(inner) => {
            note(uses, inner, user)
        }
        Type::Named(name) | Type::Boxed(name) => note_name(uses, name, user),
        _ => {}
    }
}

fn note_name<'a>(uses: &mut HashMap<String, Vec<&'a str>>, name: &str, user: &'a str) {
    let users = uses.entry(name.to_owned()).or_default();
    // The uses by one user follow each other.
    if name != user && users.last() != Some(&user) {
        users.push(user);
    }
}
