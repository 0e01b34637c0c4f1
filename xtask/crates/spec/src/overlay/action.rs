//! One action of an overlay.

use anyhow::{Context, Result, bail, ensure};
use gitbook_api_codegen::document::unescape;
use serde::Deserialize;
use serde_json::Value;
use serde_json_path::JsonPath;

use super::undone::Changes;

/// An Action Object of the Overlay specification, with the extension `x-expect`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Action {
    /// JSONPath (RFC 9535) of the objects or arrays to change.
    pub target: String,
    /// The reason for the change.
    description: String,
    update: Option<Value>,
    #[serde(default)]
    remove: bool,
    /// The expected content of the target: some of the keys of an object, any other value in full.
    #[serde(rename = "x-expect")]
    expect: Option<Value>,
}

/// Applies an action and returns the number of nodes that it changed, and the changes.
pub(super) fn apply(action: &Action, document: &mut Value) -> Result<(usize, Changes)> {
    ensure!(
        !action.description.trim().is_empty(),
        "the description must state the reason"
    );
    let path =
        JsonPath::parse(&action.target).context("the target is not a JSONPath (RFC 9535)")?;
    let nodes = path.query_located(document);
    let pointers: Vec<String> = nodes
        .iter()
        .map(|node| node.location().to_json_pointer())
        .collect();
    ensure!(
        !pointers.is_empty(),
        "no node matches: the source may have been corrected or renamed; correct or delete the action"
    );
    for pointer in &pointers {
        let node = document.pointer(pointer).context("the node was found")?;
        check(action, pointer, node)?;
    }
    let mut changes = Changes::default();
    // From last to first: removing an item of an array moves the items behind it.
    for pointer in pointers.iter().rev() {
        match &action.update {
            Some(update) if !action.remove => change(document, pointer, update, &mut changes)?,
            _ => remove(document, pointer, &mut changes)?,
        }
    }
    Ok((pointers.len(), changes))
}

fn check(action: &Action, pointer: &str, node: &Value) -> Result<()> {
    ensure!(
        node.is_object() || node.is_array(),
        "#{pointer} is neither an object nor an array; target its parent"
    );
    ensure!(
        action.remove != action.update.is_some(),
        "an action needs either an update or remove: true"
    );
    let Some(expected) = &action.expect else {
        return Ok(());
    };
    if let Some(within) = unlike(expected, node) {
        let found = node
            .pointer(&within)
            .map_or("nothing".to_owned(), Value::to_string);
        let wanted = expected
            .pointer(&within)
            .map_or("nothing".to_owned(), Value::to_string);
        bail!(
            "#{pointer}{within} is {found}, expected {wanted}: the source may have been corrected; correct or delete the action"
        );
    }
    Ok(())
}

/// Returns where `node` differs from the expected content. Objects may have more keys.
fn unlike(expected: &Value, node: &Value) -> Option<String> {
    match (expected, node) {
        (Value::Object(expected), Value::Object(node)) => {
            expected.iter().find_map(|(key, expected)| {
                let token = gitbook_api_codegen::document::escape(key);
                match node.get(key) {
                    Some(value) => {
                        unlike(expected, value).map(|within| format!("/{token}{within}"))
                    }
                    None => Some(format!("/{token}")),
                }
            })
        }
        _ => (expected != node).then(String::new),
    }
}

fn change(
    document: &mut Value,
    pointer: &str,
    update: &Value,
    changes: &mut Changes,
) -> Result<()> {
    let node = document
        .pointer_mut(pointer)
        .context("the node was found")?;
    let before = node.clone();
    match node {
        Value::Array(items) => items.push(update.clone()),
        _ => merge(node, update),
    }
    ensure!(
        *node != before,
        "#{pointer} already has the updated value: the source may have been corrected; delete the action"
    );
    changes.add(pointer, &before, node);
    Ok(())
}

/// Merges by the rules of the Overlay specification: objects are merged recursively, arrays are
/// appended to, other values are replaced.
fn merge(node: &mut Value, update: &Value) {
    match (node, update) {
        (Value::Object(node), Value::Object(update)) => {
            for (key, update) in update {
                match node.get_mut(key) {
                    Some(value) => merge(value, update),
                    None => {
                        node.insert(key.clone(), update.clone());
                    }
                }
            }
        }
        (Value::Array(node), Value::Array(update)) => node.extend(update.iter().cloned()),
        (node, update) => *node = update.clone(),
    }
}

fn remove(document: &mut Value, pointer: &str, changes: &mut Changes) -> Result<()> {
    let (parent, token) = pointer
        .rsplit_once('/')
        .context("the whole document cannot be removed")?;
    match document.pointer_mut(parent) {
        Some(Value::Object(entries)) => {
            changes.record(pointer, entries.shift_remove(&unescape(token)));
        }
        Some(Value::Array(items)) => {
            changes.record(parent, Some(Value::Array(items.clone())));
            items.remove(token.parse().context("an index of an array")?);
        }
        _ => bail!("#{pointer} was removed with an earlier match of the same target"),
    }
    Ok(())
}
