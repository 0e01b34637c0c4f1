//! Merges normalized documents into one; where two say different things, the later one wins.

mod check;
mod compare;
mod order;
mod paths;
mod root;

use std::collections::HashMap;
use std::ops::Add;

use gitbook_api_codegen::{Problem, document::escape, walk::Node};
use serde_json::{Map, Value};

use compare::Comparison;

/// A normalized OpenAPI 3.0.3 document, and the name that reports give it.
#[derive(Clone, Debug)]
pub struct Source {
    /// What reports call this document.
    pub name: String,
    /// The document.
    pub document: Value,
}

/// What [`merge`] makes of its sources.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The one document.
    pub document: Value,
    /// Same place, different meaning: the later source was taken.
    pub conflicts: Vec<Difference>,
    /// Same place, same meaning, other words: the later source was taken.
    pub notes: Vec<Difference>,
    /// What each source gave, in the order of the sources.
    pub contributions: Vec<Contribution>,
}

/// Two sources that describe the same thing differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// JSON pointer of the thing in the merged document.
    pub pointer: String,
    /// Name of the source that was overruled.
    pub earlier: String,
    /// Name of the source that was taken.
    pub later: String,
    /// JSON pointers, within the thing, of what differs.
    pub within: Vec<String>,
}

/// What one source has, and how much of it the merged document takes from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// Operations in the source.
    pub operations: usize,
    /// Component schemas in the source.
    pub schemas: usize,
    /// Operations that the merged document takes from this source.
    pub operations_taken: usize,
    /// Component schemas that the merged document takes from this source.
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
/// The source with the most operations gives the document its order, its `servers` and its
/// `security`; operations of the others are changed to mean under these what they meant before.
///
/// # Errors
/// All [`Problem`]s of the merged document: path templates that contradict each other, an
/// `operationId` of two operations, references to what no source defines.
pub fn merge(mut sources: Vec<Source>) -> Result<Merged, Vec<Problem>> {
    let Some(backbone) = backbone(&sources) else {
        return Err(vec![Problem::new("", "there is no document to merge")]);
    };
    paths::unify(&mut sources, backbone)?;
    root::push_down(&mut sources, backbone);
    paths::push_down(&mut sources);

    let mut merger = Merger::new(&sources, backbone);
    let document = merger.document(&sources);
    let problems = check::check(&document, |pointer| merger.owner(pointer));
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Merged {
        contributions: merger.contributions(&sources),
        document,
        conflicts: merger.conflicts,
        notes: merger.notes,
    })
}

/// The source that gives the order: the one with the most operations, by name among equals, so
/// that the order of the sources decides nothing.
fn backbone(sources: &[Source]) -> Option<usize> {
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
        .filter(|key| paths::is_method(key))
        .count()
}

fn schemas(document: &Value) -> usize {
    document["components"]["schemas"]
        .as_object()
        .map_or(0, Map::len)
}

struct Merger {
    names: Vec<String>,
    backbone: usize,
    conflicts: Vec<Difference>,
    notes: Vec<Difference>,
    /// Which source gave the operation or component at a pointer.
    owners: HashMap<String, usize>,
}

impl Merger {
    fn new(sources: &[Source], backbone: usize) -> Self {
        Self {
            names: sources.iter().map(|source| source.name.clone()).collect(),
            backbone,
            conflicts: Vec::new(),
            notes: Vec::new(),
            owners: HashMap::new(),
        }
    }

    fn document(&mut self, sources: &[Source]) -> Value {
        let mut document = root::merge(sources, self.backbone);
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
            match path.starts_with("x-") {
                true => merger.latest(&pointer, None, items),
                false => Value::Object(merger.path_item(&pointer, objects(items))),
            }
        })
    }

    fn path_item(&mut self, pointer: &str, items: Given) -> Map<String, Value> {
        self.each(&items, |merger, key, values| {
            let node = paths::is_method(key).then_some(Node::Operation);
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

    /// Merges maps entry by entry: `merge` is given what each source has under a key.
    fn each(
        &mut self,
        maps: &Given,
        mut merge: impl FnMut(&mut Self, &str, Vec<(usize, &Value)>) -> Value,
    ) -> Map<String, Value> {
        order::keys(maps, self.backbone)
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

    /// The last of `values`, with a note or a conflict for each that says something else than the
    /// one after it.
    fn latest(&mut self, pointer: &str, node: Option<Node>, values: Vec<(usize, &Value)>) -> Value {
        for pair in values.windows(2) {
            let [(earlier, before), (later, after)] = pair else {
                unreachable!("windows of two have two elements");
            };
            let (list, within) = match compare::compare(node, before, after) {
                Comparison::Same => continue,
                Comparison::Wording(within) => (&mut self.notes, within),
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

    /// The name of the source that gave what stands at `pointer`.
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
            if pointer.starts_with("/paths/") && paths::is_method(key) {
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

/// What the entries of a section of `components` are.
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
        _ => return None,
    })
}
