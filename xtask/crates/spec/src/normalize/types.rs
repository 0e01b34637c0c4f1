//! Rewrites `type`: lists of types, and null.

use serde_json::{Value, json};

use super::edit::{Schema, replace, require};

/// Rewrites `type: null` and lists of types.
///
/// Null alone becomes `{type: string, nullable: true, enum: [null]}`, as in GitBook's own 3.0.3
/// documents, also as a member of a union: in 3.0.3, `nullable` has an effect only beside a `type`,
/// so `nullable` beside an `allOf` or a reference would accept nothing.
pub(super) fn rewrite(schema: &mut Schema) {
    let types = match schema.get("type") {
        Some(Value::String(name)) if name == "null" => vec!["null".to_owned()],
        Some(Value::Array(names)) => distinct(names),
        _ => return,
    };
    let (null, others): (Vec<_>, Vec<_>) = types.into_iter().partition(|name| name == "null");
    let nullable = !null.is_empty();
    match others.as_slice() {
        [] => only_null(schema),
        [name] if nullable => {
            replace(
                schema,
                "type",
                [("type", json!(name)), ("nullable", json!(true))],
            );
        }
        [name] => {
            schema.insert("type".to_owned(), json!(name));
        }
        _ => any_of(schema, &others, nullable),
    }
}

/// Returns the type names in order, without duplicates and without `integer` if `number` is listed.
fn distinct(names: &[Value]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names.iter().filter_map(Value::as_str) {
        let known = distinct.iter().any(|other| other == name);
        let covered = name == "integer" && names.iter().any(|other| other == "number");
        if !known && !covered {
            distinct.push(name.to_owned());
        }
    }
    distinct
}

fn only_null(schema: &mut Schema) {
    if let Some(values) = schema.shift_remove("enum") {
        let holds_null = values
            .as_array()
            .is_some_and(|values| values.contains(&Value::Null));
        if !holds_null {
            require(schema, json!({"enum": values}));
        }
    }
    replace(
        schema,
        "type",
        [
            ("type", json!("string")),
            ("nullable", json!(true)),
            ("enum", json!([null])),
        ],
    );
}

/// Adds an `anyOf` with one member per type. Other keywords stay in place, because each applies to
/// one type only.
fn any_of(schema: &mut Schema, types: &[String], nullable: bool) {
    let mut members: Vec<Value> = types.iter().map(|name| json!({"type": name})).collect();
    if nullable {
        members.push(json!({"type": "null"}));
    }
    if schema.contains_key("anyOf") {
        schema.shift_remove("type");
        return require(schema, json!({"anyOf": members}));
    }
    replace(schema, "type", [("anyOf", json!(members))]);
}
