//! Copies of a value with one change each.
//!
//! Changes are selected before any copy is made, and in turn from all parts of the value: a large
//! property does not use up the limit.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// The maximum depth at which a value is changed.
const MAX_LEVELS: usize = 5;
/// The number of items of a list that are changed.
const MAX_ITEMS: usize = 2;
/// The property that [`future_versions`] adds.
pub const UNKNOWN_PROPERTY: &str = "addedByAFutureVersion";

/// Returns copies of `value` that differ in one place: a property removed, added or null, a wrong
/// type, an unknown string, a number out of range, an item more or less. At most `limit` are
/// returned.
pub fn near_misses(value: &Value, limit: usize) -> Vec<Value> {
    const KINDS: [Kind; 7] = [
        Kind::Remove,
        Kind::Replace(0),
        Kind::Replace(1),
        Kind::Replace(2),
        Kind::Replace(3),
        Kind::Replace(4),
        Kind::Replace(5),
    ];
    copies(value, limit, |_| &KINDS)
}

/// Returns copies of `value` with one change that a future version of the API could make: a property
/// more, a property less, a property that is `null`, another text. At most `limit` are returned.
pub fn future_versions(value: &Value, limit: usize) -> Vec<Value> {
    copies(value, limit, |value| match value {
        Value::Object(_) => &[Kind::Remove, Kind::Null, Kind::Add],
        Value::String(_) => &[Kind::Remove, Kind::Null, Kind::Text],
        _ => &[Kind::Remove, Kind::Null],
    })
}

/// A way to change a value.
#[derive(Clone, Copy)]
enum Kind {
    /// Removed from its object.
    Remove,
    /// Null in its object.
    Null,
    /// With a property more.
    Add,
    Text,
    /// The replacement of this index.
    Replace(usize),
}

/// A change and the JSON pointer of the value that it changes.
type Change = (String, Kind);

fn copies(value: &Value, limit: usize, kinds: impl Fn(&Value) -> &'static [Kind]) -> Vec<Value> {
    let changes = changes(value, "", None, 0, 0, &kinds);
    let copies = changes
        .into_iter()
        .filter_map(|change| changed(value, &change));
    copies.take(limit).collect()
}

/// Returns the changes of the value at `pointer`, which is entry number `index` of `parent`.
fn changes(
    value: &Value,
    pointer: &str,
    parent: Option<&Value>,
    index: usize,
    level: usize,
    kinds: &impl Fn(&Value) -> &'static [Kind],
) -> VecDeque<Change> {
    if level > MAX_LEVELS {
        return VecDeque::new();
    }
    let in_object = parent.is_some_and(Value::is_object);
    let mut changes: VecDeque<Change> = kinds(value)
        .iter()
        .filter(|kind| in_object || !matches!(kind, Kind::Remove | Kind::Null))
        .map(|kind| (pointer.to_owned(), *kind))
        .collect();
    // Neighbours begin with different kinds of changes.
    if !changes.is_empty() {
        let first = index % changes.len();
        changes.rotate_left(first);
    }
    let child = |(index, (key, child)): (usize, (String, &Value))| {
        let pointer = format!("{pointer}/{key}");
        self::changes(child, &pointer, Some(value), index, level + 1, kinds)
    };
    let children = match value {
        Value::Array(items) => {
            let items = items.iter().take(MAX_ITEMS).enumerate();
            let items = items.map(|(index, item)| (index.to_string(), item));
            items.enumerate().map(child).collect()
        }
        Value::Object(entries) => {
            let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
            let entries = entries.iter().map(|(key, entry)| (escaped(key), entry));
            entries.enumerate().map(child).collect()
        }
        _ => Vec::new(),
    };
    changes.extend(in_turn(children));
    changes
}

/// Returns the first change of each list, then the second of each, and so on.
fn in_turn(mut lists: Vec<VecDeque<Change>>) -> Vec<Change> {
    let mut changes = Vec::with_capacity(lists.iter().map(VecDeque::len).sum());
    while changes.len() < changes.capacity() {
        let next = lists.iter_mut().filter_map(VecDeque::pop_front);
        let before = changes.len();
        changes.extend(next);
        if changes.len() == before {
            break;
        }
    }
    changes
}

/// Returns a copy of `value` with one change, or `None` if it would be the same.
fn changed(value: &Value, (pointer, kind): &Change) -> Option<Value> {
    let node = value.pointer(pointer)?;
    let new = match kind {
        Kind::Remove => {
            let (parent, key) = pointer.rsplit_once('/')?;
            let key = key.replace("~1", "/").replace("~0", "~");
            let mut copy = value.clone();
            copy.pointer_mut(parent)?
                .as_object_mut()?
                .shift_remove(&key)?;
            return Some(copy);
        }
        Kind::Null => Value::Null,
        Kind::Text => json!("value of a future version"),
        Kind::Add => {
            let mut more = node.as_object()?.clone();
            more.insert(UNKNOWN_PROPERTY.to_owned(), json!({ "a": [1, "b", null] }));
            Value::Object(more)
        }
        Kind::Replace(index) => replacement(node, *index)?,
    };
    if new == *node {
        return None;
    }
    let mut copy = value.clone();
    *copy.pointer_mut(pointer)? = new;
    Some(copy)
}

/// Returns a replacement for a value, or `None` if there are not that many.
fn replacement(value: &Value, index: usize) -> Option<Value> {
    Some(match (value, index) {
        (Value::Null, 0) => json!("null"),
        (Value::Null, 1) => json!(0),
        (Value::Null, 2) => json!({}),
        (Value::Null, _) => return None,
        (_, 0) => Value::Null,
        (Value::Bool(_), 1) => json!("true"),
        (Value::Bool(_), 2) => json!(1),
        (Value::Number(_), 1) => json!("1"),
        (Value::Number(_), 2) => json!(-1),
        (Value::Number(_), 3) => json!(0),
        (Value::Number(_), 4) => json!(1.5),
        (Value::Number(_), 5) => json!(1_000_000_007_i64),
        (Value::String(_), 1) => json!(7),
        (Value::String(text), 2) => json!([text]),
        (Value::String(_), 3) => json!(""),
        (Value::String(text), 4) => json!(format!("{text}?")),
        (Value::String(text), 5) => json!(text.repeat(2048 / text.len().max(1) + 1)),
        (Value::Array(_), 1) => json!({}),
        (Value::Array(_), 2) => json!([]),
        (Value::Array(items), 3) => items.iter().chain(items).cloned().collect(),
        (Value::Array(items), 4) => {
            let many = items.iter().cycle().take(items.len().min(1) * 101);
            many.cloned().collect()
        }
        (Value::Array(_), 5) => json!([null]),
        (Value::Object(_), 1) => json!([]),
        (Value::Object(_), 2) => json!("{}"),
        (Value::Object(_), 3) => json!({}),
        (Value::Object(entries), 4) => {
            let mut more = entries.clone();
            more.insert("not in any schema".to_owned(), json!(true));
            Value::Object(more)
        }
        _ => return None,
    })
}
