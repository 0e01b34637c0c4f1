//! The parameters of an operation.

use heck::ToSnakeCase;
use serde_json::{Value, json};

use super::{flag, text};
use crate::Problem;
use crate::document::resolve;

/// Names that the builder of an operation needs for itself.
const RESERVED: [&str; 7] = [
    "body",
    "send",
    "pages",
    "stream",
    "new",
    "clone",
    "into_call",
];

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
    /// Its name on the wire.
    pub wire: String,
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
}

/// The parameters of a path item and its operation, where the operation's own come first.
pub(super) fn parameters(
    document: &Value,
    path: &str,
    item: &Value,
    operation: &Value,
    pointer: &str,
) -> Result<Vec<Parameter>, Problem> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let lists = [operation, item].map(|node| node.get("parameters").and_then(Value::as_array));
    for node in lists.into_iter().flatten().flatten() {
        let parameter = parameter(document, resolve(document, node)?, pointer)?;
        let is_known = parameters
            .iter()
            .any(|known| (known.location, &known.wire) == (parameter.location, &parameter.wire));
        // Servers set these from what the request itself is: OpenAPI says to ignore them.
        let is_ignored = parameter.location == Location::Header
            && ["accept", "content-type", "authorization"]
                .contains(&parameter.wire.to_ascii_lowercase().as_str());
        if !is_known && !is_ignored {
            parameters.push(parameter);
        }
    }
    check_path(path, &parameters, pointer)?;
    distinguish(&mut parameters, pointer)?;
    Ok(parameters)
}

fn parameter(document: &Value, node: &Value, pointer: &str) -> Result<Parameter, Problem> {
    let wire = text(node, "name");
    let location = match node.get("in").and_then(Value::as_str) {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        _ => {
            let message = format!("parameter `{wire}` is not in the path, the query or a header");
            return Err(Problem::new(pointer, message).help("remove it with an overlay"));
        }
    };
    let style = node.get("style").and_then(Value::as_str);
    let usual = match location {
        Location::Query => "form",
        Location::Path | Location::Header => "simple",
    };
    if let Some(style) = style.filter(|style| *style != usual) {
        let message =
            format!("parameter `{wire}` has style `{style}`, only `{usual}` is supported");
        return Err(Problem::new(pointer, message));
    }
    let schema = node.get("schema").unwrap_or(&Value::Null);
    let explode = node.get("explode").and_then(Value::as_bool);
    Ok(Parameter {
        name: snake(&wire),
        required: location == Location::Path || flag(node, "required"),
        deprecated: flag(node, "deprecated"),
        explode: explode.unwrap_or(location == Location::Query),
        description: text(node, "description"),
        default: resolve(document, schema)?.get("default").cloned(),
        schema: plain(document, schema, true)?,
        wire,
        location,
    })
}

/// The schema of a value that stands in a path, a query or a header.
fn plain(document: &Value, schema: &Value, list: bool) -> Result<Value, Problem> {
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

/// The path and its parameters must name each other.
fn check_path(path: &str, parameters: &[Parameter], pointer: &str) -> Result<(), Problem> {
    let mut named = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let unbalanced = || {
            Problem::new(
                pointer,
                format!("the braces of path `{path}` are not in pairs"),
            )
        };
        let inside = rest[at..].strip_prefix('{').ok_or_else(unbalanced)?;
        let (name, after) = inside.split_once('}').ok_or_else(unbalanced)?;
        if name.is_empty() || name.contains('{') || named.contains(&name) {
            return Err(unbalanced());
        }
        named.push(name);
        rest = after;
    }
    let mut declared = parameters.iter().filter(|p| p.location == Location::Path);
    if let Some(missing) = declared.find(|parameter| !named.contains(&parameter.wire.as_str())) {
        let message = format!("path parameter `{}` is not in path `{path}`", missing.wire);
        return Err(Problem::new(pointer, message));
    }
    let is_declared = |name: &&&str| {
        parameters
            .iter()
            .any(|p| p.location == Location::Path && p.wire == **name)
    };
    match named.iter().find(|name| !is_declared(name)) {
        Some(name) => {
            let message = format!("path parameter `{name}` of path `{path}` is not described");
            Err(Problem::new(pointer, message).help("describe it among the parameters"))
        }
        None => Ok(()),
    }
}

/// Gives parameters that would have the same setter distinct names.
fn distinguish(parameters: &mut [Parameter], pointer: &str) -> Result<(), Problem> {
    for index in 0..parameters.len() {
        let (before, rest) = parameters.split_at_mut(index);
        let is_taken = |name: &str| before.iter().any(|other| other.name == name);
        let parameter = &mut rest[0];
        if RESERVED.contains(&parameter.name.as_str()) {
            parameter.name.push_str("_param");
        }
        if is_taken(&parameter.name) {
            parameter.name = format!("{}_{}", parameter.name, parameter.location.as_str());
        }
        if is_taken(&parameter.name) {
            let message = format!(
                "parameter `{}` has no name of its own in Rust",
                parameter.wire
            );
            return Err(Problem::new(pointer, message).help("rename it with an overlay"));
        }
    }
    Ok(())
}

/// A name in snake case that progenitor leaves as it is, but for an underscore after keywords.
pub(super) fn snake(name: &str) -> String {
    let words: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let snake = words.to_snake_case();
    match snake.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => snake,
        _ => format!("x_{snake}").trim_end_matches('_').to_owned(),
    }
}
