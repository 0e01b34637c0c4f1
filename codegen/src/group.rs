//! The API groups of operations.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::names::kebab_case;

/// The group of the component schemas that no operation needs.
pub const SCHEMAS: &str = "schemas";

/// The groups of operations that need something: the features that it is part of.
pub type GroupSet = BTreeSet<String>;

/// The groups of a document: its top-level tags.
pub struct Groups<'a> {
    parents: HashMap<&'a str, &'a str>,
    /// The group of the first operation with a tag, by first segment of the path.
    segments: HashMap<&'a str, String>,
}

impl<'a> Groups<'a> {
    /// Reads the tags and the paths of `document`.
    pub fn new(document: &'a Value) -> Self {
        let mut groups = Self {
            parents: HashMap::new(),
            segments: HashMap::new(),
        };
        let tags = document.get("tags").and_then(Value::as_array);
        for tag in tags.into_iter().flatten() {
            if let (Some(name), Some(parent)) = (text(tag, "name"), text(tag, "x-parent")) {
                groups.parents.insert(name, parent);
            }
        }
        let paths = document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let operations = item.as_object().into_iter().flatten();
            if let Some(tag) = operations
                .filter_map(|(_, operation)| first_tag(operation))
                .next()
            {
                let group = groups.of_tag(tag);
                groups.segments.entry(segment(path)).or_insert(group);
            }
        }
        groups
    }

    /// Returns the group of an operation: the top of its first tag. Without a tag, it belongs where
    /// the first operation with one does whose path begins alike, or to a group named by that
    /// beginning.
    pub fn of(&self, path: &str, operation: &Value) -> String {
        if let Some(tag) = first_tag(operation) {
            return self.of_tag(tag);
        }
        match self.segments.get(segment(path)) {
            Some(group) => group.clone(),
            None => feature_name(segment(path)),
        }
    }

    pub(crate) fn of_tag(&self, tag: &str) -> String {
        feature_name(self.top(tag))
    }

    /// Returns the tag at the top of the chain of parents, which may by mistake be a circle.
    fn top<'t>(&self, tag: &'t str) -> &'t str
    where
        'a: 't,
    {
        let mut top = tag;
        for _ in 0..self.parents.len() {
            match self.parents.get(top) {
                Some(parent) => top = parent,
                None => return top,
            }
        }
        top
    }
}

/// Returns the name of a Cargo feature. Those that mean all groups, or that Cargo itself gives a
/// meaning, end in `-group`.
pub(crate) fn feature_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    match kebab_case(&name) {
        name if name.is_empty() => "other".to_owned(),
        name if matches!(name.as_str(), "all" | "default") => format!("{name}-group"),
        name => name,
    }
}

fn first_tag(operation: &Value) -> Option<&str> {
    operation.get("tags")?.as_array()?.first()?.as_str()
}

fn segment(path: &str) -> &str {
    path.split('/')
        .find(|segment| !segment.is_empty())
        .unwrap_or_default()
}

fn text<'a>(node: &'a Value, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_operation_belongs_to_the_top_of_its_first_tag() {
        let document = json!({
            "tags": [
                {"name": "sites"},
                {"name": "site-ask", "x-parent": "site-content"},
                {"name": "site-content", "x-parent": "sites"},
                {"name": "round", "x-parent": "about"},
                {"name": "about", "x-parent": "round"},
            ],
            "paths": {"/integrations/{name}": {"get": {"tags": ["Our Integrations"]}}},
        });
        let groups = Groups::new(&document);
        for (path, operation, group) in [
            ("/a", json!({"tags": ["sites"]}), "sites"),
            ("/a", json!({"tags": ["site-ask", "other"]}), "sites"),
            ("/a", json!({"tags": ["unknown"]}), "unknown"),
            ("/integrations", json!({}), "our-integrations"),
            ("/ask/{id}", json!({"tags": []}), "ask"),
            ("/", json!({}), "other"),
            ("/", json!({"tags": ["All"]}), "all-group"),
            ("/default", json!({}), "default-group"),
        ] {
            assert_eq!(groups.of(path, &operation), group, "{path} {operation}");
        }
        assert!(
            ["round", "about"].contains(&groups.of("/a", &json!({"tags": ["round"]})).as_str())
        );
    }
}
