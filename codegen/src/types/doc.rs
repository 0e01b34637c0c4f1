//! Documentation of types and fields.

use std::collections::HashMap;

use super::uses::Uses;
use crate::assertion::Assertion;
use crate::docs::{brief, code_span, facts, rustdoc, wrap};
use crate::model::{Field, Item, Presence, Type};
use crate::operation::Operation;

/// What the documentation of a type says of others.
pub struct Docs<'a> {
    uses: Uses<'a>,
    descriptions: HashMap<&'a str, &'a str>,
}

impl<'a> Docs<'a> {
    /// Collects the descriptions of all types and where they are used.
    pub fn new(items: &'a [Item], operations: &'a [Operation]) -> Self {
        let descriptions = items.iter().map(|it| (it.name.as_str(), it.docs.as_str()));
        Self {
            uses: Uses::new(items, operations),
            descriptions: descriptions.collect(),
        }
    }

    /// Writes the description of a type, its origin, the facts, and where it is used.
    pub fn write(&self, source: &mut String, item: &Item, facts: &[String]) {
        let facts = [&[schema(item)], facts].concat();
        write(source, 0, &item.docs, &facts);
        let uses = self.uses.of(item);
        if !uses.is_empty() {
            super::line(source, 0, "///");
            paragraph(source, 0, &uses);
        }
    }

    /// Returns the description of a field: its own, the first paragraph of its type's, or its property
    /// and presence.
    pub fn of_field(&self, field: &Field) -> String {
        if !field.docs.is_empty() {
            return field.docs.clone();
        }
        let of_type = match &field.ty {
            Type::Named(name) | Type::Boxed(name) => self.descriptions.get(name.as_str()),
            _ => None,
        };
        let of_type = of_type.map(|docs| brief(docs)).unwrap_or_default();
        if !of_type.is_empty() {
            return of_type;
        }
        let key = code_span(&field.key);
        match field.presence {
            Presence::Required => format!("The required property {key}."),
            Presence::Nullable => format!("The required property {key}, which can be `null`."),
            Presence::Optional => format!("The optional property {key}."),
            Presence::Patch => format!("The optional property {key}, which can be `null`."),
        }
    }
}

/// Writes the description, followed by facts about the schema. Empty facts are omitted.
pub fn write(source: &mut String, depth: usize, description: &str, facts: &[String]) {
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
        self::paragraph(source, depth, paragraph);
    }
}

fn paragraph(source: &mut String, depth: usize, text: &str) {
    for text in wrap(text, 4 * depth + "/// ".len()).lines() {
        super::line(source, depth, format!("/// {text}").trim_end());
    }
}

/// Returns the origin of a type, or nothing if its name and description already say it.
fn schema(item: &Item) -> String {
    match &item.schema {
        Some(schema) if *schema == item.name && !item.docs.is_empty() => String::new(),
        Some(schema) => format!("Schema {}.", code_span(schema)),
        None => format!("Inline schema: {}.", item.place),
    }
}

/// Returns the constraints that are validated before a value is sent.
pub fn checked(sent: bool, assertions: &[Assertion]) -> String {
    match sent {
        true => facts(assertions),
        false => String::new(),
    }
}

/// Returns the alias under which rustdoc finds a type by its schema name, if the names differ.
pub fn alias(item: &Item) -> Option<String> {
    // What rustdoc does not take as an alias.
    let is_refused = |c: char| matches!(c, '"' | '\'') || (c.is_whitespace() && c != ' ');
    let is_other = |schema: &&String| {
        let is_taken = !schema.contains(is_refused) && schema.trim() == schema.as_str();
        **schema != item.name && is_taken && !schema.is_empty()
    };
    let schema = item.schema.as_ref().filter(is_other)?;
    Some(format!("#[doc(alias = {schema:?})]"))
}
