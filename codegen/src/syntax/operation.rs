//! Operations.

use serde_json::Value;

use super::body::{self, Body};
use super::parameter::{self, Location, Parameter};
use super::response::{self, Response};
use super::{Origin, Owner, Schema, flag, resolved, strings, text};
use crate::document::{Diagnostic, Diagnostics, escape};
use crate::group::Groups;
use crate::names::{capitalize, status_name, variant_name};
use crate::walk::METHODS;

/// An operation, whose schemas are `S`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation<S> {
    /// The `operationId`.
    pub id: String,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template, with the names of parameters as the document has them.
    pub path: String,
    /// The tags, in order.
    pub tags: Vec<String>,
    /// The API group: the Cargo feature that it is part of.
    pub group: String,
    /// The OAuth scopes that the operation needs, each once.
    pub scopes: Vec<String>,
    /// Set if it is deprecated.
    pub deprecated: bool,
    /// Set if it is `x-internal`.
    pub internal: bool,
    /// Other words to find it by (`x-aliases`).
    pub aliases: Vec<String>,
    /// The summary, empty when there is none.
    pub summary: String,
    /// The description, empty when there is none.
    pub description: String,
    /// The parameters of the path item and the operation, where the operation's own come first.
    pub parameters: Vec<Parameter<S>>,
    /// The body, if there is one.
    pub body: Option<Body<S>>,
    /// The responses with a 2xx status in order of status; `default` only when there are none.
    pub responses: Vec<Response<S>>,
    /// The JSON pointer of the operation.
    pub pointer: String,
}

/// Reads the operations of a document, in its order.
pub(super) fn operations(document: &Value, found: &mut Vec<Diagnostic>) -> Vec<Operation<Schema>> {
    let groups = Groups::new(document);
    let mut operations = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        let pointer = format!("/paths/{}", escape(path));
        if let Err(diagnostic) = check_item(path, item, &pointer) {
            found.push(diagnostic);
            continue;
        }
        for method in METHODS {
            let Some(node) = item.get(method) else {
                continue;
            };
            let context = OperationContext {
                document,
                path,
                item,
                method,
                node,
                pointer: format!("{pointer}/{method}"),
            };
            let mut own = Vec::new();
            let operation = operation(&context, &groups, &mut own);
            if let Some(id) = node.get("operationId").and_then(Value::as_str) {
                for diagnostic in &mut own {
                    diagnostic.message = format!("operation `{id}`: {}", diagnostic.message);
                }
            }
            found.extend(own);
            match operation {
                Ok(operation) => operations.push(operation),
                Err(diagnostics) => found.extend(diagnostics),
            }
        }
    }
    operations
}

fn check_item(path: &str, item: &Value, pointer: &str) -> Result<(), Diagnostic> {
    if !item.is_object() || item.get("$ref").is_some() {
        return Err(
            Diagnostic::new(pointer, "a path item must be an object here")
                .help("put the referenced path item in its place"),
        );
    }
    if !path.starts_with('/') {
        let help = format!("with an overlay, write `/{path}` under `paths`");
        return Err(Diagnostic::new(pointer, "a path must begin with a slash").help(help));
    }
    Ok(())
}

/// The node of an operation and its context.
struct OperationContext<'a> {
    document: &'a Value,
    path: &'a str,
    item: &'a Value,
    method: &'a str,
    node: &'a Value,
    pointer: String,
}

fn operation(
    context: &OperationContext<'_>,
    groups: &Groups<'_>,
    found: &mut Vec<Diagnostic>,
) -> Result<Operation<Schema>, Diagnostics> {
    let OperationContext {
        document,
        path,
        node,
        pointer,
        ..
    } = context;
    let parameters = parameters(context, found);
    let responses = successes(context, found);
    let body = request_body(context, found);
    let id = id(context)?;
    Ok(Operation {
        id: id.to_owned(),
        method: context.method.to_ascii_uppercase(),
        path: (*path).to_owned(),
        tags: strings(node.get("tags")),
        group: groups.of(path, node),
        scopes: scopes(document, node),
        deprecated: flag(node, "deprecated"),
        internal: flag(node, "x-internal"),
        aliases: aliases(node),
        summary: text(node, "summary"),
        description: text(node, "description"),
        parameters,
        body,
        responses,
        pointer: pointer.clone(),
    })
}

/// Returns the `operationId`, or nothing.
fn operation_id(node: &Value) -> &str {
    let id = node.get("operationId").and_then(Value::as_str);
    id.unwrap_or_default()
}

/// Reads the parameters of a path item and its operation, where the operation's own come first.
fn parameters(
    context: &OperationContext<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Parameter<Schema>> {
    let OperationContext {
        document,
        item,
        node,
        pointer,
        ..
    } = context;
    // Parameters of a path item are named after its first operation.
    let first = METHODS.iter().find_map(|method| {
        let id = item.get(method)?.get("operationId")?.as_str()?;
        Some(capitalize(id))
    });
    let (of_item, _) = pointer.rsplit_once('/').unwrap_or((pointer, ""));
    let name = variant_name(&capitalize(operation_id(node)));
    let first = first.unwrap_or_default();
    let mut all = parameter::parameters(document, node, pointer, &name, found);
    all.extend(parameter::parameters(
        document, item, of_item, &first, found,
    ));
    let mut parameters: Vec<Parameter<Schema>> = Vec::new();
    for parameter in all {
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
    found.extend(parameter::complete(context.path, &mut parameters, pointer).err());
    parameters
}

fn request_body(
    context: &OperationContext<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Body<Schema>> {
    let OperationContext {
        document,
        node,
        pointer,
        ..
    } = context;
    let body = node.get("requestBody")?;
    let id = operation_id(node);
    let pointer = format!("{pointer}/requestBody");
    let own = Owner {
        name: format!("{}Request", variant_name(&capitalize(id))),
        origin: Origin::Body {
            operation: id.to_owned(),
        },
    };
    let read = resolved(document, body, &pointer, "requestBodies", own)
        .and_then(|(node, at, owner)| body::body(node, &at, owner, found));
    read.map_err(|diagnostic| found.push(diagnostic)).ok()
}

/// Reads the responses with a 2xx status in order of status; `default` only when there are none.
fn successes(context: &OperationContext<'_>, found: &mut Vec<Diagnostic>) -> Vec<Response<Schema>> {
    let OperationContext {
        document,
        node,
        pointer,
        ..
    } = context;
    let id = operation_id(node);
    let responses = node.get("responses").and_then(Value::as_object);
    let mut successes = Vec::new();
    let mut default = None;
    let mut first: Option<&Value> = None;
    for (status, node) in responses.into_iter().flatten() {
        if status.starts_with("x-") {
            continue;
        }
        let is_exact = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
        if !is_exact && status != "default" && !is_range(status) {
            let message = format!("invalid HTTP status `{status}`");
            found.push(Diagnostic::new(format!("{pointer}/responses"), message).help(
                "with an overlay, write three digits such as `200`, a range such as `2XX`, or `default`",
            ));
            continue;
        }
        // Errors share one type of the client.
        if !status.starts_with('2') && status != "default" {
            continue;
        }
        let code = is_exact.then(|| status.parse().ok()).flatten();
        // If the responses of one operation differ, their types are named after the status.
        let name = variant_name(&capitalize(id));
        let content = node.get("content");
        let own = Owner {
            name: if first.is_none() || first == content {
                format!("{name}Response")
            } else {
                format!("{name}{}Response", status_name(code))
            },
            origin: Origin::Response {
                operation: id.to_owned(),
                status: status.clone(),
            },
        };
        first = first.or(content);
        let pointer = format!("{pointer}/responses/{status}");
        let read = resolved(document, node, &pointer, "responses", own);
        match read {
            Err(diagnostic) => found.push(diagnostic),
            Ok((node, at, owner)) => {
                let response = response::response(code, node, &at, owner, found);
                if status == "default" {
                    default = Some(response);
                } else {
                    successes.push(response);
                }
            }
        }
    }
    successes.sort_by_key(|response| response.status.unwrap_or(u16::MAX));
    if successes.is_empty() {
        successes.extend(default);
    }
    successes
}

fn is_range(status: &str) -> bool {
    matches!(status.as_bytes(), [b'1'..=b'5', b'X' | b'x', b'X' | b'x'])
}

/// Returns the `operationId`. Fails if there is none, or if the operation has `servers`.
fn id<'a>(context: &OperationContext<'a>) -> Result<&'a str, Diagnostics> {
    let OperationContext {
        document,
        item,
        node,
        pointer,
        ..
    } = context;
    let mut found = Vec::new();
    let own = servers(node.get("servers").or_else(|| item.get("servers")));
    if !own.is_empty() && own != servers(document.get("servers")) {
        let message = "`servers` of single operations are not supported";
        found.push(Diagnostic::new(pointer, message).help("remove `servers` with an overlay"));
    }
    let id = node.get("operationId").and_then(Value::as_str);
    let id = id.filter(|id| id.contains(|c: char| c.is_ascii_alphabetic()));
    if id.is_none() {
        let message = "this operation has no usable operationId";
        found.push(Diagnostic::new(pointer, message).help(
            "with an overlay, write an `operationId` with at least one ASCII letter, as `getSpace`, in the operation",
        ));
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
