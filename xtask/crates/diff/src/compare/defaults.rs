//! The defaults of keywords.

use serde_json::Value;

/// Returns whether the value of a keyword equals its default.
pub(super) fn is_default(key: &str, value: &Value) -> bool {
    match key {
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "deprecated" | "exclusiveMaximum" | "exclusiveMinimum" | "nullable" | "readOnly"
        | "required" | "uniqueItems" | "writeOnly" => *value == Value::Bool(false),
        _ => false,
    }
}
