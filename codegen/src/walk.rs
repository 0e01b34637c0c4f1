//! Visits the nodes of an OpenAPI document by what they are.
//!
//! Keys alone do not tell: GitBook has properties named `schemas`, `type`, `default` and `required`.

use serde_json::Value;

use crate::document::escape;

/// The methods of OpenAPI 3.0 path items, in the order in which operations are listed.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Returns whether a key of a path item is the method of an operation.
pub fn is_method(key: &str) -> bool {
    METHODS.contains(&key)
}

/// The kinds of node that an OpenAPI document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "the names are those of the OpenAPI specification"
)]
pub enum Node {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Schema,
    Example,
    Link,
    Callback,
    SecurityScheme,
}

/// The way the value of a key holds child nodes.
#[derive(Clone, Copy)]
enum Holds {
    One(Node),
    List(Node),
    Map(Node),
}

use Holds::{List, Map, One};

/// Returns the children of a node, for OpenAPI 3.0 and 3.1 together: a document uses the keys it
/// has.
fn children(node: Node) -> &'static [(&'static str, Holds)] {
    match node {
        Node::Document => &[
            ("paths", Map(Node::PathItem)),
            ("webhooks", Map(Node::PathItem)),
            ("components", One(Node::Components)),
        ],
        Node::Components => &[
            ("schemas", Map(Node::Schema)),
            ("responses", Map(Node::Response)),
            ("parameters", Map(Node::Parameter)),
            ("examples", Map(Node::Example)),
            ("requestBodies", Map(Node::RequestBody)),
            ("headers", Map(Node::Header)),
            ("securitySchemes", Map(Node::SecurityScheme)),
            ("links", Map(Node::Link)),
            ("callbacks", Map(Node::Callback)),
            ("pathItems", Map(Node::PathItem)),
        ],
        Node::PathItem => &[
            ("parameters", List(Node::Parameter)),
            ("get", One(Node::Operation)),
            ("put", One(Node::Operation)),
            ("post", One(Node::Operation)),
            ("delete", One(Node::Operation)),
            ("options", One(Node::Operation)),
            ("head", One(Node::Operation)),
            ("patch", One(Node::Operation)),
            ("trace", One(Node::Operation)),
        ],
        Node::Operation => &[
            ("parameters", List(Node::Parameter)),
            ("requestBody", One(Node::RequestBody)),
            ("responses", Map(Node::Response)),
            ("callbacks", Map(Node::Callback)),
        ],
        Node::Parameter | Node::Header => &[
            ("schema", One(Node::Schema)),
            ("content", Map(Node::MediaType)),
            ("examples", Map(Node::Example)),
        ],
        Node::RequestBody => &[("content", Map(Node::MediaType))],
        Node::Response => &[
            ("headers", Map(Node::Header)),
            ("content", Map(Node::MediaType)),
            ("links", Map(Node::Link)),
        ],
        Node::MediaType => &[
            ("schema", One(Node::Schema)),
            ("encoding", Map(Node::Encoding)),
            ("examples", Map(Node::Example)),
        ],
        Node::Encoding => &[("headers", Map(Node::Header))],
        Node::Schema => &[
            ("allOf", List(Node::Schema)),
            ("oneOf", List(Node::Schema)),
            ("anyOf", List(Node::Schema)),
            ("not", One(Node::Schema)),
            ("if", One(Node::Schema)),
            ("then", One(Node::Schema)),
            ("else", One(Node::Schema)),
            ("items", One(Node::Schema)),
            ("prefixItems", List(Node::Schema)),
            ("contains", One(Node::Schema)),
            ("unevaluatedItems", One(Node::Schema)),
            ("properties", Map(Node::Schema)),
            ("patternProperties", Map(Node::Schema)),
            ("additionalProperties", One(Node::Schema)),
            ("unevaluatedProperties", One(Node::Schema)),
            ("propertyNames", One(Node::Schema)),
            ("dependentSchemas", Map(Node::Schema)),
            ("contentSchema", One(Node::Schema)),
            ("$defs", Map(Node::Schema)),
            ("definitions", Map(Node::Schema)),
        ],
        // The keys of a callback are expressions.
        Node::Callback | Node::Example | Node::Link | Node::SecurityScheme => &[],
    }
}

/// Returns the keywords of a node that only document it: texts and examples.
pub fn documentation(node: Node) -> &'static [&'static str] {
    match node {
        Node::Schema => &[
            "title",
            "description",
            "example",
            "examples",
            "externalDocs",
        ],
        Node::Operation => &["summary", "description", "externalDocs"],
        Node::PathItem | Node::Example => &["summary", "description"],
        Node::Parameter | Node::Header => &["description", "example", "examples"],
        Node::MediaType => &["example", "examples"],
        Node::RequestBody | Node::Response | Node::Link | Node::SecurityScheme => &["description"],
        Node::Document | Node::Components | Node::Encoding | Node::Callback => &[],
    }
}

/// Returns whether a keyword of a schema is an annotation: one that does not change which values are
/// valid, such as `title`, `default` and `readOnly`.
pub fn is_annotation(keyword: &str) -> bool {
    let others = ["default", "deprecated", "readOnly", "writeOnly", "xml"];
    documentation(Node::Schema).contains(&keyword)
        || others.contains(&keyword)
        || is_extension(keyword)
}

/// Returns whether a keyword has its default, so that it could be left out.
pub fn is_default(keyword: &str, value: &Value) -> bool {
    match keyword {
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "allowEmptyValue" | "allowReserved" | "deprecated" | "exclusiveMaximum"
        | "exclusiveMinimum" | "nullable" | "readOnly" | "required" | "uniqueItems"
        | "writeOnly" => *value == Value::Bool(false),
        _ => false,
    }
}

/// Returns whether the properties of a schema are all names that `x-propertyNames` lists. Other
/// restrictions of names, such as a pattern, list none.
pub fn has_listed_names(schema: &Value) -> bool {
    let names = schema.get("x-propertyNames");
    let has = |key: &&str| names.is_some_and(|names| names.get(key).is_some());
    // The target of a reference may be a pattern; normalizing closes an object whose names are listed.
    let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    ["enum", "const"].iter().any(has) || is_closed && ["$ref", "x-ref"].iter().any(has)
}

/// Visits `value`, which is a `node`, and all nodes below it, parents first.
///
/// `pointer` is that of `value` (empty for a whole document); the visitor is given the
/// pointer of each node. References are not followed.
pub fn walk(
    node: Node,
    value: &Value,
    pointer: &mut String,
    visit: &mut dyn FnMut(Node, &str, &Value),
) {
    visit(node, pointer, value);
    if let (Node::Callback, Value::Object(entries)) = (node, value) {
        for (name, entry) in entries.iter().filter(|(name, _)| is_expression(name)) {
            within(pointer, name, |pointer| {
                walk(Node::PathItem, entry, pointer, visit)
            });
        }
    }
    for (key, holds) in children(node) {
        let Some(child) = value.get(key) else {
            continue;
        };
        each_child(child, key, *holds, pointer, &mut |kind, child, pointer| {
            walk(kind, child, pointer, visit)
        });
    }
}

/// As [`walk`], with nodes that the visitor may change. Children are visited as the visitor left them.
pub fn walk_mut(
    node: Node,
    value: &mut Value,
    pointer: &mut String,
    visit: &mut dyn FnMut(Node, &str, &mut Value),
) {
    visit(node, pointer, value);
    if let (Node::Callback, Value::Object(entries)) = (node, &mut *value) {
        let entries = entries.iter_mut();
        for (name, entry) in entries.filter(|(name, _)| is_expression(name)) {
            within(pointer, name, |pointer| {
                walk_mut(Node::PathItem, entry, pointer, visit)
            });
        }
    }
    for (key, holds) in children(node) {
        let Some(child) = value.get_mut(key) else {
            continue;
        };
        each_child_mut(child, key, *holds, pointer, &mut |kind, child, pointer| {
            walk_mut(kind, child, pointer, visit)
        });
    }
}

/// Returns whether `name` is an extension: maps of paths may hold some among their children.
fn is_extension(name: &str) -> bool {
    name.starts_with("x-")
}

/// Returns whether a key of a callback names a path item: it may also be a reference or an
/// extension.
fn is_expression(name: &str) -> bool {
    name != "$ref" && !is_extension(name)
}

fn within(pointer: &mut String, token: &str, go: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&escape(token));
    go(pointer);
    pointer.truncate(length);
}

fn each_child(
    child: &Value,
    key: &str,
    holds: Holds,
    pointer: &mut String,
    go: &mut dyn FnMut(Node, &Value, &mut String),
) {
    within(pointer, key, |pointer| match (holds, child) {
        (One(kind), Value::Object(_)) => go(kind, child, pointer),
        (List(kind), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                within(pointer, &index.to_string(), |pointer| {
                    go(kind, item, pointer)
                });
            }
        }
        (Map(kind), Value::Object(entries)) => {
            for (name, entry) in entries {
                if kind == Node::PathItem && is_extension(name) {
                    continue;
                }
                within(pointer, name, |pointer| go(kind, entry, pointer));
            }
        }
        _ => {}
    });
}

fn each_child_mut(
    child: &mut Value,
    key: &str,
    holds: Holds,
    pointer: &mut String,
    go: &mut dyn FnMut(Node, &mut Value, &mut String),
) {
    within(pointer, key, |pointer| match (holds, child) {
        (One(kind), child @ Value::Object(_)) => go(kind, child, pointer),
        (List(kind), Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                within(pointer, &index.to_string(), |pointer| {
                    go(kind, item, pointer)
                });
            }
        }
        (Map(kind), Value::Object(entries)) => {
            for (name, entry) in entries.iter_mut() {
                if kind == Node::PathItem && is_extension(name) {
                    continue;
                }
                within(pointer, name, |pointer| go(kind, entry, pointer));
            }
        }
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schemas(document: &Value) -> Vec<String> {
        let mut found = Vec::new();
        walk(
            Node::Document,
            document,
            &mut String::new(),
            &mut |node, pointer, _| {
                if node == Node::Schema {
                    found.push(pointer.to_owned());
                }
            },
        );
        found
    }

    #[test]
    fn properties_named_like_keywords_are_schemas_and_examples_are_not() {
        let document = json!({
            "components": {"schemas": {"A": {
                "properties": {"schema": {}, "properties": {"properties": {"x": {}}}, "default": {}},
                "default": {"properties": {"no": {}}},
                "example": {"items": {}}
            }}}
        });
        let a = "/components/schemas/A";
        assert_eq!(
            schemas(&document),
            [
                a.to_owned(),
                format!("{a}/properties/schema"),
                format!("{a}/properties/properties"),
                format!("{a}/properties/properties/properties/x"),
                format!("{a}/properties/default"),
            ]
        );
    }

    #[test]
    fn operations_are_walked_through_to_their_schemas() {
        let document = json!({"paths": {"/a/{b}": {
            "x-note": {"get": {}},
            "parameters": [{"schema": {}}],
            "get": {"responses": {"200": {"content": {"text/plain": {"schema": {"items": {}}}}}}}
        }, "x-more": {"get": {"parameters": [{"schema": {}}]}}}});
        assert_eq!(
            schemas(&document),
            [
                "/paths/~1a~1{b}/parameters/0/schema",
                "/paths/~1a~1{b}/get/responses/200/content/text~1plain/schema",
                "/paths/~1a~1{b}/get/responses/200/content/text~1plain/schema/items",
            ]
        );
    }

    #[test]
    fn callbacks_are_walked_through_unless_they_are_references() {
        let item = json!({"post": {"parameters": [{"schema": {}}]}});
        let document = json!({
            "paths": {"/a": {"get": {"callbacks": {
                "named": {"$ref": "#/components/callbacks/done"},
                "own": {"{$url}": item, "x-note": item},
            }}}},
            "components": {"callbacks": {"done": {"{$url}": item}}},
        });
        let mut copy = document.clone();
        let expected = [
            "/paths/~1a/get/callbacks/own/{$url}/post/parameters/0/schema",
            "/components/callbacks/done/{$url}/post/parameters/0/schema",
        ];
        assert_eq!(schemas(&document), expected);
        let mut found = Vec::new();
        let visit = &mut |node, pointer: &str, value: &mut Value| {
            found.extend((node == Node::Callback).then(|| (pointer.to_owned(), value.is_object())));
        };
        walk_mut(Node::Document, &mut copy, &mut String::new(), visit);
        let callbacks = [
            "/paths/~1a/get/callbacks/named",
            "/paths/~1a/get/callbacks/own",
            "/components/callbacks/done",
        ];
        assert_eq!(found, callbacks.map(|pointer| (pointer.to_owned(), true)));
    }

    #[test]
    fn keywords_without_effect_are_documentation_annotations_or_defaults() {
        for keyword in documentation(Node::Schema) {
            assert!(is_annotation(keyword), "{keyword}");
        }
        assert!(is_annotation("readOnly") && is_annotation("x-note"));
        assert!(!is_annotation("nullable") && !is_annotation("enum"));
        assert!(is_default("required", &json!(false)) && is_default("minLength", &json!(0)));
        assert!(!is_default("required", &json!(true)) && !is_default("minLength", &json!(1)));
        assert!(!is_default("maxLength", &json!(0)) && !is_default("required", &json!([])));
    }

    #[test]
    fn the_mutable_walk_sees_the_same_nodes() {
        let mut document = json!({"components": {"schemas": {"A": {"oneOf": [{}, {"not": {}}]}}}});
        let expected = schemas(&document);
        let mut found = Vec::new();
        walk_mut(
            Node::Document,
            &mut document,
            &mut String::new(),
            &mut |node, pointer, _| {
                if node == Node::Schema {
                    found.push(pointer.to_owned());
                }
            },
        );
        assert_eq!(found, expected);
    }
}
