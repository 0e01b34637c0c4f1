//! Merges the root of the documents: `info`, `servers`, `security` and `tags`.

use gitbook_api_codegen::walk::is_method;
use serde_json::{Map, Value, json};

use super::{Source, given, order, paths};

/// Copies the `security` and `servers` of a root into the operations that inherit them, where they
/// differ from those of the merged root. A root without `security` asks for none; one without
/// `servers` does not say where they are, and takes those of the merged root.
pub(super) fn push_down(sources: &mut [Source], primary: usize) {
    let security = |source: &Source| source.document.get("security").cloned();
    let none = || json!([]);
    let merged_security = security(&sources[primary]).unwrap_or_else(none);
    let merged_servers = servers(sources, primary).cloned();
    for source in sources.iter_mut() {
        let own = security(source).unwrap_or_else(none);
        if own != merged_security {
            write_to_operations(&mut source.document, "security", &own);
        }
        let own = source.document.get("servers").cloned();
        if let Some(own) = own.filter(|own| Some(own) != merged_servers.as_ref()) {
            write_to_operations(&mut source.document, "servers", &own);
        }
    }
}

/// Returns the servers of the primary source, or else of the first source that has some.
fn servers(sources: &[Source], primary: usize) -> Option<&Value> {
    let mut of = std::iter::once(&sources[primary]).chain(sources);
    of.find_map(|source| source.document.get("servers"))
}

/// Makes the servers of operations those of the document, where all operations have the same.
pub(super) fn share_servers(document: &mut Value) {
    let Some(shared) = shared_servers(document).cloned() else {
        return;
    };
    for (_, item) in paths::items_mut(document) {
        item.shift_remove("servers");
        let operations = item.iter_mut().filter(|(name, _)| is_method(name));
        for operation in operations.filter_map(|(_, operation)| operation.as_object_mut()) {
            operation.shift_remove("servers");
        }
    }
    document["servers"] = shared;
}

/// Returns the servers of all operations, if these are the same.
fn shared_servers(document: &Value) -> Option<&Value> {
    let of_document = document.get("servers");
    let mut all = paths::items(document).flat_map(|(_, item)| {
        let of_item = item.get("servers").or(of_document);
        let operations = item.iter().filter(|(name, _)| is_method(name));
        operations.map(move |(_, operation)| operation.get("servers").or(of_item))
    });
    let shared = all.next()??;
    all.all(|servers| servers == Some(shared)).then_some(shared)
}

fn write_to_operations(document: &mut Value, key: &str, value: &Value) {
    for (_, item) in paths::items_mut(document) {
        if item.contains_key(key) {
            continue;
        }
        let operations = item.iter_mut().filter(|(name, _)| is_method(name));
        for operation in operations.filter_map(|(_, operation)| operation.as_object_mut()) {
            operation.entry(key).or_insert_with(|| value.clone());
        }
    }
}

/// Returns the merged root, without `paths` and `components`.
pub(super) fn merge(sources: &[Source], primary: usize) -> Map<String, Value> {
    let roots = given(sources, Some);
    let mut root = Map::new();
    for key in order::keys(&roots, primary) {
        let values = || roots.iter().filter_map(|(_, root)| root.get(&key));
        let of_primary = sources[primary].document.get(&key);
        let merged = match key.as_str() {
            "security" => of_primary.cloned(),
            "servers" => servers(sources, primary).cloned(),
            "tags" => Some(tags(sources, primary)),
            "info" => Some(Value::Object(together(values()))),
            _ => values().next_back().cloned(),
        };
        root.extend(merged.map(|value| (key, value)));
    }
    root
}

/// Merges tags by name: the members that several sources give a tag are combined.
fn tags(sources: &[Source], primary: usize) -> Value {
    let by_name: Vec<Map<String, Value>> = sources
        .iter()
        .map(|source| named(&source.document["tags"]))
        .collect();
    let by_source: Vec<_> = by_name.iter().enumerate().collect();
    order::keys(&by_source, primary)
        .iter()
        .map(|name| Value::Object(together(by_name.iter().filter_map(|tags| tags.get(name)))))
        .collect()
}

fn named(tags: &Value) -> Map<String, Value> {
    let tags = tags.as_array().into_iter().flatten();
    tags.filter_map(|tag| Some((tag["name"].as_str()?.to_owned(), tag.clone())))
        .collect()
}

/// Returns the entries of all `objects`. Later objects override earlier ones.
fn together<'a>(objects: impl Iterator<Item = &'a Value>) -> Map<String, Value> {
    objects
        .filter_map(Value::as_object)
        .flatten()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
