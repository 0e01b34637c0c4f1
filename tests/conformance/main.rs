//! Reads JSON as the types of its schemas, for the conformance harness: see README.md.
//!
//! Each line of standard input is `["<schema>", "<JSON text>"]`; `run.sh` starts this program. Each
//! line of standard output is `{"error": …}`, or what was read: `text`, the value as it is written
//! again; `shape`, the variants that were chosen; `refused`, why the value cannot be sent.

mod shape;

use std::collections::HashMap;
use std::fmt::Debug;
use std::io::{self, BufRead, BufWriter, Write};

use gitbook_api::{Body, decode, types};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Reads JSON text as a type, and answers what came of it.
type Probe = fn(&str) -> Value;

/// The types of schemas and answers, by their names.
#[allow(deprecated, reason = "what the API deprecates is read all the same")]
const SCHEMAS: &[(&str, Probe)] = &include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// The types of request bodies, by the operation that takes them.
#[allow(deprecated, reason = "what the API deprecates is read all the same")]
const REQUESTS: &[(&str, Probe)] = &include!(concat!(env!("OUT_DIR"), "/requests.rs"));

fn probe<T: DeserializeOwned + Body + Debug>(text: &str) -> Value {
    let value: T = match decode::json(text.as_bytes()) {
        Ok(value) => value,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let written = match value.to_json() {
        Ok(written) => String::from_utf8_lossy(&written).into_owned(),
        Err(error) => return json!({ "error": format!("not written: {error}") }),
    };
    json!({
        "text": written,
        "shape": shape::shape(&format!("{value:?}")),
        "refused": value.check().err().map(|error| error.to_string()),
    })
}

fn main() -> io::Result<()> {
    let schemas = SCHEMAS
        .iter()
        .map(|(name, probe)| ((*name).to_owned(), *probe));
    let requests = REQUESTS
        .iter()
        .map(|(id, probe)| (format!("{id} request"), *probe));
    let probes: HashMap<String, Probe> = schemas.chain(requests).collect();
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let (schema, text): (String, String) = serde_json::from_str(&line?)?;
        let answer = match probes.get(schema.as_str()) {
            Some(probe) => probe(&text),
            None => json!({ "error": "no such schema", "missing": true }),
        };
        writeln!(output, "{answer}")?;
    }
    output.flush()
}
