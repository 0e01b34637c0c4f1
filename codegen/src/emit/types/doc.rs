//! Documentation of types and fields.

use std::collections::HashMap;

use serde_json::Value;

use super::uses::Uses;
use crate::assertion::Assertion;
use crate::emit::facts::facts;
use crate::markdown::{brief, code_span, sentences};
use crate::model::{Field, Item, Type};
use crate::names::capitalize;
use crate::operation::Operation;
use crate::syntax::Origin;

/// The documentation of types, which names other types.
pub(super) struct Docs<'a> {
    uses: Uses<'a>,
    descriptions: HashMap<&'a str, &'a str>,
    /// The method of each operation that is documented.
    methods: HashMap<&'a str, &'a str>,
}

impl<'a> Docs<'a> {
    /// Collects the descriptions of all types and where they are used.
    pub(super) fn new(items: &'a [Item], operations: &'a [Operation]) -> Self {
        let descriptions = items.iter().map(|it| (it.name.as_str(), it.docs.as_str()));
        let documented = operations.iter().filter(|operation| !operation.internal);
        let methods = documented.map(|it| (it.id.as_str(), it.name.as_str()));
        Self {
            uses: Uses::new(items, operations),
            descriptions: descriptions.collect(),
            methods: methods.collect(),
        }
    }

    /// Writes the description of a type, its origin, the facts, and where it is used.
    pub(super) fn write(&self, source: &mut String, item: &Item, facts: &[String]) {
        let facts = [&[self.origin(item)], facts].concat();
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

    /// Returns the origin of a type, or nothing if its name says it.
    fn origin(&self, item: &Item) -> String {
        match &item.schema {
            Some(schema) if *schema == item.name => String::new(),
            Some(schema) => format!("Its schema is {}.", code_span(schema)),
            None => {
                let origin = item.origin.as_ref();
                let place = origin.map(|origin| capitalize(&self.place(origin)) + ".");
                place.unwrap_or_default()
            }
        }
    }

    /// Returns the origin of an inline schema, for the middle of a sentence.
    fn place(&self, origin: &Origin) -> String {
        match origin {
            Origin::Property { property, owner } => {
                format!("the property {} of [`{owner}`]", code_span(property))
            }
            Origin::Member { union } => format!("a member of [`{union}`]"),
            Origin::Parameter { builder } => {
                format!("a parameter of [`{builder}`](crate::builder::{builder})")
            }
            Origin::Body { operation } => {
                format!("the request body of {}", self.method(operation))
            }
            Origin::Response { operation, status } => {
                format!("the response {status} of {}", self.method(operation))
            }
            Origin::Item(page) => format!("an item of {}", self.place(page)),
            Origin::Component { section, name } => {
                format!("{} among the components (`{section}`)", code_span(name))
            }
        }
    }

    /// Returns the method of an operation with a link, if it is documented.
    fn method(&self, operation: &str) -> String {
        match self.methods.get(operation) {
            Some(name) => format!("[`{name}`](crate::Client::{name})"),
            None => code_span(operation),
        }
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
    let description = sentences(description);
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
