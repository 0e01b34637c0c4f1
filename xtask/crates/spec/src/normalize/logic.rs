//! Keywords of JSON Schema 2020-12 that `allOf`, `anyOf` and `not` can say exactly.

use serde_json::{Value, json};

use super::edit::{Schema, require};

/// `if` with `then` and `else`: what holds under the condition, and what holds otherwise.
pub fn conditions(schema: &mut Schema) {
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

/// What an object must have or be when it has a certain property.
pub fn dependencies(schema: &mut Schema) {
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

/// An array with an item of a kind is none in which no item is of that kind.
///
/// Other counts than "at least one" cannot be said.
pub fn contains(schema: &mut Schema) {
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
