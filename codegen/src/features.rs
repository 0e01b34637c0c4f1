//! The Cargo features of the crate that follow from the document: one for each API group.

use serde_json::Value;

use crate::Diagnostics;
use crate::group::{Groups, SCHEMAS, feature_name};
use crate::syntax::operations;

/// The line in `Cargo.toml` before the groups.
const BEGIN: &str = "# <groups> (kept in step with spec/openapi.yaml by `cargo xtask codegen`)";
/// The line in `Cargo.toml` after the groups.
const END: &str = "# </groups>";

/// The feature of one API group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name in `Cargo.toml`.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The description in a sentence, or empty.
    pub description: String,
    /// The ids of its operations, in order.
    pub operations: Vec<String>,
}

/// Returns the features of `document` in the order of its tags, and last that of the schemas that
/// no operation needs.
///
/// # Errors
/// Fails if an operation cannot be read.
pub fn features(document: &Value) -> Result<Vec<Feature>, Diagnostics> {
    let mut features = described(document);
    // The features depend on tags alone.
    for operation in operations(document)? {
        let index = features
            .iter()
            .position(|feature| feature.name == operation.group);
        let index = index.unwrap_or_else(|| {
            features.push(Feature {
                description: format!("Operations tagged `{}`.", operation.group),
                ..Feature::named(&operation.group)
            });
            features.len() - 1
        });
        features[index].operations.push(operation.id);
    }
    features.retain(|feature| !feature.operations.is_empty());
    if features.iter().all(|feature| feature.name != SCHEMAS) {
        features.push(Feature {
            description: "The types that no operation needs, such as webhook events.".to_owned(),
            ..Feature::named(SCHEMAS)
        });
    }
    Ok(features)
}

/// Returns a feature for each top-level tag, without operations yet.
fn described(document: &Value) -> Vec<Feature> {
    let mut features: Vec<Feature> = Vec::new();
    let groups = Groups::new(document);
    let tags = document.get("tags").and_then(Value::as_array);
    for tag in tags.into_iter().flatten() {
        let text = |key: &str| tag.get(key).and_then(Value::as_str);
        let Some(name) = text("name").filter(|name| groups.of_tag(name) == feature_name(name))
        else {
            continue;
        };
        let mut feature = Feature::named(&feature_name(name));
        feature.title = text("x-page-title").unwrap_or(name).to_owned();
        feature.description = text("x-page-description").unwrap_or_default().to_owned();
        if features.iter().all(|other| other.name != feature.name) {
            features.push(feature);
        }
    }
    features
}

impl Feature {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: name.to_owned(),
            description: String::new(),
            operations: Vec::new(),
        }
    }

    /// Returns the feature and its comment, as `Cargo.toml` has them.
    fn lines(&self) -> String {
        let text = if self.description.is_empty() {
            &self.title
        } else {
            &self.description
        };
        let words = text.split(|c: char| c.is_whitespace() || c.is_control());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let comment = words.join(" ");
        format!("# {comment}\n{} = []\n", self.name)
    }
}

/// Rewrites the groups in `manifest`, which are between two marker comments under `[features]`:
/// the feature `all`, and one feature for each group with a comment.
///
/// # Errors
/// A problem of the manifest: the markers are not there, or a feature of the same name is.
pub fn sync_manifest(manifest: &str, features: &[Feature]) -> Result<String, String> {
    let parts = manifest
        .split_once(&format!("{BEGIN}\n"))
        .and_then(|(before, rest)| {
            let (_, after) = rest.split_once(END)?;
            Some((before, after))
        });
    let (before, after) = parts.ok_or_else(|| {
        format!("Cargo.toml needs the lines `{BEGIN}` and `{END}` under `[features]`")
    })?;
    let by_hand = |name: &str| {
        let lines = before.lines().chain(after.lines());
        lines
            .filter_map(|line| line.split_once('='))
            .any(|(key, value)| key.trim() == name && value.trim_start().starts_with('['))
    };
    if let Some(feature) = features.iter().find(|feature| by_hand(&feature.name)) {
        return Err(format!(
            "feature `{}` of Cargo.toml has the name of a group",
            feature.name
        ));
    }
    let names = features
        .iter()
        .map(|feature| format!("    \"{}\",\n", feature.name));
    let all = format!(
        "# Every group of operations.\nall = [\n{}]\n",
        names.collect::<String>()
    );
    let each = features.iter().map(Feature::lines).collect::<String>();
    Ok(format!("{before}{BEGIN}\n{all}{each}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        let operation =
            |id: &str, tag: &str| json!({"operationId": id, "tags": [tag], "responses": {}});
        json!({
            "tags": [
                {"name": "empty"},
                {"name": "sites", "x-page-title": "Docs sites", "x-page-description": "Manage\n\u{7} sites.\u{1b}"},
                {"name": "site-ask", "x-parent": "sites"},
                {"name": "users", "x-page-title": "Users"},
            ],
            "paths": {
                "/a": {"get": operation("ask", "site-ask"), "put": operation("find", "late")},
                "/b": {"get": operation("site", "sites"), "put": operation("user", "users")},
            },
        })
    }

    #[test]
    fn every_group_with_operations_is_a_feature() {
        let features = features(&document()).unwrap();
        let found: Vec<_> = features
            .iter()
            .map(|feature| {
                (
                    feature.name.as_str(),
                    feature.title.as_str(),
                    feature.operations.join(" "),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("sites", "Docs sites", "ask site".to_owned()),
                ("users", "Users", "user".to_owned()),
                ("late", "late", "find".to_owned()),
                ("schemas", "schemas", String::new()),
            ]
        );
    }

    #[test]
    fn the_manifest_follows_the_groups_and_keeps_the_rest() {
        let features = features(&document()).unwrap();
        let before = "[features]\ndefault = [\"all\", \"rustls\"]\nrustls = []\n";
        let after = "\n\n[lints]\nworkspace = true\n";
        let empty = format!("{before}{BEGIN}\n{END}{after}");
        let synced = sync_manifest(&empty, &features).unwrap();
        let groups = "# Every group of operations.\nall = [\n    \"sites\",\n    \"users\",\n    \
                      \"late\",\n    \"schemas\",\n]\n# Manage sites.\nsites = []\n# Users\n\
                      users = []\n# Operations tagged `late`.\nlate = []\n\
                      # The types that no operation needs, such as webhook events.\nschemas = []\n";
        assert_eq!(synced, format!("{before}{BEGIN}\n{groups}{END}{after}"));
        assert_eq!(sync_manifest(&synced, &features).unwrap(), synced);
        assert_eq!(
            sync_manifest(&synced, &[]).unwrap(),
            empty.replace(END, "# Every group of operations.\nall = [\n]\n# </groups>")
        );
    }

    #[test]
    fn a_manifest_without_markers_or_with_a_clash_is_refused() {
        let features = features(&document()).unwrap();
        assert!(sync_manifest("[features]\n", &features).is_err());
        assert!(sync_manifest(&format!("sites = []\n{BEGIN}\n{END}"), &features).is_err());
        assert!(sync_manifest(&format!("{END}\n{BEGIN}\n"), &features).is_err());
    }
}
