//! Reads the parts of a document that the client is made of: schemas and operations.
//!
//! Each is read once, with references to parameters, bodies and responses resolved and one media type of
//! each body chosen. What cannot be read is a diagnostic.

mod body;
mod discriminator;
mod index;
mod media_type;
mod operation;
mod parameter;
mod response;
mod schema;

use serde_json::Value;

use crate::document::{Diagnostic, Diagnostics, escape, resolve_at, unescape};
use crate::names::{capitalize, variant_name};

pub(crate) use body::Body;
pub(crate) use discriminator::Discriminator;
pub(crate) use index::SchemaIndex;
pub(crate) use media_type::Choice;
pub(crate) use operation::Operation;
pub use parameter::Location;
pub(crate) use parameter::Parameter;
pub(crate) use response::{Media, Response};
pub use schema::{AdditionalProperties, Annotations};
pub(crate) use schema::{Kind, Properties, Schema, replace};

/// The parts of a document that are read.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// The schemas that can be referred to.
    pub schemas: SchemaIndex,
    /// The parameters, bodies and responses that operations can share.
    pub shared: Shared<Schema>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation<Schema>>,
}

/// The parameters, bodies and responses under `components`, in the order of the document.
#[derive(Debug)]
pub(crate) struct Shared<S> {
    pub parameters: Vec<Parameter<S>>,
    pub bodies: Vec<Body<S>>,
    pub responses: Vec<Response<S>>,
}

/// The origin of an inline schema, for the documentation of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A property of a type.
    Property {
        /// The property.
        property: String,
        /// The type.
        owner: String,
    },
    /// A member of a union.
    Member {
        /// The union.
        union: String,
    },
    /// A parameter of an operation.
    Parameter {
        /// The builder of the operation.
        builder: String,
    },
    /// The body of an operation.
    Body {
        /// The `operationId`.
        operation: String,
    },
    /// A response of an operation.
    Response {
        /// The `operationId`.
        operation: String,
        /// The status.
        status: String,
    },
    /// The items of a page, which has this origin.
    Item(Box<Origin>),
    /// A component that has no type of its own.
    Component {
        /// The key under `components`.
        section: &'static str,
        /// The name of the component.
        name: String,
    },
}

/// The name of the type of a schema that needs one, and its origin.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Owner {
    /// The name.
    pub name: String,
    /// The origin.
    pub origin: Origin,
}

/// Reads a document. What could be read is returned with the diagnostics of the rest.
pub(crate) fn read(document: &Value) -> (Syntax, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let syntax = Syntax {
        schemas: SchemaIndex::read(document, &mut found),
        shared: shared(document, &mut found),
        operations: operation::operations(document, &mut found),
    };
    (syntax, found)
}

/// Returns the operations of a document, in its order.
///
/// # Errors
/// Returns [`Diagnostics`] of what in the operations cannot be read.
pub(crate) fn operations(document: &Value) -> Result<Vec<Operation<Schema>>, Diagnostics> {
    let mut found = Vec::new();
    let operations = operation::operations(document, &mut found);
    Diagnostics::check(found)?;
    Ok(operations)
}

/// Reads what operations can share. It is an error only where an operation uses it.
fn shared(document: &Value, found: &mut Vec<Diagnostic>) -> Shared<Schema> {
    let mut shared = Shared {
        parameters: Vec::new(),
        bodies: Vec::new(),
        responses: Vec::new(),
    };
    let components = |section: &str| {
        let components = document.pointer(&format!("/components/{section}"));
        let components = components.and_then(Value::as_object);
        components.into_iter().flatten()
    };
    let is_own = |node: &Value| node.get("$ref").is_none();
    for (name, node) in components("parameters").filter(|(_, node)| is_own(node)) {
        let pointer = format!("/components/parameters/{}", escape(name));
        let owner = component("parameters", name);
        if let Ok(parameter) = parameter::parameter(node, &pointer, owner, found) {
            shared.parameters.push(parameter);
        }
    }
    for (name, node) in components("requestBodies").filter(|(_, node)| is_own(node)) {
        let pointer = format!("/components/requestBodies/{}", escape(name));
        let owner = component("requestBodies", name);
        if let Ok(body) = body::body(node, &pointer, owner, found) {
            shared.bodies.push(body);
        }
    }
    for (name, node) in components("responses").filter(|(_, node)| is_own(node)) {
        let pointer = format!("/components/responses/{}", escape(name));
        let owner = component("responses", name);
        shared
            .responses
            .push(response::response(None, node, &pointer, owner, found));
    }
    shared
}

/// Returns the owner of the schemas in a component.
fn component(section: &'static str, name: &str) -> Owner {
    let suffix = match section {
        "requestBodies" => "Request",
        "responses" => "Response",
        _ => "",
    };
    Owner {
        name: format!("{}{suffix}", variant_name(&capitalize(name))),
        origin: Origin::Component {
            section,
            name: name.to_owned(),
        },
    }
}

/// Follows a node that may be a reference to a component. Returns the node, its pointer, and the owner
/// of its schemas: the component, or else `own`.
fn resolved<'a>(
    document: &'a Value,
    node: &'a Value,
    pointer: &str,
    section: &'static str,
    own: Owner,
) -> Result<(&'a Value, String, Owner), Diagnostic> {
    let (node, at) = resolve_at(document, node, pointer)?;
    let name = at.strip_prefix(&format!("/components/{section}/"));
    let name = name.filter(|name| !name.contains('/')).map(unescape);
    let owner = name.map_or(own, |name| component(section, &name));
    Ok((node, at, owner))
}

fn strings(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn flag(node: &Value, key: &str) -> bool {
    node.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn text(node: &Value, key: &str) -> String {
    let text = node.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
