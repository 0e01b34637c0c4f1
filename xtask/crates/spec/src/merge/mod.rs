//! Merges normalized documents into one. Where two documents conflict, the later one wins.

mod check;
mod compare;
mod order;
mod paths;
mod root;

use std::collections::HashMap;
use std::ops::Add;

use gitbook_api_codegen::walk::{Node, is_method};
use gitbook_api_codegen::{Diagnostic, document::escape};
use serde_json::{Map, Value};

use compare::Comparison;

/// A normalized OpenAPI 3.0.3 document.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of the document in reports.
    pub name: String,
    pub document: Value,
}

/// The result of [`merge`].
#[derive(Clone, Debug)]
pub struct Merged {
    pub document: Value,
    /// Nodes whose meaning differs between sources. The later source was used.
    pub conflicts: Vec<Difference>,
    /// Nodes whose annotations differ between sources. The later source was used.
    pub wording_changes: Vec<Difference>,
    /// The contribution of each source, in the order of the sources.
    pub contributions: Vec<Contribution>,
}

/// A node that two sources describe differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The JSON pointer of the node in the merged document.
    pub pointer: String,
    /// The name of the source that was overridden.
    pub earlier: String,
    /// The name of the source that was used.
    pub later: String,
    /// The JSON pointers of the differences, relative to the node.
    pub within: Vec<String>,
}

/// The size of one source, and how much of it is in the merged document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// The number of operations in the source.
    pub operations: usize,
    /// The number of component schemas in the source.
    pub schemas: usize,
    /// The number of operations of the merged document that come from this source.
    pub operations_taken: usize,
    /// The number of component schemas of the merged document that come from this source.
    pub schemas_taken: usize,
}

impl Add for Contribution {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            operations: self.operations + other.operations,
            schemas: self.schemas + other.schemas,
            operations_taken: self.operations_taken + other.operations_taken,
            schemas_taken: self.schemas_taken + other.schemas_taken,
        }
    }
}

/// Merges `sources`, later ones over earlier ones.
///
/// The primary source, the one with the most operations, determines the order of the document, its
/// `servers` and its `security`. Operations from other sources are rewritten so that they keep
/// their meaning under these defaults. Servers that all operations share become those of the
/// document.
///
/// # Errors
///
/// Fails with all [`Diagnostic`]s of the merged document: conflicting path templates, duplicate
/// `operationId`s, and dangling references.
pub fn merge(mut sources: Vec<Source>) -> Result<Merged, Vec<Diagnostic>> {
    let Some(primary) = primary(&sources) else {
        return Err(vec![Diagnostic::new("", "no document to merge")]);
    };
    paths::unify(&mut sources, primary)?;
    root::push_down(&mut sources, primary);
    paths::push_down(&mut sources);

    let mut merger = Merger::new(&sources, primary);
    let mut document = merger.document(&sources);
    root::share_servers(&mut document);
    let diagnostics = check::check(&document, |pointer| merger.owner(pointer));
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    Ok(Merged {
        contributions: merger.contributions(&sources),
        document,
        conflicts: merger.conflicts,
        wording_changes: merger.wording_changes,
    })
}

/// Returns the index of the primary source: the one with the most operations. Ties are broken by
/// name, so that the result does not depend on the order of the sources.
fn primary(sources: &[Source]) -> Option<usize> {
    (0..sources.len()).min_by_key(|&index| {
        let source = &sources[index];
        (
            std::cmp::Reverse(operations(&source.document)),
            &source.name,
        )
    })
}

fn operations(document: &Value) -> usize {
    paths::items(document)
        .flat_map(|(_, item)| item.keys())
        .filter(|key| is_method(key))
        .count()
}

fn schemas(document: &Value) -> usize {
    document["components"]["schemas"]
        .as_object()
        .map_or(0, Map::len)
}

struct Merger {
    names: Vec<String>,
    primary: usize,
    conflicts: Vec<Difference>,
    wording_changes: Vec<Difference>,
    /// The index of the source of the operation or component at each pointer.
    owners: HashMap<String, usize>,
}

impl Merger {
    fn new(sources: &[Source], primary: usize) -> Self {
        Self {
            names: sources.iter().map(|source| source.name.clone()).collect(),
            primary,
            conflicts: Vec::new(),
            wording_changes: Vec::new(),
            owners: HashMap::new(),
        }
    }

    fn document(&mut self, sources: &[Source]) -> Value {
        let mut document = root::merge(sources, self.primary);
        let sections = [
            (
                "paths",
                self.paths(given(sources, |document| document.get("paths"))),
            ),
            (
                "components",
                self.components(given(sources, |document| document.get("components"))),
            ),
        ];
        for (key, section) in sections {
            if let Some(slot) = document.get_mut(key) {
                *slot = Value::Object(section);
            }
        }
        Value::Object(document)
    }

    fn paths(&mut self, paths: Given) -> Map<String, Value> {
        self.each(&paths, |merger, path, items| {
            let pointer = format!("/paths/{}", escape(path));
            if path.starts_with("x-") {
                merger.latest(&pointer, None, items)
            } else {
                Value::Object(merger.path_item(&pointer, objects(items)))
            }
        })
    }

    fn path_item(&mut self, pointer: &str, items: Given) -> Map<String, Value> {
        self.each(&items, |merger, key, values| {
            let node = is_method(key).then_some(Node::Operation);
            merger.latest(&format!("{pointer}/{key}"), node, values)
        })
    }

    fn components(&mut self, components: Given) -> Map<String, Value> {
        self.each(&components, |merger, section, maps| {
            let node = component(section);
            let merged = merger.each(&objects(maps), |merger, name, values| {
                let pointer = format!("/components/{section}/{}", escape(name));
                merger.latest(&pointer, node, values)
            });
            Value::Object(merged)
        })
    }

    /// Merges maps entry by entry: calls `merge` with the values of all sources for each key.
    fn each(
        &mut self,
        maps: &Given,
        mut merge: impl FnMut(&mut Self, &str, Vec<(usize, &Value)>) -> Value,
    ) -> Map<String, Value> {
        order::keys(maps, self.primary)
            .into_iter()
            .map(|key| {
                let values = maps
                    .iter()
                    .filter_map(|(source, map)| Some((*source, map.get(&key)?)))
                    .collect();
                let merged = merge(self, &key, values);
                (key, merged)
            })
            .collect()
    }

    /// Returns the last of `values`. Records a difference in wording or a conflict for each value
    /// that differs from the next.
    fn latest(&mut self, pointer: &str, node: Option<Node>, values: Vec<(usize, &Value)>) -> Value {
        for pair in values.windows(2) {
            let [(earlier, before), (later, after)] = pair else {
                unreachable!("windows of two have two elements");
            };
            let (list, within) = match compare::compare(node, before, after) {
                Comparison::Same => continue,
                Comparison::Wording(within) => (&mut self.wording_changes, within),
                Comparison::Meaning(within) => (&mut self.conflicts, within),
            };
            list.push(Difference {
                pointer: format!("#{pointer}"),
                earlier: self.names[*earlier].clone(),
                later: self.names[*later].clone(),
                within,
            });
        }
        let (owner, value) = values
            .last()
            .expect("a key comes from a source that has it");
        self.owners.insert(pointer.to_owned(), *owner);
        (*value).clone()
    }

    /// Returns the name of the source of the node at `pointer`.
    fn owner(&self, pointer: &str) -> Option<&str> {
        let mut pointer = pointer;
        loop {
            if let Some(owner) = self.owners.get(pointer) {
                return Some(&self.names[*owner]);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }

    fn contributions(&self, sources: &[Source]) -> Vec<Contribution> {
        let mut contributions: Vec<_> = sources
            .iter()
            .map(|source| Contribution {
                operations: operations(&source.document),
                schemas: schemas(&source.document),
                ..Contribution::default()
            })
            .collect();
        for (pointer, owner) in &self.owners {
            let contribution = &mut contributions[*owner];
            if pointer.starts_with("/components/schemas/") {
                contribution.schemas_taken += 1;
            }
            let key = pointer.rsplit('/').next().unwrap_or_default();
            if pointer.starts_with("/paths/") && is_method(key) {
                contribution.operations_taken += 1;
            }
        }
        contributions
    }
}

/// Maps of the same kind, each with the index of its source.
type Given<'a> = Vec<(usize, &'a Map<String, Value>)>;

fn given<'a>(sources: &'a [Source], get: impl Fn(&'a Value) -> Option<&'a Value>) -> Given<'a> {
    let values = sources.iter().enumerate();
    values
        .filter_map(|(index, source)| Some((index, get(&source.document)?.as_object()?)))
        .collect()
}

fn objects<'a>(values: Vec<(usize, &'a Value)>) -> Given<'a> {
    values
        .into_iter()
        .filter_map(|(index, value)| Some((index, value.as_object()?)))
        .collect()
}

/// Returns the kind of the entries of a section of `components`.
fn component(section: &str) -> Option<Node> {
    Some(match section {
        "schemas" => Node::Schema,
        "responses" => Node::Response,
        "parameters" => Node::Parameter,
        "examples" => Node::Example,
        "requestBodies" => Node::RequestBody,
        "headers" => Node::Header,
        "securitySchemes" => Node::SecurityScheme,
        "links" => Node::Link,
        "callbacks" => Node::Callback,
        _ => return None,
    })
}
