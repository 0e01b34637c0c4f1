//! What schemas ask of values, kept while schemas are put together: what several of them ask for has
//! to hold at once.

use serde_json::{Map, Value};

/// The extension that lists what further schemas ask of the same value.
const ALSO: &str = "x-limits";

/// The extension that lists what several schemas ask of text, one of which it has to satisfy.
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

/// What a schema asks of values, by each of the schemas that it is made of.
pub fn all(schema: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let also = schema.get(ALSO).and_then(Value::as_array);
    let also = also.into_iter().flatten().filter_map(Value::as_object);
    schema.as_object().into_iter().chain(also)
}

/// Makes `schema` ask for what `other` asks for, too.
pub(super) fn add(schema: &mut Map<String, Value>, other: &Value) {
    let limits: Vec<Map<String, Value>> = all(other).map(of).collect();
    for limits in limits.into_iter().filter(|limits| !limits.is_empty()) {
        let own = of(schema);
        if own.is_empty() {
            schema.extend(limits);
        } else if own != limits
            && let Some(also) = schema
                .entry(ALSO)
                .or_insert(Value::Array(Vec::new()))
                .as_array_mut()
            && !also.iter().any(|known| known.as_object() == Some(&limits))
        {
            also.push(Value::Object(limits));
        }
    }
}

/// Whether this key says what is asked of values.
pub(super) fn is_key(key: &str) -> bool {
    key == ALSO || KEYWORDS.contains(&key)
}

fn of(schema: &Map<String, Value>) -> Map<String, Value> {
    let limits = schema
        .iter()
        .filter(|(key, _)| KEYWORDS.contains(&key.as_str()));
    limits
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
