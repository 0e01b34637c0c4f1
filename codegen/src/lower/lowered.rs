//! A document whose schemas are lowered.

use indexmap::IndexMap;

use super::component::{Component, Definition, Leaf, LeafKind};
use super::operations::Operations;
use crate::assertion::{Assertion, strictest};
use crate::document::MAX_REFERENCES;
use crate::syntax::{Body, Operation, Parameter, Schema, SchemaIndex};

/// The components and operations of a document.
#[derive(Debug)]
pub struct Lowered {
    /// The components, in the order in which they are met.
    pub components: IndexMap<String, Component>,
    pub(super) operations: Operations,
    pub(super) schemas: SchemaIndex,
}

impl Lowered {
    /// Returns the operations, in the order of the document.
    pub(crate) fn operations(&self) -> &[Operation<Leaf>] {
        &self.operations.operations
    }

    /// Returns the schemas as the document has them.
    pub(crate) fn schemas(&self) -> &SchemaIndex {
        &self.schemas
    }

    /// Returns the leaf of the schema at `pointer`: of a parameter, a request body or a response of an
    /// operation, or of one that operations share.
    pub fn leaf(&self, pointer: &str) -> Option<&Leaf> {
        let is_it = |parent: &str| pointer.strip_prefix(parent) == Some("/schema");
        let mut parameters = self.parameters();
        if let Some(parameter) = parameters.find(|it| is_it(&it.pointer)) {
            return parameter.schema.as_ref();
        }
        if let Some(body) = self.bodies().find(|body| is_it(&body.pointer)) {
            return body.schema.as_ref();
        }
        let own = self.operations().iter().flat_map(|it| &it.responses);
        let mut media = self.operations.shared.responses.iter().chain(own);
        let media = media.find_map(|it| it.content.iter().find(|it| it.pointer == pointer));
        media?.schema.as_ref()
    }

    /// Returns the leaves of all parameters and request bodies.
    pub(crate) fn all_sent(&self) -> impl Iterator<Item = &Leaf> {
        let parameters = self.parameters().filter_map(|it| it.schema.as_ref());
        parameters.chain(self.bodies().filter_map(|body| body.schema.as_ref()))
    }

    /// Returns the merged schemas of all forms that are sent in parts.
    pub(crate) fn all_forms(&self) -> impl Iterator<Item = &Schema> {
        self.bodies().filter_map(|body| body.form.as_ref())
    }

    fn parameters(&self) -> impl Iterator<Item = &Parameter<Leaf>> {
        let own = self.operations().iter().flat_map(|it| &it.parameters);
        self.operations.shared.parameters.iter().chain(own)
    }

    /// Returns the parameters of all operations, and those that they can share.
    pub(super) fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Parameter<Leaf>> {
        let own = self.operations.operations.iter_mut();
        let own = own.flat_map(|it| &mut it.parameters);
        self.operations.shared.parameters.iter_mut().chain(own)
    }

    fn bodies(&self) -> impl Iterator<Item = &Body<Leaf>> {
        let own = self.operations().iter().filter_map(|it| it.body.as_ref());
        self.operations.shared.bodies.iter().chain(own)
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

    /// Returns the assertions of a leaf and of the aliases it refers to. Objects with described properties
    /// and unions are types of their own, which check themselves.
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

/// The target of a leaf.
pub enum Resolved<'a> {
    /// A leaf that is no reference.
    Leaf(&'a Leaf),
    /// A component that is no alias.
    Component(&'a Component),
}

impl Component {
    /// Returns the assertions on the values of the component, without those on its parts.
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
            LeafKind::Map(_) | LeafKind::Page(_) => "object",
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
