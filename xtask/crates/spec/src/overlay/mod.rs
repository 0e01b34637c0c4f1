//! OpenAPI Overlay 1.0: corrections of the merged document, each with its reason.
//!
//! By the specification, an action that matches nothing succeeds silently, and an action cannot
//! state what it expects. Here an action must match and must change what it matches, and can state
//! the expected content as `x-expect`. A correction that the publisher has made as well is
//! therefore detected.

mod action;
mod undone;

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::sources;
use action::Action;

/// An overlay that has been applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub file: String,
    pub title: String,
    /// The number of nodes that each action changed.
    pub changed: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Overlay {
    overlay: String,
    info: Info,
    #[expect(
        dead_code,
        reason = "the overlays are applied to the one document there is"
    )]
    extends: Option<String>,
    actions: Vec<Action>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Info {
    title: String,
    #[expect(dead_code, reason = "required by the specification, of no use here")]
    version: String,
}

/// Applies the overlays of a folder (`*.yaml`) to `document`, in the order of their names.
///
/// # Errors
///
/// Fails if an overlay cannot be read, or if an action matches nothing, changes nothing, does not find
/// the expected content, or undoes an earlier action. The error names the file, the index of the
/// action and the remedy.
pub fn apply(folder: &Path, document: &mut Value) -> Result<Vec<Applied>> {
    let mut applied = Vec::new();
    let mut history = undone::History::default();
    for path in sources::yaml_files(folder)? {
        let overlay = read(&path).with_context(|| format!("in {}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let changed = apply_actions(&overlay, &name, document, &mut history)
            .with_context(|| format!("in {}", path.display()))?;
        applied.push(Applied {
            file: name.into_owned(),
            title: overlay.info.title,
            changed,
        });
    }
    Ok(applied)
}

fn read(path: &Path) -> Result<Overlay> {
    let overlay: Overlay = serde_yaml::from_str(&fs::read_to_string(path)?)?;
    ensure!(
        overlay.overlay.starts_with("1.0."),
        "Overlay {} is not supported, only 1.0",
        overlay.overlay
    );
    Ok(overlay)
}

fn apply_actions(
    overlay: &Overlay,
    file: &str,
    document: &mut Value,
    history: &mut undone::History,
) -> Result<Vec<usize>> {
    let mut counts = Vec::new();
    for (index, action) in overlay.actions.iter().enumerate() {
        let context = || format!("actions[{index}] ({})", action.target);
        let before = history.undone(document);
        let (count, changes) = action::apply(action, document).with_context(context)?;
        counts.push(count);
        let mut undone = history.undone(document);
        undone.retain(|name| !before.contains(name));
        history.add(format!("{file}: {}", context()), changes);
        ensure!(
            undone.is_empty(),
            "{} undoes {}: delete both, or correct one of them",
            context(),
            undone.join(" and ")
        );
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Applies one overlay with `actions` (JSON).
    fn applied(actions: Value, document: &Value) -> Result<(Value, Vec<usize>)> {
        let folder = tempfile::tempdir().unwrap();
        let overlay =
            json!({"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": actions});
        fs::write(folder.path().join("10-test.yaml"), overlay.to_string()).unwrap();
        let mut document = document.clone();
        let mut applied = apply(folder.path(), &mut document)?;
        Ok((document, applied.remove(0).changed))
    }

    fn document() -> Value {
        json!({"a": {"type": "number", "list": [1], "deep": {"x": 1}}, "b": {"type": "number"}, "c": [{"k": 1}, {"k": 2}, {"k": 1}]})
    }

    #[test]
    fn updates_merge_and_append_and_removals_keep_the_order() {
        let actions = json!([
            {"target": "$.a", "description": "r", "x-expect": {"deep": {"x": 1}}, "update": {"type": "integer", "list": [2], "deep": {"y": 2}}},
            {"target": "$.c", "description": "r", "update": {"k": 3}},
            {"target": "$.c[?@.k == 1]", "description": "r", "remove": true},
            {"target": "$.a.list", "description": "r", "x-expect": [1, 2], "remove": true},
        ]);
        let (changed, counts) = applied(actions, &document()).unwrap();
        let expected = json!({"a": {"type": "integer", "deep": {"x": 1, "y": 2}}, "b": {"type": "number"}, "c": [{"k": 2}, {"k": 3}]});
        assert_eq!(changed.to_string(), expected.to_string());
        assert_eq!(counts, [1, 1, 2, 1]);
    }

    #[test]
    fn one_action_changes_all_that_it_matches() {
        let actions = json!([{"target": "$[?@.type == 'number']", "description": "r", "x-expect": {"type": "number"}, "update": {"type": "integer"}}]);
        let (changed, counts) = applied(actions, &document()).unwrap();
        assert_eq!(
            (&changed["a"]["type"], &changed["b"]["type"]),
            (&json!("integer"), &json!("integer"))
        );
        assert_eq!(counts, [2]);
    }

    #[test]
    fn an_action_without_its_effect_is_an_error() {
        let cases = [
            (
                "matches nothing",
                json!({"target": "$.z", "description": "r", "remove": true}),
            ),
            (
                "x-expect differs",
                json!({"target": "$.a", "description": "r", "x-expect": {"type": "string"}, "update": {"type": "integer"}}),
            ),
            (
                "x-expect is absent",
                json!({"target": "$.a", "description": "r", "x-expect": {"format": "x"}, "update": {"type": "integer"}}),
            ),
            (
                "x-expect differs for one of two",
                json!({"target": "$['a', 'b']", "description": "r", "x-expect": {"list": [1]}, "update": {"type": "integer"}}),
            ),
            (
                "changes nothing",
                json!({"target": "$.a", "description": "r", "update": {"type": "number"}}),
            ),
            (
                "no reason",
                json!({"target": "$.a", "description": " ", "update": {"type": "integer"}}),
            ),
            (
                "no description",
                json!({"target": "$.a", "update": {"type": "integer"}}),
            ),
            (
                "not a JSONPath",
                json!({"target": "a", "description": "r", "remove": true}),
            ),
            (
                "a scalar",
                json!({"target": "$.a.type", "description": "r", "remove": true}),
            ),
            ("does nothing", json!({"target": "$.a", "description": "r"})),
            (
                "does two things",
                json!({"target": "$.a", "description": "r", "update": {"x": 1}, "remove": true}),
            ),
            (
                "a misspelt key",
                json!({"target": "$.a", "description": "r", "updat": {}, "remove": true}),
            ),
            (
                "the whole document",
                json!({"target": "$", "description": "r", "remove": true}),
            ),
        ];
        for (case, action) in cases {
            let fine = json!({"target": "$.b", "description": "r", "update": {"x": 1}});
            let error = applied(json!([fine, action]), &document()).expect_err(case);
            let message = format!("{error:#}");
            assert!(message.contains("10-test.yaml"), "{case}: {message}");
            if !["no description", "a misspelt key"].contains(&case) {
                assert!(message.contains("actions[1]"), "{case}: {message}");
            }
        }
    }

    #[test]
    fn an_action_that_undoes_another_is_an_error() {
        let set = |target: &str, update: Value| json!({"target": target, "description": "r", "update": update});
        let remove = |target: &str| json!({"target": target, "description": "r", "remove": true});
        let undone = [
            json!([
                set("$.a", json!({"type": "x"})),
                set("$.a", json!({"type": "number"}))
            ]),
            json!([set("$.a", json!({"new/~": {}})), remove("$.a['new/~']")]),
            json!([set("$.c", json!({"k": 3})), remove("$.c[3]")]),
            json!([
                remove("$.c[1:]"),
                set("$.c", json!({"k": 2})),
                set("$.c", json!({"k": 1}))
            ]),
            json!([
                set("$.a", json!({"new": {"x": 1}})),
                set("$.b", json!({"y": 1})),
                remove("$.a")
            ]),
            json!([
                set("$['a', 'b']", json!({"z": {}})),
                remove("$.a.z"),
                remove("$.b.z")
            ]),
        ];
        for actions in undone {
            let error = format!(
                "{:#}",
                applied(actions.clone(), &document()).expect_err("undone")
            );
            let last = actions.as_array().unwrap().len() - 1;
            assert!(error.contains(&format!("actions[{last}]")), "{error}");
            assert!(error.contains("10-test.yaml: actions[0]"), "{error}");
        }
        let kept = [
            // One of two nodes is an exception.
            json!([
                set("$['a', 'b']", json!({"type": "x"})),
                set("$.b", json!({"type": "number"}))
            ]),
            json!([
                set("$.a", json!({"type": "x", "y": 1})),
                set("$.a", json!({"type": "number"}))
            ]),
            json!([
                set("$.a", json!({"type": "x"})),
                set("$.a", json!({"type": "z"}))
            ]),
        ];
        for actions in kept {
            assert!(applied(actions.clone(), &document()).is_ok(), "{actions}");
        }
    }

    #[test]
    fn another_version_of_overlays_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let text = "{overlay: 1.1.0, info: {title: T, version: '1'}, actions: []}";
        fs::write(folder.path().join("a.yaml"), text).unwrap();
        assert!(apply(folder.path(), &mut document()).is_err());
    }
}
