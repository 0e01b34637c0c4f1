//! The JSON types of the values that a schema allows.

use std::collections::HashMap;
use std::fmt;
use std::ops::{BitAnd, BitOr};

use serde_json::{Map, Value};

use crate::document::lookup;

/// A set of JSON types. An integer is a number, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JsonTypes(u8);

impl JsonTypes {
    /// No type: no value is valid.
    pub const NEVER: Self = Self(0);
    const NULL: Self = Self(1);
    const BOOLEAN: Self = Self(1 << 1);
    const INTEGER: Self = Self(1 << 2);
    const NUMBER: Self = Self(1 << 3 | Self::INTEGER.0);
    const STRING: Self = Self(1 << 4);
    const ARRAY: Self = Self(1 << 5);
    const OBJECT: Self = Self(1 << 6);
    const ANY: Self = Self((1 << 7) - 1);

    /// The types by name; a type comes before those that it includes.
    const NAMES: [(&'static str, Self); 7] = [
        ("boolean", Self::BOOLEAN),
        ("number", Self::NUMBER),
        ("integer", Self::INTEGER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
        ("null", Self::NULL),
    ];

    fn has(self, other: Self) -> bool {
        self & other == other
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl BitAnd for JsonTypes {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for JsonTypes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Writes the names of the types with ` | ` between them, or `any` or `never`.
impl fmt::Display for JsonTypes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ANY {
            return f.write_str("any");
        }
        let mut left = *self;
        let mut names: Vec<&str> = Vec::new();
        for (name, types) in Self::NAMES {
            if left.has(types) {
                left = left.without(types);
                names.push(name);
            }
        }
        match names.is_empty() {
            true => f.write_str("never"),
            false => f.write_str(&names.join(" | ")),
        }
    }
}

/// The JSON types that the schemas of a document allow.
pub struct TypeTable<'a> {
    document: &'a Value,
    /// The types of the targets of references.
    known: HashMap<String, JsonTypes>,
}

impl<'a> TypeTable<'a> {
    /// Returns the table of `document`, which fills as it is used.
    pub fn new(document: &'a Value) -> Self {
        Self {
            document,
            known: HashMap::new(),
        }
    }

    /// Returns the document.
    pub fn document(&self) -> &'a Value {
        self.document
    }

    /// Returns the JSON types of the values that `schema` allows. What lies deeper than the value
    /// itself is not considered.
    pub fn of(&mut self, schema: &Value) -> JsonTypes {
        self.learn(schema);
        self.types(schema)
    }

    /// Learns the types of everything that `schema` is composed of. References may form a circle:
    /// they begin with all types, and lose those that cannot be until nothing changes.
    fn learn(&mut self, schema: &Value) {
        let mut targets: Vec<(String, &'a Value)> = Vec::new();
        let mut waiting = composed_of(schema);
        while let Some(reference) = waiting.pop() {
            let target = lookup(self.document, &reference);
            let is_new = !self.known.contains_key(&reference);
            if let Some(target) = target.filter(|_| is_new) {
                waiting.extend(composed_of(target));
                self.known.insert(reference.clone(), JsonTypes::ANY);
                targets.push((reference, target));
            }
        }
        let mut is_settled = targets.is_empty();
        while !is_settled {
            is_settled = true;
            for (reference, target) in targets.iter().rev() {
                let types = self.types(target);
                is_settled &= self.known.insert(reference.clone(), types) == Some(types);
            }
        }
    }

    fn types(&self, schema: &Value) -> JsonTypes {
        let Some(object) = schema.as_object() else {
            return JsonTypes::ANY;
        };
        let types = match object.get("$ref").and_then(Value::as_str) {
            Some(reference) => *self.known.get(reference).unwrap_or(&JsonTypes::ANY),
            None => self.composed(object),
        };
        match object.get("nullable") {
            Some(Value::Bool(true)) => types | JsonTypes::NULL,
            _ => types,
        }
    }

    /// Returns the types that a schema's keywords and members allow, without `nullable`.
    fn composed(&self, object: &Map<String, Value>) -> JsonTypes {
        let mut types = own_types(object);
        let members = |key: &str| object.get(key).and_then(Value::as_array);
        for member in members("allOf").into_iter().flatten() {
            types = types & self.types(member);
        }
        for members in [members("oneOf"), members("anyOf")].into_iter().flatten() {
            let either = members.iter().map(|member| self.types(member));
            types = types & either.fold(JsonTypes::NEVER, JsonTypes::bitor);
        }
        types
    }
}

/// Returns the references that a schema is, or is composed of.
fn composed_of(schema: &Value) -> Vec<String> {
    let mut references = Vec::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            references.push(reference.to_owned());
            continue;
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            waiting.extend(
                schema
                    .get(key)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
    }
    references
}

/// Returns the JSON types that the schema's own keywords allow.
fn own_types(object: &Map<String, Value>) -> JsonTypes {
    if object.get("not").is_some_and(allows_all) {
        return JsonTypes::NEVER;
    }
    let mut types = match object.get("type").and_then(Value::as_str) {
        Some(name) => named(name),
        None if object.contains_key("properties") => JsonTypes::OBJECT,
        None => JsonTypes::ANY,
    };
    if let Some(Value::Array(values)) = object.get("enum") {
        types = types
            & values
                .iter()
                .map(of_value)
                .fold(JsonTypes::NEVER, JsonTypes::bitor);
    }
    for (least, most, restricted) in [
        ("minLength", "maxLength", JsonTypes::STRING),
        ("minItems", "maxItems", JsonTypes::ARRAY),
        ("minProperties", "maxProperties", JsonTypes::OBJECT),
        ("minimum", "maximum", JsonTypes::NUMBER),
    ] {
        let bound = |key: &str| object.get(key).and_then(Value::as_f64);
        if let (Some(least), Some(most)) = (bound(least), bound(most))
            && least > most
        {
            types = types.without(restricted);
        }
    }
    types
}

fn named(name: &str) -> JsonTypes {
    let mut names = JsonTypes::NAMES.iter();
    names
        .find(|(other, _)| *other == name)
        .map_or(JsonTypes::ANY, |(_, types)| *types)
}

fn of_value(value: &Value) -> JsonTypes {
    match value {
        Value::Null => JsonTypes::NULL,
        Value::Bool(_) => JsonTypes::BOOLEAN,
        Value::Number(number) if number.as_f64().is_some_and(|value| value.fract() == 0.0) => {
            JsonTypes::INTEGER
        }
        Value::Number(_) => JsonTypes::NUMBER,
        Value::String(_) => JsonTypes::STRING,
        Value::Array(_) => JsonTypes::ARRAY,
        Value::Object(_) => JsonTypes::OBJECT,
    }
}

/// Returns whether a schema allows every value.
fn allows_all(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => object.is_empty(),
        other => *other == Value::Bool(true),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_follow_references_and_compositions() {
        let document = json!({"components": {"schemas": {
            "Name": {"type": "string"},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
            "One": {"allOf": [{"$ref": "#/components/schemas/Two"}, {"type": "string"}]},
            "Two": {"anyOf": [{"$ref": "#/components/schemas/One"}, {"type": "integer"}]},
        }}});
        for (schema, expected) in [
            (json!({}), "any"),
            (json!({"type": "number"}), "number"),
            (
                json!({"type": "integer", "nullable": true}),
                "integer | null",
            ),
            (json!({"$ref": "#/components/schemas/Name"}), "string"),
            (
                json!({"$ref": "#/components/schemas/Name", "nullable": true}),
                "string | null",
            ),
            (json!({"$ref": "#/components/schemas/Loop"}), "any"),
            (json!({"$ref": "#/components/schemas/One"}), "string"),
            (
                json!({"$ref": "#/components/schemas/Two"}),
                "integer | string",
            ),
            (json!({"properties": {}}), "object"),
            (json!({"enum": ["a", 1, null]}), "integer | string | null"),
            (
                json!({"oneOf": [{"type": "array"}, {"type": "boolean"}]}),
                "boolean | array",
            ),
            (
                json!({"allOf": [{"type": "string"}, {"type": "boolean"}]}),
                "never",
            ),
            (
                json!({"type": "string", "minLength": 2, "maxLength": 1}),
                "never",
            ),
            (
                json!({"minLength": 2, "maxLength": 1, "nullable": true}),
                "boolean | number | array | object | null",
            ),
            (
                json!({"type": "number", "minimum": 2, "maximum": 1.5}),
                "never",
            ),
            (json!({"not": {}}), "never"),
            (json!({"type": "string", "enum": []}), "never"),
            (json!({"type": "string", "enum": [1]}), "never"),
        ] {
            assert_eq!(
                TypeTable::new(&document).of(&schema).to_string(),
                expected,
                "{schema}"
            );
        }
    }
}
