//! The discrimination of the members of a union.

use std::collections::HashMap;

use serde_json::Value;

use super::json_types::{JsonTypes, TypeTable};
use crate::assertion::Assertion;
use crate::document::Diagnostic;
use crate::syntax::SchemaIndex;
use crate::syntax::{AdditionalProperties, Kind, Schema};

/// The number of `allOf`s of one member that are searched for an enum.
const ALLOF_DEPTH: usize = 8;

/// The JSON type that a schema accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JsonType {
    /// `true` and `false`.
    Boolean,
    /// Whole numbers.
    Integer,
    /// All numbers.
    Number,
    /// Text.
    String,
    /// Lists.
    Array,
    /// Objects.
    Object,
    /// Anything.
    Any,
}

/// One shape that a member of a union can take; a member that is itself a union has several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    /// The JSON type.
    pub json: JsonType,
    /// The values that a string may have; none if it may have any.
    pub values: Vec<Value>,
    /// The pattern of a string without listed values.
    pub pattern: Option<String>,
    /// Properties that allow only these scalar values.
    pub allowed_values: Vec<(String, Vec<Value>)>,
    /// Properties that allow only strings that match a pattern.
    pub patterns: Vec<(String, String)>,
    /// Properties that must be there.
    pub required: Vec<String>,
    /// Properties that are described, with the JSON types that they allow.
    pub properties: Vec<(String, JsonTypes)>,
    /// Set if an object can consist of undescribed properties alone.
    pub is_open: bool,
}

impl Signature {
    fn scalar(json: JsonType) -> Self {
        Self {
            json,
            values: Vec::new(),
            pattern: None,
            allowed_values: Vec::new(),
            patterns: Vec::new(),
            required: Vec::new(),
            properties: Vec::new(),
            is_open: false,
        }
    }

    /// Returns the names of the described properties.
    pub fn property_names(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the pattern that the values of `key` have to match here.
    pub fn pattern_of(&self, key: &str) -> Option<&str> {
        self.patterns
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, pattern)| pattern.as_str())
    }

    /// Returns the values that `key` allows here, when it only allows some.
    pub fn allowed_values(&self, key: &str) -> Option<&[Value]> {
        self.allowed_values
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, values)| values.as_slice())
    }

    fn requires(&self, key: &str) -> bool {
        self.required.iter().any(|name| name == key)
    }

    /// Returns whether this property alone is certain to discriminate the two. A signature that
    /// lists its values goes before one with a pattern, and that before one that takes any value.
    pub fn is_discriminated_by(&self, other: &Self, key: &str) -> bool {
        if !self.requires(key) || !other.requires(key) {
            return false;
        }
        match (self.allowed_values(key), other.allowed_values(key)) {
            (Some(one), Some(two)) => one.iter().all(|value| !two.contains(value)),
            (Some(_), None) | (None, Some(_)) => true,
            (None, None) => self.pattern_of(key).is_some() != other.pattern_of(key).is_some(),
        }
    }
}

/// Returns the one signature of a schema without composition, and without a union among its
/// properties.
pub(super) fn own(
    source: &SchemaIndex,
    types: &mut TypeTable<'_>,
    schema: &Schema,
) -> Result<Vec<Signature>, Diagnostic> {
    let signature = match scalar_signature(schema) {
        Some(signature) => signature,
        None => object_signature(source, types, schema)?,
    };
    Ok(vec![signature])
}

/// Returns the signature of a schema that is no object.
fn scalar_signature(schema: &Schema) -> Option<Signature> {
    let values = || {
        schema
            .values
            .iter()
            .flatten()
            .filter(|value| !value.is_null())
    };
    let all = |test: fn(&Value) -> bool| values().next().is_some() && values().all(test);
    let json = match schema.kind {
        Some(Kind::Boolean) => JsonType::Boolean,
        Some(Kind::Integer) => JsonType::Integer,
        Some(Kind::Number) => JsonType::Number,
        Some(Kind::String) => JsonType::String,
        Some(Kind::Array) => JsonType::Array,
        Some(Kind::Object) => JsonType::Object,
        _ if schema.properties.is_some() => JsonType::Object,
        _ if all(Value::is_string) => JsonType::String,
        _ if all(Value::is_boolean) => JsonType::Boolean,
        _ if all(Value::is_i64) => JsonType::Integer,
        _ if all(Value::is_number) => JsonType::Number,
        _ => JsonType::Any,
    };
    let values: Vec<Value> = values()
        .filter(|value| value.is_string())
        .cloned()
        .collect();
    match json {
        JsonType::Object => None,
        JsonType::String => Some(Signature {
            pattern: pattern(schema).filter(|_| values.is_empty()),
            values,
            ..Signature::scalar(JsonType::String)
        }),
        json => Some(Signature::scalar(json)),
    }
}

/// Returns the signature of the object's own properties.
fn object_signature(
    source: &SchemaIndex,
    types: &mut TypeTable<'_>,
    schema: &Schema,
) -> Result<Signature, Diagnostic> {
    let mut signature = Signature::scalar(JsonType::Object);
    signature.required.clone_from(&schema.required);
    for (name, property) in schema.properties.iter().flat_map(|it| it.iter()) {
        let target = through_single_members(source, property)?;
        if let Some(values) = literals(source, target)? {
            signature.allowed_values.push((name.clone(), values));
        } else if let Some(pattern) = pattern(target) {
            signature.patterns.push((name.clone(), pattern));
        }
        signature
            .properties
            .push((name.clone(), types.of(property)));
    }
    // A required property is known, even if it is not described.
    for name in schema
        .required
        .iter()
        .filter(|_| schema.flattened.is_empty())
    {
        if !signature.property_names().any(|known| known == name) {
            signature
                .properties
                .push((name.clone(), types.of(&Schema::default())));
        }
    }
    signature.is_open = match &schema.additional_properties {
        None => signature.properties.is_empty() && schema.flattened.is_empty(),
        Some(additional) => *additional != AdditionalProperties::Refused,
    };
    Ok(signature)
}

/// Returns the signatures of an object with a union among its properties: each of the object's with each of
/// the union's.
pub(super) fn product(own: &[Signature], union: &[Signature]) -> Vec<Signature> {
    let pairs = union
        .iter()
        .flat_map(|inner| own.iter().map(move |outer| (outer, inner)));
    let signatures = pairs.map(|(outer, inner)| Signature {
        allowed_values: [outer.allowed_values.clone(), inner.allowed_values.clone()].concat(),
        patterns: [outer.patterns.clone(), inner.patterns.clone()].concat(),
        required: [outer.required.clone(), inner.required.clone()].concat(),
        properties: [outer.properties.clone(), inner.properties.clone()].concat(),
        is_open: outer.is_open || inner.is_open,
        ..Signature::scalar(JsonType::Object)
    });
    signatures.collect()
}

/// Returns the only values that a schema allows, where these are strings, or a single scalar, also
/// as a union of such schemas.
fn literals(source: &SchemaIndex, schema: &Schema) -> Result<Option<Vec<Value>>, Diagnostic> {
    let Some(members) = schema.union_members() else {
        let values = schema
            .values
            .iter()
            .flatten()
            .filter(|value| !value.is_null());
        let values: Vec<Value> = values.cloned().collect();
        let is_scalar = |value: &Value| value.is_string() || value.is_boolean() || value.is_i64();
        return Ok(match values.as_slice() {
            [] => None,
            [only] => is_scalar(only).then_some(values),
            many => many.iter().all(Value::is_string).then_some(values),
        });
    };
    let mut all: Vec<Value> = Vec::new();
    for member in members {
        let member = through_single_members(source, member)?;
        let values = member
            .values
            .iter()
            .flatten()
            .filter(|value| !value.is_null());
        let values: Vec<&Value> = values.collect();
        if values.is_empty() || !values.iter().all(|value| value.is_string()) {
            return Ok(None);
        }
        for value in values {
            if !all.contains(value) {
                all.push(value.clone());
            }
        }
    }
    Ok(Some(all))
}

/// Returns the pattern that strings have to match, where a schema allows only strings.
fn pattern(schema: &Schema) -> Option<String> {
    let mut assertions = schema.assertions.iter();
    let pattern = assertions.find_map(|assertion| match assertion {
        Assertion::Pattern(pattern) => Some(pattern.clone()),
        _ => None,
    });
    pattern.filter(|_| schema.kind == Some(Kind::String))
}

/// Returns the schema behind references, and behind compositions of one member. (Merging would not
/// do: it looks into properties, and these may lead back to the object itself.)
fn through_single_members<'a>(
    source: &'a SchemaIndex,
    schema: &'a Schema,
) -> Result<&'a Schema, Diagnostic> {
    let mut target = source.resolve(schema)?;
    for _ in 0..ALLOF_DEPTH {
        let Some([only]) = target.all_of.as_deref() else {
            break;
        };
        target = source.resolve(only)?;
    }
    Ok(target)
}

/// Returns whether every two members of a union of objects are discriminated by the value of a
/// property that both require.
pub fn is_discriminated(members: &[Vec<Signature>]) -> bool {
    if members.len() < 2 || discriminator(members).is_some() {
        return true;
    }
    let mut signatures = members.iter().flatten();
    if !signatures.all(|signature| signature.json == JsonType::Object) {
        return false;
    }
    members.iter().enumerate().all(|(index, one)| {
        members[index + 1..].iter().all(|two| {
            one.iter().all(|a| {
                two.iter()
                    .all(|b| a.required.iter().any(|key| a.is_discriminated_by(b, key)))
            })
        })
    })
}

/// Returns the property whose value alone discriminates the members of a union of objects, if there is
/// one; `type` before others.
pub fn discriminator(members: &[Vec<Signature>]) -> Option<String> {
    // At most one member lists no values.
    let first = members.iter().take(2).filter_map(|member| member.first());
    let listed = first.flat_map(|signature| &signature.allowed_values);
    let (types, others): (Vec<_>, Vec<_>) = listed.partition(|(key, _)| key == "type");
    let mut keys = types.into_iter().chain(others).map(|(key, _)| key);
    keys.find(|key| discriminates(members, key)).cloned()
}

/// Returns whether this property alone is certain to discriminate all members, which takes one look at
/// each: no two members share a value, and at most one has a pattern instead of values and at most
/// one neither.
fn discriminates(members: &[Vec<Signature>], key: &str) -> bool {
    let mut owners: HashMap<Allowed<'_>, usize> = HashMap::new();
    members.len() < 2
        || members.iter().enumerate().all(|(member, signatures)| {
            signatures.iter().all(|signature| {
                let allowed = match (signature.allowed_values(key), signature.pattern_of(key)) {
                    (Some(values), _) => values.iter().map(Allowed::Value).collect(),
                    (None, Some(_)) => vec![Allowed::Pattern],
                    (None, None) => vec![Allowed::Any],
                };
                let mut owned = allowed.into_iter();
                signature.json == JsonType::Object
                    && signature.requires(key)
                    && owned.all(|allowed| *owners.entry(allowed).or_insert(member) == member)
            })
        })
}

/// The possible values of a property.
#[derive(PartialEq, Eq, Hash)]
enum Allowed<'a> {
    Value(&'a Value),
    Pattern,
    Any,
}
