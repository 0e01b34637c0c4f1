//! Rewrites keywords of JSON Schema 2020-12 that `allOf`, `anyOf` and `not` can express exactly.

use serde_json::{Value, json};

use super::edit::{Schema, require};

/// Rewrites `if`, `then` and `else`.
pub(super) fn conditions(schema: &mut Schema) {
    let Some(condition) = schema.shift_remove("if") else {
        schema.shift_remove("then");
        schema.shift_remove("else");
        return;
    };
    if let Some(consequence) = schema.shift_remove("then") {
        require(schema, json!({"anyOf": [{"not": condition}, consequence]}));
    }
    if let Some(alternative) = schema.shift_remove("else") {
        require(schema, json!({"anyOf": [condition, alternative]}));
    }
}

/// Rewrites `dependentRequired` and `dependentSchemas`.
pub(super) fn dependencies(schema: &mut Schema) {
    for keyword in ["dependentRequired", "dependentSchemas"] {
        let Some(Value::Object(dependencies)) = schema.shift_remove(keyword) else {
            continue;
        };
        for (name, dependency) in dependencies {
            let without = json!({"not": {"type": "object", "required": [name]}});
            let with = match dependency {
                Value::Array(_) => json!({"required": dependency}),
                dependency => dependency,
            };
            require(schema, json!({"anyOf": [without, with]}));
        }
    }
}

/// Rewrites `contains: S` as `not: { items: { not: S } }`.
///
/// `minContains` and `maxContains` other than the default cannot be expressed.
pub(super) fn contains(schema: &mut Schema) {
    let countless = !schema.contains_key("minContains") && !schema.contains_key("maxContains");
    if !countless {
        return;
    }
    if let Some(item) = schema.shift_remove("contains") {
        require(
            schema,
            json!({"not": {"type": "array", "items": {"not": item}}}),
        );
    }
}
