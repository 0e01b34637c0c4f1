//! Normalizing does not change which values are valid: a JSON Schema validator checks samples and
//! near misses of every component schema before and after.

use gitbook_api_codegen::document::escape;
use gitbook_spec::normalize::normalize;
use rayon::prelude::*;
use schema_sample::{Dialect, Validator, near_misses, samples};
use serde_json::Value;

#[test]
fn every_schema_admits_the_same_values_before_and_after() {
    let before = crate::common::published_document();
    let after = normalize(before.clone())
        .expect("the published document normalizes")
        .document;
    let before_validator = validator(Dialect::OpenApi31, &before);
    let after_validator = validator(Dialect::OpenApi30, &after);

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
            let pointer = pointer(name);
            let mut admitted = 0;
            for value in samples.iter().chain(&misses) {
                let verdict = before_validator.is_valid(&pointer, value);
                assert_eq!(
                    verdict,
                    after_validator.is_valid(&pointer, value),
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

/// Returns a validator of all component schemas.
fn validator(dialect: Dialect, document: &Value) -> Validator {
    let schemas = document["components"]["schemas"].as_object();
    let schemas = schemas.expect("an object").keys();
    Validator::new(dialect, document.clone(), schemas.map(|name| pointer(name)))
}

fn pointer(name: &str) -> String {
    format!("/components/schemas/{}", escape(name))
}
