//! The schemas that references lead to.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::schema::Schema;
use crate::document::{self, Diagnostic, schema_name, schema_reference};
use crate::names::{type_name, variant_name};
use crate::spelling::suffixes;

/// The schemas of a document that can be referred to.
#[derive(Debug, Default)]
pub(crate) struct SchemaIndex {
    /// The component schemas, in the order of the document.
    pub components: IndexMap<String, Schema>,
    /// The targets of references to other places.
    places: HashMap<String, Schema>,
    /// The names of components whose types would have the name of another one, with what they are called
    /// instead.
    renamed: HashMap<String, String>,
}

impl SchemaIndex {
    /// Reads the component schemas of `document`, and everything else that it refers to.
    pub(crate) fn read(document: &Value, found: &mut Vec<Diagnostic>) -> Self {
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
        let names: Vec<&String> = components.clone().map(|(name, _)| name).collect();
        Self {
            renamed: renamed(&names),
            components: components
                .map(|(name, it)| {
                    let pointer = schema_reference(name);
                    (name.clone(), Schema::read(it, &pointer, found))
                })
                .collect(),
            places,
        }
    }

    /// Returns the name by which a component is lowered: its own, unless its type would have the name of
    /// another one.
    pub(crate) fn key<'s>(&'s self, component: &'s str) -> &'s str {
        self.renamed
            .get(component)
            .map_or(component, String::as_str)
    }

    /// Returns the name that the document has for a component.
    pub(crate) fn document_name<'s>(&'s self, key: &'s str) -> &'s str {
        let mut renamed = self.renamed.iter();
        let name = renamed.find_map(|(name, other)| (other == key).then_some(name.as_str()));
        name.unwrap_or(key)
    }

    /// Returns the type of a component.
    pub(crate) fn type_name(&self, component: &str) -> String {
        type_name(self.key(component))
    }

    /// Returns the schema that a reference names, not followed further.
    pub(crate) fn lookup(&self, reference: &str) -> Option<&Schema> {
        match schema_name(reference) {
            Some(name) => self.components.get(&*name),
            None => self.places.get(reference),
        }
    }

    /// Follows references from `schema` until a schema that is none.
    ///
    /// # Errors
    /// Fails if a reference is to nothing, leads back to itself, or through too many others.
    pub(crate) fn resolve<'a>(&'a self, schema: &'a Schema) -> Result<&'a Schema, Diagnostic> {
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

/// Returns other names for the components whose types would have the name of another one. Of those, the
/// one that is spelled like the type, or else the first, keeps its name.
fn renamed(names: &[&String]) -> HashMap<String, String> {
    let mut owners: HashMap<String, &str> = HashMap::new();
    for &name in names {
        let ty = type_name(name);
        if *name == ty || !owners.contains_key(&ty) {
            owners.insert(ty, name);
        }
    }
    let mut taken: HashSet<String> = owners.keys().cloned().collect();
    let mut renamed = HashMap::new();
    for &name in names {
        let ty = type_name(name);
        if owners.get(&ty) == Some(&name.as_str()) {
            continue;
        }
        let others = suffixes(name).map(|suffix| {
            let words = format!("{}_{suffix}", ty.trim_end_matches('_'));
            variant_name(&words)
        });
        // Without a free one, the model refuses both.
        if let Some(free) = others.into_iter().find(|name| !taken.contains(name)) {
            taken.insert(free.clone());
            renamed.insert(name.clone(), free);
        }
    }
    renamed
}
