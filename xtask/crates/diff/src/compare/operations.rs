//! Compares paths and operations. Paths that differ only in the names of parameters are the same.

use std::collections::BTreeMap;

use gitbook_api_codegen::path::{names, structure};
use gitbook_api_codegen::walk::METHODS;
use serde_json::Value;

use super::super::rules::*;
use super::keywords::Check;
use super::pairs::by_key;
use super::pairs::one_sided;
use super::parameters::Parameter;
use super::view::View;
use super::{Comparison, NodeRef};

/// An operation and its path item.
#[derive(Clone)]
pub(crate) struct Operation<'a> {
    /// The method, as in the path item.
    pub method: &'a str,
    /// The path without parameter names.
    shape: String,
    pub path: &'a str,
    pub item: NodeRef<'a>,
    pub node: NodeRef<'a>,
}

impl<'a> Comparison<'a> {
    pub(super) fn paths(&mut self) {
        self.path_items();
        let mut new = BTreeMap::new();
        for operation in operations(self.head) {
            new.insert((operation.shape.clone(), operation.method), operation);
        }
        let (mut left, mut pairs) = (Vec::new(), Vec::new());
        for before in operations(self.base) {
            match new.remove(&(before.shape.clone(), before.method)) {
                Some(after) => pairs.push((before, after)),
                None => left.push(before),
            }
        }
        let mut new: Vec<Operation<'a>> = new.into_values().collect();
        for before in left {
            let id = before.node.text("operationId");
            let same = |op: &Operation<'a>| id.is_some() && op.node.text("operationId") == id;
            let Some(index) = new.iter().position(same) else {
                self.emit(&OPERATION_REMOVED, Some(&before.node), None);
                continue;
            };
            let after = new.remove(index);
            let side = |op: &Operation<'a>| {
                Some(
                    op.node
                        .with(format!("{} {}", op.method.to_uppercase(), op.path).into()),
                )
            };
            self.push(&OPERATION_MOVED, side(&before), side(&after));
            pairs.push((before, after));
        }
        for after in new {
            self.emit(&OPERATION_ADDED, None, Some(&after.node));
        }
        for (before, after) in &pairs {
            self.operation(before, after);
        }
        self.servers(&pairs);
    }

    fn path_items(&mut self) {
        let old = items(self.base);
        let new = items(self.head);
        for (shape, (path, before)) in &old {
            let Some((renamed, after)) = new.get(shape) else {
                continue;
            };
            if path != renamed {
                let side = |node: &NodeRef<'a>, path: &str| Some(node.with(path.into()));
                self.push(
                    &PATH_PARAMETER_RENAMED,
                    side(before, path),
                    side(after, renamed),
                );
            }
            let mut known = METHODS.to_vec();
            known.extend(["parameters", "servers"]);
            self.members(&View::plain(before), &View::plain(after), &known);
        }
    }

    fn operation(&mut self, base: &Operation<'a>, head: &Operation<'a>) {
        let (b, h) = (View::plain(&base.node), View::plain(&head.node));
        self.keyword(&b, &h, "operationId", Check::Any(&OPERATION_ID_CHANGED));
        let deprecated = Check::Flag(&OPERATION_DEPRECATED, &OPERATION_REACTIVATED);
        self.keyword(&b, &h, "deprecated", deprecated);
        let internal = Check::Flag(&OPERATION_HIDDEN, &OPERATION_PUBLISHED);
        self.keyword(&b, &h, "x-internal", internal);
        let known = [
            "x-internal",
            "operationId",
            "deprecated",
            "tags",
            "parameters",
            "requestBody",
            "responses",
            "security",
            "servers",
            "callbacks",
        ];
        self.members(&b, &h, &known);
        self.groups(b.get("tags"), h.get("tags"));
        self.parameters(base.parameters(self.base), head.parameters(self.head));
        self.bodies(b.get("requestBody"), h.get("requestBody"));
        self.responses(b.get("responses"), h.get("responses"));
        self.requirements(&base.node, &head.node);
        for (before, after) in by_key(b.get("callbacks"), h.get("callbacks")) {
            self.value(before, after, Check::Any(&CALLBACK_CHANGED));
        }
    }

    fn groups(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        let names = |side: &Option<NodeRef<'a>>| -> Vec<Value> {
            side.iter()
                .flat_map(|list| list.items())
                .map(|tag| tag.value.clone())
                .collect()
        };
        let (old, new) = (names(&base), names(&head));
        let same = |before: &Value, after: &Value| match (before.as_str(), after.as_str()) {
            (Some(before), Some(after)) => self.renames.same_tag(before, after),
            _ => before == after,
        };
        let removed = old
            .iter()
            .filter(|before| !new.iter().any(|after| same(before, after)));
        let removed: Vec<Value> = removed.cloned().collect();
        let added = new
            .iter()
            .filter(|after| !old.iter().any(|before| same(before, after)));
        let added: Vec<Value> = added.cloned().collect();
        let is_reordered = removed.is_empty()
            && added.is_empty()
            && old
                .first()
                .zip(new.first())
                .is_some_and(|(old, new)| !same(old, new));
        if is_reordered {
            self.emit(&OPERATION_TAGS_REORDERED, base.as_ref(), head.as_ref());
        }
        let side = |node: Option<NodeRef<'a>>, names: Vec<Value>| {
            let node = node.filter(|_| !names.is_empty())?;
            Some(node.with(names.into()))
        };
        let rules = [
            &OPERATION_TAG_REMOVED,
            &OPERATION_TAG_ADDED,
            &OPERATION_TAG_REPLACED,
        ];
        self.replacement(rules, side(base, removed), side(head, added));
    }

    fn bodies(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        match (base, head) {
            (None, None) => {}
            (Some(before), Some(after)) => self.request_body(before, after),
            (before, None) => self.emit(&BODY_REMOVED, before.as_ref(), None),
            (None, Some(after)) => {
                let rule = if Self::resolve(self.head, after.clone()).is("required") {
                    &REQUIRED_BODY_ADDED
                } else {
                    &OPTIONAL_BODY_ADDED
                };
                self.emit(rule, None, Some(&after));
            }
        }
    }

    fn responses(&mut self, base: Option<NodeRef<'a>>, head: Option<NodeRef<'a>>) {
        let succeeds = [&base, &head].map(|side| side.as_ref().is_some_and(has_success));
        let mut pairs = by_key(base, head);
        self.changed_statuses(&mut pairs);
        for (before, after) in pairs {
            let (before, after) = match (before, after) {
                (Some(before), Some(after)) => {
                    self.response(before, after);
                    continue;
                }
                sides => sides,
            };
            // Without a successful status, the default response counts as successful.
            let is_expected = |node: &NodeRef<'a>, other: bool| {
                is_success(&node.pointer) || (!other && is_default(&node.pointer))
            };
            let success = before
                .as_ref()
                .is_some_and(|node| is_expected(node, succeeds[0]))
                || after
                    .as_ref()
                    .is_some_and(|node| is_expected(node, succeeds[1]));
            let rule = match (before.is_some(), success) {
                (true, true) => &SUCCESS_RESPONSE_REMOVED,
                (true, false) => &ERROR_RESPONSE_REMOVED,
                (false, true) => &SUCCESS_RESPONSE_ADDED,
                (false, false) => &ERROR_RESPONSE_ADDED,
            };
            self.emit(rule, before.as_ref(), after.as_ref());
        }
    }
}

/// A response in both documents, or in one of them.
type Pair<'a> = (Option<NodeRef<'a>>, Option<NodeRef<'a>>);

impl<'a> Comparison<'a> {
    /// Reports statuses that replace others, and pairs their responses: the only success response
    /// that was removed with the only one that was added, and error responses that are equal.
    fn changed_statuses(&mut self, pairs: &mut Vec<Pair<'a>>) {
        let [mut gone, mut new] = one_sided(pairs);
        let mut changed = Vec::new();
        let successes = |list: &[NodeRef<'a>]| -> Vec<NodeRef<'a>> {
            let list = list.iter().filter(|node| is_success(&node.pointer));
            list.cloned().collect()
        };
        if let ([before], [after]) = (&successes(&gone)[..], &successes(&new)[..]) {
            changed.push((&SUCCESS_STATUS_CHANGED, before.clone(), after.clone()));
        }
        let is_error = |node: &NodeRef<'a>| status(&node.pointer).starts_with(['4', '5']);
        gone.retain(is_error);
        new.retain(is_error);
        for before in gone {
            let mut same = new.iter().filter(|after| after.value == before.value);
            if let (Some(after), None) = (same.next().cloned(), same.next()) {
                new.retain(|other| other.pointer != after.pointer);
                changed.push((&ERROR_STATUS_CHANGED, before, after));
            }
        }
        for (rule, before, after) in changed {
            let side = |node: &NodeRef<'a>| Some(node.with(status(&node.pointer).into()));
            self.push(rule, side(&before), side(&after));
            pairs.retain(|(old, new)| match (old, new) {
                (Some(old), None) => old.pointer != before.pointer,
                (None, Some(new)) => new.pointer != after.pointer,
                _ => true,
            });
            pairs.push((Some(before), Some(after)));
        }
    }
}

impl<'a> Operation<'a> {
    /// Returns the name for reports: the `operationId`, or the method and path.
    pub(crate) fn name(&self) -> String {
        match self.node.text("operationId") {
            Some(id) => id.to_owned(),
            None => format!("{} {}", self.method.to_uppercase(), self.path),
        }
    }

    /// Returns the names of the tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &'a str> {
        let tags = self.node.value.get("tags").and_then(Value::as_array);
        tags.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Returns the first tag.
    pub(crate) fn group(&self) -> Option<&'a str> {
        self.node.value.get("tags")?.get(0)?.as_str()
    }

    /// Returns the parameters of the operation, and those of its path item that it does not
    /// override.
    fn parameters(&self, document: &'a Value) -> Vec<Parameter<'a>> {
        let mut parameters: Vec<Parameter<'a>> = Vec::new();
        for holder in [&self.node, &self.item] {
            let list = holder.get("parameters");
            for node in list.iter().flat_map(|list| list.items()) {
                let resolved = Comparison::resolve(document, node.clone());
                let (Some(location), Some(name)) = (resolved.text("in"), resolved.text("name"))
                else {
                    continue;
                };
                let name = match location {
                    "path" => self.position(name),
                    "header" => name.to_lowercase(),
                    _ => name.to_owned(),
                };
                if !parameters
                    .iter()
                    .any(|p| p.location == location && p.name == name)
                {
                    parameters.push(Parameter {
                        node,
                        location,
                        name,
                    });
                }
            }
        }
        parameters
    }

    fn position(&self, name: &str) -> String {
        match names(self.path).position(|other| other == name) {
            Some(index) => format!("{{{index}}}"),
            None => name.to_owned(),
        }
    }
}

fn items(document: &Value) -> BTreeMap<String, (&str, NodeRef<'_>)> {
    let paths = document
        .get("paths")
        .map(|paths| NodeRef::new("#/paths", paths));
    let mut items = BTreeMap::new();
    for (path, item) in paths.iter().flat_map(|paths| paths.entries()) {
        if path.starts_with('/') {
            items.insert(structure(path), (path, item));
        }
    }
    items
}

/// Returns the operations of a document, ordered by path.
pub(crate) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (shape, (path, item)) in items(document) {
        for method in METHODS {
            if let Some(node) = item.get(method) {
                let (shape, item) = (shape.clone(), item.clone());
                operations.push(Operation {
                    method,
                    shape,
                    path,
                    item,
                    node,
                });
            }
        }
    }
    operations
}

/// Returns the operations with a new name at the same path and method: the name in the head by that
/// in the base.
pub(crate) fn renamed(base: &Value, head: &Value) -> BTreeMap<String, String> {
    let new = operations(head).into_iter();
    let new: BTreeMap<(String, &str), String> = new
        .map(|operation| {
            let name = operation.name();
            ((operation.shape, operation.method), name)
        })
        .collect();
    let pairs = operations(base).into_iter().filter_map(|before| {
        let after = new.get(&(before.shape.clone(), before.method))?;
        Some((before.name(), after.clone()))
    });
    pairs.filter(|(before, after)| before != after).collect()
}

fn has_success(responses: &NodeRef<'_>) -> bool {
    responses
        .entries()
        .any(|(status, _)| status.starts_with('2'))
}

/// Returns whether the status at the end of a pointer is a successful one.
fn is_success(pointer: &str) -> bool {
    status(pointer).starts_with('2')
}

fn is_default(pointer: &str) -> bool {
    status(pointer) == "default"
}

fn status(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}
