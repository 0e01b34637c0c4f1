//! Recognizes components that only have another name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gitbook_api_codegen::document::{escape, lookup};
use gitbook_api_codegen::walk::{Node, walk};
use serde_json::Value;

use super::Spot;
use super::similar::{ALIKE, similarity};
use super::view::View;

/// Which components are there on one side only, and which of them are the same. All by reference.
#[derive(Debug, Default)]
pub(super) struct Renames {
    gone: BTreeSet<String>,
    new: BTreeSet<String>,
    forward: BTreeMap<String, String>,
}

impl Renames {
    /// Compares the components of two documents by name, by where they are used, and by structure.
    pub fn find(base: &Value, head: &Value) -> Self {
        let (old, new) = (components(base), components(head));
        let mut renames = Self {
            gone: old.difference(&new).cloned().collect(),
            new: new.difference(&old).cloned().collect(),
            forward: BTreeMap::new(),
        };
        if renames.gone.is_empty() || renames.new.is_empty() {
            return renames;
        }
        renames.by_use(base, head);
        renames.by_structure(base, head);
        renames
    }

    /// Whether two references name the same component.
    pub fn same(&self, base: &str, head: &str) -> bool {
        match self.forward.get(base) {
            Some(renamed) => renamed == head,
            None => base == head,
        }
    }

    /// Whether a component of the head has no counterpart in the base.
    pub fn is_new(&self, reference: &str) -> bool {
        self.new.contains(reference) && !self.forward.values().any(|to| to == reference)
    }

    /// Whether a component of the base has no counterpart in the head.
    pub fn is_gone(&self, reference: &str) -> bool {
        self.gone.contains(reference) && !self.forward.contains_key(reference)
    }

    /// What a component of the base is called in the head.
    pub fn renamed(&self, reference: &str) -> Option<&str> {
        self.forward.get(reference).map(String::as_str)
    }

    /// The places that named one component and name another now vote for a rename.
    fn by_use(&mut self, base: &Value, head: &Value) {
        let (old, new) = (uses(base), uses(head));
        let mut votes: BTreeMap<(&String, &String), usize> = BTreeMap::new();
        for (place, from) in &old {
            let Some(to) = new.get(place) else {
                continue;
            };
            if self.gone.contains(from) && self.new.contains(to) {
                *votes.entry((from, to)).or_default() += 1;
            }
        }
        let mut ranked: Vec<_> = votes.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        for ((from, to), _) in ranked {
            if alike(base, head, from, to) {
                self.note(from, to);
            }
        }
    }

    /// What is left and has exactly one counterpart of the same structure is renamed.
    fn by_structure(&mut self, base: &Value, head: &Value) {
        let mut groups: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for reference in self.gone.iter().filter(|reference| self.is_gone(reference)) {
            if let Some(print) = fingerprint(base, reference) {
                groups.entry(print).or_default().0.push(reference.clone());
            }
        }
        for reference in self.new.iter().filter(|reference| self.is_new(reference)) {
            if let Some(print) = fingerprint(head, reference) {
                groups.entry(print).or_default().1.push(reference.clone());
            }
        }
        for (old, new) in groups.into_values() {
            if let ([from], [to]) = (&old[..], &new[..]) {
                self.note(from, to);
            }
        }
    }

    fn note(&mut self, from: &str, to: &str) {
        if self.is_gone(from) && self.is_new(to) {
            self.forward.insert(from.to_owned(), to.to_owned());
        }
    }
}

fn kind(reference: &str) -> &str {
    reference.split('/').nth(2).unwrap_or_default()
}

fn alike(base: &Value, head: &Value, from: &str, to: &str) -> bool {
    let (Some(a), Some(b)) = (lookup(base, from), lookup(head, to)) else {
        return false;
    };
    let (a, b) = (Spot::new(from, a), Spot::new(to, b));
    match kind(from) {
        _ if kind(from) != kind(to) => false,
        "schemas" => similarity(&View::schema(&a), &View::schema(&b)) >= ALIKE,
        _ => a.value == b.value,
    }
}

fn components(document: &Value) -> BTreeSet<String> {
    let kinds = document.get("components").and_then(Value::as_object);
    let kinds = kinds
        .into_iter()
        .flatten()
        .filter(|(kind, _)| !kind.starts_with("x-"));
    kinds
        .flat_map(|(kind, map)| {
            let names = map.as_object().into_iter().flat_map(|map| map.keys());
            names.map(move |name| format!("#/components/{kind}/{}", escape(name)))
        })
        .collect()
}

/// Every place that holds a reference, with the reference.
fn uses(document: &Value) -> HashMap<String, String> {
    let mut uses = HashMap::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, pointer, value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                uses.insert(pointer.to_owned(), reference.to_owned());
            }
        },
    );
    uses
}

/// The structure of a component as text, without what people read and without its own name.
fn fingerprint(document: &Value, reference: &str) -> Option<String> {
    let mut component = lookup(document, reference)?.clone();
    let node = match kind(reference) {
        "schemas" => Node::Schema,
        "parameters" => Node::Parameter,
        "responses" => Node::Response,
        "requestBodies" => Node::RequestBody,
        "headers" => Node::Header,
        _ => return None,
    };
    gitbook_api_codegen::walk::walk_mut(
        node,
        &mut component,
        &mut String::new(),
        &mut |_, _, value| {
            let Some(members) = value.as_object_mut() else {
                return;
            };
            members.retain(|key, _| {
                !["description", "title", "example", "externalDocs"].contains(&key.as_str())
            });
            members.sort_keys();
            if members.get("$ref").and_then(Value::as_str) == Some(reference) {
                members.insert("$ref".to_owned(), "itself".into());
            }
        },
    );
    Some(format!("{} {component}", kind(reference)))
}
