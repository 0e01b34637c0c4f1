//! Documentation of types and fields.

use std::collections::HashMap;

use serde_json::Value;

use super::uses::Uses;
use crate::assertion::Assertion;
use crate::docs::{brief, code_span, facts, rustdoc};
use crate::model::{Field, Item, Type};
use crate::operation::Operation;
use crate::syntax::Origin;

/// The documentation of types, which names other types.
pub(super) struct Docs<'a> {
    uses: Uses<'a>,
    descriptions: HashMap<&'a str, &'a str>,
}

impl<'a> Docs<'a> {
    /// Collects the descriptions of all types and where they are used.
    pub(super) fn new(items: &'a [Item], operations: &'a [Operation]) -> Self {
        let descriptions = items.iter().map(|it| (it.name.as_str(), it.docs.as_str()));
        Self {
            uses: Uses::new(items, operations),
            descriptions: descriptions.collect(),
        }
    }

    /// Writes the description of a type, its origin, the facts, and where it is used.
    pub(super) fn write(&self, source: &mut String, item: &Item, facts: &[String]) {
        let facts = [&[origin(item)], facts].concat();
        write(source, 0, &item.docs, &facts);
        let uses = self.uses.of(item);
        if !uses.is_empty() {
            let is_first = item.docs.is_empty() && facts.iter().all(String::is_empty);
            if !is_first {
                super::line(source, 0, "///");
            }
            super::paragraph(source, 0, &uses);
        }
    }

    /// Returns the description of a field: its own, or the first paragraph of its type's.
    pub(super) fn of_field(&self, field: &Field) -> String {
        if !field.docs.is_empty() {
            return field.docs.clone();
        }
        let of_type = match &field.ty {
            Type::Named(name) | Type::Boxed(name) => self.descriptions.get(name.as_str()),
            _ => None,
        };
        of_type.map(|docs| brief(docs)).unwrap_or_default()
    }

    /// Returns whether a field of a type that requests carry has documentation.
    pub(super) fn has_field(&self, field: &Field) -> bool {
        let facts = field_facts(field, true);
        !self.of_field(field).is_empty() || facts.iter().any(|fact| !fact.is_empty())
    }
}

/// Returns the constraints of a field that are validated before a value is sent, and its default.
pub(super) fn field_facts(field: &Field, sent: bool) -> [String; 2] {
    let default = match &field.default {
        Some(Value::String(text)) => format!("Defaults to {}.", code_span(text)),
        Some(value) if !value.is_null() => {
            format!("Defaults to {}.", code_span(&value.to_string()))
        }
        _ => String::new(),
    };
    [checked(sent, &field.assertions), default]
}

/// Writes the description, followed by facts about the schema. Empty facts are omitted.
pub(super) fn write(source: &mut String, depth: usize, description: &str, facts: &[String]) {
    let description = rustdoc(description);
    let facts: Vec<&str> = facts
        .iter()
        .map(String::as_str)
        .filter(|fact| !fact.is_empty())
        .collect();
    let mut paragraphs: Vec<String> = Vec::new();
    if !description.is_empty() {
        paragraphs.push(description);
    }
    if !facts.is_empty() {
        paragraphs.push(facts.join(" "));
    }
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            super::line(source, depth, "///");
        }
        super::paragraph(source, depth, paragraph);
    }
}

/// Returns the origin of a type, or nothing if its name says it.
fn origin(item: &Item) -> String {
    match &item.schema {
        Some(schema) if *schema == item.name => String::new(),
        Some(schema) => format!("Schema {}.", code_span(schema)),
        None => item.origin.as_ref().map(inline).unwrap_or_default(),
    }
}

/// Returns the sentence about the origin of an inline schema.
fn inline(origin: &Origin) -> String {
    format!("Inline schema: {}.", place(origin))
}

fn place(origin: &Origin) -> String {
    match origin {
        Origin::Property { property, owner } => {
            format!("property {} of [`{owner}`]", code_span(property))
        }
        Origin::Member { union } => format!("member of [`{union}`]"),
        Origin::Parameter { builder } => {
            format!("parameter of [`builder::{builder}`](super::builder::{builder})")
        }
        Origin::Body { operation } => format!("request body of {}", code_span(operation)),
        Origin::Response { operation, status } => {
            format!("response {status} of {}", code_span(operation))
        }
        Origin::Item(page) => format!("item of {}", place(page)),
        Origin::Component { section, name } => {
            format!("{} among the components (`{section}`)", code_span(name))
        }
    }
}

/// Returns the constraints that are validated before a value is sent.
pub(super) fn checked(sent: bool, assertions: &[Assertion]) -> String {
    if sent {
        facts(assertions)
    } else {
        String::new()
    }
}

/// Returns the alias under which rustdoc finds a type by its schema name, if the names differ.
pub(super) fn alias(item: &Item) -> Option<String> {
    // Characters that rustdoc refuses in an alias.
    let is_refused = |c: char| matches!(c, '"' | '\'') || (c.is_whitespace() && c != ' ');
    let is_other = |schema: &&String| {
        let is_taken = !schema.contains(is_refused) && schema.trim() == schema.as_str();
        **schema != item.name && is_taken && !schema.is_empty()
    };
    let schema = item.schema.as_ref().filter(is_other)?;
    Some(format!("#[doc(alias = {schema:?})]"))
}
