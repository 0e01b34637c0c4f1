//! The parameters of an operation.

use serde_json::{Value, json};

use super::{Place, flag, text};
use crate::document::resolve;
use crate::model::{Assertion, assertions};
use crate::names::parameter_name;
use crate::{Diagnostic, Diagnostics};

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
}

impl Location {
    /// The name of the location in the document.
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
    pub schema: Value,
    /// What is asked of its values.
    pub assertions: Vec<Assertion>,
}

/// The parameters of a path item and its operation, where the operation's own come first.
pub(super) fn parameters(place: &Place<'_>) -> Result<Vec<Parameter>, Diagnostics> {
    let Place {
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
        let parameter = resolve(document, node).and_then(|it| parameter(document, it, &pointer));
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
    found.extend(complete(path, &mut parameters, pointer).err());
    found.extend(distinguish(&mut parameters, pointer).err());
    Diagnostics::check(found)?;
    Ok(parameters)
}

fn parameter(document: &Value, node: &Value, pointer: &str) -> Result<Parameter, Diagnostic> {
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
    let schema = node.get("schema").unwrap_or(&Value::Null);
    let explode = node.get("explode").and_then(Value::as_bool);
    Ok(Parameter {
        name: parameter_name(&api_name),
        required: location == Location::Path || flag(node, "required"),
        deprecated: flag(node, "deprecated"),
        explode: explode.unwrap_or(location == Location::Query),
        description: text(node, "description"),
        default: resolve(document, schema)?.get("default").cloned(),
        assertions: asked(document, schema)?,
        schema: plain(document, schema, true)?,
        api_name,
        location,
    })
}

/// The schema of a value that stands in a path, a query or a header.
fn plain(document: &Value, schema: &Value, list: bool) -> Result<Value, Diagnostic> {
    let target = resolve(document, schema)?;
    let kind = target.get("type").and_then(Value::as_str);
    Ok(match kind {
        Some("array") if list => {
            let items = target.get("items").unwrap_or(&Value::Null);
            json!({"type": "array", "items": plain(document, items, false)?})
        }
        Some("string") if target.get("enum").is_some() && schema.get("$ref").is_some() => {
            json!({"$ref": schema["$ref"]})
        }
        Some("string") => match target.get("format").and_then(Value::as_str) {
            Some(format @ ("date" | "date-time")) => json!({"type": "string", "format": format}),
            _ => json!({"type": "string"}),
        },
        Some(kind @ ("integer" | "number" | "boolean")) => json!({"type": kind}),
        _ => json!({"type": "string"}),
    })
}

/// What is asked of the values of a parameter; of what is sent as some text, only if it is text.
fn asked(document: &Value, schema: &Value) -> Result<Vec<Assertion>, Diagnostic> {
    let kind = |schema| -> Result<Option<&str>, Diagnostic> {
        let target = resolve(document, schema)?;
        Ok(target.get("type").and_then(Value::as_str))
    };
    let is_scalar = |kind: Option<&str>| !matches!(kind, None | Some("array" | "object"));
    let item = resolve(document, schema)?.get("items");
    let is_checked = match (kind(schema)?, item) {
        (Some("array"), Some(item)) => is_scalar(kind(item)?),
        (kind, _) => is_scalar(kind),
    };
    Ok(match is_checked {
        true => assertions(document, schema),
        false => Vec::new(),
    })
}

/// Adds the path parameters that the document forgot to describe, as text.
fn complete(path: &str, parameters: &mut Vec<Parameter>, pointer: &str) -> Result<(), Diagnostic> {
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
            let node = json!({"name": name, "in": "path", "schema": {"type": "string"}});
            parameters.push(parameter(&node, &node, pointer)?);
        }
    }
    Ok(())
}

/// The names between the braces of a path, or nothing when the braces are not in pairs.
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
