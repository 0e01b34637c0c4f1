//! The conditions on a value after a member of every union is chosen.

use serde_json::{Map, Value};

/// The maximum nesting of references and compositions.
const MAX_NESTING: usize = 24;

/// Schemas without unions and references that a value must satisfy together.
#[derive(Clone, Default)]
pub(crate) struct Conjunction<'a> {
    members: Vec<&'a Map<String, Value>>,
}

/// Returns the first `limit` ways to satisfy all of `schemas`. Each member of each union occurs
/// once.
pub(crate) fn conjunctions<'a>(
    document: &'a Value,
    schemas: &[&'a Value],
    limit: usize,
) -> Vec<Conjunction<'a>> {
    let mut ways = vec![Conjunction::default()];
    for schema in schemas {
        ways = product(ways, ways_through(document, schema, 0, limit));
    }
    ways
}

fn ways_through<'a>(
    document: &'a Value,
    schema: &'a Value,
    nesting: usize,
    limit: usize,
) -> Vec<Conjunction<'a>> {
    if nesting > MAX_NESTING || *schema == Value::Bool(false) {
        return Vec::new();
    }
    let Some(map) = schema.as_object() else {
        return vec![Conjunction::default()];
    };
    let mut ways = vec![Conjunction { members: vec![map] }];
    if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
        let target = reference.strip_prefix('#');
        let Some(target) = target.and_then(|pointer| document.pointer(pointer)) else {
            return Vec::new();
        };
        ways = product(ways, ways_through(document, target, nesting + 1, limit));
    }
    for member in list(map, "allOf") {
        ways = product(ways, ways_through(document, member, nesting + 1, limit));
    }
    for union in ["oneOf", "anyOf"] {
        if map.contains_key(union) {
            let chosen = list(map, union)
                .flat_map(|variant| ways_through(document, variant, nesting + 1, limit))
                .take(limit)
                .collect();
            ways = product(ways, chosen);
        }
    }
    ways
}

/// Combines every element of both lists at least once, without forming all combinations.
fn product<'a>(left: Vec<Conjunction<'a>>, right: Vec<Conjunction<'a>>) -> Vec<Conjunction<'a>> {
    if left.is_empty() || right.is_empty() {
        return Vec::new();
    }
    (0..left.len().max(right.len()))
        .map(|index| {
            let (left, right) = (&left[index % left.len()], &right[index % right.len()]);
            let members = left.members.iter().chain(&right.members).copied().collect();
            Conjunction { members }
        })
        .collect()
}

fn list<'a>(map: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    map.get(key).and_then(Value::as_array).into_iter().flatten()
}

impl<'a> Conjunction<'a> {
    /// Returns the values of a keyword in all schemas.
    pub(crate) fn all(&self, key: &str) -> Vec<&'a Value> {
        self.members
            .iter()
            .filter_map(|member| member.get(key))
            .collect()
    }

    /// Returns the numeric values of a keyword.
    pub(crate) fn numbers(&self, key: &str) -> Vec<f64> {
        self.all(key)
            .into_iter()
            .filter_map(Value::as_f64)
            .collect()
    }

    /// Returns the greatest of the lower bounds of a keyword, or 0.
    pub(crate) fn least(&self, key: &str) -> usize {
        self.numbers(key).into_iter().fold(0.0, f64::max) as usize
    }

    /// Returns the smallest of the upper bounds of a keyword.
    pub(crate) fn most(&self, key: &str) -> Option<usize> {
        self.numbers(key)
            .into_iter()
            .reduce(f64::min)
            .map(|most| most as usize)
    }

    /// Returns the smallest and the greatest allowed number. Exclusive bounds are adjusted by
    /// `step`.
    pub(crate) fn bounds(&self, step: f64) -> (Option<f64>, Option<f64>) {
        let low = self
            .bound("minimum", "exclusiveMinimum", step)
            .into_iter()
            .reduce(f64::max);
        let high = self
            .bound("maximum", "exclusiveMaximum", -step)
            .into_iter()
            .reduce(f64::min);
        (low, high)
    }

    fn bound(&self, inclusive: &str, exclusive: &str, step: f64) -> Vec<f64> {
        let mut bounds: Vec<f64> = self.numbers(exclusive).iter().map(|n| n + step).collect();
        for member in &self.members {
            if let Some(bound) = member.get(inclusive).and_then(Value::as_f64) {
                let excluded = member.get(exclusive) == Some(&Value::Bool(true));
                bounds.push(if excluded { bound + step } else { bound });
            }
        }
        bounds
    }

    /// Returns the values that all `enum`s and `const`s allow, or `None` without such keywords.
    pub(crate) fn values(&self) -> Option<Vec<Value>> {
        let listed = self
            .all("enum")
            .into_iter()
            .filter_map(Value::as_array)
            .cloned();
        let constant = self
            .all("const")
            .into_iter()
            .map(|value| vec![value.clone()]);
        let types = self.types();
        listed
            .chain(constant)
            .reduce(|left, right| {
                left.into_iter()
                    .filter(|value| right.contains(value))
                    .collect()
            })
            .map(|values| {
                values
                    .into_iter()
                    .filter(|value| types.iter().any(|name| is(value, name)))
                    .collect()
            })
    }

    /// Returns the allowed types.
    pub(crate) fn types(&self) -> Vec<&'a str> {
        let mut types: Option<Vec<&str>> = None;
        for member in &self.members {
            let mut own: Vec<&str> = match member.get("type") {
                Some(Value::String(name)) => vec![name],
                Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            if member.get("nullable") == Some(&Value::Bool(true)) {
                own.push("null");
            }
            types = Some(match types {
                None => own,
                Some(types) => both(&types, &own),
            });
        }
        types.unwrap_or_else(|| self.implied_types())
    }

    /// Returns the types that keywords apply to, for schemas without `type`. Other types are
    /// allowed too, but make poor samples.
    fn implied_types(&self) -> Vec<&'static str> {
        let about = |keys: &[&str]| keys.iter().any(|key| !self.all(key).is_empty());
        if about(&["enum", "const"]) {
            return vec!["string", "number", "boolean", "null", "array", "object"];
        }
        if about(&[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
        ]) {
            return vec!["object"];
        }
        if about(&["items", "minItems", "maxItems"]) {
            return vec!["array"];
        }
        if about(&["minimum", "maximum", "multipleOf"]) {
            return vec!["number"];
        }
        vec!["string"]
    }

    /// Returns the names of required properties.
    pub(crate) fn required(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for name in self
            .all("required")
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
        {
            if let Some(name) = name.as_str().filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
        names
    }

    /// Returns the names of optional properties, and one or two made-up names for a map.
    pub(crate) fn optional(&self, document: &Value) -> Vec<String> {
        let required = self.required();
        let mut names: Vec<String> = Vec::new();
        for properties in self
            .all("properties")
            .into_iter()
            .filter_map(Value::as_object)
        {
            for name in properties.keys() {
                if !required.contains(&name.as_str()) && !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
        let open = self.all("additionalProperties");
        if !open.is_empty() && open.iter().all(|schema| **schema != Value::Bool(false)) {
            let listed: Vec<String> = conjunctions(document, &self.all("propertyNames"), 1)
                .iter()
                .filter_map(Conjunction::values)
                .flatten()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .take(2)
                .collect();
            if listed.is_empty() {
                names.push("some key".to_owned())
            } else {
                names.extend(listed)
            }
        }
        names
    }

    /// Returns the schemas of the property `name`.
    pub(crate) fn property(&self, name: &str) -> Vec<&'a Value> {
        let mut schemas = Vec::new();
        for member in &self.members {
            let declared = member
                .get("properties")
                .and_then(|properties| properties.get(name));
            schemas.extend(declared.or_else(|| member.get("additionalProperties")));
        }
        schemas
    }
}

fn both<'a>(left: &[&'a str], right: &[&'a str]) -> Vec<&'a str> {
    let integer = |name: &&str, others: &[&str]| *name == "integer" && others.contains(&"number");
    let mut types: Vec<&str> = left
        .iter()
        .filter(|name| right.contains(name) || integer(name, right))
        .copied()
        .collect();
    types.extend(right.iter().filter(|name| integer(name, left)));
    types
}

fn is(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(_) => name == "number" || name == "integer",
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}
