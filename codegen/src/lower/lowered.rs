//! A document whose schemas are lowered.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::component::{Component, Definition, Leaf, LeafKind};
use super::schema::Schema;
use super::source::Source;
use crate::assertion::{Assertion, strictest};
use crate::document::MAX_REFERENCES;

/// A document with the components and leaves that its schemas are lowered to.
#[derive(Debug)]
pub struct Lowered<'a> {
    /// The document as it was given.
    pub document: &'a Value,
    /// The components, in the order in which they are met.
    pub components: IndexMap<String, Component>,
    /// The leaves of operations.
    pub(super) leaves: Leaves,
    pub(super) source: Source,
}

/// The leaves of operations, by the JSON pointers of their schemas.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    /// Those of parameters and request bodies.
    pub sent: HashMap<String, Leaf>,
    /// Those of responses.
    pub received: HashMap<String, Leaf>,
    /// The merged schemas of forms that are sent in parts.
    pub forms: HashMap<String, Schema>,
}

impl<'a> Lowered<'a> {
    /// Returns `document` without anything lowered: what is wrong with its operations does not depend
    /// on their schemas.
    pub(crate) fn without_schemas(document: &'a Value) -> Self {
        Self {
            document,
            components: IndexMap::new(),
            leaves: Leaves::default(),
            source: Source::default(),
        }
    }

    /// Returns the leaf of the schema at `pointer`, of a parameter, a request body or a response that
    /// means success.
    pub fn leaf(&self, pointer: &str) -> Option<&Leaf> {
        let Leaves { sent, received, .. } = &self.leaves;
        sent.get(pointer).or_else(|| received.get(pointer))
    }

    /// Returns the merged schema at `pointer`, of a form that is sent in parts.
    pub(crate) fn form(&self, pointer: &str) -> Option<&Schema> {
        self.leaves.forms.get(pointer)
    }

    /// Returns the schemas as the document has them.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the leaves of all parameters and request bodies.
    pub(crate) fn all_sent(&self) -> impl Iterator<Item = &Leaf> {
        self.leaves.sent.values()
    }

    /// Returns the merged schemas of all forms that are sent in parts.
    pub(crate) fn all_forms(&self) -> impl Iterator<Item = &Schema> {
        self.leaves.forms.values()
    }

    /// Returns what `leaf` is behind the aliases that it refers to.
    pub fn resolve<'s>(&'s self, leaf: &'s Leaf) -> Resolved<'s> {
        let mut leaf = leaf;
        for _ in 0..MAX_REFERENCES {
            let component = leaf.component().and_then(|name| self.components.get(name));
            match component {
                None => break,
                Some(Component {
                    definition: Definition::Alias(target),
                    ..
                }) => leaf = target,
                Some(component) => return Resolved::Component(component),
            }
        }
        Resolved::Leaf(leaf)
    }

    /// Returns what a leaf asks of its values, with what the aliases that it refers to ask for. Objects
    /// with described properties and unions are types of their own, which check themselves.
    pub fn assertions(&self, leaf: &Leaf) -> Vec<Assertion> {
        self.of_leaf(leaf, &mut Vec::new())
    }

    fn of_leaf<'s>(&'s self, leaf: &'s Leaf, seen: &mut Vec<&'s str>) -> Vec<Assertion> {
        let Some(name) = leaf.component() else {
            let mut all = concerning(&leaf.assertions, leaf.json_type());
            if let LeafKind::List(each) | LeafKind::Map(each) = &leaf.kind {
                let each = self.of_leaf(each, seen);
                if !each.is_empty() {
                    all.push(Assertion::Each(each));
                }
            }
            return all;
        };
        let is_new = seen.len() <= MAX_REFERENCES && !seen.contains(&name);
        let target = self.components.get(name).filter(|_| is_new);
        let Some(target) = target else {
            return Vec::new();
        };
        let mut all = concerning(&leaf.assertions, target.json_type());
        match &target.definition {
            Definition::Alias(alias) => {
                seen.push(name);
                all.extend(self.of_leaf(alias, seen));
                seen.pop();
            }
            Definition::Enum(_) => all.extend(target.own_assertions()),
            Definition::Object(_) | Definition::Union(_) => {}
        }
        strictest(all)
    }
}

/// What a leaf stands for.
pub enum Resolved<'a> {
    /// A leaf that is no reference.
    Leaf(&'a Leaf),
    /// A component that is no alias.
    Component(&'a Component),
}

impl Component {
    /// Returns what the component asks of its values, other than in its parts.
    pub fn own_assertions(&self) -> Vec<Assertion> {
        concerning(&self.assertions, self.json_type())
    }

    /// Returns the JSON type of the values, or `None` for several.
    pub fn json_type(&self) -> Option<&'static str> {
        match &self.definition {
            Definition::Object(_) => Some("object"),
            Definition::Enum(_) => Some("string"),
            Definition::Union(_) => None,
            Definition::Alias(leaf) => leaf.json_type(),
        }
    }
}

impl Leaf {
    /// Returns the JSON type of the values, or `None` for several, and for a reference.
    pub fn json_type(&self) -> Option<&'static str> {
        Some(match self.kind {
            LeafKind::Boolean => "boolean",
            LeafKind::Integer => "integer",
            LeafKind::Number => "number",
            LeafKind::String => "string",
            LeafKind::List(_) => "array",
            LeafKind::Map(_) => "object",
            LeafKind::Any | LeafKind::Component(_) => return None,
        })
    }
}

/// Returns the strictest of the assertions that values of this JSON type, or of any type, can fail.
fn concerning(assertions: &[Assertion], json: Option<&str>) -> Vec<Assertion> {
    let mut all = assertions.to_vec();
    all.retain(|assertion| json.is_none_or(|json| assertion.concerns(json)));
    strictest(all)
}
