//! Parameters.

use serde_json::{Value, json};

use super::{Origin, Owner, Schema, flag, resolved, text};
use crate::document::{Diagnostic, escape};
use crate::names::{capitalize, variant_name};

/// The location of a parameter.
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

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter<S> {
    /// Its name in the API.
    pub api_name: String,
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
    /// The schema, if it has one.
    pub schema: Option<S>,
    /// The owner of its schema.
    pub owner: Owner,
    /// The JSON pointer of the parameter.
    pub pointer: String,
}

/// Reads the parameters of a path item or of an operation. The types of their schemas are named after
/// `owner`.
pub(super) fn parameters(
    document: &Value,
    node: &Value,
    pointer: &str,
    owner: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Parameter<Schema>> {
    let mut parameters: Vec<Parameter<Schema>> = Vec::new();
    let list = node.get("parameters").and_then(Value::as_array);
    for (index, node) in list.into_iter().flatten().enumerate() {
        let pointer = format!("{pointer}/parameters/{index}");
        let name = variant_name(&capitalize(&text(node, "name")));
        let own = Owner {
            name: format!("{owner}{name}"),
            origin: Origin::Parameter {
                builder: owner.to_owned(),
            },
        };
        let read =
            resolved(document, node, &pointer, "parameters", own).and_then(|(node, at, owner)| {
                parameter(node, &at, owner, found).map_err(|error| Diagnostic {
                    pointer: format!("#{pointer}"),
                    ..error
                })
            });
        match read {
            Ok(parameter) => parameters.push(parameter),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    parameters
}

/// Reads the parameter `node` at `pointer`.
///
/// # Errors
/// Fails if the parameter cannot be sent as the document says.
pub(super) fn parameter(
    node: &Value,
    pointer: &str,
    owner: Owner,
    found: &mut Vec<Diagnostic>,
) -> Result<Parameter<Schema>, Diagnostic> {
    let api_name = text(node, "name");
    let refused =
        |message: String| Err(Diagnostic::new(pointer, message).help("remove it with an overlay"));
    let location = match node.get("in").and_then(Value::as_str) {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        Some("cookie") => {
            return refused(format!("cookie parameter `{api_name}` is not supported"));
        }
        _ => {
            return refused(format!(
                "parameter `{api_name}` is not in the path, the query or a header"
            ));
        }
    };
    if node.get("content").is_some() {
        let message = format!("parameter `{api_name}` is described by `content`");
        return Err(Diagnostic::new(pointer, message)
            .help("only `schema` is supported; describe it by one with an overlay"));
    }
    let style = node.get("style").and_then(Value::as_str);
    let usual = match location {
        Location::Query => "form",
        Location::Path | Location::Header => "simple",
    };
    if let Some(style) = style.filter(|style| *style != usual) {
        let message =
            format!("parameter `{api_name}` has style `{style}`, only `{usual}` is supported");
        let help = format!("with an overlay, remove `style` or write `style: {usual}`");
        return Err(Diagnostic::new(pointer, message).help(help));
    }
    let explode = node.get("explode").and_then(Value::as_bool);
    let schema = node.get("schema");
    let schema = schema.map(|it| Schema::read(it, &format!("{pointer}/schema"), found));
    Ok(Parameter {
        api_name,
        location,
        required: location == Location::Path || flag(node, "required"),
        deprecated: flag(node, "deprecated"),
        explode: explode.unwrap_or(location == Location::Query),
        description: text(node, "description"),
        schema,
        owner,
        pointer: pointer.to_owned(),
    })
}

/// Adds the path parameters that the document forgot to describe, as text.
///
/// # Errors
/// Fails if `path` is not a template, or does not have a parameter that is described.
pub(super) fn complete(
    path: &str,
    parameters: &mut Vec<Parameter<Schema>>,
    pointer: &str,
) -> Result<(), Diagnostic> {
    let named = template_names(path).ok_or_else(|| {
        Diagnostic::new(pointer, format!("`{path}` is not a path template")).help(
            "with an overlay, write each parameter as `{name}`, once, with a name that is not empty",
        )
    })?;
    let is_path = |parameter: &&Parameter<Schema>| parameter.location == Location::Path;
    let mut described = parameters.iter().filter(is_path);
    if let Some(extra) = described.find(|it| !named.contains(&it.api_name.as_str())) {
        let message = format!(
            "path parameter `{}` is not in path `{path}`",
            extra.api_name
        );
        let name = &extra.api_name;
        return Err(Diagnostic::new(pointer, message).help(format!(
            "with an overlay, write `{{{name}}}` in the path, or remove the parameter"
        )));
    }
    for name in named {
        let mut described = parameters.iter().filter(is_path);
        if described.any(|parameter| parameter.api_name == name) {
            continue;
        }
        let node = json!({"name": name, "in": "path", "schema": {"type": "string"}});
        let owner = Owner {
            name: String::new(),
            origin: Origin::Parameter {
                builder: String::new(),
            },
        };
        let pointer = format!("{pointer}/parameters/{}", escape(name));
        parameters.push(parameter(&node, &pointer, owner, &mut Vec::new())?);
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
