//! Merges the root of the documents: `info`, `servers`, `security` and `tags`.

use serde_json::{Map, Value, json};

use super::{Source, given, order, paths};

/// Returns the members that operations inherit from the root, with their meaning when absent.
fn inherited() -> [(&'static str, Value); 2] {
    [("security", json!([])), ("servers", json!([{"url": "/"}]))]
}

/// Copies the `security` and `servers` of a root into the operations that inherit them, where they
/// differ from those of the primary source.
pub fn push_down(sources: &mut [Source], primary: usize) {
    for (key, absent) in inherited() {
        let of = |source: &Source| source.document.get(key).unwrap_or(&absent).clone();
        let merged = of(&sources[primary]);
        for source in sources.iter_mut() {
            let own = of(source);
            if own != merged {
                write_to_operations(&mut source.document, key, &own);
            }
        }
    }
}

fn write_to_operations(document: &mut Value, key: &str, value: &Value) {
    for (_, item) in paths::items_mut(document) {
        if item.contains_key(key) {
            continue;
        }
        let operations = item.iter_mut().filter(|(name, _)| paths::is_method(name));
        for operation in operations.filter_map(|(_, operation)| operation.as_object_mut()) {
            operation.entry(key).or_insert_with(|| value.clone());
        }
    }
}

/// Returns the merged root, without `paths` and `components`.
pub fn merge(sources: &[Source], primary: usize) -> Map<String, Value> {
    let roots = given(sources, Some);
    let mut root = Map::new();
    for key in order::keys(&roots, primary) {
        let values = || roots.iter().filter_map(|(_, root)| root.get(&key));
        let of_backbone = sources[primary].document.get(&key);
        let merged = match key.as_str() {
            "security" | "servers" => of_backbone.cloned(),
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
