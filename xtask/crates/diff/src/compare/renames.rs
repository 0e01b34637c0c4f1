//! Detects renamed components.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gitbook_api_codegen::document::{escape, lookup};
use gitbook_api_codegen::walk::{Node, documentation, walk, walk_mut};
use serde_json::Value;

use super::NodeRef;
use super::operations::operations;
use super::similar::{ALIKE, similarity};
use super::view::View;

/// The components that exist on one side only, and the pairs of them that are the same, by
/// reference.
#[derive(Debug, Default)]
pub(super) struct Renames {
    gone: BTreeSet<String>,
    new: BTreeSet<String>,
    forward: BTreeMap<String, String>,
    /// Renamed tags.
    tags: BTreeMap<String, String>,
}

impl Renames {
    /// Pairs the components of two documents by name, by use, and by structure.
    pub(super) fn find(base: &Value, head: &Value) -> Self {
        let (old, new) = (components(base), components(head));
        let mut renames = Self {
            gone: old.difference(&new).cloned().collect(),
            new: new.difference(&old).cloned().collect(),
            forward: BTreeMap::new(),
            tags: renamed_tags(base, head),
        };
        if renames.gone.is_empty() || renames.new.is_empty() {
            return renames;
        }
        renames.by_use(base, head);
        renames.by_structure(base, head);
        renames
    }

    /// Returns whether two references name the same component.
    pub(super) fn same(&self, base: &str, head: &str) -> bool {
        match self.forward.get(base) {
            Some(renamed) => renamed == head,
            None => base == head,
        }
    }

    /// Returns whether two names are those of the same tag.
    pub(super) fn same_tag(&self, base: &str, head: &str) -> bool {
        match self.tags.get(base) {
            Some(renamed) => renamed == head,
            None => base == head,
        }
    }

    /// Returns the name in the head of a renamed tag of the base.
    pub(super) fn renamed_tag(&self, name: &str) -> Option<&str> {
        self.tags.get(name).map(String::as_str)
    }

    /// Returns whether a tag was renamed.
    pub(super) fn is_renamed_tag(&self, name: &str) -> bool {
        self.tags
            .iter()
            .any(|(from, to)| from == name || to == name)
    }

    /// Returns whether a component of the head has no counterpart in the base.
    pub(super) fn is_new(&self, reference: &str) -> bool {
        self.new.contains(reference) && !self.forward.values().any(|to| to == reference)
    }

    /// Returns whether a component of the base has no counterpart in the head.
    pub(super) fn is_gone(&self, reference: &str) -> bool {
        self.gone.contains(reference) && !self.forward.contains_key(reference)
    }

    /// Returns the name in the head of a component of the base.
    pub(super) fn renamed(&self, reference: &str) -> Option<&str> {
        self.forward.get(reference).map(String::as_str)
    }

    /// Pairs components by majority: each node that referred to one and now refers to another is a
    /// vote.
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

    /// Pairs each remaining component with its counterpart of the same structure, if there is
    /// exactly one.
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

/// Returns the renamed tags: those with the same operations under another name. Both documents have to
/// list them, because a renaming is reported at the list.
fn renamed_tags(base: &Value, head: &Value) -> BTreeMap<String, String> {
    let (old, new) = (groups(base), groups(head));
    let (listed_old, listed_new) = (listed_tags(base), listed_tags(head));
    let gone = old
        .iter()
        .filter(|(name, _)| !new.contains_key(*name) && listed_old.contains(name.as_str()));
    let pairs = gone.filter_map(|(from, operations)| {
        let mut same = new
            .iter()
            .filter(|(to, others)| !old.contains_key(*to) && *others == operations)
            .filter(|(to, _)| listed_new.contains(to.as_str()));
        match (same.next(), same.next()) {
            (Some((to, _)), None) if !operations.is_empty() => Some((from.clone(), to.clone())),
            _ => None,
        }
    });
    pairs.collect()
}

/// Returns the operations of each tag, by method and path. A declared tag may have none.
fn groups(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in listed_tags(document) {
        groups.entry(name.to_owned()).or_default();
    }
    for operation in operations(document) {
        for name in operation.tags() {
            let place = format!("{} {}", operation.method, operation.path);
            groups.entry(name.to_owned()).or_default().insert(place);
        }
    }
    groups
}

/// Returns the names of the tags that a document lists.
fn listed_tags(document: &Value) -> BTreeSet<&str> {
    let tags = document.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten();
    tags.filter_map(|tag| tag.get("name")?.as_str()).collect()
}

fn kind(reference: &str) -> &str {
    reference.split('/').nth(2).unwrap_or_default()
}

fn alike(base: &Value, head: &Value, from: &str, to: &str) -> bool {
    let (Some(a), Some(b)) = (lookup(base, from), lookup(head, to)) else {
        return false;
    };
    let (a, b) = (NodeRef::new(from, a), NodeRef::new(to, b));
    match kind(from) {
        _ if kind(from) != kind(to) => false,
        "schemas" if !same_constants(&a, &b) => false,
        "schemas" => similarity(&View::schema(&a), &View::schema(&b)) >= ALIKE,
        _ => a.value == b.value,
    }
}

/// Returns whether the properties that both schemas fix to one value have the same values: other values
/// are what tells schemas apart.
fn same_constants(a: &NodeRef<'_>, b: &NodeRef<'_>) -> bool {
    let constant = |schema: &NodeRef<'_>, name: &str| {
        let values = schema
            .value
            .pointer("/properties")?
            .get(name)?
            .get("enum")?;
        let values = values.as_array()?;
        (values.len() == 1).then(|| values[0].clone())
    };
    let properties = a.get("properties");
    let names = properties.iter().flat_map(|all| all.entries());
    let mut pairs = names.map(|(name, _)| (constant(a, name), constant(b, name)));
    pairs.all(|(a, b)| a.is_none() || b.is_none() || a == b)
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

/// Returns every reference by the pointer of its node.
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

/// Returns the structure of a component as text, without documentation and without its own name.
fn fingerprint(document: &Value, reference: &str) -> Option<String> {
    let mut component = lookup(document, reference)?.clone();
    if kind(reference) == "securitySchemes" {
        return Some(format!("securitySchemes {component}"));
    }
    let node = match kind(reference) {
        "schemas" => Node::Schema,
        "parameters" => Node::Parameter,
        "responses" => Node::Response,
        "requestBodies" => Node::RequestBody,
        "headers" => Node::Header,
        _ => return None,
    };
    walk_mut(
        node,
        &mut component,
        &mut String::new(),
        &mut |node, _, value| {
            let Some(members) = value.as_object_mut() else {
                return;
            };
            members.retain(|key, _| !documentation(node).contains(&key.as_str()));
            members.sort_keys();
            if members.get("$ref").and_then(Value::as_str) == Some(reference) {
                members.insert("$ref".to_owned(), "itself".into());
            }
        },
    );
    Some(format!("{} {component}", kind(reference)))
}
