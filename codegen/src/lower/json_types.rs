//! The JSON types of the values that a schema allows.

use std::collections::HashMap;
use std::fmt;
use std::ops::{BitAnd, BitOr};

use serde_json::Value;

use crate::assertion::Assertion;
use crate::syntax::SchemaIndex;
use crate::syntax::{Kind, Schema};

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
    /// Strings.
    pub const STRING: Self = Self(1 << 4);
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

    /// Returns whether a string can be valid.
    pub fn allows_strings(self) -> bool {
        self.has(Self::STRING)
    }

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
        if names.is_empty() {
            f.write_str("never")
        } else {
            f.write_str(&names.join(" | "))
        }
    }
}

/// The JSON types that the schemas of a document allow.
pub(super) struct TypeTable<'a> {
    source: &'a SchemaIndex,
    /// The types of the targets of references.
    known: HashMap<String, JsonTypes>,
}

impl<'a> TypeTable<'a> {
    /// Returns the table of `source`, which fills as it is used.
    pub(super) fn new(source: &'a SchemaIndex) -> Self {
        Self {
            source,
            known: HashMap::new(),
        }
    }

    /// Returns the JSON types of the values that `schema` allows. What lies deeper than the value
    /// itself is not considered.
    pub(super) fn of(&mut self, schema: &Schema) -> JsonTypes {
        self.learn(schema);
        self.types(schema)
    }

    /// Learns the types of everything that `schema` is composed of. References may form a circle:
    /// they begin with all types, and lose those that cannot be until nothing changes.
    fn learn(&mut self, schema: &Schema) {
        let mut targets: Vec<(String, &'a Schema)> = Vec::new();
        let mut waiting: Vec<String> = composed_of(schema).map(str::to_owned).collect();
        while let Some(reference) = waiting.pop() {
            let target = self.source.lookup(&reference);
            let is_new = !self.known.contains_key(&reference);
            if let Some(target) = target.filter(|_| is_new) {
                waiting.extend(composed_of(target).map(str::to_owned));
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

    fn types(&self, schema: &Schema) -> JsonTypes {
        let types = match &schema.reference {
            Some(reference) => *self.known.get(reference).unwrap_or(&JsonTypes::ANY),
            None => self.composed(schema),
        };
        match schema.nullable {
            Some(true) => types | JsonTypes::NULL,
            _ => types,
        }
    }

    /// Returns the types that a schema's keywords and members allow, without `nullable`.
    fn composed(&self, schema: &Schema) -> JsonTypes {
        let mut types = own_types(schema);
        for member in schema.all_of.iter().flatten() {
            types = types & self.types(member);
        }
        for members in [&schema.one_of, &schema.any_of].into_iter().flatten() {
            let either = members.iter().map(|member| self.types(member));
            types = types & either.fold(JsonTypes::NEVER, JsonTypes::bitor);
        }
        types
    }
}

/// Returns the references that a schema is, or is composed of.
fn composed_of(schema: &Schema) -> impl Iterator<Item = &str> {
    let mut waiting = vec![schema];
    std::iter::from_fn(move || {
        loop {
            let schema = waiting.pop()?;
            if let Some(reference) = &schema.reference {
                return Some(reference.as_str());
            }
            let lists = [&schema.all_of, &schema.one_of, &schema.any_of];
            waiting.extend(lists.into_iter().flatten().flatten());
        }
    })
}

/// Returns the JSON types that the schema's own keywords allow.
fn own_types(schema: &Schema) -> JsonTypes {
    if schema.is_never {
        return JsonTypes::NEVER;
    }
    let mut types = match schema.kind {
        Some(kind) => of_kind(kind),
        None if schema.properties.is_some() => JsonTypes::OBJECT,
        None => JsonTypes::ANY,
    };
    if let Some(values) = &schema.values {
        let values = values.iter().map(of_value);
        types = types & values.fold(JsonTypes::NEVER, JsonTypes::bitor);
    }
    for restricted in [
        JsonTypes::STRING,
        JsonTypes::ARRAY,
        JsonTypes::OBJECT,
        JsonTypes::NUMBER,
    ] {
        let bounds = schema.assertions.iter().filter_map(bounds);
        let bounds = bounds.filter(|(types, ..)| *types == restricted);
        let (least, most) = bounds.fold((f64::MIN, f64::MAX), |(least, most), (_, low, high)| {
            (least.max(low), most.min(high))
        });
        if least > most {
            types = types.without(restricted);
        }
    }
    types
}

/// Returns the JSON types that an assertion restricts, and the least and the greatest value that it
/// allows there.
fn bounds(assertion: &Assertion) -> Option<(JsonTypes, f64, f64)> {
    Some(match *assertion {
        Assertion::MinLength(least) => (JsonTypes::STRING, least as f64, f64::MAX),
        Assertion::MaxLength(most) => (JsonTypes::STRING, f64::MIN, most as f64),
        Assertion::MinItems(least) => (JsonTypes::ARRAY, least as f64, f64::MAX),
        Assertion::MaxItems(most) => (JsonTypes::ARRAY, f64::MIN, most as f64),
        Assertion::MinProperties(least) => (JsonTypes::OBJECT, least as f64, f64::MAX),
        Assertion::MaxProperties(most) => (JsonTypes::OBJECT, f64::MIN, most as f64),
        Assertion::Minimum(least) => (JsonTypes::NUMBER, least, f64::MAX),
        Assertion::Maximum(most) => (JsonTypes::NUMBER, f64::MIN, most),
        _ => return None,
    })
}

fn of_kind(kind: Kind) -> JsonTypes {
    match kind {
        Kind::Boolean => JsonTypes::BOOLEAN,
        Kind::Integer => JsonTypes::INTEGER,
        Kind::Number => JsonTypes::NUMBER,
        Kind::String => JsonTypes::STRING,
        Kind::Array => JsonTypes::ARRAY,
        Kind::Object => JsonTypes::OBJECT,
        Kind::Null => JsonTypes::NULL,
    }
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
        let source = SchemaIndex::read(&document, &mut Vec::new());
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
            (json!({"enum": ["a", 1, null]}), "number | string | null"),
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
            let types = TypeTable::new(&source).of(&Schema::parse(&schema));
            assert_eq!(types.to_string(), expected, "{schema}");
        }
    }
}
