//! Moves the schemas in `$defs` to the components.

use std::collections::BTreeMap;

use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::document::{escape, unescape};
use gitbook_api_codegen::walk::{Node, walk, walk_mut};
use serde_json::{Map, Value, json};

/// The keywords that hold definitions, in JSON Schema 2020-12 and in older drafts.
const KEYS: [&str; 2] = ["$defs", "definitions"];

/// Moves every definition to the component schemas and rewrites references to it.
///
/// The new name includes the names around the definition: `Owner` inside `Space` becomes
/// `SpaceOwner`.
///
/// # Errors
///
/// Fails if the new name already belongs to another schema.
pub(super) fn extract(document: &mut Value) -> Result<(), Vec<Diagnostic>> {
    while let Some(parent) = first_parent(document) {
        extract_from(document, &parent)?;
    }
    Ok(())
}

/// Returns the pointer of the first schema that has definitions.
fn first_parent(document: &Value) -> Option<String> {
    let mut first = None;
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if first.is_none()
                && node == Node::Schema
                && KEYS.iter().any(|key| value[key].is_object())
            {
                first = Some(pointer.to_owned());
            }
        },
    );
    first
}

fn extract_from(document: &mut Value, parent: &str) -> Result<(), Vec<Diagnostic>> {
    let prefix = prefix(document, parent);
    let mut moved = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for key in KEYS {
        let Some(schema) = document.pointer_mut(parent).and_then(Value::as_object_mut) else {
            continue;
        };
        let Some(Value::Object(definitions)) = schema.shift_remove(key) else {
            continue;
        };
        let components = component_schemas(document);
        for (name, definition) in definitions {
            let from = format!("#{parent}/{key}/{}", escape(&name));
            let component = format!("{prefix}{}", pascal(&name));
            let taken = components
                .get(&component)
                .is_some_and(|taken| *taken != definition);
            if taken {
                let message = format!("a component schema `{component}` already exists");
                diagnostics.push(Diagnostic::new(&from, message).help("rename one of the two"));
                continue;
            }
            moved.insert(from, format!("#/components/schemas/{component}"));
            components.insert(component, definition);
        }
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    redirect(document, &moved);
    Ok(())
}

fn component_schemas(document: &mut Value) -> &mut Map<String, Value> {
    let components = &mut document["components"];
    if !components["schemas"].is_object() {
        components["schemas"] = json!({});
    }
    components["schemas"]
        .as_object_mut()
        .expect("made an object above")
}

/// Returns the names around a definition: the component or operation, then the properties.
fn prefix(document: &Value, parent: &str) -> String {
    let tokens: Vec<String> = parent.split('/').skip(1).map(unescape).collect();
    let (mut prefix, rest) = match tokens.as_slice() {
        [section, _, name, rest @ ..] if section == "components" => (pascal(name), rest),
        [section, path, method, rest @ ..] => {
            let operation = &document[section.as_str()][path.as_str()][method.as_str()];
            let name = operation["operationId"].as_str().map(pascal);
            (
                name.unwrap_or_else(|| pascal(&format!("{method} {path}"))),
                rest,
            )
        }
        _ => (String::new(), tokens.as_slice()),
    };
    for pair in rest.windows(2) {
        if pair[0] == "properties" {
            prefix.push_str(&pascal(&pair[1]));
        }
    }
    prefix
}

fn pascal(name: &str) -> String {
    let mut words = String::new();
    for word in name.split(|letter: char| !letter.is_alphanumeric()) {
        let mut letters = word.chars();
        words.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        words.push_str(letters.as_str());
    }
    words
}

/// Rewrites references to moved definitions and to nodes inside them.
fn redirect(document: &mut Value, moved: &BTreeMap<String, String>) {
    walk_mut(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, _, value| {
            if let Some(reference) = value.get_mut("$ref")
                && let Some(target) = reference.as_str().and_then(|old| moved_to(old, moved))
            {
                *reference = Value::String(target);
            }
            let mapping = value
                .pointer_mut("/discriminator/mapping")
                .and_then(Value::as_object_mut);
            for reference in mapping.into_iter().flat_map(|mapping| mapping.values_mut()) {
                if let Some(target) = reference.as_str().and_then(|old| moved_to(old, moved)) {
                    *reference = Value::String(target);
                }
            }
        },
    );
}

fn moved_to(reference: &str, moved: &BTreeMap<String, String>) -> Option<String> {
    moved.iter().find_map(|(from, to)| {
        let rest = reference.strip_prefix(from.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
    })
}
