//! The assertions of JSON Schema: keywords that restrict values.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde_json::{Map, Value};

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
    /// The assertions on each item of a list, or on each value of a map.
    Each(Vec<Assertion>),
    /// Alternatives for text: all of one of these lists.
    AnyOf(Vec<Vec<Assertion>>),
    /// The known values of a parameter.
    Enum(Vec<String>),
}

/// Returns the assertions among the keywords of a schema. Those that every value satisfies are left
/// out.
pub fn read(schema: &Map<String, Value>) -> Vec<Assertion> {
    let keywords = schema.iter();
    let mut all: Vec<Assertion> = keywords
        .filter_map(|(key, value)| keyword(key, value))
        .collect();
    all.extend(bounds(schema));
    all
}

fn keyword(keyword: &str, value: &Value) -> Option<Assertion> {
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
        "pattern" => value
            .as_str()
            .map(|text| Assertion::Pattern(text.to_owned())),
        _ => None,
    }
}

/// Returns the bounds of a number. OpenAPI 3.0 says with a boolean that a bound is exclusive, later
/// versions with a bound of its own.
fn bounds(schema: &Map<String, Value>) -> Vec<Assertion> {
    let number = |key: &str| schema.get(key).and_then(Value::as_f64);
    let is_exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let least = number("minimum").map(|least| {
        if is_exclusive("exclusiveMinimum") {
            Assertion::ExclusiveMinimum(least)
        } else {
            Assertion::Minimum(least)
        }
    });
    let most = number("maximum").map(|most| {
        if is_exclusive("exclusiveMaximum") {
            Assertion::ExclusiveMaximum(most)
        } else {
            Assertion::Maximum(most)
        }
    });
    let above = number("exclusiveMinimum").map(Assertion::ExclusiveMinimum);
    let below = number("exclusiveMaximum").map(Assertion::ExclusiveMaximum);
    [least, above, most, below].into_iter().flatten().collect()
}

/// Returns all assertions but those that others imply.
pub fn strictest(all: Vec<Assertion>) -> Vec<Assertion> {
    let mut kept: Vec<Assertion> = Vec::new();
    for assertion in all {
        if !kept.iter().any(|other| other.implies(&assertion)) {
            kept.retain(|other| !assertion.implies(other));
            kept.push(assertion);
        }
    }
    kept
}

// No number of a JSON document is NaN.
impl Eq for Assertion {}

impl Hash for Assertion {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_string().hash(state);
    }
}

impl Assertion {
    /// Returns whether values of this JSON type can fail it.
    pub fn concerns(&self, json: &str) -> bool {
        match self {
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::AnyOf(_)
            | Self::Enum(_) => json == "string",
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

    /// Returns whether what satisfies this one satisfies the other, as far as two numbers show.
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
            Self::Enum(values) => write!(f, "Enum(&{values:?})"),
            other => write!(f, "{other:?}"),
        }
    }
}

/// Returns the code of some assertions, with commas between them.
pub fn code(assertions: &[Assertion]) -> String {
    let all: Vec<String> = assertions.iter().map(Assertion::to_string).collect();
    all.join(", ")
}
