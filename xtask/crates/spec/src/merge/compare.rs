//! Compares the meaning of two nodes.

use gitbook_api_codegen::{
    document::escape,
    walk::{Node, documentation, is_default, walk, walk_mut},
};
use serde_json::Value;

/// The differences between two nodes. The JSON pointers are relative to the nodes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// The nodes are equal, apart from the order of keys.
    Same,
    /// The documentation or the order of unordered lists differs.
    Wording(Vec<String>),
    /// The meaning differs.
    Meaning(Vec<String>),
}

/// Compares two nodes of the same kind, or two plain values if `node` is `None`.
pub(super) fn compare(node: Option<Node>, earlier: &Value, later: &Value) -> Comparison {
    if earlier == later {
        return Comparison::Same;
    }
    let Some(node) = node else {
        return Comparison::Meaning(differences(earlier, later));
    };
    let (before, after) = (meaning(node, earlier), meaning(node, later));
    if sorted(node, before.clone()) == sorted(node, after.clone()) {
        Comparison::Wording(differences(earlier, later))
    } else {
        Comparison::Meaning(differences(&before, &after))
    }
}

/// Returns the keywords whose arrays are sets.
fn unordered(node: Node) -> &'static [&'static str] {
    match node {
        Node::Schema => &["required", "enum", "allOf", "oneOf", "anyOf"],
        Node::Operation => &["tags", "parameters", "security"],
        Node::PathItem => &["parameters"],
        _ => &[],
    }
}

/// Returns `value` without documentation and without explicit defaults.
fn meaning(node: Node, value: &Value) -> Value {
    let mut value = value.clone();
    walk_mut(
        node,
        &mut value,
        &mut String::new(),
        &mut |node, _, value| {
            if let Value::Object(entries) = value {
                entries.retain(|key, entry| {
                    !documentation(node).contains(&key.as_str()) && !is_default(key, entry)
                });
            }
        },
    );
    value
}

/// Returns `value` with its sets in a fixed order.
fn sorted(node: Node, mut value: Value) -> Value {
    value.sort_all_objects();
    let mut sets = Vec::new();
    walk(
        node,
        &value,
        &mut String::new(),
        &mut |node, pointer, value| {
            let present = unordered(node)
                .iter()
                .filter(|key| value.get(key).is_some());
            sets.extend(present.map(|key| format!("{pointer}/{key}")));
        },
    );
    // Inner sets first: the order of an outer set depends on the text of its items.
    for set in sets.iter().rev() {
        if let Some(Value::Array(items)) = value.pointer_mut(set) {
            items.sort_by_cached_key(Value::to_string);
        }
    }
    value
}

fn differences(earlier: &Value, later: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(earlier, later, &mut String::new(), &mut found);
    found
}

fn collect(earlier: &Value, later: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let mut child = |token: &str, before: Option<&Value>, after: Option<&Value>| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&escape(token));
        match (before, after) {
            (Some(before), Some(after)) => collect(before, after, pointer, found),
            _ => found.push(pointer.clone()),
        }
        pointer.truncate(length);
    };
    match (earlier, later) {
        (Value::Object(before), Value::Object(after)) => {
            let added = after.keys().filter(|key| !before.contains_key(*key));
            for key in before.keys().chain(added) {
                child(key, before.get(key), after.get(key));
            }
        }
        (Value::Array(before), Value::Array(after))
            if before.len() == after.len() && before.iter().all(Value::is_object) =>
        {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                child(&index.to_string(), Some(before), Some(after));
            }
        }
        _ if earlier == later => {}
        _ => found.push(pointer.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use Comparison::{Meaning, Same, Wording};

    fn pointers(pointers: &[&str]) -> Vec<String> {
        pointers.iter().map(|&pointer| pointer.to_owned()).collect()
    }

    #[test]
    fn schemas_are_compared_by_meaning() {
        let cases = [
            (
                json!({"type": "object", "title": "A"}),
                json!({"title": "A", "type": "object"}),
                Same,
            ),
            (
                json!({"type": "string"}),
                json!({"type": "string", "description": "B"}),
                Wording(pointers(&["/description"])),
            ),
            (
                json!({"enum": ["a", "b"]}),
                json!({"enum": ["b", "a"]}),
                Wording(pointers(&["/enum"])),
            ),
            (
                json!({"nullable": false}),
                json!({}),
                Wording(pointers(&["/nullable"])),
            ),
            (
                json!({"nullable": true}),
                json!({}),
                Meaning(pointers(&["/nullable"])),
            ),
            (
                json!({"enum": ["a"]}),
                json!({"enum": ["a", "b"], "title": "E"}),
                Meaning(pointers(&["/enum"])),
            ),
            (
                json!({"default": ["a", "b"]}),
                json!({"default": ["b", "a"]}),
                Meaning(pointers(&["/default"])),
            ),
            (
                json!({"oneOf": [{"required": ["a", "b"]}, {"enum": [1]}]}),
                json!({"oneOf": [{"enum": [1]}, {"required": ["b", "a"]}]}),
                Wording(pointers(&[
                    "/oneOf/0/required",
                    "/oneOf/0/enum",
                    "/oneOf/1/enum",
                    "/oneOf/1/required",
                ])),
            ),
        ];
        for (earlier, later, expected) in cases {
            assert_eq!(
                compare(Some(Node::Schema), &earlier, &later),
                expected,
                "{earlier} {later}"
            );
        }
    }

    #[test]
    fn properties_named_like_keywords_have_meaning() {
        let earlier =
            json!({"properties": {"description": {"type": "string"}, "a/b": {"type": "string"}}});
        let later = json!({"properties": {"description": {"type": "number"}, "title": {}}});
        let within = [
            "/properties/description/type",
            "/properties/a~1b",
            "/properties/title",
        ];
        assert_eq!(
            compare(Some(Node::Schema), &earlier, &later),
            Meaning(pointers(&within))
        );
    }

    #[test]
    fn parameters_of_an_operation_have_no_order() {
        let a = json!({"name": "a", "in": "query"});
        let b = json!({"name": "b", "in": "query", "required": false});
        let c = json!({"name": "b", "in": "query"});
        let earlier = json!({"parameters": [a, b]});
        let later = json!({"parameters": [c, a]});
        assert!(matches!(
            compare(Some(Node::Operation), &earlier, &later),
            Wording(_)
        ));
    }
}
