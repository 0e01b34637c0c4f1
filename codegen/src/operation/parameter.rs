//! The parameters of an operation.

use serde_json::{Value, json};

use super::{Place, flag, text};
use crate::assertion::Assertion;
use crate::document::resolve_at;
use crate::lower::{Annotations, Definition, Leaf, LeafKind, Lowered, Resolved};
use crate::names::parameter_name;
use crate::{Diagnostic, Diagnostics};

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
}

impl Location {
    /// Returns the name of the location in the document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// One parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the API.
    pub api_name: String,
    /// Its name in snake case, unique in its operation: the setter's, unless that is a keyword.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether a request without it is invalid.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether the values of a list each repeat the name, instead of standing in one, with commas.
    pub explode: bool,
    /// The description, empty when there is none.
    pub description: String,
    /// What the server takes when it is absent.
    pub default: Option<Value>,
    /// Its schema: a scalar, a reference to a component that is an enum of strings, or a list of
    /// these. What has no better type is a string.
    pub schema: Leaf,
    /// What is asked of its values.
    pub assertions: Vec<Assertion>,
}

/// Returns the parameters of a path item and its operation, where the operation's own come first.
pub(super) fn parameters(place: &Place<'_>) -> Result<Vec<Parameter>, Diagnostics> {
    let Place {
        lowered,
        document,
        path,
        pointer,
        ..
    } = place;
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut found = Vec::new();
    let (of_item, _) = pointer.rsplit_once('/').unwrap_or((pointer, ""));
    let lists = [(place.node, pointer.as_str()), (place.item, of_item)].map(|(node, pointer)| {
        let list = node.get("parameters").and_then(Value::as_array);
        let list = list.into_iter().flatten().enumerate();
        list.map(move |(index, node)| (node, format!("{pointer}/parameters/{index}")))
    });
    for (node, pointer) in lists.into_iter().flatten() {
        let resolved = resolve_at(document, node, &pointer);
        let parameter = resolved.and_then(|(node, at)| {
            let leaf = lowered.leaf(&format!("{at}/schema")).cloned();
            parameter(lowered, node, &leaf.unwrap_or_default(), &pointer)
        });
        let parameter = match parameter {
            Ok(parameter) => parameter,
            Err(diagnostic) => {
                found.push(diagnostic);
                continue;
            }
        };
        let is_known = parameters.iter().any(|known| {
            (known.location, &known.api_name) == (parameter.location, &parameter.api_name)
        });
        // Servers set these from what the request itself is: OpenAPI says to ignore them.
        let is_ignored = parameter.location == Location::Header
            && ["accept", "content-type", "authorization"]
                .contains(&parameter.api_name.to_ascii_lowercase().as_str());
        if !is_known && !is_ignored {
            parameters.push(parameter);
        }
    }
    found.extend(complete(lowered, path, &mut parameters, pointer).err());
    found.extend(distinguish(&mut parameters, pointer).err());
    Diagnostics::check(found)?;
    Ok(parameters)
}

fn parameter(
    lowered: &Lowered<'_>,
    node: &Value,
    leaf: &Leaf,
    pointer: &str,
) -> Result<Parameter, Diagnostic> {
    let api_name = text(node, "name");
    let location = match node.get("in").and_then(Value::as_str) {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        Some("cookie") => {
            let message = format!("parameter `{api_name}` is a cookie, and the client sends none");
            return Err(Diagnostic::new(pointer, message).help("remove it with an overlay"));
        }
        _ => {
            let message =
                format!("parameter `{api_name}` is not in the path, the query or a header");
            return Err(Diagnostic::new(pointer, message).help("remove it with an overlay"));
        }
    };
    let style = node.get("style").and_then(Value::as_str);
    let usual = match location {
        Location::Query => "form",
        Location::Path | Location::Header => "simple",
    };
    if let Some(style) = style.filter(|style| *style != usual) {
        let message =
            format!("parameter `{api_name}` has style `{style}`, only `{usual}` is supported");
        return Err(Diagnostic::new(pointer, message));
    }
    let explode = node.get("explode").and_then(Value::as_bool);
    Ok(Parameter {
        name: parameter_name(&api_name),
        required: location == Location::Path || flag(node, "required"),
        deprecated: flag(node, "deprecated"),
        explode: explode.unwrap_or(location == Location::Query),
        description: text(node, "description"),
        default: annotations(lowered, leaf).default.clone(),
        assertions: asked(lowered, leaf),
        schema: plain(lowered, leaf, true),
        api_name,
        location,
    })
}

/// Returns what describes the values of a leaf: the annotations of the component that it refers to.
fn annotations<'a>(lowered: &'a Lowered<'_>, leaf: &'a Leaf) -> &'a Annotations {
    match lowered.resolve(leaf) {
        Resolved::Component(component) => &component.annotations,
        Resolved::Leaf(leaf) => &leaf.annotations,
    }
}

/// Returns the leaf of a value that stands in a path, a query or a header.
fn plain(lowered: &Lowered<'_>, leaf: &Leaf, list: bool) -> Leaf {
    let kind = match lowered.resolve(leaf) {
        Resolved::Component(component) => match component.definition {
            Definition::Enum(_) => leaf.kind.clone(),
            _ => LeafKind::String,
        },
        Resolved::Leaf(target) if target.only.as_ref().is_some_and(Value::is_string) => {
            match leaf.component() {
                Some(_) => leaf.kind.clone(),
                None => LeafKind::String,
            }
        }
        Resolved::Leaf(target) => match &target.kind {
            LeafKind::List(items) if list => LeafKind::List(Box::new(plain(lowered, items, false))),
            LeafKind::String => {
                let format = target.format.as_deref();
                let format = format.filter(|format| matches!(*format, "date" | "date-time"));
                return Leaf {
                    format: format.map(str::to_owned),
                    ..Leaf::new(LeafKind::String)
                };
            }
            LeafKind::Integer | LeafKind::Number | LeafKind::Boolean => target.kind.clone(),
            _ => LeafKind::String,
        },
    };
    Leaf::new(kind)
}

/// Returns what is asked of the values of a parameter; of what is sent as some text, only if it is
/// text.
fn asked(lowered: &Lowered<'_>, leaf: &Leaf) -> Vec<Assertion> {
    let is_scalar = |leaf| match lowered.resolve(leaf) {
        Resolved::Component(component) => matches!(component.definition, Definition::Enum(_)),
        Resolved::Leaf(leaf) => !matches!(
            leaf.kind,
            LeafKind::Any | LeafKind::List(_) | LeafKind::Map(_) | LeafKind::Component(_)
        ),
    };
    let is_checked = match lowered.resolve(leaf) {
        Resolved::Leaf(Leaf {
            kind: LeafKind::List(items),
            ..
        }) => is_scalar(items),
        _ => is_scalar(leaf),
    };
    match is_checked {
        true => lowered.assertions(leaf),
        false => Vec::new(),
    }
}

/// Adds the path parameters that the document forgot to describe, as text.
fn complete(
    lowered: &Lowered<'_>,
    path: &str,
    parameters: &mut Vec<Parameter>,
    pointer: &str,
) -> Result<(), Diagnostic> {
    let named = template_names(path)
        .ok_or_else(|| Diagnostic::new(pointer, format!("`{path}` is not a path template")))?;
    let is_path = |parameter: &&Parameter| parameter.location == Location::Path;
    let extra = parameters
        .iter()
        .filter(is_path)
        .find(|p| !named.contains(&p.api_name.as_str()));
    if let Some(extra) = extra {
        let message = format!(
            "path parameter `{}` is not in path `{path}`",
            extra.api_name
        );
        return Err(Diagnostic::new(pointer, message));
    }
    for name in named {
        if !parameters
            .iter()
            .filter(is_path)
            .any(|parameter| parameter.api_name == name)
        {
            let node = json!({"name": name, "in": "path"});
            let leaf = Leaf::new(LeafKind::String);
            parameters.push(parameter(lowered, &node, &leaf, pointer)?);
        }
    }
    Ok(())
}

/// Returns the names between the braces of a path, or nothing when the braces are not in pairs.
fn template_names(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, after) = rest[at..].strip_prefix('{')?.split_once('}')?;
        if name.is_empty() || name.contains('{') || names.contains(&name) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}

/// Gives parameters that would have the same setter distinct names.
fn distinguish(parameters: &mut [Parameter], pointer: &str) -> Result<(), Diagnostic> {
    for index in 0..parameters.len() {
        let (before, rest) = parameters.split_at_mut(index);
        let is_taken = |name: &str| before.iter().any(|other| other.name == name);
        let parameter = &mut rest[0];
        if is_taken(&parameter.name) {
            parameter.name = format!("{}_{}", parameter.name, parameter.location.as_str());
        }
        if is_taken(&parameter.name) {
            let message = format!(
                "parameter `{}` has no name of its own in Rust",
                parameter.api_name
            );
            return Err(Diagnostic::new(pointer, message).help("rename it with an overlay"));
        }
    }
    Ok(())
}
