//! Compares two normalized documents and lists the edits between them, each once, where it was made.
//!
//! Components are compared with components and operations with operations; a reference is compared
//! by its name, so that a change inside a component is never repeated where the component is used.

mod align;
mod components;
mod content;
mod document;
mod keywords;
mod merged;
mod operations;
mod parameters;
mod properties;
mod references;
mod renames;
mod schema;
mod security;
pub(super) mod shared;
mod similar;
mod view;

pub(super) use operations::{Operation, operations, renamed};
pub(super) use view::only_null;

use std::collections::{BTreeMap, HashSet};

use gitbook_api_codegen::document::{escape, lookup};
use serde_json::Value;

use super::rules::Rule;
use renames::Renames;

/// One edit: what one author changed at one place.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What kind of edit it is.
    pub rule: &'static Rule,
    /// Where it stands in the base document and what stands there, if it does.
    pub base: Option<Side>,
    /// Where it stands in the head document and what stands there, if it does.
    pub head: Option<Side>,
    /// For a replaced schema: the rules that tell the two schemas apart.
    pub inner: Vec<&'static Rule>,
}

/// One side of an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Pointer of the place.
    pub pointer: String,
    /// What stands there, or the part of it that the edit is about.
    pub value: Value,
    /// The file and line, where they are known: `spec/openapi.yaml:12`.
    pub source: Option<String>,
}

/// A node of one of the documents.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    /// Its pointer, in fragment form.
    pub pointer: String,
    /// What stands there.
    pub value: &'a Value,
}

impl<'a> Spot<'a> {
    fn new(pointer: impl Into<String>, value: &'a Value) -> Self {
        Self {
            pointer: pointer.into(),
            value,
        }
    }

    fn get(&self, key: &str) -> Option<Spot<'a>> {
        let value = self.value.get(key)?;
        Some(self.at(key, value))
    }

    fn at(&self, token: &str, value: &'a Value) -> Spot<'a> {
        Spot::new(format!("{}/{}", self.pointer, escape(token)), value)
    }

    fn is(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    /// The entries of an object, with their keys.
    fn entries(&self) -> impl Iterator<Item = (&'a str, Spot<'a>)> + '_ {
        let entries = self.value.as_object().into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), self.at(key, value)))
    }

    /// The items of an array.
    fn items(&self) -> impl Iterator<Item = Spot<'a>> + '_ {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| self.at(&index.to_string(), value))
    }

    fn side(&self) -> Side {
        self.with(self.value.clone())
    }

    fn with(&self, value: Value) -> Side {
        Side {
            pointer: self.pointer.clone(),
            value,
            source: None,
        }
    }
}

/// The edits that lead from `base` to `head`, two normalized OpenAPI 3.0.3 documents.
pub fn compare(base: &Value, head: &Value) -> Vec<Edit> {
    let renames = Renames::find(base, head);
    let mut comparison = Comparison::new(base, head, &renames);
    comparison.document();
    comparison.finish()
}

/// A comparison under way.
struct Comparison<'a> {
    base: &'a Value,
    head: &'a Value,
    renames: &'a Renames,
    edits: Vec<Edit>,
    /// Schemas that were inline and are components now, by reference, with where they stood.
    extracted: BTreeMap<String, Side>,
    /// Components that stand inline now, by reference, with where.
    inlined: BTreeMap<String, Side>,
    /// Pairs of references whose schemas are being compared, so that a recursion ends.
    open: Vec<(String, String)>,
}

impl<'a> Comparison<'a> {
    fn new(base: &'a Value, head: &'a Value, renames: &'a Renames) -> Self {
        Self {
            base,
            head,
            renames,
            edits: Vec::new(),
            extracted: BTreeMap::new(),
            inlined: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    fn emit(&mut self, rule: &'static Rule, base: Option<&Spot<'a>>, head: Option<&Spot<'a>>) {
        self.push(rule, base.map(Spot::side), head.map(Spot::side));
    }

    fn push(&mut self, rule: &'static Rule, base: Option<Side>, head: Option<Side>) {
        self.edits.push(Edit {
            rule,
            base,
            head,
            inner: Vec::new(),
        });
    }

    /// Follows references from `spot`, in `document`, to the node that they name.
    fn resolve(document: &'a Value, spot: Spot<'a>) -> Spot<'a> {
        let mut spot = spot;
        // A chain of references is short; one that leads back to itself ends here too.
        for _ in 0..8 {
            let Some(reference) = spot.reference() else {
                break;
            };
            let Some(value) = lookup(document, reference) else {
                break;
            };
            spot = Spot::new(reference, value);
        }
        spot
    }

    /// The edits, each once: a schema moved to or from several places is compared at each of them.
    fn finish(self) -> Vec<Edit> {
        let mut seen = HashSet::new();
        let mut edits = Vec::new();
        for edit in self.edits {
            let keys = [('-', &edit.base), ('+', &edit.head)].map(|(sign, side)| {
                side.as_ref()
                    .map(|side| (sign, edit.rule.id, side.pointer.clone()))
            });
            let known = keys.iter().flatten().any(|key| seen.contains(key));
            seen.extend(keys.into_iter().flatten());
            if !known {
                edits.push(edit);
            }
        }
        edits
    }
}
