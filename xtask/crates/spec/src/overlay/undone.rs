//! Finds actions that a later action undoes.

use std::collections::{BTreeSet, HashMap};

use gitbook_api_codegen::document::escape;
use serde_json::Value;

/// The changes of one action: the value of each place before it, `None` where there was nothing.
#[derive(Default)]
pub(super) struct Changes(HashMap<String, Option<Value>>);

impl Changes {
    /// Adds the value `before` of a place. The first one counts if one action changes a list several
    /// times.
    pub(super) fn record(&mut self, pointer: &str, before: Option<Value>) {
        self.0.entry(pointer.to_owned()).or_insert(before);
    }

    /// Adds where the node at `pointer` differs from what it was `before`.
    pub(super) fn add(&mut self, pointer: &str, before: &Value, after: &Value) {
        self.compare(Some(before), Some(after), &mut pointer.to_owned());
    }

    /// Collects where two values differ: keys of objects, and other values as a whole.
    fn compare(&mut self, before: Option<&Value>, after: Option<&Value>, pointer: &mut String) {
        if before == after {
            return;
        }
        let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, after) else {
            return self.record(pointer, before.cloned());
        };
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let length = pointer.len();
            pointer.push('/');
            pointer.push_str(&escape(key));
            self.compare(old.get(key), new.get(key), pointer);
            pointer.truncate(length);
        }
    }

    /// Returns whether everything in `document` is as it was before the changes.
    fn are_undone(&self, document: &Value) -> bool {
        let mut changes = self.0.iter();
        changes.all(|(pointer, before)| document.pointer(pointer) == before.as_ref())
    }
}

/// The actions that have been applied, with what each of them changed.
#[derive(Default)]
pub(super) struct History(Vec<(String, Changes)>);

impl History {
    /// Adds an action.
    pub(super) fn add(&mut self, name: String, changes: Changes) {
        self.0.push((name, changes));
    }

    /// Returns the names of the actions of whose changes nothing is left in `document`.
    pub(super) fn undone(&self, document: &Value) -> Vec<String> {
        let undone = self
            .0
            .iter()
            .filter(|(_, changes)| changes.are_undone(document));
        undone.map(|(name, _)| name.clone()).collect()
    }
}
