//! The similarity of schemas, to detect renamed, moved and reordered ones.

use std::collections::HashSet;

use serde_json::Value;

use super::NodeRef;
use super::view::{COMPOSITIONS, View};

/// The kind of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// No type is stated or implied.
    Any,
    /// The type, stated or implied.
    Type(&'a str),
    /// A composition, with its keyword.
    Composed(&'a str),
    Reference,
}

/// The minimum similarity, from 0 to 1, of two versions of a schema.
pub(super) const ALIKE: f64 = 0.5;

/// Returns the kind of a schema.
pub(super) fn shape<'a>(view: &View<'a>) -> Shape<'a> {
    if view.reference().is_some() {
        return Shape::Reference;
    }
    for union in ["oneOf", "anyOf"] {
        if view.get(union).is_some() {
            return Shape::Composed(union);
        }
    }
    if let Some(name) = view.get("type").and_then(|node| node.value.as_str()) {
        return Shape::Type(name);
    }
    if view.get("allOf").is_some() {
        return Shape::Composed("allOf");
    }
    if ["properties", "required", "additionalProperties"]
        .iter()
        .any(|key| view.get(key).is_some())
    {
        return Shape::Type("object");
    }
    if view.get("items").is_some() {
        return Shape::Type("array");
    }
    let first = view.get("enum").and_then(|node| node.value.get(0));
    match first {
        Some(Value::String(_)) => Shape::Type("string"),
        Some(Value::Number(_)) => Shape::Type("number"),
        Some(Value::Bool(_)) => Shape::Type("boolean"),
        _ => Shape::Any,
    }
}

/// Returns the similarity of two schemas, from 0 to 1.
pub(super) fn similarity(base: &View<'_>, head: &View<'_>) -> f64 {
    match (shape(base), shape(head)) {
        (a, b) if a != b => 0.0,
        (Shape::Reference, _) => f64::from(base.reference() == head.reference()),
        (Shape::Type("object"), _) => shared(&names(base), &names(head)),
        (Shape::Type("array"), _) => match (base.get("items"), head.get("items")) {
            (Some(a), Some(b)) => similarity(&View::schema(&a), &View::schema(&b)),
            _ => 1.0,
        },
        (Shape::Composed(key), _) => shared(&members(base, key), &members(head, key)),
        _ if base.get("enum").is_some() && head.get("enum").is_some() => {
            shared(&values(base), &values(head))
        }
        _ => 1.0,
    }
}

/// Returns what identifies a member of a composition: the component that it refers to, or its
/// constant properties.
pub(super) fn identity(member: &NodeRef<'_>) -> Option<String> {
    let view = View::schema(member);
    if let Some(reference) = view.reference() {
        return Some(reference.to_owned());
    }
    let properties = view.get("properties")?;
    let tags = properties.entries().filter_map(|(name, property)| {
        let values = property.value.get("enum")?.as_array()?;
        (values.len() == 1).then(|| format!("{name}={}", values[0]))
    });
    let tags: Vec<String> = tags.collect();
    (!tags.is_empty()).then(|| tags.join(","))
}

/// The minimum similarity, from 0 to 1, of two spellings of a word.
const SPELLED_ALIKE: f32 = 0.8;

/// Returns whether two names are probably those of the same thing: one begins with the other, has
/// all its words, or differs in the spelling of one word.
pub(super) fn similar_names(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.concat().len() <= b.concat().len() {
        (a, b)
    } else {
        (b, a)
    };
    let differing: Vec<_> = short.iter().zip(&long).filter(|(a, b)| a != b).collect();
    let is_respelled = match differing[..] {
        [(a, b)] => ::similar::TextDiff::from_chars(a, b).ratio() >= SPELLED_ALIKE,
        _ => false,
    };
    long.concat().starts_with(&short.concat())
        || short.iter().all(|word| long.contains(word))
        || short.len() == long.len() && is_respelled
}

/// Returns the words of a name in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        let begins = c.is_uppercase() && was_lower || !c.is_alphanumeric();
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        let word = words.last_mut().expect("there is a word");
        word.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        was_lower = c.is_lowercase();
    }
    words
}

fn names(view: &View<'_>) -> HashSet<String> {
    let mut names = HashSet::new();
    if let Some(properties) = view.get("properties") {
        names.extend(properties.entries().map(|(name, _)| name.to_owned()));
    }
    for key in COMPOSITIONS {
        names.extend(members(view, key));
    }
    names
}

fn members(view: &View<'_>, key: &str) -> HashSet<String> {
    let list = view.get(key);
    let members: Vec<NodeRef<'_>> = list.iter().flat_map(|list| list.items()).collect();
    members
        .iter()
        .map(|member| identity(member).unwrap_or_else(|| member.value.to_string()))
        .collect()
}

fn values(view: &View<'_>) -> HashSet<String> {
    let values = view.get("enum").and_then(|node| node.value.as_array());
    values.into_iter().flatten().map(Value::to_string).collect()
}

/// Returns the number of common elements divided by that of all elements.
fn shared(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let all = a.union(b).count();
    match all {
        0 => 1.0,
        _ => a.intersection(b).count() as f64 / all as f64,
    }
}
