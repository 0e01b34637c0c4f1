//! Values at and next to the bounds of a schema.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

/// The maximum depth at which a value is changed.
const MAX_LEVELS: usize = 16;
/// The number of items of a list that are changed.
const MAX_ITEMS: usize = 2;
/// The number of samples that are changed at the same location.
const MAX_TIMES: usize = 3;
/// The maximum length of a text or list.
const MAX_LENGTH: u64 = 20_000;

/// Returns copies of samples of `schema` that differ in one value with bounds: as long, large or
/// many as allowed, and one less and one more; for a pattern, texts that may not match. A location
/// that many samples share is changed in only some of them. The samples follow; each value is
/// there once.
pub fn at_bounds(document: &Value, schema: &Value, samples: Vec<Value>) -> Vec<Value> {
    let mut changes = Changes {
        document,
        places: BTreeMap::new(),
    };
    let changed = samples
        .iter()
        .flat_map(|sample| changes.of(&[schema], sample, "", 0));
    let mut values: Vec<Value> = changed.collect();
    values.extend(samples);
    distinct(values)
}

/// Removes all but the first of equal values.
fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut known = HashSet::new();
    let is_first: Vec<bool> = values.iter().map(|value| known.insert(value)).collect();
    let values = values.into_iter().zip(is_first);
    values
        .filter_map(|(value, is_first)| is_first.then_some(value))
        .collect()
}

struct Changes<'a> {
    document: &'a Value,
    /// The number of changes by location.
    places: BTreeMap<String, usize>,
}

impl<'a> Changes<'a> {
    fn of(&mut self, schemas: &[&'a Value], value: &Value, path: &str, level: usize) -> Vec<Value> {
        if level > MAX_LEVELS {
            return Vec::new();
        }
        let mut parts: Vec<&Value> = Vec::new();
        schemas
            .iter()
            .for_each(|schema| collect(self.document, schema, &mut parts));
        let mut values = self.here(&parts, value, path);
        match value {
            Value::Array(items) => {
                let schemas: Vec<&Value> =
                    parts.iter().filter_map(|part| part.get("items")).collect();
                let path = format!("{path}/-");
                for (index, item) in items.iter().enumerate().take(MAX_ITEMS) {
                    for changed in self.of(&schemas, item, &path, level + 1) {
                        let mut items = items.clone();
                        items[index] = changed;
                        values.push(Value::Array(items));
                    }
                }
            }
            Value::Object(entries) => {
                for (key, entry) in entries {
                    let schemas: Vec<&Value> = parts
                        .iter()
                        .filter_map(|part| property(part, key))
                        .collect();
                    let path = format!("{path}/{key}");
                    for changed in self.of(&schemas, entry, &path, level + 1) {
                        let mut entries = entries.clone();
                        entries.insert(key.clone(), changed);
                        values.push(Value::Object(entries));
                    }
                }
            }
            _ => {}
        }
        values
    }

    /// Returns replacements for a value, unless its location has been changed often enough.
    fn here(&mut self, parts: &[&Value], value: &Value, path: &str) -> Vec<Value> {
        let (json, values) = match value {
            Value::String(text) => ("string", texts(parts, text)),
            Value::Number(number) => ("number", numbers(parts, number.is_f64())),
            Value::Array(items) => ("array", lists(parts, items)),
            Value::Object(entries) => ("object", objects(parts, entries)),
            Value::Null | Value::Bool(_) => return Vec::new(),
        };
        let times = self.places.entry(format!("{json} {path}")).or_default();
        *times += usize::from(!values.is_empty());
        if *times <= MAX_TIMES {
            values
        } else {
            Vec::new()
        }
    }
}

fn property<'a>(part: &'a Value, key: &str) -> Option<&'a Value> {
    let described = part
        .get("properties")
        .and_then(|properties| properties.get(key));
    described.or_else(|| {
        part.get("additionalProperties")
            .filter(|values| values.is_object())
    })
}

/// Collects the schema and all schemas that it is composed of, whether they apply or not.
fn collect<'a>(document: &'a Value, schema: &'a Value, parts: &mut Vec<&'a Value>) {
    if parts.iter().any(|part| std::ptr::eq(*part, schema)) {
        return;
    }
    parts.push(schema);
    if let Some(reference) = schema["$ref"].as_str()
        && let Some(target) = document.pointer(reference.trim_start_matches('#'))
    {
        collect(document, target, parts);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for member in schema[key].as_array().into_iter().flatten() {
            collect(document, member, parts);
        }
    }
}

/// Returns the bounds that these keywords set, and the values next to them.
fn counts(parts: &[&Value], keywords: [&str; 2]) -> Vec<usize> {
    let bounds = parts
        .iter()
        .flat_map(|part| keywords.map(|keyword| part[keyword].as_u64()));
    let mut counts: Vec<usize> = bounds
        .flatten()
        .filter(|bound| *bound <= MAX_LENGTH)
        .flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1])
        .map(|count| count as usize)
        .collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}

fn texts(parts: &[&Value], text: &str) -> Vec<Value> {
    let mut texts: Vec<String> = Vec::new();
    for length in counts(parts, ["minLength", "maxLength"]) {
        // Text that matches a pattern usually still does when its last letter is repeated.
        let last = text.chars().last().unwrap_or('a');
        texts.push(
            text.chars()
                .chain(std::iter::repeat(last))
                .take(length)
                .collect(),
        );
        texts.push("🙂".repeat(length));
    }
    if parts.iter().any(|part| part.get("pattern").is_some()) {
        let ends = ["\n", " ", "/", "*", "-", ".", ":", "ü", "\u{a0}", "9", "_"];
        texts.extend(
            ends.iter()
                .flat_map(|end| [format!("{text}{end}"), format!("{end}{text}")]),
        );
        texts.extend(["", " ", "a", "a b", "/", "/a*b", "/*", "\u{feff}"].map(str::to_owned));
        texts.push(text.to_uppercase());
        texts.push(text.repeat(2));
        texts.push(text.chars().skip(1).collect());
    }
    texts.into_iter().map(Value::from).collect()
}

fn numbers(parts: &[&Value], is_fraction: bool) -> Vec<Value> {
    let keywords = [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    let bounds = parts
        .iter()
        .flat_map(|part| keywords.map(|keyword| part[keyword].as_f64()));
    let mut numbers = Vec::new();
    for bound in bounds.flatten() {
        numbers.extend([bound - 1.0, bound, bound + 1.0, bound * 2.0]);
        if is_fraction || parts.iter().any(|part| part["type"] == "number") {
            numbers.extend([bound - 1e-9, bound + 1e-9, bound + 0.5]);
        }
    }
    let value = |number: f64| {
        if number.fract() == 0.0 {
            json!(number as i64)
        } else {
            json!(number)
        }
    };
    numbers.into_iter().map(value).collect()
}

fn lists(parts: &[&Value], items: &[Value]) -> Vec<Value> {
    let mut lists = Vec::new();
    for count in counts(parts, ["minItems", "maxItems"]) {
        if !items.is_empty() || count == 0 {
            lists.push(items.iter().cycle().take(count).cloned().collect());
        }
    }
    if parts.iter().any(|part| part["uniqueItems"] == true) && !items.is_empty() {
        lists.push(items.iter().chain(items).cloned().collect());
    }
    lists
}

fn objects(parts: &[&Value], entries: &Map<String, Value>) -> Vec<Value> {
    let is_required = |key: &str| {
        let mut required = parts
            .iter()
            .filter_map(|part| part["required"].as_array())
            .flatten();
        required.any(|name| name == key)
    };
    let mut objects = Vec::new();
    for count in counts(parts, ["minProperties", "maxProperties"]) {
        let (first, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| is_required(key));
        let mut object: Map<String, Value> = first
            .into_iter()
            .chain(rest)
            .take(count)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let is_map = parts
            .iter()
            .any(|part| part["additionalProperties"].is_object());
        if let (true, Some(value)) = (is_map, entries.values().next()) {
            for index in object.len()..count {
                object.insert(format!("k{index}"), value.clone());
            }
        }
        objects.push(Value::Object(object));
    }
    objects
}
