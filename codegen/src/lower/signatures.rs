//! How the members of a union are told apart.

use std::collections::HashMap;

use serde_json::Value;

use super::json_types::{JsonTypes, TypeTable};
use super::schema::{Additional, Kind, Schema};
use super::source::Source;
use crate::assertion::Assertion;
use crate::document::Diagnostic;

/// How many `allOf`s of one member are looked through for an enum.
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
pub struct Row {
    /// The JSON type.
    pub json: JsonType,
    /// The values that a string may have; none if it may have any.
    pub values: Vec<Value>,
    /// The pattern of a string without listed values.
    pub pattern: Option<String>,
    /// Properties that allow only these scalar values.
    pub tags: Vec<(String, Vec<Value>)>,
    /// Properties that allow only strings that match a pattern.
    pub patterns: Vec<(String, String)>,
    /// Properties that must be there.
    pub required: Vec<String>,
    /// Properties that are described, with the JSON types that they allow.
    pub properties: Vec<(String, JsonTypes)>,
    /// Whether an object can consist of undescribed properties alone.
    pub is_open: bool,
}

impl Row {
    fn scalar(json: JsonType) -> Self {
        Self {
            json,
            values: Vec::new(),
            pattern: None,
            tags: Vec::new(),
            patterns: Vec::new(),
            required: Vec::new(),
            properties: Vec::new(),
            is_open: false,
        }
    }

    /// The names of the described properties.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().map(|(name, _)| name.as_str())
    }

    /// The pattern that the values of `key` have to match here.
    pub fn pattern_of(&self, key: &str) -> Option<&str> {
        self.patterns
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, pattern)| pattern.as_str())
    }

    /// The values that `key` allows here, when it only allows some.
    pub fn tag(&self, key: &str) -> Option<&[Value]> {
        self.tags
            .iter()
            .find(|(tag, _)| tag == key)
            .map(|(_, values)| values.as_slice())
    }

    fn requires(&self, key: &str) -> bool {
        self.required.iter().any(|name| name == key)
    }

    /// Whether this property alone is certain to tell the two rows apart. A row that lists its
    /// values goes before one with a pattern, and that before one that takes any value.
    fn told_apart_by(&self, other: &Self, key: &str) -> bool {
        if !self.requires(key) || !other.requires(key) {
            return false;
        }
        match (self.tag(key), other.tag(key)) {
            (Some(one), Some(two)) => one.iter().all(|value| !two.contains(value)),
            (Some(_), None) | (None, Some(_)) => true,
            (None, None) => self.pattern_of(key).is_some() != other.pattern_of(key).is_some(),
        }
    }
}

/// Returns the one row of a schema without composition, and without a union among its properties.
pub(super) fn own(
    source: &Source,
    types: &mut TypeTable<'_>,
    schema: &Schema,
) -> Result<Vec<Row>, Diagnostic> {
    let row = match scalar_row(schema) {
        Some(row) => row,
        None => object_row(source, types, schema)?,
    };
    Ok(vec![row])
}

/// Returns the row of a schema that is no object.
fn scalar_row(schema: &Schema) -> Option<Row> {
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
        JsonType::String => Some(Row {
            pattern: pattern(schema).filter(|_| values.is_empty()),
            values,
            ..Row::scalar(JsonType::String)
        }),
        json => Some(Row::scalar(json)),
    }
}

/// Returns the row of the object's own properties.
fn object_row(
    source: &Source,
    types: &mut TypeTable<'_>,
    schema: &Schema,
) -> Result<Row, Diagnostic> {
    let mut row = Row::scalar(JsonType::Object);
    row.required.clone_from(&schema.required);
    for (name, property) in schema.properties.iter().flat_map(|it| it.iter()) {
        let target = through_single_members(source, property)?;
        if let Some(values) = literals(source, target)? {
            row.tags.push((name.clone(), values));
        } else if let Some(pattern) = pattern(target) {
            row.patterns.push((name.clone(), pattern));
        }
        row.properties.push((name.clone(), types.of(property)));
    }
    // What has to be there is known, even if nothing is said of it.
    for name in schema
        .required
        .iter()
        .filter(|_| schema.flattened.is_empty())
    {
        if !row.known().any(|known| known == name) {
            row.properties
                .push((name.clone(), types.of(&Schema::default())));
        }
    }
    row.is_open = match &schema.additional {
        None => row.properties.is_empty() && schema.flattened.is_empty(),
        Some(additional) => *additional != Additional::Refused,
    };
    Ok(row)
}

/// Returns the rows of an object with a union among its properties: each of the object's with each of
/// the union's.
pub(super) fn product(own: &[Row], union: &[Row]) -> Vec<Row> {
    let pairs = union
        .iter()
        .flat_map(|inner| own.iter().map(move |outer| (outer, inner)));
    let rows = pairs.map(|(outer, inner)| Row {
        tags: [outer.tags.clone(), inner.tags.clone()].concat(),
        patterns: [outer.patterns.clone(), inner.patterns.clone()].concat(),
        required: [outer.required.clone(), inner.required.clone()].concat(),
        properties: [outer.properties.clone(), inner.properties.clone()].concat(),
        is_open: outer.is_open || inner.is_open,
        ..Row::scalar(JsonType::Object)
    });
    rows.collect()
}

/// The only values that a schema allows, where these are strings, or a single scalar, also as a union
/// of such schemas.
fn literals(source: &Source, schema: &Schema) -> Result<Option<Vec<Value>>, Diagnostic> {
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

/// The pattern that strings have to match, where a schema allows only strings.
fn pattern(schema: &Schema) -> Option<String> {
    let mut assertions = schema.assertions.iter();
    let pattern = assertions.find_map(|assertion| match assertion {
        Assertion::Pattern(pattern) => Some(pattern.clone()),
        _ => None,
    });
    pattern.filter(|_| schema.kind == Some(Kind::String))
}

/// The schema behind references, and behind compositions of one member. (Merging would not do: it
/// looks into properties, and these may lead back to the object itself.)
fn through_single_members<'a>(
    source: &'a Source,
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

/// Returns whether every two members of a union of objects are told apart by the value of a property
/// that both require.
pub fn told_apart(members: &[Vec<Row>]) -> bool {
    if members.len() < 2 || tag(members).is_some() {
        return true;
    }
    let mut rows = members.iter().flatten();
    if !rows.all(|row| row.json == JsonType::Object) {
        return false;
    }
    members.iter().enumerate().all(|(index, one)| {
        members[index + 1..].iter().all(|two| {
            one.iter().all(|a| {
                two.iter()
                    .all(|b| a.required.iter().any(|key| a.told_apart_by(b, key)))
            })
        })
    })
}

/// Returns the property whose value alone tells the members of a union of objects apart, if there is
/// one; `type` before others.
pub fn tag(members: &[Vec<Row>]) -> Option<String> {
    let tags = &members.first()?.first()?.tags;
    let (types, others): (Vec<_>, Vec<_>) = tags.iter().partition(|(key, _)| key == "type");
    let mut keys = types.into_iter().chain(others).map(|(key, _)| key);
    keys.find(|key| tells_all_apart(members, key)).cloned()
}

/// Returns whether this property alone is certain to tell all members apart, which takes one look at
/// each: no two members share a value, and at most one has a pattern instead of values and at most
/// one neither.
fn tells_all_apart(members: &[Vec<Row>], key: &str) -> bool {
    let mut owners: HashMap<Allowed<'_>, usize> = HashMap::new();
    members.len() < 2
        || members.iter().enumerate().all(|(member, rows)| {
            rows.iter().all(|row| {
                let allowed = match (row.tag(key), row.pattern_of(key)) {
                    (Some(values), _) => values.iter().map(Allowed::Value).collect(),
                    (None, Some(_)) => vec![Allowed::Pattern],
                    (None, None) => vec![Allowed::Any],
                };
                let mut owned = allowed.into_iter();
                row.json == JsonType::Object
                    && row.requires(key)
                    && owned.all(|allowed| *owners.entry(allowed).or_insert(member) == member)
            })
        })
}

/// What the value of a property can be.
#[derive(PartialEq, Eq, Hash)]
enum Allowed<'a> {
    Value(&'a Value),
    Pattern,
    Any,
}
