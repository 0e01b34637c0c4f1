//! A document that is cut into pages, fetched and merged is the same document.

use std::collections::{BTreeMap, BTreeSet};

use gitbook_api_codegen::walk::METHODS;
use gitbook_api_codegen::{
    document::escape,
    walk::{Node, walk},
};
use gitbook_spec::{
    merge::{Source, merge},
    normalize::normalize,
    read::read,
    sources,
};
use serde_json::Value;

#[test]
fn pages_of_a_sample_of_operations_give_the_same_document() {
    let mut document = crate::common::published_document();
    let mut index = 0;
    let mut requirements = BTreeSet::new();
    let paths = document["paths"].as_object_mut().unwrap();
    paths.retain(|_, item| {
        let item = item.as_object_mut().unwrap();
        item.retain(|key, operation| {
            index += 1;
            !METHODS.contains(&key.as_str())
                || requirements.insert(operation["security"].to_string())
                || index % SAMPLED == 0
        });
        METHODS.iter().any(|method| item.contains_key(*method))
    });
    pages_give_the_same_document(document);
}

/// Of this many operations, one is sampled, and each with other security requirements.
const SAMPLED: usize = 8;

#[test]
#[ignore = "takes long: every operation is a page with all that it refers to"]
fn pages_of_all_operations_give_the_same_document() {
    pages_give_the_same_document(crate::common::published_document());
}

fn pages_give_the_same_document(document: Value) {
    let spec = crate::common::fetch_as_pages(&document);
    let source = &sources::read(spec.path()).unwrap()[0];
    let fragments = sources::fragments(spec.path(), source).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let methods = |item: &Value| {
        METHODS
            .iter()
            .filter(|method| item.get(method).is_some())
            .count()
    };
    assert_eq!(fragments.len(), items.map(methods).sum::<usize>());
    let fragments = fragments.iter().map(|path| Source {
        name: path.display().to_string(),
        document: normalize(read(path).unwrap()).unwrap().document,
    });
    let mut merged = merge(fragments.collect()).unwrap();
    assert_eq!((merged.conflicts, merged.wording_changes), (vec![], vec![]));

    let mut expected = normalize(reached(document)).unwrap().document;
    // A page has only its own tags, so their order is lost.
    for document in [&mut merged.document, &mut expected] {
        let tags = document["tags"].as_array_mut().unwrap();
        tags.sort_by_cached_key(|tag| tag["name"].to_string());
    }
    assert!(merged.document == expected);
}

/// Returns the document without the tags and components that no operation uses.
fn reached(mut document: Value) -> Value {
    let mut tags = BTreeSet::new();
    let mut reached = schemes(&document["security"]);
    // The references of each component; those of operations under the empty name.
    let mut references: BTreeMap<String, Vec<String>> = BTreeMap::new();
    walk(
        Node::Document,
        &document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if node == Node::Operation {
                tags.extend(
                    value["tags"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(Value::to_string),
                );
                reached.extend(schemes(&value["security"]));
            }
            references
                .entry(component(pointer))
                .or_default()
                .extend(targets(value));
        },
    );
    let mut pending = references[""].clone();
    while let Some(target) = pending.pop() {
        if reached.insert(target.clone()) {
            pending.extend(references.get(&target).into_iter().flatten().cloned());
        }
    }
    document["tags"]
        .as_array_mut()
        .unwrap()
        .retain(|tag| tags.contains(&tag["name"].to_string()));
    for (section, components) in document["components"].as_object_mut().unwrap() {
        let pointer = |name: &str| format!("/components/{section}/{}", escape(name));
        components
            .as_object_mut()
            .unwrap()
            .retain(|name, _| reached.contains(&pointer(name)));
    }
    document
}

/// Returns the pointer of the component that contains the node at `pointer`.
fn component(pointer: &str) -> String {
    if pointer.starts_with("/components/") {
        pointer.split('/').take(4).collect::<Vec<_>>().join("/")
    } else {
        String::new()
    }
}

fn targets(node: &Value) -> impl Iterator<Item = String> {
    let mapping = node
        .pointer("/discriminator/mapping")
        .and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten().map(|(_, target)| target);
    let targets = node
        .get("$ref")
        .into_iter()
        .chain(mapped)
        .filter_map(Value::as_str);
    targets
        .filter_map(|target| target.strip_prefix('#'))
        .map(component)
}

fn schemes(security: &Value) -> BTreeSet<String> {
    let requirements = security
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object);
    let names = requirements.flatten().map(|(name, _)| name);
    names
        .map(|name| format!("/components/securitySchemes/{}", escape(name)))
        .collect()
}
