//! A view of a schema in which a composition of a single member, or of one member and null, is that
//! member.

use std::collections::HashSet;

use gitbook_api_codegen::walk::{is_annotation, is_default};
use serde_json::Value;

use super::NodeRef;

pub(super) const COMPOSITIONS: [&str; 3] = ["oneOf", "anyOf", "allOf"];

/// Returns whether a keyword may be beside a single member without affecting validation.
fn is_around(key: &str) -> bool {
    key == "nullable" || is_annotation(key)
}

/// A schema with its layers, the outermost first.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    layers: Vec<NodeRef<'a>>,
}

impl<'a> View<'a> {
    /// Returns the view of one node that is not a schema.
    pub(super) fn plain(node: &NodeRef<'a>) -> Self {
        Self {
            layers: vec![node.clone()],
        }
    }

    /// Returns the view of a schema.
    pub(super) fn schema(node: &NodeRef<'a>) -> Self {
        Self::plain(node).extended()
    }

    /// Returns the view with the target of its reference as a further layer.
    pub(super) fn through(mut self, target: NodeRef<'a>) -> Self {
        self.layers.push(target);
        self.extended()
    }

    fn extended(mut self) -> Self {
        while let Some(member) = self.layers.last().and_then(single_member) {
            self.layers.push(member);
        }
        self
    }

    /// Returns the whole schema as in the document.
    pub(super) fn whole(&self) -> &NodeRef<'a> {
        &self.layers[0]
    }

    /// Returns the innermost layer.
    pub(super) fn core(&self) -> &NodeRef<'a> {
        &self.layers[self.layers.len() - 1]
    }

    /// Returns the reference of the innermost layer.
    pub(super) fn reference(&self) -> Option<&'a str> {
        self.core().reference()
    }

    /// Returns the value of a keyword in the outermost layer that has it.
    pub(super) fn get(&self, key: &str) -> Option<NodeRef<'a>> {
        if COMPOSITIONS.contains(&key) || key == "$ref" {
            return self.core().get(key);
        }
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    /// Returns whether any layer sets a flag.
    pub(super) fn is(&self, key: &str) -> bool {
        self.layers.iter().any(|layer| layer.is(key))
    }

    /// Returns whether null is allowed, by a flag or by a member of a union.
    pub(super) fn allows_null(&self) -> bool {
        let mut members = self.union_members().into_iter();
        self.is("nullable")
            || members.any(|member| only_null(member.value) || View::schema(&member).allows_null())
    }

    /// Returns the members of unions that allow only null.
    pub(super) fn null_members(&self) -> Vec<NodeRef<'a>> {
        let mut members = self.union_members();
        members.retain(|member| only_null(member.value));
        members
    }

    fn union_members(&self) -> Vec<NodeRef<'a>> {
        let unions = self
            .layers
            .iter()
            .flat_map(|layer| [layer.get("oneOf"), layer.get("anyOf")]);
        let lists: Vec<NodeRef<'a>> = unions.flatten().collect();
        lists.iter().flat_map(|list| list.items()).collect()
    }

    /// Returns whether the innermost layer has no keyword that affects validation but `key`.
    pub(super) fn is_only(&self, key: &str) -> bool {
        let is_other = |(name, node): (&str, NodeRef<'a>)| {
            name != key
                && name != "discriminator"
                && !is_around(name)
                && !is_default(name, node.value)
        };
        !self.core().entries().any(is_other)
    }

    /// Returns every keyword that a layer has, without duplicates.
    pub(super) fn keys(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        let layers = self.layers.iter();
        let keys = layers.flat_map(|layer| layer.value.as_object().into_iter().flatten());
        let keys = keys.map(|(key, _)| key.as_str());
        keys.filter(|key| seen.insert(*key) && self.get(key).is_some())
            .collect()
    }
}

fn single_member<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let keys = || {
        node.value
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys())
    };
    let mut compositions = keys().filter(|key| COMPOSITIONS.contains(&key.as_str()));
    let composition = compositions.next()?;
    let members = node.get(composition)?;
    let mut members = members.items().filter(|member| !only_null(member.value));
    let (Some(only), None) = (members.next(), members.next()) else {
        return None;
    };
    // The type beside a reference repeats that of the component.
    let typed = |key: &str| key == "type" && composition == "allOf" && only.reference().is_some();
    let around = |key: &str| is_around(key) || typed(key);
    let further = node
        .entries()
        .any(|(key, value)| key != composition && !around(key) && !is_default(key, value.value));
    (compositions.next().is_none() && !further).then_some(only)
}

/// Returns whether a schema allows only null.
pub(crate) fn only_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}
