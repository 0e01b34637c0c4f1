//! Patterns are matched in a bounded time, whatever the text.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use regress::Regex;
use serde_json::Value;

use crate::sampled::document;

/// The numbers of repetitions of a part of a text. If each doubles the time, the limit is met early.
const REPEATED: [usize; 6] = [16, 20, 24, 26, 28, 400];
/// Far more than the slowest match takes on a slow machine.
const LIMIT: Duration = Duration::from_secs(2);

#[test]
fn no_text_takes_the_patterns_of_the_document_long() {
    let mut patterns = BTreeSet::new();
    collect(&document("spec/openapi.yaml"), &mut patterns);
    assert!(patterns.len() > 10, "{patterns:?}");
    for pattern in patterns {
        assert_eq!(slow(&pattern), None, "{pattern}");
    }
}

#[test]
fn a_pattern_that_takes_long_is_found() {
    assert!(slow("^(a+)+$").is_some());
}

/// A text that takes the pattern longer than the limit.
fn slow(pattern: &str) -> Option<String> {
    let regex = Regex::with_flags(pattern, "u").expect("a pattern");
    let mut texts = REPEATED.iter().flat_map(|times| hostile(pattern, *times));
    texts.find(|text| {
        let start = Instant::now();
        regex.find(text);
        start.elapsed() > LIMIT
    })
}

fn collect(value: &Value, patterns: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, patterns)),
        Value::Object(object) => {
            patterns.extend(
                object
                    .get("pattern")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            object.values().for_each(|value| collect(value, patterns));
        }
        _ => {}
    }
}

/// Returns texts that match parts of a pattern and not all of it.
fn hostile(pattern: &str, times: usize) -> impl Iterator<Item = String> {
    let literal = pattern.trim_start_matches('^');
    let end = literal
        .find(['[', '(', '.', '\\', '*', '+'])
        .unwrap_or(literal.len());
    let starts = [
        String::new(),
        literal[..end].to_owned(),
        "/".into(),
        "#".into(),
        "@".into(),
    ];
    let units = [
        "a", "0", "a-", "a.", "a/", "/a", "%20", "-a", "a:", "*", " ", "a ", "aa.",
    ];
    starts.into_iter().flat_map(move |start| {
        units.into_iter().flat_map(move |unit| {
            let start = start.clone();
            let repeated = unit.repeat(times);
            ["", "\n", "!", "€"].map(|end| format!("{start}{repeated}{end}"))
        })
    })
}
