//! Documentation of types and fields.

use crate::docs::{code_span, facts, rustdoc, wrap};
use crate::model::{Assertion, Item};

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
        for text in wrap(paragraph, 4 * depth + "/// ".len()).lines() {
            super::line(source, depth, format!("/// {text}").trim_end());
        }
    }
}

/// Returns the origin of a type, or nothing if its name and description already say it.
pub fn schema(item: &Item) -> String {
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
