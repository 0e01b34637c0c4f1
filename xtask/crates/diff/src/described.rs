//! The Rust item that a place inside a schema becomes, whether the schema has a name or stands
//! inline.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gitbook_api_codegen::api::{self, Api};
use gitbook_api_codegen::document::{escape, schema_name};
use gitbook_api_codegen::lower::{ORIGIN, VARIANTS, lower};
use gitbook_api_codegen::model::{self, Item, Property, Shape};
use gitbook_api_codegen::names::type_name;
use gitbook_api_codegen::operation::operations;
use serde_json::Value;

use super::compare::only_null;

/// The types of a document, and the form of the document that they are made of.
pub struct Types {
    /// The document, lowered.
    pub lowered: Value,
    /// The public API of the client; `None` when none can be made of the operations.
    pub api: Option<Api>,
    items: BTreeMap<String, Item>,
}

impl Types {
    /// The types of `document`; `None` when it cannot have any.
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

    /// The field of a type for a property, if there is one: none for what has a single value.
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

/// A document and its types.
#[derive(Clone, Copy)]
pub struct Described<'a> {
    /// The document.
    pub document: &'a Value,
    /// The types that are made of it.
    pub types: &'a Types,
}

/// Where the way through a schema has come to.
struct Way<'a> {
    /// The type that the schema at hand is, or is a part of.
    name: Option<&'a str>,
    schema: &'a Value,
    item: Option<String>,
}

impl<'a> Described<'a> {
    /// The item that the place with these tokens becomes; `None` outside of schemas, and where an
    /// inline schema has no type of its own.
    pub fn at(self, tokens: &[&str]) -> Option<String> {
        let start = match tokens {
            ["components", "schemas", _, ..] => 3,
            _ => 1 + tokens.iter().position(|token| *token == "schema")?,
        };
        let (to_schema, rest) = tokens.split_at(start);
        let mut way = Way {
            name: None,
            schema: self.types.lowered.pointer(&pointer(to_schema))?,
            item: None,
        };
        if let ["components", "schemas", name] = to_schema {
            way.name = Some(name);
            way.item = Some(format!("types::{}", type_name(name)));
        }
        let mut rest = rest;
        while !rest.is_empty() {
            self.enter(&mut way);
            let walked = &tokens[..tokens.len() - rest.len()];
            let Some(taken) = self.step(&mut way, walked, rest) else {
                break;
            };
            rest = &rest[taken..];
        }
        way.item
    }

    /// Enters the type that an inline schema has become.
    fn enter(self, way: &mut Way<'a>) {
        let reference = way.schema.get("$ref").and_then(Value::as_str);
        // The names of extracted schemas have nothing to unescape.
        let Some(Cow::Borrowed(name)) = reference.and_then(schema_name) else {
            return;
        };
        let target = &self.types.lowered["components"]["schemas"][name];
        if target.get(ORIGIN).is_some() {
            way.name = Some(name);
            way.schema = target;
        }
    }

    /// Takes a step into the schema, and gives back how many tokens it was.
    fn step(self, way: &mut Way<'a>, walked: &[&str], rest: &[&str]) -> Option<usize> {
        let owner = way.name.map(|name| format!("types::{}", type_name(name)));
        let inner = |way: &Way<'a>, key: &str| way.schema.get(key).filter(|s| s.is_object());
        match rest {
            // The members of an `allOf` become one struct.
            ["allOf", _, ..] => return Some(2),
            ["properties", property, ..] => {
                let field = self.types.field(&type_name(way.name?), property);
                way.item = match field {
                    Some(field) => owner.map(|owner| format!("{owner}::{field}")),
                    None => owner,
                };
                way.schema = way.schema.get("properties")?.get(property)?;
                way.name = None;
                return Some(2);
            }
            [list @ ("oneOf" | "anyOf"), index, ..] => {
                way.item = owner;
                way.schema = self.member(way.schema, &[walked, &[list]].concat(), index)?;
                way.name = None;
                return Some(2);
            }
            [key @ ("items" | "additionalProperties"), ..] if inner(way, key).is_some() => {
                way.schema = inner(way, key)?;
                way.name = None;
                return Some(1);
            }
            [
                "enum" | "oneOf" | "anyOf" | "properties" | "additionalProperties",
                ..,
            ] => {
                way.item = owner.or(way.item.take());
            }
            _ => {}
        }
        None
    }

    /// The member of a union that stands at `index` of the list at `list` in the document. Members
    /// that are null are left out of the type; where others are too, which is which is unknown.
    fn member(self, union: &'a Value, list: &[&str], index: &str) -> Option<&'a Value> {
        union.get(VARIANTS)?;
        let list = self.document.pointer(&pointer(list))?.as_array()?;
        let index: usize = index.parse().ok()?;
        let members = union.get("oneOf")?.as_array()?;
        let count = |list: &[Value]| list.iter().filter(|member| !only_null(member)).count();
        let is_there = count(list) == members.len() && !only_null(list.get(index)?);
        is_there
            .then(|| members.get(count(&list[..index])))
            .flatten()
    }
}

fn pointer(tokens: &[&str]) -> String {
    tokens
        .iter()
        .map(|token| format!("/{}", escape(token)))
        .collect()
}
