//! Keeps the operations of some API groups, and what they need.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::{lookup, mapped_reference};
use crate::group::{Groups, SCHEMAS};
use crate::walk::{METHODS, Node, walk};

/// The kinds of component that references name.
const COMPONENTS: [(&str, Node); 9] = [
    ("schemas", Node::Schema),
    ("responses", Node::Response),
    ("parameters", Node::Parameter),
    ("examples", Node::Example),
    ("requestBodies", Node::RequestBody),
    ("headers", Node::Header),
    ("links", Node::Link),
    ("callbacks", Node::Callback),
    ("pathItems", Node::PathItem),
];

/// Keeps of `document` the operations of `groups` and the components that these reach, in order.
///
/// The group [`SCHEMAS`] is that of the component schemas that no operation reaches at all.
/// References that lead nowhere are left for a later stage to report.
pub fn select(document: &Value, groups: &[String]) -> Value {
    let mut selected = document.clone();
    let all = Groups::new(document);
    keep_operations(&mut selected, |path, operation| {
        groups.contains(&all.of(path, operation))
    });
    let mut reached = reached_from_paths(&selected);
    if groups.iter().any(|group| group == SCHEMAS) {
        let used = reached_from_paths(document);
        for name in unused_schemas(document, &used) {
            reach(
                document,
                format!("#/components/schemas/{name}"),
                &mut reached,
            );
        }
    }
    keep_components(&mut selected, &reached);
    selected
}

fn keep_operations(document: &mut Value, is_kept: impl Fn(&str, &Value) -> bool) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    paths.retain(|path, item| {
        let Some(item) = item.as_object_mut() else {
            return true;
        };
        let before = item.len();
        item.retain(|key, node| !METHODS.contains(&key.as_str()) || is_kept(path, node));
        before == item.len() || METHODS.iter().any(|method| item.contains_key(*method))
    });
}

fn keep_components(document: &mut Value, reached: &HashSet<String>) {
    for (kind, _) in COMPONENTS {
        let components = document.pointer_mut(&format!("/components/{kind}"));
        if let Some(components) = components.and_then(Value::as_object_mut) {
            components.retain(|name, _| reached.contains(&reference(kind, name)));
        }
    }
}

/// Returns the references to all components that the paths of `document` lead to.
fn reached_from_paths(document: &Value) -> HashSet<String> {
    let mut reached = HashSet::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for item in paths.into_iter().flat_map(|paths| paths.values()) {
        for reference in references(Node::PathItem, item) {
            reach(document, reference, &mut reached);
        }
    }
    reached
}

/// Adds `reference` and all that its target leads to.
fn reach(document: &Value, reference: String, reached: &mut HashSet<String>) {
    let mut waiting = vec![reference];
    while let Some(reference) = waiting.pop() {
        let Some(kind) = kind(&reference) else {
            continue;
        };
        if let Some(target) = lookup(document, &reference)
            && reached.insert(reference)
        {
            waiting.extend(references(kind, target));
        }
    }
}

/// Returns the references in `value`, those of discriminator mappings included.
fn references(node: Node, value: &Value) -> Vec<String> {
    let mut references = Vec::new();
    walk(node, value, &mut String::new(), &mut |node, _, value| {
        let reference = value.get("$ref").and_then(Value::as_str);
        references.extend(reference.map(str::to_owned));
        let mapping = value
            .pointer("/discriminator/mapping")
            .and_then(Value::as_object);
        if node == Node::Schema {
            for target in mapping.into_iter().flat_map(|mapping| mapping.values()) {
                references.extend(target.as_str().map(mapped_reference));
            }
        }
    });
    references
}

fn kind(reference: &str) -> Option<Node> {
    let (kind, _) = reference.strip_prefix("#/components/")?.split_once('/')?;
    COMPONENTS
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, node)| *node)
}

fn reference(kind: &str, name: &str) -> String {
    format!("#/components/{kind}/{}", crate::document::escape(name))
}

fn unused_schemas<'a>(
    document: &'a Value,
    used: &'a HashSet<String>,
) -> impl Iterator<Item = &'a String> {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let names = schemas.into_iter().flat_map(|schemas| schemas.keys());
    names.filter(|name| !used.contains(&reference("schemas", name)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        let response = |name: &str| json!({"responses": {"200": {"$ref": format!("#/components/responses/{name}")}}});
        let mut document = json!({
            "tags": [{"name": "users"}, {"name": "sites"}],
            "paths": {
                "/users": {"parameters": [{"$ref": "#/components/parameters/page"}], "get": response("User"), "post": {"tags": ["sites"]}},
                "/sites": {"get": response("Site")},
            },
            "components": {
                "securitySchemes": {"user": {}},
                "parameters": {"page": {"schema": {"$ref": "#/components/schemas/Page"}}, "limit": {}},
                "responses": {
                    "User": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}},
                    "Site": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Site"}}}},
                },
                "schemas": {
                    "Event": {"properties": {"user": {"$ref": "#/components/schemas/User"}, "of": {"$ref": "#/components/schemas/a~1b"}}},
                    "User": {"items": {"$ref": "#/components/schemas/User"}},
                    "Page": {},
                    "Site": {"discriminator": {"mapping": {"b": "#/components/schemas/Blog", "w": "Wiki"}}},
                    "Blog": {"properties": {"$ref": {"type": "string"}}},
                    "Wiki": {},
                    "a/b": {},
                },
            },
        });
        document["paths"]["/users"]["get"]["tags"] = json!(["users"]);
        document["paths"]["/sites"]["get"]["tags"] = json!(["sites"]);
        document
    }

    fn names(node: &Value) -> Vec<&String> {
        node.as_object()
            .map(|node| node.keys().collect())
            .unwrap_or_default()
    }

    #[test]
    fn groups_bring_what_they_reach() {
        let document = document();
        for (groups, paths, schemas) in [
            (vec!["users"], vec!["/users"], vec!["User", "Page"]),
            (
                vec!["sites"],
                vec!["/users", "/sites"],
                vec!["Page", "Site", "Blog", "Wiki"],
            ),
            (vec!["schemas"], vec![], vec!["Event", "User", "a/b"]),
            (vec![], vec![], vec![]),
        ] {
            let groups: Vec<String> = groups.into_iter().map(str::to_owned).collect();
            let selected = select(&document, &groups);
            assert_eq!(names(&selected["paths"]), paths, "{groups:?}");
            assert_eq!(
                names(&selected["components"]["schemas"]),
                schemas,
                "{groups:?}"
            );
            assert_eq!(names(&selected["components"]["securitySchemes"]), ["user"]);
        }
    }

    #[test]
    fn all_groups_keep_all_but_unused_parameters() {
        let mut document = document();
        let groups = ["users", "sites", "schemas"].map(str::to_owned);
        let selected = select(&document, &groups);
        document["components"]["parameters"]
            .as_object_mut()
            .unwrap()
            .remove("limit");
        assert_eq!(selected, document);
    }
}
