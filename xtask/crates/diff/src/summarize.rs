//! Summarizes values for tables.

use gitbook_api_codegen::text::visible;
use serde_json::Value;

/// The maximum length of a summary, and the maximum number of list items in it.
const LENGTH: usize = 120;
const ITEMS: usize = 8;

/// Returns the text on one line with control characters, invisible characters and those that
/// change the direction of text escaped, so that it has no effect wherever it is printed.
pub(crate) fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    visible(&line)
}

/// Returns summaries of the two sides of an edit.
pub(crate) fn sides(
    before: Option<&Value>,
    after: Option<&Value>,
) -> (Option<String>, Option<String>) {
    match (before, after) {
        (Some(Value::String(before)), Some(Value::String(after))) => {
            let start = common(before, after);
            (Some(excerpt(before, start)), Some(excerpt(after, start)))
        }
        (before, after) => (before.map(summarize), after.map(summarize)),
    }
}

/// Returns a summary of a value, on one line.
pub(crate) fn summarize(value: &Value) -> String {
    let summary = match value {
        Value::String(text) => excerpt(text, 0),
        Value::Array(items) => list(items.iter().map(summarize)),
        Value::Object(members) if members.contains_key("responses") => operation(value),
        Value::Object(members) if members.contains_key("in") => parameter(value),
        Value::Object(_) => schema(value).unwrap_or_else(|| cut(&value.to_string())),
        other => other.to_string(),
    };
    plain(&summary)
}

fn operation(value: &Value) -> String {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    text("summary")
        .or_else(|| text("operationId"))
        .unwrap_or_else(|| "operation".to_owned())
}

fn parameter(value: &Value) -> String {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let schema = schema(&value["schema"]).map(|schema| format!(": {schema}"));
    format!(
        "{} in {}{}",
        text("name"),
        text("in"),
        schema.unwrap_or_default()
    )
}

/// Returns a summary of a schema, or `None` if the value is not a schema.
fn schema(value: &Value) -> Option<String> {
    let members = value.as_object()?;
    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
        return Some(reference.rsplit('/').next().unwrap_or(reference).to_owned());
    }
    for (key, joint) in [("oneOf", " | "), ("anyOf", " | "), ("allOf", " & ")] {
        if let Some(Value::Array(items)) = members.get(key) {
            let items: Vec<String> = items.iter().filter_map(schema).collect();
            return Some(cut(&items.join(joint)));
        }
    }
    if let Some(Value::Array(values)) = members.get("enum") {
        return Some(list(values.iter().map(|value| value.to_string())));
    }
    let null = match members.get("nullable") {
        Some(Value::Bool(true)) => " or null",
        _ => "",
    };
    let kind = members.get("type").and_then(Value::as_str);
    if let Some(properties) = members.get("properties").and_then(Value::as_object) {
        return Some(format!("{{{}}}{null}", list(properties.keys().cloned())));
    }
    let kind = match (kind, members.get("items")) {
        (Some("array"), Some(items)) => format!("array of {}", schema(items)?),
        (Some(kind), _) => kind.to_owned(),
        (None, _) => return None,
    };
    let format = members.get("format").and_then(Value::as_str);
    let format = format.map(|format| format!(" ({format})"));
    Some(format!("{kind}{}{null}", format.unwrap_or_default()))
}

fn list(items: impl ExactSizeIterator<Item = String>) -> String {
    let count = items.len();
    let mut named: Vec<String> = items.take(ITEMS).collect();
    if count > ITEMS {
        named.push(format!("{} more", count - ITEMS));
    }
    cut(&named.join(", "))
}

/// Returns the length of the common prefix of two texts, in characters.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Returns the part of a text that begins shortly before its character `start`, on one line.
fn excerpt(text: &str, start: usize) -> String {
    let from = start.saturating_sub(LENGTH / 3);
    let part: String = text.chars().skip(from).collect();
    let part = plain(&part);
    match from {
        0 => cut(&part),
        _ => format!("…{}", cut(&part)),
    }
}

fn cut(text: &str) -> String {
    let text = &plain(text);
    match text.char_indices().nth(LENGTH) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
