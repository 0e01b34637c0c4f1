//! A schema as it reads: a composition of a single member is that member, or null beside it.

use std::collections::HashSet;

use serde_json::Value;

use super::Spot;
use super::keywords::is_default;

/// The keywords that combine schemas.
pub(super) const COMPOSITIONS: [&str; 3] = ["oneOf", "anyOf", "allOf"];

/// Keywords that may stand around a single member without changing which values are valid.
const AROUND: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "externalDocs",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "xml",
];

/// A schema with the layers that it is written in, the outermost first.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    layers: Vec<Spot<'a>>,
}

impl<'a> View<'a> {
    /// The view of one node that is not a schema.
    pub fn plain(spot: &Spot<'a>) -> Self {
        Self {
            layers: vec![spot.clone()],
        }
    }

    /// The view of a schema.
    pub fn schema(spot: &Spot<'a>) -> Self {
        Self::plain(spot).extended()
    }

    /// The same view with one more layer, the target of its reference.
    pub fn through(mut self, target: Spot<'a>) -> Self {
        self.layers.push(target);
        self.extended()
    }

    fn extended(mut self) -> Self {
        while let Some(member) = self.layers.last().and_then(single_member) {
            self.layers.push(member);
        }
        self
    }

    /// The whole schema as it stands in the document.
    pub fn whole(&self) -> &Spot<'a> {
        &self.layers[0]
    }

    /// The innermost layer.
    pub fn core(&self) -> &Spot<'a> {
        &self.layers[self.layers.len() - 1]
    }

    /// The reference that the schema comes down to.
    pub fn reference(&self) -> Option<&'a str> {
        self.core().reference()
    }

    /// The outermost value of a keyword.
    pub fn get(&self, key: &str) -> Option<Spot<'a>> {
        if COMPOSITIONS.contains(&key) || key == "$ref" {
            return self.core().get(key);
        }
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    /// Whether any layer sets a flag.
    pub fn is(&self, key: &str) -> bool {
        self.layers.iter().any(|layer| layer.is(key))
    }

    /// Whether null is allowed, by a flag or by a member of a union.
    pub fn allows_null(&self) -> bool {
        let mut members = self.union_members().into_iter();
        self.is("nullable")
            || members.any(|member| only_null(member.value) || View::schema(&member).allows_null())
    }

    /// The members of unions that allow null and nothing else.
    pub fn null_members(&self) -> Vec<Spot<'a>> {
        let mut members = self.union_members();
        members.retain(|member| only_null(member.value));
        members
    }

    fn union_members(&self) -> Vec<Spot<'a>> {
        let unions = self
            .layers
            .iter()
            .flat_map(|layer| [layer.get("oneOf"), layer.get("anyOf")]);
        let lists: Vec<Spot<'a>> = unions.flatten().collect();
        lists.iter().flat_map(|list| list.items()).collect()
    }

    /// Every keyword in use, each once.
    pub fn keys(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        let layers = self.layers.iter();
        let keys = layers.flat_map(|layer| layer.value.as_object().into_iter().flatten());
        let keys = keys.map(|(key, _)| key.as_str());
        keys.filter(|key| seen.insert(*key) && self.get(key).is_some())
            .collect()
    }
}

fn single_member<'a>(spot: &Spot<'a>) -> Option<Spot<'a>> {
    let keys = || {
        spot.value
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys())
    };
    let mut compositions = keys().filter(|key| COMPOSITIONS.contains(&key.as_str()));
    let composition = compositions.next()?;
    let members = spot.get(composition)?;
    let mut members = members.items().filter(|member| !only_null(member.value));
    let (Some(only), None) = (members.next(), members.next()) else {
        return None;
    };
    // A component says its type itself.
    let typed = |key: &str| key == "type" && composition == "allOf" && only.reference().is_some();
    let around = |key: &str| AROUND.contains(&key) || key.starts_with("x-") || typed(key);
    let further = spot
        .entries()
        .any(|(key, value)| key != composition && !around(key) && !is_default(key, value.value));
    (compositions.next().is_none() && !further).then_some(only)
}

/// Whether a schema allows null and nothing else.
pub(crate) fn only_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}
