//! The parameters of an operation.

use serde_json::Value;

use crate::Diagnostic;
use crate::assertion::Assertion;
use crate::lower::{Definition, Leaf, LeafKind, Lowered, Resolved};
use crate::names::parameter_name;
use crate::spelling::suffixes;
use crate::syntax::{self, Annotations, Location};

/// One parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the API.
    pub api_name: String,
    /// Its name in snake case, unique in its operation: the setter's, unless that is a keyword.
    pub name: String,
    /// Its location.
    pub location: Location,
    /// Set if a request without it is invalid.
    pub required: bool,
    /// Set if it is deprecated.
    pub deprecated: bool,
    /// `explode`: whether each list item is sent as its own `name=value`.
    pub explode: bool,
    /// The description, empty when there is none.
    pub description: String,
    /// The value that the server uses when it is absent.
    pub default: Option<Value>,
    /// The documented example of its values.
    pub example: Option<Value>,
    /// Its schema: a scalar, a reference to a component that is an enum of strings, or a list of
    /// these. Anything else is a string.
    pub schema: Leaf,
    /// The assertions on its values.
    pub assertions: Vec<Assertion>,
}

/// Returns the parameters of an operation.
///
/// # Errors
/// Fails if two of them have one name in Rust.
pub(super) fn parameters(
    lowered: &Lowered,
    operation: &syntax::Operation<Leaf>,
) -> Result<Vec<Parameter>, Diagnostic> {
    let parameters = operation.parameters.iter();
    let mut parameters: Vec<Parameter> = parameters.map(|it| parameter(lowered, it)).collect();
    distinguish(&mut parameters, &operation.pointer)?;
    Ok(parameters)
}

fn parameter(lowered: &Lowered, syntax: &syntax::Parameter<Leaf>) -> Parameter {
    // A parameter without a schema allows any text.
    let any = Leaf::default();
    let leaf = syntax.schema.as_ref().unwrap_or(&any);
    Parameter {
        name: parameter_name(&syntax.api_name),
        api_name: syntax.api_name.clone(),
        location: syntax.location,
        required: syntax.required,
        deprecated: syntax.deprecated,
        explode: syntax.explode,
        description: syntax.description.clone(),
        default: annotation(lowered, leaf, |annotations| annotations.default.as_ref()),
        example: annotation(lowered, leaf, |annotations| annotations.example.as_ref()),
        assertions: assertions(lowered, leaf),
        schema: serialized_leaf(lowered, leaf, true),
    }
}

/// Returns an annotation of a leaf, or else of the component that it refers to.
fn annotation(
    lowered: &Lowered,
    leaf: &Leaf,
    find: fn(&Annotations) -> Option<&Value>,
) -> Option<Value> {
    let own = find(&leaf.annotations);
    let found = own.or_else(|| match lowered.resolve(leaf) {
        Resolved::Component(component) => find(&component.annotations),
        Resolved::Leaf(_) => None,
    });
    found.cloned()
}

/// Returns the leaf of a value as it is sent in a path, a query or a header.
fn serialized_leaf(lowered: &Lowered, leaf: &Leaf, list: bool) -> Leaf {
    let kind = match lowered.resolve(leaf) {
        Resolved::Component(component) => match component.definition {
            Definition::Enum(_) => leaf.kind.clone(),
            _ => LeafKind::String,
        },
        Resolved::Leaf(target) if target.constant.as_ref().is_some_and(Value::is_string) => {
            LeafKind::String
        }
        Resolved::Leaf(target) => match &target.kind {
            LeafKind::List(items) if list => {
                LeafKind::List(Box::new(serialized_leaf(lowered, items, false)))
            }
            LeafKind::String => {
                let format = target.format.as_deref();
                let format = format.filter(|format| matches!(*format, "date" | "date-time"));
                return Leaf {
                    format: format.map(str::to_owned),
                    identifies: leaf.identifies.clone(),
                    ..Leaf::new(LeafKind::String)
                };
            }
            LeafKind::Integer | LeafKind::Number | LeafKind::Boolean => target.kind.clone(),
            _ => LeafKind::String,
        },
    };
    Leaf::new(kind)
}

/// Returns the assertions of a parameter, with the known values of an enum; none if it is sent as free
/// text.
fn assertions(lowered: &Lowered, leaf: &Leaf) -> Vec<Assertion> {
    let is_scalar = |leaf| match lowered.resolve(leaf) {
        Resolved::Component(component) => matches!(component.definition, Definition::Enum(_)),
        Resolved::Leaf(leaf) => !matches!(
            leaf.kind,
            LeafKind::Any
                | LeafKind::List(_)
                | LeafKind::Map(_)
                | LeafKind::Page(_)
                | LeafKind::Component(_)
        ),
    };
    let items = match lowered.resolve(leaf) {
        Resolved::Leaf(Leaf {
            kind: LeafKind::List(items),
            ..
        }) => Some(&**items),
        _ => None,
    };
    if !is_scalar(items.unwrap_or(leaf)) {
        return Vec::new();
    }
    let mut assertions = lowered.assertions(leaf);
    let known = known_values(lowered, items.unwrap_or(leaf)).map(Assertion::Enum);
    match items {
        Some(_) => assertions.extend(known.map(|known| Assertion::Each(vec![known]))),
        None => assertions.extend(known),
    }
    assertions
}

/// Returns the values of an enum, or the only value of a text.
fn known_values(lowered: &Lowered, leaf: &Leaf) -> Option<Vec<String>> {
    match lowered.resolve(leaf) {
        Resolved::Component(component) => match &component.definition {
            Definition::Enum(it) => Some(it.values.clone()),
            _ => None,
        },
        Resolved::Leaf(leaf) => {
            let constant = leaf.constant.as_ref().and_then(Value::as_str);
            constant.map(|value| vec![value.to_owned()])
        }
    }
}

/// Gives parameters that would have the same setter distinct names: the first keeps its own, another gets
/// its location, or else its spelling.
fn distinguish(parameters: &mut [Parameter], pointer: &str) -> Result<(), Diagnostic> {
    for index in 0..parameters.len() {
        let (before, rest) = parameters.split_at_mut(index);
        let is_free = |name: &String| !before.iter().any(|other| other.name == *name);
        let parameter = &mut rest[0];
        let own = std::mem::take(&mut parameter.name);
        let location = format!("{own}_{}", parameter.location.as_str());
        let spelled = suffixes(&parameter.api_name).map(|suffix| format!("{own}_{suffix}"));
        let mut names = [own, location].into_iter().chain(spelled);
        if let Some(name) = names.find(is_free) {
            parameter.name = name;
        } else {
            let message = format!(
                "parameter `{}` has no name of its own in Rust",
                parameter.api_name
            );
            return Err(Diagnostic::new(pointer, message).help("rename it with an overlay"));
        }
    }
    Ok(())
}
