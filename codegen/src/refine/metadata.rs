//! What is known about each operation before it is called.

use heck::ToShoutySnakeCase;
use proc_macro2::Ident;
use quote::format_ident;

use crate::fill::fill;
use crate::model::code;
use crate::operation::{Location, Operation};

/// The name of the constant that describes `operation`.
pub(super) fn constant(operation: &Operation) -> Ident {
    format_ident!("{}", operation.name.to_shouty_snake_case())
}

/// The table of all operations, which the macro `operations!` makes constants of.
pub(super) fn metadata(operations: &[Operation]) -> String {
    let rows = operations.iter().map(row);
    format!("operations! {{\n{}}}\n", rows.collect::<String>())
}

/// The id, how it is called, and what else there is to say about it.
fn row(operation: &Operation) -> String {
    let Operation {
        id, method, path, ..
    } = operation;
    let start = [
        format!("{}: {id:?}", constant(operation)),
        format!("{method:?} {path:?}"),
    ];
    let pieces: Vec<String> = start.into_iter().chain(facts(operation)).collect();
    fill(1, &separated(pieces))
}

/// Puts commas between the pieces of a row, and a semicolon at its end.
fn separated(mut pieces: Vec<String>) -> Vec<String> {
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter_mut().enumerate() {
        piece.push(if index == last { ';' } else { ',' });
    }
    pieces
}

fn facts(operation: &Operation) -> Vec<String> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let mut required: Vec<&String> = parameters.map(|parameter| &parameter.wire).collect();
    let body = "body".to_owned();
    if operation.body.as_ref().is_some_and(|body| body.required) {
        required.push(&body);
    }
    let lists = [
        ("tags", operation.tags.iter().collect()),
        ("scopes", operation.scopes.iter().collect()),
        ("required", required),
    ];
    let lists = lists
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(name, list)| format!("{name}: &{list:?}"));
    let flags = [
        ("deprecated", operation.deprecated),
        ("internal", operation.internal),
    ];
    let flags = flags
        .into_iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(name, _)| format!("{name}: true"));
    lists.chain(flags).chain(checks(operation)).collect()
}

/// What is checked of the parameters and of a body that does not check itself.
fn checks(operation: &Operation) -> Option<String> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let place = match parameter.location {
            Location::Path => "Path",
            Location::Query => "Query",
            Location::Header => "Header",
        };
        (place, parameter.wire.as_str(), &parameter.assertions)
    });
    let body = operation
        .body
        .iter()
        .map(|body| ("Body", "body", &body.assertions));
    let checks = parameters
        .chain(body)
        .filter(|(.., assertions)| !assertions.is_empty());
    let checks: Vec<String> = checks
        .map(|(place, name, assertions)| format!("({place}, {name:?}, &[{}])", code(assertions)))
        .collect();
    (!checks.is_empty()).then(|| format!("checks: Checks(&[{}])", checks.join(", ")))
}
