//! Finds actions that a later action undoes.

use std::collections::BTreeSet;

use gitbook_api_codegen::document::escape;
use serde_json::Value;

/// The actions that have been applied, with what each of them changed.
#[derive(Default)]
pub struct Applied(Vec<(String, Vec<Change>)>);

/// A place and its value before an action changed it.
struct Change {
    pointer: String,
    before: Option<Value>,
}

impl Applied {
    /// Adds the action that made `after` from `before`, and returns the names of the actions before
    /// it that it undid: everything that they changed is as it was.
    pub fn add(&mut self, name: String, before: &Value, after: &Value) -> Vec<String> {
        let mut changes = Vec::new();
        compare(Some(before), Some(after), &mut String::new(), &mut changes);
        let is_undone = |change: &Change, document: &Value| {
            document.pointer(&change.pointer) == change.before.as_ref()
        };
        let undone = self.0.iter().filter(|(_, changes)| {
            changes.iter().all(|change| is_undone(change, after))
                && !changes.iter().all(|change| is_undone(change, before))
        });
        let undone = undone.map(|(name, _)| name.clone()).collect();
        self.0.push((name, changes));
        undone
    }
}

/// Collects where two values differ: keys of objects, and other values as a whole.
fn compare(
    before: Option<&Value>,
    after: Option<&Value>,
    pointer: &mut String,
    changes: &mut Vec<Change>,
) {
    if before == after {
        return;
    }
    let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, after) else {
        changes.push(Change {
            pointer: pointer.clone(),
            before: before.cloned(),
        });
        return;
    };
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&escape(key));
        compare(old.get(key), new.get(key), pointer, changes);
        pointer.truncate(length);
    }
}
