//! Which components requests can carry.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{lookup, schema_name};
use crate::walk::{Node, walk};

/// The components reached from a request body or a parameter.
pub fn sent(document: &Value) -> BTreeSet<Cow<'_, str>> {
    let mut sent = BTreeSet::new();
    // References to other components than schemas.
    let mut others = BTreeSet::new();
    let mut waiting: Vec<&Value> = Vec::new();
    let roots = roots(document);
    waiting.extend(roots.iter().filter_map(|root| document.pointer(root)));
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(object) => {
                let reference = object.get("$ref").and_then(Value::as_str);
                let is_new = match reference.map(|reference| (reference, schema_name(reference))) {
                    Some((_, Some(name))) => sent.insert(name),
                    Some((reference, None)) => others.insert(reference),
                    None => false,
                };
                let target = reference.filter(|_| is_new);
                waiting.extend(target.and_then(|reference| lookup(document, reference)));
                waiting.extend(object.values());
            }
            _ => {}
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
