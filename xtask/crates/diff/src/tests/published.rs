//! Checks on other documents that GitBook has published. `cargo test -p openapi-diff --lib
//! published -- --ignored` downloads them from npm.

use gitbook_spec::{normalize::normalize, published};
use serde_json::Value;

use super::super::compare::compare;
use super::named;
use super::whole::{exchanged, modern};

/// Documents of OpenAPI 3.0.3 and 3.1.0.
const OLDER: &[&str] = &["0.137.0", "0.143.2", "0.146.0"];
const NEWER: &[&str] = &["0.167.0", "0.181.0", "0.201.0", "0.202.0"];

/// Returns a published document in OpenAPI 3.0.3.
fn load(version: &str) -> Value {
    let document = published::document(version).unwrap();
    normalize(document).unwrap().document
}

fn assert_same(base: &Value, head: &Value, version: &str) {
    let edits = compare(base, head);
    let edits: Vec<_> = edits.iter().map(named).take(10).collect();
    assert_eq!(edits, [], "{version}");
}

#[test]
#[ignore = "needs the network"]
fn each_document_is_its_own_3_0_form() {
    for version in NEWER {
        let document = load(version);
        let again = normalize(document.clone()).unwrap().document;
        assert_same(&document, &again, version);
    }
}

#[test]
#[ignore = "needs the network"]
fn each_document_is_its_own_3_1_form() {
    for version in OLDER.iter().chain(NEWER) {
        let document = load(version);
        let again = normalize(modern(&document)).unwrap().document;
        assert_same(&document, &again, version);
    }
}

#[test]
#[ignore = "needs the network"]
fn edits_between_versions_are_mirrored() {
    let documents: Vec<Value> = OLDER
        .iter()
        .chain(NEWER)
        .map(|version| load(version))
        .collect();
    for pair in documents.windows(2) {
        let (there, back) = (compare(&pair[0], &pair[1]), compare(&pair[1], &pair[0]));
        assert_eq!(exchanged(&there, false), exchanged(&back, true));
    }
}
