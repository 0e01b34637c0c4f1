//! Maps nodes inside schemas to Rust items, for named and inline schemas.

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

/// The types of a document, and the lowered document that they are generated from.
pub struct Types {
    pub lowered: Value,
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
pub struct RustItems<'a> {
    pub document: &'a Value,
    pub types: &'a Types,
}

/// The position of a walk through a schema.
struct Walk<'a> {
    /// The type of the current schema, or of the schema that it is a part of.
    name: Option<&'a str>,
    schema: &'a Value,
    item: Option<String>,
}

impl<'a> RustItems<'a> {
    /// Returns the Rust item of the node with these pointer tokens, or `None` outside of schemas
    /// and for inline schemas without a type of their own.
    pub fn at(self, tokens: &[&str]) -> Option<String> {
        let start = match tokens {
            ["components", "schemas", _, ..] => 3,
            _ => 1 + tokens.iter().position(|token| *token == "schema")?,
        };
        let (to_schema, rest) = tokens.split_at(start);
        let mut walk = Walk {
            name: None,
            schema: self.types.lowered.pointer(&pointer(to_schema))?,
            item: None,
        };
        if let ["components", "schemas", name] = to_schema {
            walk.name = Some(name);
            walk.item = Some(format!("types::{}", type_name(name)));
        }
        let mut rest = rest;
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
        let reference = walk.schema.get("$ref").and_then(Value::as_str);
        // The names of extracted schemas have nothing to unescape.
        let Some(Cow::Borrowed(name)) = reference.and_then(schema_name) else {
            return;
        };
        let target = &self.types.lowered["components"]["schemas"][name];
        if target.get(ORIGIN).is_some() {
            walk.name = Some(name);
            walk.schema = target;
        }
    }

    /// Takes one step into the schema and returns its number of tokens.
    fn step(self, walk: &mut Walk<'a>, walked: &[&str], rest: &[&str]) -> Option<usize> {
        let owner = walk.name.map(|name| format!("types::{}", type_name(name)));
        let inner = |walk: &Walk<'a>, key: &str| walk.schema.get(key).filter(|s| s.is_object());
        match rest {
            // The members of an `allOf` become one struct.
            ["allOf", _, ..] => return Some(2),
            ["properties", property, ..] => {
                let field = self.types.field(&type_name(walk.name?), property);
                walk.item = match field {
                    Some(field) => owner.map(|owner| format!("{owner}::{field}")),
                    None => owner,
                };
                walk.schema = walk.schema.get("properties")?.get(property)?;
                walk.name = None;
                return Some(2);
            }
            [list @ ("oneOf" | "anyOf"), index, ..] => {
                walk.item = owner;
                walk.schema = self.member(walk.schema, &[walked, &[list]].concat(), index)?;
                walk.name = None;
                return Some(2);
            }
            [key @ ("items" | "additionalProperties"), ..] if inner(walk, key).is_some() => {
                walk.schema = inner(walk, key)?;
                walk.name = None;
                return Some(1);
            }
            [
                "enum" | "oneOf" | "anyOf" | "properties" | "additionalProperties",
                ..,
            ] => {
                walk.item = owner.or(walk.item.take());
            }
            _ => {}
        }
        None
    }

    /// Returns the member of a union at `index` of the list at `list` in the document. The types
    /// have no members for null; if other members are missing too, the mapping is ambiguous.
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
