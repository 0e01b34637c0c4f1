//! Values that are almost valid.

use serde_json::{Map, Value, json};

/// The maximum depth at which a value is changed.
const MAX_LEVELS: usize = 5;

/// Returns copies of `value` that differ in one place: a property removed, added or null, a wrong
/// type, an unknown string, a number out of range, an item more or less. At most `limit` are
/// returned.
pub fn near_misses(value: &Value, limit: usize) -> Vec<Value> {
    let mut misses = mutations(value, 0);
    // The selection is spread evenly over all parts of the value.
    if misses.len() > limit {
        let all = misses.len();
        let mut index = 0;
        misses.retain(|_| {
            let keep = index * limit / all != (index + 1) * limit / all;
            index += 1;
            keep
        });
    }
    misses
}

fn mutations(value: &Value, level: usize) -> Vec<Value> {
    if level > MAX_LEVELS {
        return Vec::new();
    }
    let mut mutations = replacements(value);
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().take(2) {
                mutations.extend(mutations_at(item, level, |changed| {
                    let mut items = items.clone();
                    items[index] = changed;
                    Value::Array(items)
                }));
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                let mut without = entries.clone();
                without.shift_remove(key);
                mutations.push(Value::Object(without));
                mutations.extend(mutations_at(entry, level, |changed| {
                    let mut entries: Map<_, _> = entries.clone();
                    entries.insert(key.clone(), changed);
                    Value::Object(entries)
                }));
            }
        }
        _ => {}
    }
    mutations
}

fn mutations_at(child: &Value, level: usize, put: impl Fn(Value) -> Value) -> Vec<Value> {
    mutations(child, level + 1).into_iter().map(put).collect()
}

/// Returns replacements for a value.
fn replacements(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => vec![json!("null"), json!(0), json!({})],
        Value::Bool(_) => vec![Value::Null, json!("true"), json!(1)],
        Value::Number(_) => vec![
            Value::Null,
            json!("1"),
            json!(-1),
            json!(0),
            json!(1.5),
            json!(1_000_000_007_i64),
        ],
        Value::String(text) => vec![
            Value::Null,
            json!(7),
            json!([text]),
            json!(""),
            json!(format!("{text}?")),
            json!(text.repeat(2048 / text.len().max(1) + 1)),
        ],
        Value::Array(items) => {
            let doubled: Vec<_> = items.iter().chain(items).collect();
            let many: Vec<_> = items
                .iter()
                .cycle()
                .take(101.min(items.len() * 101))
                .collect();
            vec![
                Value::Null,
                json!({}),
                json!([]),
                json!(doubled),
                json!(many),
                json!([null]),
            ]
        }
        Value::Object(entries) => {
            let mut more = entries.clone();
            more.insert("not in any schema".to_owned(), json!(true));
            vec![
                Value::Null,
                json!([]),
                json!("{}"),
                json!({}),
                Value::Object(more),
            ]
        }
    }
}
