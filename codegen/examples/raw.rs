//! Generates a client with progenitor alone. The benchmarks compare ours with it.
//!
//!     cargo run -p gitbook-api-codegen --example raw < spec/openapi.yaml > lib.rs
//!
//! The document is repaired as little as progenitor needs: of the answers of an operation, the first
//! success and the first error stay; of schemas whose names differ only in case, all but the first are
//! named anew; and what extends `DocumentFragment` is written out as one object, because progenitor
//! does not terminate on recursive `allOf`.

use std::collections::HashSet;
use std::error::Error;
use std::io::{Read, Write, stdin, stdout};

use gitbook_api_codegen::names::type_name;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    let mut document: Value = serde_yaml::from_str(&text)?;
    let fragment = document["components"]["schemas"]["DocumentFragment"].clone();
    write_out(&mut document, &fragment);
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
    let document = serde_json::from_str(&distinct(document))?;
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
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

/// Puts what extends `DocumentFragment`, and that alone, into one object.
fn write_out(node: &mut Value, fragment: &Value) {
    if let Some(own) = extension(node) {
        let mut object = fragment.clone();
        let properties = own["properties"].as_object().into_iter().flatten();
        for (name, schema) in properties {
            object["properties"][name] = schema.clone();
        }
        if let (Some(all), Some(required)) = (
            object["required"].as_array_mut(),
            own["required"].as_array(),
        ) {
            all.retain(|name| !required.contains(name));
            all.extend(required.iter().cloned());
        }
        *node = object;
    }
    match node {
        Value::Object(object) => object
            .values_mut()
            .for_each(|inner| write_out(inner, fragment)),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|inner| write_out(inner, fragment)),
        _ => {}
    }
}

/// Returns the schema that extends `DocumentFragment`.
fn extension(schema: &Value) -> Option<Value> {
    let [base, own] = schema.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    (base["$ref"] == "#/components/schemas/DocumentFragment").then(|| own.clone())
}

/// Returns the document with names of schemas that still differ in PascalCase.
fn distinct(mut document: Value) -> String {
    let mut seen = HashSet::new();
    let mut renamed = Vec::new();
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        for (name, schema) in std::mem::take(schemas) {
            let is_new = seen.insert(type_name(&name));
            let own = if is_new {
                name.clone()
            } else {
                format!("{name}Again")
            };
            if !is_new {
                renamed.push((name, own.clone()));
            }
            schemas.insert(own, schema);
        }
    }
    renamed
        .iter()
        .fold(document.to_string(), |text, (name, own)| {
            let reference = |name: &str| format!("\"#/components/schemas/{name}\"");
            text.replace(&reference(name), &reference(own))
        })
}
