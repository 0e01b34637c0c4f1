//! What is known about each operation before it is called.

use heck::ToShoutySnakeCase;
use proc_macro2::Ident;
use quote::format_ident;

use crate::operation::Operation;

/// The name of the constant that describes `operation`.
pub(super) fn constant(operation: &Operation) -> Ident {
    format_ident!("{}", operation.name.to_shouty_snake_case())
}

/// The table of all operations, which the macro `operations!` makes constants of.
pub(super) fn metadata(operations: &[Operation]) -> String {
    let rows = operations.iter().map(row);
    format!("operations! {{\n{}}}\n", rows.collect::<String>())
}

/// What calls it, and below what else there is to say about it.
fn row(operation: &Operation) -> String {
    let Operation {
        id, method, path, ..
    } = operation;
    let head = format!("    {}: {method:?} {path:?} {id:?}", constant(operation));
    let facts = facts(operation);
    match facts.is_empty() {
        true => format!("{head};\n"),
        false => format!("{head},\n        {};\n", lines(&facts).join(",\n        ")),
    }
}

/// As many facts in a line as fit.
fn lines(facts: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if line.len() + fact.len() < 88 => line.push_str(&format!(", {fact}")),
            _ => lines.push(fact.clone()),
        }
    }
    lines
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
        .filter_map(|(name, is_set)| is_set.then(|| format!("{name}: true")));
    lists.chain(flags).collect()
}
