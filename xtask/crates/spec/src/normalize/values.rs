//! Rewrites keywords for single values: `const`, `examples`, exclusive bounds and encoded contents.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

use super::edit::{Schema, replace, require};

/// Rewrites `const` as an `enum` with one value, and adds its `type` if there is none.
pub(super) fn constant(schema: &mut Schema) {
    let Some(value) = schema.get("const").cloned() else {
        return;
    };
    if let Some(values) = schema.shift_remove("enum")
        && !values
            .as_array()
            .is_some_and(|values| values.contains(&value))
    {
        require(schema, json!({"enum": values}));
    }
    let name = match &value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if schema.contains_key("type") {
        replace(schema, "const", [("enum", json!([value]))])
    } else {
        replace(
            schema,
            "const",
            [("type", json!(name)), ("enum", json!([value]))],
        )
    };
}

/// Rewrites the first of `examples` as `example`, and preserves the others as an extension.
pub(super) fn examples(schema: &mut Schema) {
    let Some(Value::Array(examples)) = schema.get("examples").cloned() else {
        return;
    };
    match examples.as_slice() {
        [] => {
            schema.shift_remove("examples");
        }
        [example] if !schema.contains_key("example") => {
            replace(schema, "examples", [("example", example.clone())]);
        }
        [first, ..] => {
            let example = schema.get("example").unwrap_or(first).clone();
            replace(
                schema,
                "examples",
                [("example", example), ("x-examples", json!(examples))],
            );
        }
    }
}

/// Rewrites numeric `exclusiveMinimum: n` (3.1) as `minimum: n, exclusiveMinimum: true` (3.0).
pub(super) fn exclusive_bounds(schema: &mut Schema) {
    exclusive_bound(schema, "minimum", "exclusiveMinimum", Ordering::Less);
    exclusive_bound(schema, "maximum", "exclusiveMaximum", Ordering::Greater);
}

/// Rewrites one exclusive bound. `weaker` is how an inclusive bound compares with a stricter
/// exclusive one.
fn exclusive_bound(schema: &mut Schema, inclusive: &str, exclusive: &str, weaker: Ordering) {
    let Some(Value::Number(bound)) = schema.get(exclusive).cloned() else {
        return;
    };
    if let Some(Value::Number(present)) = schema.get(inclusive) {
        let order = compare(present, &bound);
        if order != weaker && order != Ordering::Equal {
            schema.shift_remove(exclusive);
            return;
        }
    }
    replace(
        schema,
        exclusive,
        [(inclusive, Value::Number(bound)), (exclusive, json!(true))],
    );
}

fn compare(left: &Number, right: &Number) -> Ordering {
    if let (Some(left), Some(right)) = (left.as_i128(), right.as_i128()) {
        return left.cmp(&right);
    }
    let (left, right) = (left.as_f64(), right.as_f64());
    left.partial_cmp(&right).unwrap_or(Ordering::Equal)
}

/// Rewrites base64 text and raw bytes as `format: byte` and `format: binary`.
pub(super) fn encoded_content(schema: &mut Schema) {
    if schema.contains_key("format") {
        return;
    }
    if schema.get("contentEncoding") == Some(&json!("base64")) {
        replace(schema, "contentEncoding", [("format", json!("byte"))]);
        return;
    }
    let binary = schema.get("contentMediaType") == Some(&json!("application/octet-stream"));
    if binary && !schema.contains_key("contentEncoding") {
        replace(schema, "contentMediaType", [("format", json!("binary"))]);
    }
}
