//! What progenitor alone makes of the document: the measure for benches/compile.sh.
//!
//!     cargo run -p gitbook-api-codegen --example raw < spec/openapi.yaml > lib.rs
//!
//! The document is lowered first, so that progenitor takes it: without that it stops at `type: null`
//! and at several answers of one operation. Of these, the first success and the first error stay.

use std::error::Error;
use std::io::{Read, Write, stdin, stdout};

use gitbook_api_codegen::lower::lower;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    let mut document = lower(&serde_yaml::from_str(&text)?)?;
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for operation in paths.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten()) {
        if let Some(responses) = operation
            .1
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            keep_first(responses);
        }
    }
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    let document = serde_json::from_value(document)?;
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    stdout().write_all(prettyplease::unparse(&syn::parse2(tokens)?).as_bytes())?;
    Ok(())
}

/// Keeps the first success and the first error: progenitor cannot tell more apart.
fn keep_first(responses: &mut Map<String, Value>) {
    let mut has = [false; 2];
    responses.retain(|status, _| {
        let kind = usize::from(!status.starts_with('2'));
        !std::mem::replace(&mut has[kind], true)
    });
}
