//! The schemas that references lead to.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::schema::Schema;
use crate::document::{self, Diagnostic, schema_name, schema_reference};

/// The schemas of a document that can be referred to.
#[derive(Debug, Default)]
pub struct SchemaIndex {
    /// The component schemas, in the order of the document.
    pub components: IndexMap<String, Schema>,
    /// The targets of references to other places.
    places: HashMap<String, Schema>,
}

impl SchemaIndex {
    /// Reads the component schemas of `document`, and everything else that it refers to.
    pub fn read(document: &Value, found: &mut Vec<Diagnostic>) -> Self {
        let components = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let components = components.into_iter().flatten();
        let mut places = HashMap::new();
        let mut waiting = vec![document];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items),
                Value::Object(object) => {
                    waiting.extend(object.values());
                    let reference = object.get("$ref").and_then(Value::as_str);
                    let place = reference.filter(|reference| schema_name(reference).is_none());
                    if let Some(reference) = place
                        && let Some(target) = document::lookup(document, reference)
                        && !places.contains_key(reference)
                    {
                        let pointer = reference.trim_start_matches('#');
                        places.insert(reference.to_owned(), Schema::read(target, pointer, found));
                    }
                }
                _ => {}
            }
        }
        Self {
            components: components
                .map(|(name, it)| {
                    let pointer = schema_reference(name);
                    (name.clone(), Schema::read(it, &pointer, found))
                })
                .collect(),
            places,
        }
    }

    /// Returns the schema that a reference names, not followed further.
    pub fn lookup(&self, reference: &str) -> Option<&Schema> {
        match schema_name(reference) {
            Some(name) => self.components.get(&*name),
            None => self.places.get(reference),
        }
    }

    /// Follows references from `schema` until a schema that is none.
    ///
    /// # Errors
    /// Fails if a reference is to nothing, leads back to itself, or through too many others.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> Result<&'a Schema, Diagnostic> {
        let mut schema = schema;
        let mut seen: Vec<&str> = Vec::new();
        while let Some(reference) = schema.reference.as_deref() {
            document::check_chain(&seen, reference)?;
            seen.push(reference);
            schema = self
                .lookup(reference)
                .ok_or_else(|| document::dangling(reference))?;
        }
        Ok(schema)
    }
}
