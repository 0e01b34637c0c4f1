//! Prints how many samples of the schemas of a document the types of this crate decode. A program of
//! its own, run by `cargo xtask drift`, which makes the types from another document.

#[path = "types/sampled.rs"]
mod sampled;

use std::process::ExitCode;

use sampled::{read, samples_of};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("error: name a document");
        return ExitCode::FAILURE;
    };
    let document = match read(path.as_ref()) {
        Ok(document) => document,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let (mut schemas, mut values, mut partly) = (0, 0, 0);
    for sample in samples_of(&document) {
        let results = sample
            .values
            .iter()
            .map(|value| (sample.probe)(Some(value)).err());
        let errors: Vec<_> = results.flatten().collect();
        schemas += 1;
        values += sample.values.len();
        if let Some(error) = errors.first() {
            partly += 1;
            let (count, schema) = (sample.values.len(), sample.schema);
            let decoded = count - errors.len();
            println!("{schema}: {decoded} of {count} decoded; {error}");
        }
    }
    println!("{schemas} schemas, {values} samples, {partly} schemas not decoded completely");
    ExitCode::SUCCESS
}
