//! Finds the text that identifies a resource, so that the IDs of spaces and of sites are different types.
//!
//! The kinds of IDs are the path parameters of any text that are named like `spaceId`. Of a kind are
//! also:
//!
//! - other parameters, and properties, of this name, and lists named like `spaceIds`;
//! - the property `id` of the schema `Space`, and of what the operations of `/spaces/{spaceId}` return,
//!   or those of `/spaces` list or create, unless they say several kinds;
//! - a property `space` that is described as an ID or identifier of the space.
//!
//! Anything else stays text: a missing type only protects less, but a wrong one refuses what is right.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::component::{Definition, Leaf, LeafKind, Object};
use super::lowered::{Lowered, Resolved};
use crate::document::MAX_REFERENCES;
use crate::names::type_name;
use crate::syntax::{Location, Operation};

/// Sets the kind of all leaves that identify a resource.
pub(super) fn mark(lowered: &mut Lowered) {
    let kinds = Kinds::new(lowered);
    let owners = kinds.owners(lowered);
    for (name, component) in &mut lowered.components {
        let Definition::Object(object) = &mut component.definition else {
            continue;
        };
        for (key, leaf) in &mut object.properties {
            let description = leaf.annotations.description.as_deref().unwrap_or_default();
            let kind = match key.as_str() {
                "id" => owners.get(name).cloned(),
                _ => kinds
                    .named(key)
                    .or_else(|| kinds.described(key, description)),
            };
            if let LeafKind::List(items) = &mut leaf.kind {
                if is_text(items) {
                    items.identifies = kinds.listed(key);
                }
            } else if is_text(leaf) {
                leaf.identifies = kind;
            }
        }
    }
    for parameter in lowered.parameters_mut() {
        let kind = kinds.named(&parameter.api_name);
        if let Some(leaf) = parameter.schema.as_mut().filter(|leaf| is_text(leaf)) {
            leaf.identifies = kind;
        }
    }
}

/// The Rust types of IDs.
struct Kinds(BTreeSet<String>);

impl Kinds {
    fn new(lowered: &Lowered) -> Self {
        let operations = lowered.operations().iter();
        let parameters = operations.flat_map(|operation| &operation.parameters);
        let texts = parameters.filter(|parameter| {
            let schema = parameter.schema.as_ref();
            parameter.location == Location::Path && schema.is_some_and(is_text)
        });
        let kinds = texts.map(|parameter| type_name(&parameter.api_name));
        Self(kinds.filter(|kind| stem(kind).is_some()).collect())
    }

    /// Returns the kind that is named `name`.
    fn named(&self, name: &str) -> Option<String> {
        self.0.get(&type_name(name)).cloned()
    }

    /// Returns the kind of the items of a list that is named `name`.
    fn listed(&self, name: &str) -> Option<String> {
        self.named(name.strip_suffix('s')?)
    }

    /// Returns the kind of resources that are named `name`, if `description` says that this is an ID of
    /// one: "ID of the current space", "The space ID".
    fn described(&self, name: &str, description: &str) -> Option<String> {
        let kind = self.0.get(&format!("{}Id", type_name(name)))?;
        let words = words(description);
        let resource: Vec<String> = words_of_name(name);
        let is_at = |at: usize| words[at..].starts_with(&resource);
        let is_id = |word: &String| matches!(word.as_str(), "id" | "identifier");
        let is_described = words.iter().enumerate().any(|(at, word)| {
            let is_before = at.checked_sub(resource.len()).is_some_and(is_at);
            let of = words.get(at + 1).map(String::as_str);
            let is_behind =
                matches!(of, Some("of" | "for")) && (at + 2..words.len().min(at + 5)).any(is_at);
            is_id(word) && (is_before || is_behind)
        });
        is_described.then(|| kind.clone())
    }

    /// Returns the kind of the property `id` of each component that has one.
    fn owners(&self, lowered: &Lowered) -> HashMap<String, String> {
        let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let lists: HashMap<&str, String> = lowered
            .operations()
            .iter()
            .filter_map(|operation| self.of_path(&operation.path))
            .collect();
        for operation in lowered.operations() {
            let is_list = lists.get(operation.path.as_str());
            let (kind, is_page) = match (self.of_path(&operation.path), is_list) {
                (Some((_, kind)), _) if operation.method != "POST" => (kind, false),
                (None, Some(kind)) => (kind.clone(), operation.method == "GET"),
                _ => continue,
            };
            for name in returned(lowered, operation, is_page) {
                owners.entry(name).or_default().insert(kind.clone());
            }
        }
        for name in lowered.components.keys() {
            if let Some(kind) = self.0.get(&format!("{}Id", type_name(name))) {
                owners.insert(name.clone(), BTreeSet::from([kind.clone()]));
            }
        }
        let certain = owners.into_iter().filter(|(_, kinds)| kinds.len() == 1);
        let certain = certain.filter_map(|(name, kinds)| Some((name, kinds.into_iter().next()?)));
        certain.collect()
    }

    /// Returns the path of the list of resources, and their kind, if `path` is that of one of them.
    fn of_path<'p>(&self, path: &'p str) -> Option<(&'p str, String)> {
        let (list, last) = path.rsplit_once('/')?;
        let parameter = last.strip_prefix('{')?.strip_suffix('}')?;
        Some((list, self.named(parameter)?))
    }
}

/// Returns the components that a response of `operation` can be, or if they are pages, the items of it.
fn returned(lowered: &Lowered, operation: &Operation<Leaf>, is_page: bool) -> BTreeSet<String> {
    let responses = operation.responses.iter();
    let media = responses.flat_map(|response| &response.content);
    let schemas = media.filter(|media| media.is_json());
    let mut waiting: Vec<&Leaf> = schemas.filter_map(|media| media.schema.as_ref()).collect();
    if is_page {
        waiting = waiting
            .into_iter()
            .filter_map(|leaf| items(lowered, leaf))
            .collect();
    }
    let mut objects = BTreeSet::new();
    let mut seen = HashSet::new();
    while let Some(name) = waiting.pop().and_then(Leaf::component) {
        if !seen.insert(name) || seen.len() > MAX_REFERENCES {
            continue;
        }
        match lowered.components.get(name).map(|it| &it.definition) {
            Some(Definition::Object(_)) => {
                objects.insert(name.to_owned());
            }
            Some(Definition::Union(members)) => {
                waiting.extend(members.iter().map(|member| &member.leaf));
            }
            Some(Definition::Enum(_)) | None => {}
        }
    }
    objects
}

/// Returns the leaf of the items of a list, or of the page of one.
fn items<'a>(lowered: &'a Lowered, leaf: &'a Leaf) -> Option<&'a Leaf> {
    match lowered.resolve(leaf) {
        Resolved::Leaf(Leaf {
            kind: LeafKind::List(items),
            ..
        }) => Some(items),
        Resolved::Leaf(_) => None,
        Resolved::Component(component) => match &component.definition {
            Definition::Object(Object { properties, .. }) => match &properties.get("items")?.kind {
                LeafKind::List(items) => Some(items),
                _ => None,
            },
            _ => None,
        },
    }
}

/// Returns whether a leaf is any text, which is not written as a moment.
fn is_text(leaf: &Leaf) -> bool {
    let format = leaf.format.as_deref();
    leaf.kind == LeafKind::String
        && leaf.constant.is_none()
        && !matches!(format, Some("date" | "date-time"))
}

/// Returns the name of the resources of a kind: `Space` of `SpaceId`.
fn stem(kind: &str) -> Option<&str> {
    kind.strip_suffix("Id").filter(|stem| !stem.is_empty())
}

/// Returns the words of a text in lowercase.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Returns the words of a name such as `changeRequest`.
fn words_of_name(name: &str) -> Vec<String> {
    words(&crate::names::field_name(name).replace('_', " "))
}
