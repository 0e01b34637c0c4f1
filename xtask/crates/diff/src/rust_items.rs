//! Maps nodes inside schemas to Rust items, for named and inline schemas.

use std::collections::BTreeMap;

use gitbook_api_codegen::api::{self, Api};
use gitbook_api_codegen::document::escape;
use gitbook_api_codegen::lower::{
    AdditionalProperties, Component, Definition, Leaf, LeafKind, Lowered, lower,
};
use gitbook_api_codegen::model::{self, Item, Property, Shape};
use gitbook_api_codegen::names::type_name;
use gitbook_api_codegen::operation::operations;
use serde_json::Value;

use super::compare::only_null;

/// The types of a document, and the lowered document that they are generated from.
pub struct Types {
    pub lowered: Lowered,
    /// The public API of the client, or `None` if the operations cannot be generated.
    pub api: Option<Api>,
    items: BTreeMap<String, Item>,
}

impl Types {
    /// Returns the types of `document`, or `None` if they cannot be generated.
    pub fn of(document: &Value) -> Option<Self> {
        let lowered = lower(document).ok()?;
        let items = model::read(&lowered).ok()?;
        let operations = operations(&lowered).ok();
        let api = operations.map(|operations| api::api(&items, &operations));
        let items = items.into_iter();
        let items = items.map(|item| (item.name.clone(), item)).collect();
        Some(Self {
            lowered,
            api,
            items,
        })
    }

    /// Returns whether a schema is another name for a leaf, which has no type.
    pub(crate) fn is_alias(&self, name: &str) -> bool {
        self.lowered.aliases.contains_key(name)
    }

    /// Returns the field for a property. Constant properties have none.
    fn field(&self, name: &str, property: &str) -> Option<&str> {
        let Shape::Struct(structure) = &self.items.get(name)?.shape else {
            return None;
        };
        structure.properties.iter().find_map(|known| match known {
            Property::Field(field) if field.key == property => Some(field.name.as_str()),
            _ => None,
        })
    }
}

#[derive(Clone, Copy)]
pub(crate) struct RustItems<'a> {
    pub document: &'a Value,
    pub types: &'a Types,
}

/// The position of a walk through a schema.
struct Walk<'a> {
    /// The type of the current schema, or of the schema that it is a part of.
    name: Option<&'a str>,
    schema: Lower<'a>,
    item: Option<String>,
}

/// The result of lowering a schema.
#[derive(Clone, Copy)]
enum Lower<'a> {
    Component(&'a Component),
    Leaf(&'a Leaf),
}

impl<'a> RustItems<'a> {
    /// Returns the Rust item of the node with these pointer tokens, or `None` outside of schemas
    /// and for inline schemas without a type of their own.
    pub(crate) fn at(self, tokens: &[&str]) -> Option<String> {
        let lowered = &self.types.lowered;
        let (mut walk, mut rest) = match tokens {
            ["components", "schemas", name, rest @ ..] => {
                let walk = match lowered.components.get_key_value(*name) {
                    Some((name, component)) => Walk {
                        name: Some(name),
                        schema: Lower::Component(component),
                        item: Some(format!("types::{}", type_name(name))),
                    },
                    // It has no type of its own.
                    None => Walk {
                        name: None,
                        schema: Lower::Leaf(lowered.aliases.get(*name)?),
                        item: None,
                    },
                };
                (walk, rest)
            }
            _ => {
                let start = 1 + tokens.iter().position(|token| *token == "schema")?;
                let (to_schema, rest) = tokens.split_at(start);
                let walk = Walk {
                    name: None,
                    schema: Lower::Leaf(lowered.leaf(&pointer(to_schema))?),
                    item: None,
                };
                (walk, rest)
            }
        };
        while !rest.is_empty() {
            self.enter(&mut walk);
            let walked = &tokens[..tokens.len() - rest.len()];
            let Some(taken) = self.step(&mut walk, walked, rest) else {
                break;
            };
            rest = &rest[taken..];
        }
        walk.item
    }

    /// Enters the type of an inline schema.
    fn enter(self, walk: &mut Walk<'a>) {
        let Lower::Leaf(leaf) = walk.schema else {
            return;
        };
        let components = &self.types.lowered.components;
        let target = leaf
            .component()
            .and_then(|name| components.get_key_value(name));
        if let Some((name, target)) = target.filter(|(_, target)| target.origin.is_some()) {
            walk.name = Some(name);
            walk.schema = Lower::Component(target);
        }
    }

    /// Takes one step into the schema and returns its number of tokens.
    fn step(self, walk: &mut Walk<'a>, walked: &[&str], rest: &[&str]) -> Option<usize> {
        let owner = walk.name.map(|name| format!("types::{}", type_name(name)));
        match rest {
            // The members of an `allOf` become one struct.
            ["allOf", _, ..] => return Some(2),
            ["properties", property, inside @ ..] if walk.schema.items_of_page().is_some() => {
                walk.item = Some(format!("Page::{property}"));
                walk.name = None;
                let (item, ["items", ..]) = (walk.schema.items_of_page()?, inside) else {
                    return None;
                };
                walk.schema = Lower::Leaf(item);
                return Some(3);
            }
            ["properties", property, ..] => {
                let field = self.types.field(&type_name(walk.name?), property);
                walk.item = match field {
                    Some(field) => owner.map(|owner| format!("{owner}::{field}")),
                    None => owner,
                };
                walk.schema = Lower::Leaf(walk.schema.property(property)?);
                walk.name = None;
                return Some(2);
            }
            [list @ ("oneOf" | "anyOf"), index, ..] => {
                walk.item = owner;
                let member = self.member(walk.schema, &[walked, &[list]].concat(), index)?;
                walk.schema = Lower::Leaf(member);
                walk.name = None;
                return Some(2);
            }
            [key @ ("items" | "additionalProperties"), ..] => {
                if let Some(inner) = walk.schema.inner(key) {
                    walk.schema = Lower::Leaf(inner);
                    walk.name = None;
                    return Some(1);
                }
            }
            _ => {}
        }
        if let [
            "enum" | "oneOf" | "anyOf" | "properties" | "additionalProperties",
            ..,
        ] = rest
        {
            walk.item = owner.or(walk.item.take());
        }
        None
    }

    /// Returns the member of a union at `index` of the list at `list` in the document. The types
    /// have no members for null; if other members are missing too, the mapping is ambiguous.
    fn member(self, union: Lower<'a>, list: &[&str], index: &str) -> Option<&'a Leaf> {
        let Lower::Component(Component {
            definition: Definition::Union(members),
            ..
        }) = union
        else {
            return None;
        };
        let list = self.document.pointer(&pointer(list))?.as_array()?;
        let index: usize = index.parse().ok()?;
        let count = |list: &[Value]| list.iter().filter(|member| !only_null(member)).count();
        let is_there = count(list) == members.len() && !only_null(list.get(index)?);
        let member = is_there.then(|| members.get(count(&list[..index])))??;
        Some(&member.leaf)
    }
}

impl<'a> Lower<'a> {
    /// Returns the schema of a property.
    fn property(self, name: &str) -> Option<&'a Leaf> {
        match self {
            Self::Component(Component {
                definition: Definition::Object(object),
                ..
            }) => object.properties.get(name),
            _ => None,
        }
    }

    /// Returns the schema of the items of a page, which is a type of the library.
    fn items_of_page(self) -> Option<&'a Leaf> {
        match self {
            Self::Leaf(Leaf {
                kind: LeafKind::Page(item),
                ..
            }) => Some(item),
            _ => None,
        }
    }

    /// Returns the schema of the items of a list, or of the values of a map.
    fn inner(self, key: &str) -> Option<&'a Leaf> {
        let leaf = match self {
            Self::Leaf(leaf) => leaf,
            Self::Component(component) => match &component.definition {
                Definition::Object(object) => match &object.additional_properties {
                    Some(AdditionalProperties::Allowed(values))
                        if key == "additionalProperties" =>
                    {
                        return Some(values);
                    }
                    _ => return None,
                },
                Definition::Enum(_) | Definition::Union(_) => return None,
            },
        };
        match (key, &leaf.kind) {
            ("items", LeafKind::List(inner)) | ("additionalProperties", LeafKind::Map(inner)) => {
                Some(inner)
            }
            _ => None,
        }
    }
}

fn pointer(tokens: &[&str]) -> String {
    tokens
        .iter()
        .map(|token| format!("/{}", escape(token)))
        .collect()
}
