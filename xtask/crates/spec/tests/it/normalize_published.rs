//! Normalizing keeps the properties of GitBook's published document.

use gitbook_api_codegen::walk::{Node, walk};
use gitbook_spec::normalize::normalize;
use serde_json::{Value, json};

#[test]
fn no_property_of_any_schema_is_lost() {
    let before = crate::common::published_document();
    let after = normalize(before.clone())
        .expect("the published document normalizes")
        .document;
    let (expected, found) = (properties(&before), properties(&after));
    let missing: Vec<_> = expected
        .iter()
        .filter(|pointer| !found.contains(*pointer))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    for name in ["$schema", "schemas", "type", "default"] {
        let named = |pointers: &[String]| {
            pointers
                .iter()
                .filter(|pointer| pointer.ends_with(&format!("/properties/{name}")))
                .count()
        };
        assert_eq!(
            named(&expected),
            named(&found),
            "properties called `{name}`"
        );
        assert!(named(&found) > 0, "GitBook has properties called `{name}`");
    }
    println!(
        "{} properties before, {} after",
        expected.len(),
        found.len()
    );
}

#[test]
fn normalizing_twice_changes_nothing_more() {
    let once =
        normalize(crate::common::published_document()).expect("the published document normalizes");
    let twice = normalize(once.document.clone()).expect("what is normalized normalizes");
    assert!(twice.lossy.is_empty(), "{:?}", twice.lossy);
    assert!(
        twice.document == once.document,
        "the second time changed the document"
    );
}

#[test]
fn nothing_of_the_published_document_is_beyond_openapi_3_0_3() {
    let normalized =
        normalize(crate::common::published_document()).expect("the document normalizes");
    assert_eq!(normalized.lossy, []);
    assert_eq!(normalized.document["openapi"], json!("3.0.3"));
}

/// Returns the location of every property of every object schema.
fn properties(document: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            let properties = value.get("properties").and_then(Value::as_object);
            for name in properties
                .filter(|_| node == Node::Schema)
                .into_iter()
                .flat_map(|map| map.keys())
            {
                pointers.push(format!("{pointer}/properties/{name}"));
            }
        },
    );
    pointers.sort();
    pointers
}
