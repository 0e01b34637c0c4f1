//! What schemas ask of values: the assertions of JSON Schema.

use std::fmt;

use serde_json::{Map, Value};

use crate::document::{MAX_REFERENCES, lookup, schema_name};
use crate::lower::{FLATTEN, constraints};

/// A keyword of JSON Schema with its value, as the runtime checks it.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "JSON Schema says it")]
pub enum Assertion {
    MinLength(u64),
    MaxLength(u64),
    Pattern(String),
    Minimum(f64),
    Maximum(f64),
    ExclusiveMinimum(f64),
    ExclusiveMaximum(f64),
    MultipleOf(f64),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
    /// What is asked of each item of a list, or of each value of a map.
    Each(Vec<Assertion>),
    /// What text can satisfy: all of one of these lists.
    AnyOf(Vec<Vec<Assertion>>),
}

/// What a leaf of a lowered document asks of its values, with what the aliases that it refers to ask
/// for. Objects with described properties and unions are types of their own, which check themselves.
pub fn assertions(document: &Value, leaf: &Value) -> Vec<Assertion> {
    of_leaf(document, leaf, &mut Vec::new())
}

/// What a lowered schema itself asks of values of this JSON type, or of any type.
pub fn own_assertions(schema: &Value, json: Option<&str>) -> Vec<Assertion> {
    let mut all = Vec::new();
    for constraints in constraints::all(schema) {
        all.extend(
            constraints
                .iter()
                .filter_map(|(key, value)| of_keyword(key, value)),
        );
        all.extend(bounds(constraints));
    }
    all.retain(|assertion| json.is_none_or(|json| assertion.concerns(json)));
    strictest(all)
}

fn of_leaf<'a>(document: &'a Value, leaf: &'a Value, seen: &mut Vec<&'a str>) -> Vec<Assertion> {
    if let Some(reference) = leaf.get("$ref").and_then(Value::as_str) {
        let is_new = seen.len() <= MAX_REFERENCES && !seen.contains(&reference);
        let target = lookup(document, reference).filter(|_| is_new);
        let Some(target) = target else {
            return Vec::new();
        };
        let mut all = own_assertions(leaf, json_type(target));
        let is_type = schema_name(reference).is_some() && checks_itself(target);
        if !is_type {
            seen.push(reference);
            all.extend(of_leaf(document, target, seen));
            seen.pop();
        }
        return strictest(all);
    }
    let mut all = own_assertions(leaf, json_type(leaf));
    let each = match json_type(leaf) {
        Some("array") => leaf.get("items"),
        Some("object") => leaf.get("additionalProperties"),
        _ => None,
    };
    let each = each
        .map(|each| of_leaf(document, each, seen))
        .unwrap_or_default();
    if !each.is_empty() {
        all.push(Assertion::Each(each));
    }
    all
}

fn json_type(schema: &Value) -> Option<&str> {
    schema.get("type").and_then(Value::as_str)
}

/// Whether a component has a type that checks its values.
fn checks_itself(component: &Value) -> bool {
    ["oneOf", "properties", FLATTEN]
        .iter()
        .any(|key| component.get(key).is_some())
}

fn of_keyword(keyword: &str, value: &Value) -> Option<Assertion> {
    let count = || value.as_u64();
    let least = || count().filter(|least| *least > 0);
    match keyword {
        "minLength" => least().map(Assertion::MinLength),
        "maxLength" => count().map(Assertion::MaxLength),
        "minItems" => least().map(Assertion::MinItems),
        "maxItems" => count().map(Assertion::MaxItems),
        "minProperties" => least().map(Assertion::MinProperties),
        "maxProperties" => count().map(Assertion::MaxProperties),
        "uniqueItems" => (value == true).then_some(Assertion::UniqueItems),
        "multipleOf" => value.as_f64().map(Assertion::MultipleOf),
        constraints::EITHER => {
            let lists = value.as_array()?.iter();
            let lists = lists.map(|schema| own_assertions(schema, Some("string")));
            Some(Assertion::AnyOf(lists.collect()))
        }
        "pattern" => value
            .as_str()
            .map(|text| Assertion::Pattern(text.to_owned())),
        _ => None,
    }
}

/// The bounds of a number. OpenAPI 3.0 says with a boolean that a bound is exclusive, later versions
/// with a bound of its own.
fn bounds(constraints: &Map<String, Value>) -> Vec<Assertion> {
    let number = |key: &str| constraints.get(key).and_then(Value::as_f64);
    let is_exclusive = |key: &str| constraints.get(key) == Some(&Value::Bool(true));
    let least = number("minimum").map(|least| match is_exclusive("exclusiveMinimum") {
        true => Assertion::ExclusiveMinimum(least),
        false => Assertion::Minimum(least),
    });
    let most = number("maximum").map(|most| match is_exclusive("exclusiveMaximum") {
        true => Assertion::ExclusiveMaximum(most),
        false => Assertion::Maximum(most),
    });
    let above = number("exclusiveMinimum").map(Assertion::ExclusiveMinimum);
    let below = number("exclusiveMaximum").map(Assertion::ExclusiveMaximum);
    [least, above, most, below].into_iter().flatten().collect()
}

/// All assertions but those that others imply.
fn strictest(all: Vec<Assertion>) -> Vec<Assertion> {
    let mut kept: Vec<Assertion> = Vec::new();
    for assertion in all {
        if !kept.iter().any(|other| other.implies(&assertion)) {
            kept.retain(|other| !assertion.implies(other));
            kept.push(assertion);
        }
    }
    kept
}

impl Assertion {
    /// Whether values of this JSON type can fail it.
    pub fn concerns(&self, json: &str) -> bool {
        match self {
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_) | Self::AnyOf(_) => {
                json == "string"
            }
            Self::Minimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMinimum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_) => matches!(json, "integer" | "number"),
            Self::MinItems(_) | Self::MaxItems(_) | Self::UniqueItems => json == "array",
            Self::MinProperties(_) | Self::MaxProperties(_) => json == "object",
            Self::Each(_) => matches!(json, "array" | "object"),
        }
    }

    /// Whether what satisfies this one satisfies the other, as far as two numbers show.
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::MinLength(one), Self::MinLength(two))
            | (Self::MinItems(one), Self::MinItems(two))
            | (Self::MinProperties(one), Self::MinProperties(two)) => one >= two,
            (Self::MaxLength(one), Self::MaxLength(two))
            | (Self::MaxItems(one), Self::MaxItems(two))
            | (Self::MaxProperties(one), Self::MaxProperties(two)) => one <= two,
            (Self::Minimum(one), Self::Minimum(two))
            | (Self::ExclusiveMinimum(one), Self::Minimum(two))
            | (Self::ExclusiveMinimum(one), Self::ExclusiveMinimum(two)) => one >= two,
            (Self::Minimum(one), Self::ExclusiveMinimum(two)) => one > two,
            (Self::Maximum(one), Self::Maximum(two))
            | (Self::ExclusiveMaximum(one), Self::Maximum(two))
            | (Self::ExclusiveMaximum(one), Self::ExclusiveMaximum(two)) => one <= two,
            (Self::Maximum(one), Self::ExclusiveMaximum(two)) => one < two,
            (one, two) => one == two,
        }
    }
}

/// As the runtime names it: `MaxLength(50)`.
impl fmt::Display for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Each(each) => write!(f, "Each(&[{}])", code(each)),
            Self::AnyOf(lists) => {
                let lists: Vec<String> = lists
                    .iter()
                    .map(|list| format!("&[{}]", code(list)))
                    .collect();
                write!(f, "AnyOf(&[{}])", lists.join(", "))
            }
            other => write!(f, "{other:?}"),
        }
    }
}

/// The code of some assertions, with commas between them.
pub fn code(assertions: &[Assertion]) -> String {
    let all: Vec<String> = assertions.iter().map(Assertion::to_string).collect();
    all.join(", ")
}
