//! What the other stages need to know of each operation, as data.

mod body;
mod paging;
mod parameter;
mod responses;

use std::collections::HashMap;

use serde_json::Value;

use crate::document::escape;
use crate::group::Groups;
use crate::lower::{Leaf, Lowered};
use crate::names::{builder_name, method_name};
use crate::reach::GroupSet;
use crate::{Diagnostic, Diagnostics};

pub use body::{Body, Format, Part};
pub use paging::{Count, Field, Paging};
pub use parameter::{Location, Parameter};
pub use responses::{Content, Output, Response};

/// The methods of OpenAPI 3.0 path items, in the order in which operations are listed.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// One operation of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The `operationId`.
    pub id: String,
    /// The `operationId` in snake case: the name of its method, unless that is a keyword.
    pub name: String,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template, with the names of parameters as the document has them.
    pub path: String,
    /// The tags, in order.
    pub tags: Vec<String>,
    /// The API group: the Cargo feature that it is part of.
    pub group: String,
    /// The OAuth scopes that the operation asks for, each once.
    pub scopes: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is `x-internal`.
    pub internal: bool,
    /// Other words to find it by (`x-aliases`).
    pub aliases: Vec<String>,
    /// The summary, empty when there is none.
    pub summary: String,
    /// The description, empty when there is none.
    pub description: String,
    /// The parameters of the path item and the operation, with references resolved.
    pub parameters: Vec<Parameter>,
    /// What is sent, if anything.
    pub body: Option<Body>,
    /// The documented responses that mean success, by status.
    pub responses: Vec<Response>,
    /// How to get from one page of results to the next, if there are pages.
    pub paging: Option<Paging>,
}

impl Operation {
    /// Returns the name of the builder of the operation.
    pub fn builder(&self) -> String {
        builder_name(&self.name)
    }

    /// Returns the name of the constant that describes the operation.
    pub fn constant(&self) -> String {
        self.name.to_uppercase()
    }

    /// Returns the groups that it is part of: its own.
    pub(crate) fn groups(&self) -> GroupSet {
        GroupSet::from([self.group.clone()])
    }

    /// Returns the JSON pointer of the operation.
    pub fn pointer(&self) -> String {
        format!(
            "#/paths/{}/{}",
            escape(&self.path),
            self.method.to_ascii_lowercase()
        )
    }

    /// Returns the required parameters in the order in which the method takes them: those of the path
    /// as they stand there, then the others in the order of the document.
    pub fn required_parameters(&self) -> Vec<&Parameter> {
        let mut required: Vec<&Parameter> =
            self.parameters.iter().filter(|it| it.required).collect();
        required.sort_by_key(|parameter| match parameter.location {
            Location::Path => self.path.find(&format!("{{{}}}", parameter.api_name)),
            Location::Query | Location::Header => Some(usize::MAX),
        });
        required
    }

    /// Returns the first response with a JSON or event body, or else the first.
    pub fn primary_response(&self) -> Option<&Response> {
        let has_schema = |response: &&Response| {
            matches!(response.content, Content::Json(_) | Content::Events(_))
        };
        let mut responses = self.responses.iter();
        responses.find(has_schema).or(self.responses.first())
    }

    /// Returns whether only clients with the feature `multipart` have it.
    pub fn is_multipart(&self) -> bool {
        is_multipart(self.body.as_ref())
    }

    /// Returns the distinct schemas of what responses carry, in order of status.
    pub fn response_schemas(&self) -> Vec<&Leaf> {
        let mut schemas = Vec::new();
        for response in &self.responses {
            if let Content::Json(schema) | Content::Events(schema) = &response.content
                && !schemas.contains(&schema)
            {
                schemas.push(schema);
            }
        }
        schemas
    }
}

/// Lists the operations of a document in its order.
///
/// # Errors
/// Returns [`Diagnostics`] of the nodes that no request can be made of: dangling references, path
/// parameters that the path lacks, missing or repeated `operationId`s, bodies of no media type.
pub fn operations(lowered: &Lowered<'_>) -> Result<Vec<Operation>, Diagnostics> {
    let document = lowered.document;
    let mut operations = Vec::new();
    let mut found = Vec::new();
    let mut builders: HashMap<String, String> = HashMap::new();
    let groups = Groups::new(document);
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let pointer = format!("/paths/{}", escape(path));
        if path.starts_with("x-") {
            continue;
        }
        if let Err(diagnostic) = check_item(path, item, &pointer) {
            found.push(diagnostic);
            continue;
        }
        for method in METHODS {
            let Some(node) = item.get(method) else {
                continue;
            };
            let pointer = format!("{pointer}/{method}");
            let place = Place {
                lowered,
                document,
                path,
                item,
                method,
                node,
                pointer,
            };
            let operation = match operation(&place, &groups) {
                Ok(operation) => operation,
                Err(diagnostics) => {
                    found.extend(diagnostics);
                    continue;
                }
            };
            if let Some(other) = builders.insert(operation.builder(), operation.id.clone()) {
                let message = format!(
                    "operation `{}` and operation `{other}` would be the same method",
                    operation.id
                );
                let help = "rename one with an overlay";
                found.push(Diagnostic::new(place.pointer, message).help(help));
            }
            operations.push(operation);
        }
    }
    Diagnostics::check(found)?;
    Ok(operations)
}

fn check_item(path: &str, item: &Value, pointer: &str) -> Result<(), Diagnostic> {
    if !item.is_object() || item.get("$ref").is_some() {
        return Err(
            Diagnostic::new(pointer, "a path item must be an object here")
                .help("put the referenced path item in its place"),
        );
    }
    if !path.starts_with('/') {
        return Err(Diagnostic::new(pointer, "a path must begin with a slash"));
    }
    Ok(())
}

/// An operation's node and what surrounds it.
struct Place<'a> {
    lowered: &'a Lowered<'a>,
    document: &'a Value,
    path: &'a str,
    item: &'a Value,
    method: &'a str,
    node: &'a Value,
    pointer: String,
}

fn operation(place: &Place<'_>, groups: &Groups<'_>) -> Result<Operation, Diagnostics> {
    let Place {
        document,
        path,
        node,
        ..
    } = place;
    let parameters = parameter::parameters(place);
    let responses = responses::successes(place).map_err(Diagnostics::from);
    let body = body::body(place).map_err(Diagnostics::from);
    let parts = Diagnostics::both(Diagnostics::both(parameters, responses), body);
    let parts = parts.map_err(
        |found| match node.get("operationId").and_then(Value::as_str) {
            Some(id) => found.about(id),
            None => found,
        },
    );
    let (id, parts) = Diagnostics::both(id(place), parts)?;
    let ((parameters, responses), body) = parts;
    let paging = paging::paging(place.lowered, &parameters, &responses);
    // Each page would need another form.
    let paging = paging.filter(|_| !is_multipart(body.as_ref()));
    Ok(Operation {
        name: method_name(id),
        id: id.to_owned(),
        method: place.method.to_ascii_uppercase(),
        path: (*path).to_owned(),
        tags: strings(node.get("tags")),
        group: groups.of(path, node),
        scopes: scopes(document, node),
        deprecated: flag(node, "deprecated"),
        internal: flag(node, "x-internal"),
        aliases: aliases(node),
        summary: text(node, "summary"),
        description: text(node, "description"),
        body,
        paging,
        parameters,
        responses,
    })
}

/// Returns the `operationId`. Fails if there is none, or the operation is not sent where it should be.
fn id<'a>(place: &Place<'a>) -> Result<&'a str, Diagnostics> {
    let Place {
        document,
        item,
        node,
        pointer,
        ..
    } = place;
    let mut found = Vec::new();
    let own = servers(node.get("servers").or_else(|| item.get("servers")));
    if !own.is_empty() && own != servers(document.get("servers")) {
        let message = "this operation has servers of its own, and all are sent to the client's";
        found.push(Diagnostic::new(pointer, message).help("remove `servers` with an overlay"));
    }
    let id = node.get("operationId").and_then(Value::as_str);
    let id = id.filter(|id| id.contains(|c: char| c.is_ascii_alphabetic()));
    if id.is_none() {
        let message = "this operation has no usable operationId";
        found.push(Diagnostic::new(pointer, message));
    }
    Diagnostics::check(found)?;
    Ok(id.unwrap_or_default())
}

/// Returns the URLs of servers, without slashes at the end, and the variables in them.
fn servers(list: Option<&Value>) -> Vec<(&str, Option<&Value>)> {
    let servers = list.and_then(Value::as_array).into_iter().flatten();
    let urls = servers.filter_map(|server| {
        let url = server.get("url")?.as_str()?;
        Some((url.trim_end_matches('/'), server.get("variables")))
    });
    urls.collect()
}

/// Returns the words of `x-aliases` that rustdoc accepts.
fn aliases(node: &Value) -> Vec<String> {
    let words = node.get("x-aliases").and_then(Value::as_array);
    let words = words.into_iter().flatten().filter_map(Value::as_str);
    let is_word = |word: &&str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    words.filter(is_word).map(str::to_owned).collect()
}

/// Returns the scopes of every OAuth scheme among the security requirements, own ones before the
/// document's.
fn scopes(document: &Value, node: &Value) -> Vec<String> {
    let requirements = node.get("security").or_else(|| document.get("security"));
    let requirements = requirements.and_then(Value::as_array);
    let mut scopes = Vec::new();
    let schemes = requirements
        .into_iter()
        .flatten()
        .filter_map(Value::as_object);
    for scope in schemes
        .flat_map(|schemes| schemes.values())
        .flat_map(|list| strings(Some(list)))
    {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes
}

fn is_multipart(body: Option<&Body>) -> bool {
    body.is_some_and(|body| matches!(body.format, Format::Multipart(_)))
}

fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    name == "application/json" || name.ends_with("+json")
}

fn strings(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn flag(node: &Value, key: &str) -> bool {
    node.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn text(node: &Value, key: &str) -> String {
    node.get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
