//! What a place in the document is called: by people, and in the crate.

use gitbook_api_codegen::document::escape;
use gitbook_api_codegen::names::{field_name, type_name, variant_name};
use serde_json::Value;

use super::described::{Described, Types};
use super::pointer::tokens;

/// The public Rust item that the node at `pointer` of `document` becomes: the closest one whose
/// name is certain. `types` are those of the document.
pub fn rust_item(document: &Value, types: Option<&Types>, pointer: &str) -> Option<String> {
    let tokens = tokens(pointer);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let described = types.and_then(|types| Described { document, types }.at(&tokens));
    match tokens[..] {
        _ if described.is_some() => described,
        ["components", "schemas", name, ..] => Some(format!("types::{}", type_name(name))),
        ["paths", path, method, ref rest @ ..] => {
            let operation = document.get("paths")?.get(path)?.get(method)?;
            let id = operation.get("operationId")?.as_str()?;
            Some(of_operation(document, operation, id, rest))
        }
        _ => None,
    }
}

fn of_operation(document: &Value, operation: &Value, id: &str, rest: &[&str]) -> String {
    let method = format!("Client::{}", field_name(id));
    let ["parameters", index, ..] = rest else {
        return method;
    };
    let parameter = index
        .parse::<usize>()
        .ok()
        .and_then(|index| operation["parameters"].get(index));
    let resolved = parameter.and_then(|p| gitbook_api_codegen::document::resolve(document, p).ok());
    match resolved.and_then(|parameter| parameter["name"].as_str()) {
        Some(name) => {
            let builder = variant_name(&field_name(id));
            format!("builder::{builder}::{}", field_name(name))
        }
        None => method,
    }
}

/// The pointer of the schema that became the public Rust item `path`, or of the document.
pub fn component(document: &Value, path: &str) -> String {
    let name = path.split("::").nth(1).unwrap_or_default();
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut names = schemas.into_iter().flat_map(|schemas| schemas.keys());
    match names.find(|schema| path.starts_with("types::") && type_name(schema) == name) {
        Some(schema) => format!("#/components/schemas/{}", escape(schema)),
        None => "#".to_owned(),
    }
}

/// The place in a few words: `GET /spaces/{spaceId} › responses › 200`, `Space › title`.
pub fn label(pointer: &str) -> String {
    let tokens = tokens(pointer);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens[..] {
        ["components", "schemas", name, ref rest @ ..] => trail(name.to_owned(), rest),
        ["components", kind, name, ref rest @ ..] => trail(format!("{name} ({kind})"), rest),
        ["paths", path, method, ref rest @ ..] => {
            trail(format!("{} {path}", method.to_uppercase()), rest)
        }
        ["paths", path] => path.to_owned(),
        [] => "document".to_owned(),
        [first, ref rest @ ..] => trail(first.to_owned(), rest),
    }
}

fn trail(start: String, rest: &[&str]) -> String {
    let mut label = start;
    let mut rest = rest;
    loop {
        rest = match rest {
            [] => return label,
            ["properties", name, rest @ ..] | ["content", name, rest @ ..] => {
                label.push_str(&format!(" › {name}"));
                rest
            }
            [
                list @ ("oneOf" | "anyOf" | "allOf" | "parameters"),
                index,
                rest @ ..,
            ] => {
                label.push_str(&format!(" › {list}[{index}]"));
                rest
            }
            ["schema", rest @ ..] => rest,
            [key, rest @ ..] => {
                label.push_str(&format!(" › {key}"));
                rest
            }
        };
    }
}
