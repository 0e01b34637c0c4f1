//! Merges paths. Path templates that differ only in the names of their parameters are the same
//! path.

use std::collections::HashMap;

use gitbook_api_codegen::{
    Diagnostic,
    document::{escape, resolve},
    path::{names, structure},
    walk::is_method,
};
use serde_json::{Map, Value};

use super::Source;

/// Returns the path items of a document with their path templates.
pub(super) fn items(document: &Value) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten();
    items
        .filter_map(|(path, item)| Some((path, item.as_object()?)))
        .filter(|(path, _)| path.starts_with('/'))
}

/// Like [`items`], with mutable path items.
pub(super) fn items_mut(
    document: &mut Value,
) -> impl Iterator<Item = (&String, &mut Map<String, Value>)> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flatten();
    items
        .filter_map(|(path, item)| Some((path, item.as_object_mut()?)))
        .filter(|(path, _)| path.starts_with('/'))
}

/// Gives paths of the same structure the same template: that of the primary source, or else that of
/// the last source that has the path.
pub(super) fn unify(sources: &mut [Source], primary: usize) -> Result<(), Vec<Diagnostic>> {
    let mut templates: HashMap<String, String> = HashMap::new();
    let last = std::iter::once(&sources[primary]);
    for source in sources.iter().chain(last) {
        for (template, _) in items(&source.document) {
            templates.insert(structure(template), template.clone());
        }
    }
    let mut diagnostics = Vec::new();
    for source in sources {
        let strays = items(&source.document).any(|(path, _)| templates[&structure(path)] != *path);
        if strays {
            rename(source, &templates, &mut diagnostics);
        }
    }
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(diagnostics)
    }
}

fn rename(
    source: &mut Source,
    templates: &HashMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let old = source.document.clone();
    let Some(paths) = source
        .document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let mut renamed: Map<String, Value> = Map::new();
    for (path, mut item) in std::mem::take(paths) {
        let template = match templates.get(&structure(&path)) {
            Some(template) if path.starts_with('/') => template,
            _ => &path,
        };
        match aligned(&path, template) {
            Some(names) => rename_parameters(&old, &mut item, &names),
            None => diagnostics.push(
                Diagnostic::new(
                    format!("/paths/{}", escape(&path)),
                    format!(
                        "this path of {} is {template} with its parameters in another order",
                        source.name
                    ),
                )
                .help("rename the parameters of one of the two in its source"),
            ),
        }
        let Some(Value::Object(present)) = renamed.get_mut(template) else {
            renamed.insert(template.clone(), item);
            continue;
        };
        // Members that only one of the two has apply to its own operations only.
        if let Value::Object(item) = &mut item {
            for key in ["parameters", "servers"] {
                if present.get(key) != item.get(key) {
                    write_to_operations(&old, present, key);
                    write_to_operations(&old, item, key);
                }
            }
        }
        for (key, value) in item.as_object().into_iter().flatten() {
            if present.get(key).is_some_and(|other| other != value) {
                diagnostics.push(
                    Diagnostic::new(
                        format!("/paths/{}/{key}", escape(&path)),
                        format!("{} describes {key} {template} twice, under two names of its parameters", source.name),
                    )
                    .help("remove one of the two from the source"),
                );
            }
            present.insert(key.clone(), value.clone());
        }
    }
    *paths = renamed;
}

/// Returns the parameter names of `from`, each with its name in `to`, or `None` if the mapping is
/// ambiguous.
fn aligned<'a>(from: &'a str, to: &'a str) -> Option<HashMap<&'a str, &'a str>> {
    let (from, to): (Vec<_>, Vec<_>) = (names(from).collect(), names(to).collect());
    let mut aligned = HashMap::new();
    for (old, new) in from.iter().zip(&to) {
        let former = aligned.insert(*old, *new);
        let moved = old != new && (to.contains(old) || from.contains(new));
        if moved || former.is_some_and(|former| former != *new) {
            return None;
        }
    }
    Some(aligned)
}

fn rename_parameters(document: &Value, item: &mut Value, names: &HashMap<&str, &str>) {
    let Value::Object(item) = item else {
        return;
    };
    for (key, value) in item {
        let parameters = match key.as_str() {
            "parameters" => Some(value),
            key if is_method(key) => value.get_mut("parameters"),
            _ => None,
        };
        for parameter in parameters
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            rename_parameter(document, parameter, names);
        }
    }
}

/// Renames a path parameter in place. A shared parameter is copied first.
fn rename_parameter(document: &Value, parameter: &mut Value, names: &HashMap<&str, &str>) {
    let Ok(resolved) = resolve(document, parameter) else {
        return;
    };
    let name = resolved["name"]
        .as_str()
        .filter(|_| resolved["in"] == "path");
    let Some(new) = name.and_then(|name| names.get(name).filter(|new| **new != name)) else {
        return;
    };
    let mut renamed = resolved.clone();
    renamed["name"] = Value::from(*new);
    *parameter = renamed;
}

/// Moves what path items declare for all their operations into the operations, where sources
/// differ.
pub(super) fn push_down(sources: &mut [Source]) {
    for key in ["parameters", "servers"] {
        let mut said: HashMap<String, Vec<Value>> = HashMap::new();
        for source in sources.iter() {
            for (path, item) in items(&source.document) {
                let values = said.entry(path.clone()).or_default();
                let value = item.get(key).cloned().unwrap_or_default();
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        for source in sources.iter_mut() {
            let document = source.document.clone();
            for (path, item) in items_mut(&mut source.document) {
                if said[path].len() > 1 {
                    write_to_operations(&document, item, key);
                }
            }
        }
    }
}

fn write_to_operations(document: &Value, item: &mut Map<String, Value>, key: &str) {
    let Some(shared) = item.shift_remove(key) else {
        return;
    };
    let operations = item.iter_mut().filter(|(name, _)| is_method(name));
    for operation in operations.filter_map(|(_, operation)| operation.as_object_mut()) {
        match operation.get_mut(key) {
            None => {
                operation.insert(key.to_owned(), shared.clone());
            }
            Some(Value::Array(own)) if key == "parameters" => {
                let overridden = |parameter: &Value| {
                    own.iter()
                        .any(|own| identity(document, own) == identity(document, parameter))
                };
                let inherited = shared.as_array().into_iter().flatten();
                let inherited: Vec<Value> = inherited
                    .filter(|parameter| !overridden(parameter))
                    .cloned()
                    .collect();
                own.splice(0..0, inherited);
            }
            Some(_) => {}
        }
    }
}

/// Returns the identity of a parameter: its name and its location.
fn identity(document: &Value, parameter: &Value) -> (Value, Value) {
    let parameter = resolve(document, parameter).unwrap_or(parameter);
    (parameter["name"].clone(), parameter["in"].clone())
}
