//! A document whose schemas are lowered.

use indexmap::IndexMap;

use super::component::{Component, Definition, Leaf, LeafKind};
use super::operations::Operations;
use crate::assertion::{Assertion, strictest};
use crate::syntax::{Body, Operation, Parameter, Schema, SchemaIndex};

/// The components and operations of a document.
#[derive(Debug)]
pub struct Lowered {
    /// The components, in the order in which they are met.
    pub components: IndexMap<String, Component>,
    /// The components of the document that are other names for a leaf. No leaf refers to them.
    pub aliases: IndexMap<String, Leaf>,
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

    /// Returns the leaves of all components, parameters, bodies and responses.
    pub(super) fn leaves_mut(&mut self) -> impl Iterator<Item = &mut Leaf> {
        let components = self.components.values_mut();
        let components = components.flat_map(Component::leaves_mut);
        components.chain(self.operations.leaves_mut())
    }

    /// Returns the component that `leaf` refers to, or else the leaf itself.
    pub fn resolve<'s>(&'s self, leaf: &'s Leaf) -> Resolved<'s> {
        let component = leaf.component().and_then(|name| self.components.get(name));
        component.map_or(Resolved::Leaf(leaf), Resolved::Component)
    }

    /// Returns the assertions on the values of a leaf. Objects with described properties and unions are
    /// types of their own, which check themselves.
    pub fn assertions(&self, leaf: &Leaf) -> Vec<Assertion> {
        if let Resolved::Component(target) = self.resolve(leaf) {
            let mut all = concerning(&leaf.assertions, target.json_type());
            if let Definition::Enum(_) = &target.definition {
                all.extend(target.own_assertions());
            }
            return strictest(all);
        }
        let mut all = concerning(&leaf.assertions, leaf.json_type());
        if let LeafKind::List(each) | LeafKind::Map(each) = &leaf.kind {
            let each = self.assertions(each);
            if !each.is_empty() {
                all.push(Assertion::Each(each));
            }
        }
        all
    }
}

/// The target of a leaf.
pub enum Resolved<'a> {
    /// A leaf that is no reference.
    Leaf(&'a Leaf),
    /// A component.
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
