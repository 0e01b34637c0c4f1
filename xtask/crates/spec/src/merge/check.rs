//! Checks the merged document.

use std::collections::HashMap;

use gitbook_api_codegen::{
    Diagnostic,
    document::{escape, lookup},
    walk::{Node, is_method, walk},
};
use serde_json::Value;

use super::paths;

/// Returns all duplicate `operationId`s and dangling references of `document`. `owner` returns the
/// name of the source of the node at a pointer.
pub(super) fn check<'a>(
    document: &Value,
    owner: impl Fn(&str) -> Option<&'a str>,
) -> Vec<Diagnostic> {
    let mut diagnostics = duplicate_operation_ids(document);
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, pointer, node| {
            for reference in references(node) {
                if lookup(document, reference).is_some() {
                    continue;
                }
                let by = owner(pointer)
                    .map(|owner| format!(" by {owner}"))
                    .unwrap_or_default();
                diagnostics.push(
                    Diagnostic::new(
                        pointer,
                        format!("no source defines {reference}, which is referenced here{by}"),
                    )
                    .help("add a source that defines it, or correct the reference in the source"),
                );
            }
        },
    );
    diagnostics
}

fn references(node: &Value) -> impl Iterator<Item = &str> {
    let mapping = node
        .pointer("/discriminator/mapping")
        .and_then(Value::as_object);
    let mapped = mapping
        .into_iter()
        .flatten()
        .filter_map(|(_, target)| target.as_str());
    // The value of a mapping may also be a schema name.
    let mapped = mapped.filter(|target| target.starts_with('#'));
    node.get("$ref")
        .and_then(Value::as_str)
        .into_iter()
        .chain(mapped)
}

fn duplicate_operation_ids(document: &Value) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, String> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (path, item) in paths::items(document) {
        for (method, operation) in item.iter().filter(|(key, _)| is_method(key)) {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let here = format!("{method} {path}");
            let Some(first) = seen.get(id) else {
                seen.insert(id, here);
                continue;
            };
            diagnostics.push(
                Diagnostic::new(
                    format!("/paths/{}/{method}/operationId", escape(path)),
                    format!("{id} is the operationId of both {first} and {here}"),
                )
                .help("remove the outdated operation from its source, or rename one of the two"),
            );
        }
    }
    diagnostics
}
