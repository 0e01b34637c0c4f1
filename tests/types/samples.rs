//! Decodes and encodes samples of every schema that GitBook publishes, and the changes that a future
//! version of the API may make to them.

use schema_sample::{UNKNOWN_PROPERTY, future_versions};
use serde_json::Value;

use crate::sampled::{SAMPLES, SCHEMAS, Sample, difference};

#[test]
fn defaults_are_written_and_read() {
    for (schema, probe) in SCHEMAS {
        probe(None).unwrap_or_else(|error| panic!("{schema}: {error}"));
    }
}

#[test]
fn samples_are_encoded_as_they_were_decoded() {
    let mut failures = Failures::default();
    for Sample {
        schema,
        probe,
        values,
    } in SAMPLES.iter()
    {
        for value in values {
            let written = probe(Some(value));
            let same = written.as_ref().map(|written| difference(written, value));
            failures.note(schema, value, same);
        }
    }
    failures.report();
}

#[test]
fn values_of_a_future_version_lose_nothing() {
    future_versions_lose_nothing([20, 5, 5]);
}

#[test]
#[ignore = "takes long: three times as many changes"]
fn values_of_many_future_versions_lose_nothing() {
    future_versions_lose_nothing([60, 12, 12]);
}

/// Tries this number of changes of each of the first samples of a schema.
fn future_versions_lose_nothing(limits: [usize; 3]) {
    let mut failures = Failures::default();
    for Sample {
        schema,
        probe,
        values,
    } in SAMPLES.iter()
    {
        // The first samples have all properties, and the required ones; the others vary them.
        for (value, limit) in values.iter().zip(limits) {
            for mutation in future_versions(value, limit) {
                let written = probe(Some(&mutation));
                let kept = written
                    .as_ref()
                    .map(|written| difference(&mutation, written));
                failures.note(schema, &mutation, kept);
            }
        }
    }
    failures.report();
}

#[derive(Default)]
struct Failures {
    tried: usize,
    failures: Vec<String>,
}

impl Failures {
    /// Notes where a value was changed, or why it could not be read.
    fn note(
        &mut self,
        schema: &str,
        value: &Value,
        result: Result<Option<String>, &serde_json::Error>,
    ) {
        self.tried += 1;
        let failure = match result {
            Ok(None) => return,
            Ok(Some(place)) => format!("{schema}: changed at {place}"),
            // A map takes the unknown property as an entry, whose value does not fit.
            Err(error) if error.to_string().contains(UNKNOWN_PROPERTY) => return,
            Err(error) => format!("{schema}: {error}"),
        };
        let mut value = value.to_string();
        if value.len() > SHOWN_CHARACTERS {
            value = value
                .chars()
                .take(SHOWN_CHARACTERS)
                .chain("…".chars())
                .collect();
        }
        self.failures.push(format!(
            "{failure}
    {value}"
        ));
    }

    fn report(self) {
        println!("{} values tried", self.tried);
        assert!(self.tried > 10_000, "only {} samples", self.tried);
        assert!(
            self.failures.is_empty(),
            "{} of {} failed:
{}",
            self.failures.len(),
            self.tried,
            self.failures[..self.failures.len().min(SHOWN)].join(
                "
"
            )
        );
    }
}

/// The number of failures that are shown.
const SHOWN: usize = 60;
/// The number of characters of each value that are shown.
const SHOWN_CHARACTERS: usize = 300;
