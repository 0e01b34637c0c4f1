//! Normalizing does not change which values are valid: a JSON Schema validator checks samples and
//! near misses of every component schema before and after.

use gitbook_api_codegen::walk::{Node, walk_mut};
use gitbook_spec::normalize::normalize;
use jsonschema::{Draft, Validator};
use rayon::prelude::*;
use schema_sample::{near_misses, samples};
use serde_json::{Value, json};

#[test]
fn every_schema_admits_the_same_values_before_and_after() {
    let before = crate::common::published_document();
    let after = normalize(before.clone())
        .expect("the published document normalizes")
        .document;
    let before_validator = validator(Draft::Draft202012, before.clone());
    let after_validator = validator(Draft::Draft4, draft_4(after));

    let schemas = before["components"]["schemas"].as_object();
    let counts = schemas
        .expect("an object")
        .iter()
        .par_bridge()
        .map(|(name, schema)| {
            let samples = samples(&before, schema);
            let misses: Vec<Value> = samples
                .iter()
                .take(2)
                .flat_map(|sample| near_misses(sample, 40))
                .collect();
            let mut admitted = 0;
            for value in samples.iter().chain(&misses) {
                let instance = json!({name: value});
                let verdict = before_validator.is_valid(&instance);
                assert_eq!(
                    verdict,
                    after_validator.is_valid(&instance),
                    "{name}: {value:#}"
                );
                admitted += usize::from(verdict);
            }
            (name, admitted, samples.len() + misses.len() - admitted)
        });
    let counts: Vec<(&String, usize, usize)> = counts.collect();
    let valid: usize = counts.iter().map(|(_, valid, _)| valid).sum();
    let invalid: usize = counts.iter().map(|(_, _, invalid)| invalid).sum();
    let barren = counts.iter().filter(|(_, valid, _)| *valid == 0);
    let mut barren: Vec<&String> = barren.map(|(name, ..)| *name).collect();
    println!("{valid} valid and {invalid} invalid values, no different verdict");
    // Two members of the first forbid properties that it requires; samples of the page in the second
    // are valid for several members of a `oneOf`.
    barren.retain(|name| !["DocumentInlineButton", "ContentLocationPage"].contains(&name.as_str()));
    assert!(barren.is_empty(), "no valid sample of {barren:?}");
    assert!(
        valid > 10_000 && invalid > 10_000,
        "{valid} valid, {invalid} invalid"
    );
}

/// Validates all component schemas, each as the schema of the property of its name: compiling them
/// together is much faster than one by one.
///
/// Formats are removed: which of them a validator checks depends on the draft, and normalizing does
/// not change them.
fn validator(draft: Draft, mut document: Value) -> Validator {
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("an object");
    document["properties"] = schemas
        .keys()
        .map(|name| {
            (
                name.clone(),
                json!({"$ref": format!("#/components/schemas/{name}")}),
            )
        })
        .collect();
    jsonschema::options()
        .with_draft(draft)
        .should_validate_formats(false)
        .build(&document)
        .expect("the schemas compile")
}

/// Returns the schemas of OpenAPI 3.0.3 as JSON Schema draft 4 (for the keywords in use equal to
/// the draft 5 that OpenAPI names), with `nullable` as null in the `type` beside it.
fn draft_4(mut document: Value) -> Value {
    walk_mut(
        Node::Document,
        &mut document,
        &mut String::new(),
        &mut |node, _, schema| {
            if node == Node::Schema && schema["nullable"] == true && schema["type"].is_string() {
                schema["type"] = json!([schema["type"], "null"]);
            }
        },
    );
    document
}
