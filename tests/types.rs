//! Every type against samples of its schema, as GitBook publishes it: what is read is written back
//! the same, and what this version of the crate does not know does no harm.

mod sampled;

use sampled::{Sample, contains, mutations, samples, without_nulls};

#[test]
fn what_is_read_is_written_back() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for Sample {
        schema,
        probe,
        values,
    } in samples()
    {
        for value in values {
            tried += 1;
            match probe(&value) {
                Ok(written) if without_nulls(&written) == without_nulls(&value) => {}
                Ok(written) => failures.push(format!("{schema}: {value}\n  became {written}")),
                Err(error) => failures.push(format!("{schema}: {value}\n  {error}")),
            }
        }
    }
    report(tried, &failures);
}

#[test]
fn what_is_not_known_does_no_harm() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for Sample {
        schema,
        probe,
        values,
    } in samples()
    {
        for value in &values {
            for mutation in mutations(value) {
                tried += 1;
                match probe(&mutation) {
                    Ok(written) if contains(&written, &mutation) => {}
                    Ok(written) => {
                        failures.push(format!("{schema}: {mutation}\n  became {written}"))
                    }
                    Err(error) => failures.push(format!("{schema}: {mutation}\n  {error}")),
                }
            }
        }
    }
    report(tried, &failures);
}

/// How many failures are shown in full.
fn shown() -> usize {
    20
}

fn report(tried: usize, failures: &[String]) {
    println!("{tried} values tried, {} failed", failures.len());
    assert!(tried > 10_000, "only {tried} samples");
    assert!(
        failures.is_empty(),
        "{} of {tried} failed:\n{}",
        failures.len(),
        failures
            .iter()
            .take(shown())
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}
