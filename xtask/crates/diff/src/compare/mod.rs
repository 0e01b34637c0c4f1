//! Compares two normalized documents and lists the edits between them, each once, at the node that
//! was edited.
//!
//! Components are compared with components and operations with operations. References are compared
//! by name, so that a change of a component is not repeated where the component is used.

mod additional;
mod align;
mod components;
mod content;
mod document;
mod keywords;
mod merged;
mod operations;
mod pairs;
mod parameters;
mod properties;
mod references;
mod renames;
mod schema;
mod security;
mod servers;
pub(super) mod shared;
mod similar;
mod view;
mod wrapped;

pub(super) use operations::{Operation, operations, renamed};
pub(super) use view::only_null;

use std::collections::{BTreeMap, HashSet};

use gitbook_api_codegen::document::{MAX_REFERENCES, escape, lookup};
use serde_json::Value;

use super::rules::Rule;
use renames::Renames;

/// One edit.
#[derive(Clone, Debug)]
pub struct Edit {
    pub rule: &'static Rule,
    /// The node in the base document, if it exists there.
    pub base: Option<Location>,
    /// The node in the head document, if it exists there.
    pub head: Option<Location>,
    /// For a replaced schema: the rules for the differences between the two schemas.
    pub inner: Vec<&'static Rule>,
}

/// One side of an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    pub pointer: String,
    /// The value of the node, or the part of it that was edited.
    pub value: Value,
    /// The file and line, if known: `spec/openapi.yaml:12`.
    pub source: Option<String>,
}

/// A node of one of the documents.
#[derive(Clone, Debug)]
pub(crate) struct NodeRef<'a> {
    /// The JSON pointer, in fragment form.
    pub pointer: String,
    pub value: &'a Value,
}

impl<'a> NodeRef<'a> {
    fn new(pointer: impl Into<String>, value: &'a Value) -> Self {
        Self {
            pointer: pointer.into(),
            value,
        }
    }

    fn get(&self, key: &str) -> Option<NodeRef<'a>> {
        let value = self.value.get(key)?;
        Some(self.at(key, value))
    }

    fn at(&self, token: &str, value: &'a Value) -> NodeRef<'a> {
        NodeRef::new(format!("{}/{}", self.pointer, escape(token)), value)
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

    /// Returns the members of an object.
    fn entries(&self) -> impl Iterator<Item = (&'a str, NodeRef<'a>)> + '_ {
        let entries = self.value.as_object().into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), self.at(key, value)))
    }

    /// Returns the items of an array.
    fn items(&self) -> impl Iterator<Item = NodeRef<'a>> + '_ {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| self.at(&index.to_string(), value))
    }

    fn side(&self) -> Location {
        self.with(self.value.clone())
    }

    fn with(&self, value: Value) -> Location {
        Location {
            pointer: self.pointer.clone(),
            value,
            source: None,
        }
    }
}

/// Returns the edits from `base` to `head`, two normalized OpenAPI 3.0.3 documents.
pub fn compare(base: &Value, head: &Value) -> Vec<Edit> {
    let renames = Renames::find(base, head);
    let mut comparison = Comparison::new(base, head, &renames);
    comparison.document();
    comparison.finish()
}

/// The state of a comparison.
struct Comparison<'a> {
    base: &'a Value,
    head: &'a Value,
    renames: &'a Renames,
    edits: Vec<Edit>,
    /// Schemas that were inline in the base and are components in the head: the former location, by
    /// reference.
    extracted: BTreeMap<String, Location>,
    /// Components of the base that are inline in the head: the new location, by reference.
    inlined: BTreeMap<String, Location>,
    /// Pairs of references whose schemas are being compared, to stop recursion.
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

    fn emit(
        &mut self,
        rule: &'static Rule,
        base: Option<&NodeRef<'a>>,
        head: Option<&NodeRef<'a>>,
    ) {
        self.push(rule, base.map(NodeRef::side), head.map(NodeRef::side));
    }

    fn push(&mut self, rule: &'static Rule, base: Option<Location>, head: Option<Location>) {
        self.edits.push(Edit {
            rule,
            base,
            head,
            inner: Vec::new(),
        });
    }

    /// Reports what was removed and what was added at the same place: as one edit if both are
    /// there. `rules` are those for a removal, an addition, and a replacement.
    fn replacement(
        &mut self,
        rules: [&'static Rule; 3],
        removed: Option<Location>,
        added: Option<Location>,
    ) {
        let rule = match (&removed, &added) {
            (Some(_), Some(_)) => rules[2],
            (Some(_), None) => rules[0],
            (None, Some(_)) => rules[1],
            (None, None) => return,
        };
        self.push(rule, removed, added);
    }

    /// Follows references from `node` in `document`.
    fn resolve(document: &'a Value, node: NodeRef<'a>) -> NodeRef<'a> {
        let mut node = node;
        // The limit also stops cycles.
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.reference() else {
                break;
            };
            let Some(value) = lookup(document, reference) else {
                break;
            };
            node = NodeRef::new(reference, value);
        }
        node
    }

    /// Returns the edits without duplicates: a schema moved to or from several locations is
    /// compared at each.
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
