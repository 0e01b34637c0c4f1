//! The assertions of schemas that are merged into one. A value has to satisfy those of all of them.

use serde_json::{Map, Value};

/// The extension that lists the assertions of further schemas about the same value.
const ALSO: &str = "x-limits";

/// The extension that lists the assertions of several schemas about a string, which has to satisfy
/// those of one of them.
pub const EITHER: &str = "x-either";

/// The keywords that restrict a scalar, a list, or the number of properties.
pub(super) const KEYWORDS: &[&str] = &[
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    EITHER,
];

/// Returns the assertions of each schema that `schema` was merged from.
pub fn all(schema: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let also = schema.get(ALSO).and_then(Value::as_array);
    let also = also.into_iter().flatten().filter_map(Value::as_object);
    schema.as_object().into_iter().chain(also)
}

/// Adds the assertions of `other` to those of `schema`.
pub(super) fn add(schema: &mut Map<String, Value>, other: &Value) {
    let constraints: Vec<Map<String, Value>> = all(other).map(of).collect();
    for constraints in constraints
        .into_iter()
        .filter(|constraints| !constraints.is_empty())
    {
        let own = of(schema);
        if own.is_empty() {
            schema.extend(constraints);
        } else if own != constraints
            && let Some(also) = schema
                .entry(ALSO)
                .or_insert(Value::Array(Vec::new()))
                .as_array_mut()
            && !also
                .iter()
                .any(|known| known.as_object() == Some(&constraints))
        {
            also.push(Value::Object(constraints));
        }
    }
}

/// Returns whether a key is an assertion, or the extension that lists further ones.
pub(super) fn is_key(key: &str) -> bool {
    key == ALSO || KEYWORDS.contains(&key)
}

fn of(schema: &Map<String, Value>) -> Map<String, Value> {
    let constraints = schema
        .iter()
        .filter(|(key, _)| KEYWORDS.contains(&key.as_str()));
    constraints
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
