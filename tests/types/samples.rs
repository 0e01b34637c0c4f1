//! Every type against samples of its schema, as GitBook publishes it: what is read is written back
//! the same, and what this version of the crate does not know does no harm.

use serde_json::Value;

use crate::sampled::{Sample, UNKNOWN, difference, mutations, samples};

#[test]
fn what_is_read_is_written_back() {
    let mut failures = Failures::default();
    for Sample {
        schema,
        probe,
        values,
    } in samples()
    {
        for value in values {
            let written = probe(&value);
            let same = written.as_ref().map(|written| difference(written, &value));
            failures.note(schema, &value, same);
        }
    }
    failures.report();
}

#[test]
fn every_sample_is_read() {
    let mut tried = 0;
    let mut failures = Vec::new();
    for sample in samples() {
        tried += sample.values.len();
        let errors = sample
            .values
            .iter()
            .map(|value| (sample.probe)(value).err());
        let errors = errors.flatten().map(|error| (sample.schema, error));
        failures.extend(errors);
    }
    assert!(tried > 0);
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn what_is_not_known_does_no_harm() {
    let mut failures = Failures::default();
    for Sample {
        schema,
        probe,
        values,
    } in samples()
    {
        // The first samples have all properties, and the required ones; the others vary them.
        for value in values.iter().take(VARIED) {
            for mutation in mutations(value).into_iter().take(MUTATIONS) {
                let written = probe(&mutation);
                let kept = written
                    .as_ref()
                    .map(|written| difference(&mutation, written));
                failures.note(schema, &mutation, kept);
            }
        }
    }
    failures.report();
}

/// How many samples of a schema are mutated.
const VARIED: usize = 3;
/// How many mutations of a sample are tried.
const MUTATIONS: usize = 60;

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
            // Where any name is a described one, an unknown field is none.
            Err(error) if error.to_string().contains(UNKNOWN) => return,
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

/// How many failures are shown.
const SHOWN: usize = 60;
/// How much of each value is shown.
const SHOWN_CHARACTERS: usize = 300;
