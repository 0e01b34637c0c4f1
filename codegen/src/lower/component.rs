//! Lowered schemas: components of one plain shape, and leaves inside them.

use indexmap::IndexMap;
use serde_json::Value;

use super::signatures::Signature;
use crate::assertion::Assertion;
use crate::syntax::{AdditionalProperties, Annotations, Origin};

/// A component schema: of the document, or made of an inline schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The kind or shape.
    pub definition: Definition,
    /// The annotations.
    pub annotations: Annotations,
    /// The assertions on all values.
    pub assertions: Vec<Assertion>,
    /// The origin of an inline schema; `None` for a component of the document.
    pub origin: Option<Origin>,
}

/// The shape of a component.
#[derive(Clone, Debug, PartialEq)]
pub enum Definition {
    /// An object with described properties.
    Object(Object),
    /// A string with known values.
    Enum(Enum),
    /// A union of these members.
    Union(Vec<Member>),
}

/// An object with described properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The properties that can be there, in the order of the document.
    pub properties: IndexMap<String, Leaf>,
    /// The properties that are always there.
    pub required: Vec<String>,
    /// The properties that are not described.
    pub additional_properties: Option<AdditionalProperties<Leaf>>,
    /// The unions that are flattened into the object, with a name for each.
    pub unions: Vec<(String, Leaf)>,
}

/// A string with known values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The values.
    pub values: Vec<String>,
    /// The components that it is combined from.
    pub combined_from: Vec<String>,
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name of its variant.
    pub name: String,
    /// Its values.
    pub leaf: Leaf,
    /// The shapes that its values can have.
    pub signatures: Vec<Signature>,
}

/// A schema that needs no component of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaf {
    /// The kind or shape.
    pub kind: LeafKind,
    /// The format of its text.
    pub format: Option<String>,
    /// The only value that is allowed.
    pub constant: Option<Value>,
    /// Set if `null` is allowed.
    pub nullable: bool,
    /// The assertions on the values, besides those of a component that is referred to.
    pub assertions: Vec<Assertion>,
    /// Set if values are sent without validation.
    pub skips_validation: bool,
    /// The annotations.
    pub annotations: Annotations,
    /// The Rust type of the ID that the text is, such as `SpaceId`.
    pub identifies: Option<String>,
}

/// The kind of a leaf.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LeafKind {
    #[default]
    /// Any JSON value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Text.
    String,
    /// A list of these items.
    List(Box<Leaf>),
    /// An object with any names and these values.
    Map(Box<Leaf>),
    /// A page of a list of these items.
    Page(Box<Leaf>),
    /// A reference to a component.
    Component(String),
}

impl Component {
    /// Returns the leaves of which it is made.
    pub(super) fn leaves_mut(&mut self) -> Vec<&mut Leaf> {
        match &mut self.definition {
            Definition::Object(object) => {
                let values = match &mut object.additional_properties {
                    Some(AdditionalProperties::Allowed(values)) => Some(&mut **values),
                    Some(AdditionalProperties::Refused) | None => None,
                };
                let unions = object.unions.iter_mut().map(|(_, union)| union);
                let properties = object.properties.values_mut();
                properties.chain(values).chain(unions).collect()
            }
            Definition::Union(members) => members.iter_mut().map(|it| &mut it.leaf).collect(),
            Definition::Enum(_) => Vec::new(),
        }
    }
}

impl Leaf {
    /// Returns a leaf of this kind, of which nothing else is said.
    pub fn new(kind: LeafKind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    /// Returns the name of the component that the leaf refers to, if it does.
    pub fn component(&self) -> Option<&str> {
        match &self.kind {
            LeafKind::Component(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the leaf without annotations: two that are equal then mean the same.
    pub(super) fn meaning(&self) -> Self {
        Self {
            annotations: Annotations::default(),
            ..self.clone()
        }
    }
}
