//! Tests of all rules, on small documents and on the real one.

mod crates;
mod edits;
mod examples;
mod maps;
mod mutations;
mod nodes;
mod operation_edits;
mod places;
mod published;
mod reading;
mod renames;
mod report;
mod servers;
mod verdicts;
mod whole;

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use super::compare::Edit;

/// The document that GitBook publishes.
static PUBLISHED: LazyLock<Value> = LazyLock::new(|| {
    let fragment = "../../../spec/fragments/gitbook-api/openapi.yaml";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(fragment);
    gitbook_spec::read::read(&path).unwrap()
});

/// The same document in OpenAPI 3.0.3.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    gitbook_spec::normalize::normalize(PUBLISHED.clone())
        .unwrap()
        .document
});

/// Returns the rule and the location of an edit.
fn named(edit: &Edit) -> (String, String) {
    let side = edit.head.as_ref().or(edit.base.as_ref()).unwrap();
    (edit.rule.id.to_owned(), side.pointer.clone())
}
