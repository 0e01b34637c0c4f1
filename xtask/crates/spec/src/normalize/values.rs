//! Keywords about single values: `const`, `examples`, exclusive bounds, encoded contents.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

use super::edit::{Schema, replace, require};

/// `const` is an `enum` of one value, with its type where none is given.
pub fn constant(schema: &mut Schema) {
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
    match schema.contains_key("type") {
        true => replace(schema, "const", [("enum", json!([value]))]),
        false => replace(
            schema,
            "const",
            [("type", json!(name)), ("enum", json!([value]))],
        ),
    };
}

/// The first of `examples` is the `example`; the others have no place of their own.
pub fn examples(schema: &mut Schema) {
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

/// A number as exclusive bound is a bound that is excluded.
pub fn exclusive_bounds(schema: &mut Schema) {
    exclusive_bound(schema, "minimum", "exclusiveMinimum", Ordering::Less);
    exclusive_bound(schema, "maximum", "exclusiveMaximum", Ordering::Greater);
}

/// `weaker` is how an inclusive bound compares to a stricter exclusive one.
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

/// Base64 text and raw bytes have formats of their own in OpenAPI 3.0.3.
pub fn encoded_content(schema: &mut Schema) {
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
