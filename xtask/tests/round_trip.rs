//! A document that is cut into pages comes back whole.

mod common;

use std::{collections::BTreeSet, path::Path};

use gitbook_api_codegen::{
    document::escape,
    walk::{Node, walk},
};
use serde_json::Value;
use xtask::{
    merge::{Source, merge},
    normalize::normalize,
    read::read,
    sources,
};

#[test]
fn pages_of_single_operations_give_back_what_the_operations_reach() {
    let published =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/fragments/gitbook-api/openapi.yaml");
    let document = read(&published).unwrap();

    let spec = common::fetch_as_pages(&document);
    let source = &sources::read(spec.path()).unwrap()[0];
    let fragments = sources::fragments(spec.path(), source).unwrap();
    assert_eq!(fragments.len(), 377);
    let fragments = fragments.iter().map(|path| Source {
        name: path.display().to_string(),
        document: normalize(read(path).unwrap()).unwrap().document,
    });
    let mut merged = merge(fragments.collect()).unwrap();
    assert_eq!((merged.conflicts, merged.notes), (vec![], vec![]));

    let mut expected = reached(normalize(document).unwrap().document);
    // No page has more than its own tags: their order is the one thing that pages cannot tell.
    for document in [&mut merged.document, &mut expected] {
        let tags = document["tags"].as_array_mut().unwrap();
        tags.sort_by_cached_key(|tag| tag["name"].to_string());
    }
    assert!(merged.document == expected);
}

/// The document without the tags and components that no operation uses.
fn reached(mut document: Value) -> Value {
    let mut tags = BTreeSet::new();
    let mut reached = schemes(&document["security"]);
    let mut pending = references(&document, "/paths");
    walk(
        Node::Document,
        &document,
        &mut String::new(),
        &mut |node, _, value| {
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
        },
    );
    while let Some(pointer) = pending.pop() {
        if reached.insert(pointer.clone()) {
            pending.extend(references(&document, &pointer));
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

/// The components that the node at `pointer` refers to.
fn references(document: &Value, within: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, pointer, node| {
            if !(pointer == within || pointer.starts_with(&format!("{within}/"))) {
                return;
            }
            let mapping = node
                .pointer("/discriminator/mapping")
                .and_then(Value::as_object);
            let mapped = mapping.into_iter().flatten().map(|(_, target)| target);
            let targets = node
                .get("$ref")
                .into_iter()
                .chain(mapped)
                .filter_map(Value::as_str);
            found.extend(
                targets
                    .filter_map(|target| target.strip_prefix('#'))
                    .map(str::to_owned),
            );
        },
    );
    found
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
