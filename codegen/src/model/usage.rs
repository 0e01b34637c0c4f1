//! Which components requests can carry.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{lookup, schema_name};
use crate::walk::{Node, walk};

/// The components reached from a request body or a parameter.
pub fn sent(document: &Value) -> BTreeSet<&str> {
    let mut sent = BTreeSet::new();
    for pointer in roots(document) {
        if let Some(root) = document.pointer(&pointer) {
            reach(document, root, &mut sent);
        }
    }
    sent
}

/// Where requests are described.
fn roots(document: &Value) -> Vec<String> {
    let mut roots = Vec::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, _| {
            if matches!(node, Node::Parameter | Node::RequestBody) {
                roots.push(pointer.to_owned());
            }
        },
    );
    roots
}

fn reach<'a>(document: &'a Value, value: &'a Value, reached: &mut BTreeSet<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| reach(document, item, reached)),
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str().filter(|_| key == "$ref") {
                    Some(reference) => follow(document, reference, reached),
                    None => reach(document, value, reached),
                }
            }
        }
        _ => {}
    }
}

fn follow<'a>(document: &'a Value, reference: &'a str, reached: &mut BTreeSet<&'a str>) {
    let new = match schema_name(reference) {
        Some(name) => reached.insert(name),
        None => true,
    };
    if let (true, Some(target)) = (new, lookup(document, reference)) {
        reach(document, target, reached);
    }
}
