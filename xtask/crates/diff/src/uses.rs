//! Finds the operations that an edit affects, and whether in requests or in responses.

use std::collections::{BTreeMap, BTreeSet};

use gitbook_api_codegen::walk::METHODS;
use gitbook_api_codegen::walk::{Node, walk};
use serde_json::Value;

use super::compare::shared::Responses;
use super::compare::{Operation, operations};
use super::pointer::tokens;

/// The directions that an edit affects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direction {
    pub request: bool,
    pub response: bool,
}

impl Direction {
    const BOTH: Self = Self {
        request: true,
        response: true,
    };

    pub fn name(self) -> &'static str {
        match (self.request, self.response) {
            (true, true) => "both",
            (true, false) => "request",
            (false, true) => "response",
            (false, false) => "none",
        }
    }

    /// Returns the worse of the values for requests and responses, of those directions that are
    /// affected. If neither is known to be, both count.
    pub fn worse<T: Ord>(self, request: T, response: T) -> T {
        match (self.request, self.response) {
            (true, false) => request,
            (false, true) => response,
            _ => request.max(response),
        }
    }

    /// Returns the union of both directions.
    pub fn or(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            response: self.response || other.response,
        }
    }
}

/// The operations that a node belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    /// The operations, by [`Operation::name`].
    pub operations: BTreeSet<String>,
    /// The tags of these operations.
    pub groups: BTreeSet<String>,
    pub direction: Direction,
}

impl Uses {
    /// Returns the same operations under their new names.
    pub(crate) fn renamed(mut self, names: &BTreeMap<String, String>) -> Self {
        let renamed = |name: String| names.get(&name).cloned().unwrap_or(name);
        self.operations = self.operations.into_iter().map(renamed).collect();
        self
    }

    /// Returns the union of both.
    pub(crate) fn or(mut self, other: Self) -> Self {
        self.operations.extend(other.operations);
        self.groups.extend(other.groups);
        self.direction = self.direction.or(other.direction);
        self
    }
}

/// The operations of one document by the components that they use.
pub(crate) struct UseIndex {
    operations: Vec<OperationUses>,
    /// The names of the tags that the document lists.
    tags: Vec<String>,
    components: BTreeMap<String, Vec<(usize, Direction)>>,
    /// The shared responses that an operation has for a status that is no error.
    successes: BTreeSet<String>,
    /// The operations of each path.
    paths: BTreeMap<String, Vec<usize>>,
}

/// The facts about an operation that are needed here.
struct OperationUses {
    name: String,
    group: Option<String>,
    tags: BTreeSet<String>,
    method: String,
    /// Set if the operation has its own security requirements.
    secured: bool,
    /// Set if the operation or its path item lists servers.
    served: bool,
}

impl UseIndex {
    /// Follows every reference of the document.
    pub(crate) fn new(document: &Value) -> Self {
        let graph = graph(document);
        let mut uses = Self {
            operations: Vec::new(),
            tags: tag_names(document),
            components: BTreeMap::new(),
            successes: BTreeSet::new(),
            paths: BTreeMap::new(),
        };
        let shared = Responses::new(document);
        for (index, operation) in operations(document).into_iter().enumerate() {
            let (request, response) = direct(document, &operation, &shared);
            let mut found: BTreeMap<&str, Direction> = BTreeMap::new();
            let send = Direction {
                request: true,
                response: false,
            };
            let receive = Direction {
                request: false,
                response: true,
            };
            for (start, direction) in [(request, send), (response, receive)] {
                for component in closure(&graph, start) {
                    let known = found.entry(component).or_default();
                    *known = known.or(direction);
                }
            }
            for (component, direction) in found {
                let list = uses.components.entry(component.to_owned()).or_default();
                list.push((index, direction));
            }
            uses.paths
                .entry(operation.path.to_owned())
                .or_default()
                .push(index);
            uses.successes.extend(successes(&operation, &shared));
            uses.operations.push(OperationUses {
                name: operation.name(),
                group: operation.group().map(str::to_owned),
                tags: operation.tags().map(str::to_owned).collect(),
                method: operation.method.to_owned(),
                secured: operation.node.value.get("security").is_some(),
                served: lists_servers(&operation),
            });
        }
        uses
    }

    /// Returns the operations that the node at this pointer belongs to.
    pub(crate) fn of(&self, pointer: &str) -> Uses {
        let tokens = tokens(pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens[..] {
            ["components", kind, name, ..] => {
                let name = gitbook_api_codegen::document::escape(name);
                let component = format!("#/components/{kind}/{name}");
                let users = self.components.get(&component);
                self.uses(users.into_iter().flatten().copied())
            }
            ["paths", path, method, ref rest @ ..] if METHODS.contains(&method) => {
                let direction = part(rest);
                self.at_path(path, direction, |op| op.method == method)
            }
            ["paths", path, ref rest @ ..] => self.at_path(path, part(rest), |_| true),
            ["security", ..] => self.matching(Direction::BOTH, |op| !op.secured),
            ["servers", ..] => self.matching(Direction::BOTH, |op| !op.served),
            ["tags", index, ..] => self.with_tag(index),
            _ => Uses::default(),
        }
    }

    /// Returns whether the node at this pointer is inside a response that operations have for errors
    /// only.
    pub(crate) fn is_in_error(&self, pointer: &str) -> bool {
        let tokens = tokens(pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens[..] {
            ["paths", _, _, "responses", status, ..] => is_error(status),
            ["components", "responses", name, ..] => {
                let name = gitbook_api_codegen::document::escape(name);
                let component = format!("#/components/responses/{name}");
                self.components.contains_key(&component) && !self.successes.contains(&component)
            }
            _ => false,
        }
    }

    /// Returns the operations with the tag at this index of the document's list.
    fn with_tag(&self, index: &str) -> Uses {
        let index = index.parse().ok();
        match index.and_then(|index: usize| self.tags.get(index)) {
            Some(tag) => self.matching(Direction::BOTH, |op| op.tags.contains(tag)),
            None => Uses::default(),
        }
    }

    fn at_path(
        &self,
        path: &str,
        direction: Direction,
        of: impl Fn(&OperationUses) -> bool,
    ) -> Uses {
        let all = self.paths.get(path).into_iter().flatten().copied();
        let all = all.filter(|index| of(&self.operations[*index]));
        self.uses(all.map(|index| (index, direction)))
    }

    fn matching(&self, direction: Direction, of: impl Fn(&OperationUses) -> bool) -> Uses {
        let all = self
            .operations
            .iter()
            .enumerate()
            .filter(|(_, operation)| of(operation));
        self.uses(all.map(|(index, _)| (index, direction)))
    }

    fn uses(&self, users: impl Iterator<Item = (usize, Direction)>) -> Uses {
        let mut uses = Uses::default();
        for (index, direction) in users {
            let operation = &self.operations[index];
            uses.operations.insert(operation.name.clone());
            uses.groups.extend(operation.group.clone());
            uses.direction = uses.direction.or(direction);
        }
        uses
    }
}

/// Returns the names of the tags that a document lists, also of those without one.
fn tag_names(document: &Value) -> Vec<String> {
    let tags = document.get("tags").and_then(Value::as_array);
    let names = tags.into_iter().flatten();
    let names = names.map(|tag| tag.get("name").and_then(Value::as_str).unwrap_or_default());
    names.map(str::to_owned).collect()
}

/// Returns whether the servers of the document do not apply to an operation.
fn lists_servers(operation: &Operation<'_>) -> bool {
    let lists = [&operation.node, &operation.item].map(|node| node.value.get("servers"));
    let mut lists = lists.into_iter().flatten().filter_map(Value::as_array);
    lists.any(|list| !list.is_empty())
}

/// Returns whether a status is an error. Without a successful status, the default response counts as
/// successful.
fn is_error(status: &str) -> bool {
    status.starts_with(['1', '3', '4', '5'])
}

/// Returns the shared responses of an operation for statuses that are no errors.
fn successes(operation: &Operation<'_>, shared: &Responses) -> Vec<String> {
    let responses = operation.node.value.get("responses");
    let responses = responses.and_then(Value::as_object).into_iter().flatten();
    let responses = responses.filter(|(status, _)| !is_error(status));
    let shared = responses.filter_map(|(_, response)| {
        let reference = response.get("$ref").and_then(Value::as_str);
        reference.map(str::to_owned).or_else(|| shared.of(response))
    });
    shared.collect()
}

/// Returns the direction of a part of an operation.
fn part(rest: &[&str]) -> Direction {
    match rest.first() {
        Some(&("parameters" | "requestBody")) => Direction {
            request: true,
            response: false,
        },
        Some(&"responses") => Direction {
            request: false,
            response: true,
        },
        _ => Direction::BOTH,
    }
}

/// Returns the references of each component.
fn graph(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let Some(components) = document.get("components") else {
        return graph;
    };
    let mut pointer = "#/components".to_owned();
    walk(
        Node::Components,
        components,
        &mut pointer,
        &mut |_, pointer, value| {
            if pointer == "#/components" {
                return;
            }
            let ends = pointer
                .match_indices('/')
                .nth(3)
                .map_or(pointer.len(), |(index, _)| index);
            let references = graph.entry(pointer[..ends].to_owned()).or_default();
            references.extend(value.get("$ref").and_then(Value::as_str).map(str::to_owned));
        },
    );
    graph
}

/// Returns the references in the requests and in the responses of an operation.
fn direct(
    document: &Value,
    operation: &Operation<'_>,
    shared: &Responses,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut request, mut response) = (BTreeSet::new(), BTreeSet::new());
    let mut pointer = String::new();
    walk(
        Node::Operation,
        operation.node.value,
        &mut pointer,
        &mut |_, pointer, value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                let side = if pointer.starts_with("/responses") {
                    &mut response
                } else {
                    &mut request
                };
                side.insert(reference.to_owned());
            }
        },
    );
    let responses = operation
        .node
        .value
        .get("responses")
        .and_then(Value::as_object);
    for (_, written_out) in responses.into_iter().flatten() {
        response.extend(shared.of(written_out));
    }
    for parameter in operation
        .item
        .value
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        walk(
            Node::Parameter,
            parameter,
            &mut String::new(),
            &mut |_, _, value| {
                request.extend(value.get("$ref").and_then(Value::as_str).map(str::to_owned));
            },
        );
    }
    let security = operation
        .node
        .value
        .get("security")
        .or_else(|| document.get("security"));
    for requirement in security.and_then(Value::as_array).into_iter().flatten() {
        let schemes = requirement
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys());
        request.extend(schemes.map(|name| format!("#/components/securitySchemes/{name}")));
    }
    (request, response)
}

/// Returns every component that can be reached from the given ones.
fn closure(graph: &BTreeMap<String, BTreeSet<String>>, start: BTreeSet<String>) -> BTreeSet<&str> {
    let keys = |name: &str| graph.get_key_value(name);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = Vec::new();
    for name in &start {
        open.extend(keys(name).map(|(key, _)| key.as_str()));
    }
    while let Some(name) = open.pop() {
        if found.insert(name) {
            open.extend(graph.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    found
}
