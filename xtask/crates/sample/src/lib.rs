//! Sample values of OpenAPI schemas and their validation, for tests.
//!
//! The samples are deterministic: the same schema always has the same ones.

#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

mod bounds;
mod conjunction;
mod mutation;
mod text;
mod validator;

use serde_json::{Map, Number, Value, json};

use conjunction::{Conjunction, conjunctions};

pub use bounds::at_bounds;
pub use mutation::{UNKNOWN_PROPERTY, future_versions, near_misses};
pub use validator::{Dialect, Validator};

/// The maximum number of values by nesting level. Deeper levels have a single value.
const LIMITS: [usize; 4] = [80, 24, 8, 3];
/// The depth to which optional properties and items are included.
const FILLED_LEVELS: usize = 5;
/// The number of members of a union that are tried for a single value.
const MAX_ATTEMPTS: usize = 6;
/// The depth at which a schema counts as unsatisfiable.
const MAX_LEVELS: usize = 16;

/// Returns valid values of `schema`, which is part of `document`: with all optional properties and
/// without them, with each value of each enum and each member of each union.
///
/// OpenAPI 3.0 and 3.1 schemas are supported. Recursion is limited, and at most 120 values are
/// returned. A schema with `not`, with overlapping members of a `oneOf`, or with several patterns
/// for one string may get an invalid value.
pub fn samples(document: &Value, schema: &Value) -> Vec<Value> {
    variants(document, &[schema], 0)
}

fn limit(level: usize) -> usize {
    LIMITS.get(level).copied().unwrap_or(1)
}

/// Returns many values that satisfy all of `schemas`.
fn variants(document: &Value, schemas: &[&Value], level: usize) -> Vec<Value> {
    let mut values = Vec::new();
    for conjunction in conjunctions(document, schemas, limit(level)) {
        let found = match conjunction.values() {
            Some(listed) => listed,
            None => conjunction
                .types()
                .into_iter()
                .flat_map(|name| typed_variants(document, &conjunction, name, level))
                .collect(),
        };
        for value in found {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if values.len() >= limit(level) {
            break;
        }
    }
    values.truncate(limit(level));
    values
}

fn typed_variants(
    document: &Value,
    conjunction: &Conjunction,
    name: &str,
    level: usize,
) -> Vec<Value> {
    let full = typed(document, conjunction, name, level, FILLED_LEVELS);
    match name {
        "object" => {
            let bare = typed(document, conjunction, name, level, 0);
            let mut values: Vec<Value> = full.iter().cloned().chain(bare).collect();
            let Some(Value::Object(base)) = full.filter(|_| level + 1 < LIMITS.len()) else {
                return values;
            };
            for key in base.keys() {
                if values.len() >= limit(level) {
                    break;
                }
                let property = conjunction.property(key);
                for value in variants(document, &property, level + 1) {
                    let mut object = base.clone();
                    object.insert(key.clone(), value);
                    values.push(Value::Object(object));
                }
            }
            values
        }
        "array" if level + 1 < LIMITS.len() => {
            let least = conjunction.least("minItems").max(1);
            let most = conjunction.most("maxItems").unwrap_or(usize::MAX);
            let items = variants(document, &conjunction.all("items"), level + 1);
            let mut values: Vec<Value> = full.into_iter().collect();
            for chunk in items.chunks(most.clamp(1, 12).max(least)) {
                if chunk.len() >= least {
                    values.push(json!(chunk));
                }
            }
            values.extend(typed(document, conjunction, name, level, 0));
            values
        }
        "boolean" => vec![json!(true), json!(false)],
        "integer" | "number" => numbers(conjunction, name == "integer"),
        _ => full.into_iter().collect(),
    }
}

/// Returns one value that satisfies all of `schemas`, with optional properties to a depth of
/// `filled`.
fn one(document: &Value, schemas: &[&Value], level: usize, filled: usize) -> Option<Value> {
    if level > MAX_LEVELS {
        return None;
    }
    conjunctions(document, schemas, MAX_ATTEMPTS)
        .into_iter()
        .find_map(|conjunction| match conjunction.values() {
            Some(listed) => listed.into_iter().next(),
            None => conjunction
                .types()
                .into_iter()
                .find_map(|name| typed(document, &conjunction, name, level, filled)),
        })
}

fn typed(
    document: &Value,
    conjunction: &Conjunction,
    name: &str,
    level: usize,
    filled: usize,
) -> Option<Value> {
    match name {
        "null" => Some(Value::Null),
        "boolean" => Some(json!(true)),
        "integer" | "number" => numbers(conjunction, name == "integer").into_iter().next(),
        "string" => text::text(conjunction).map(Value::String),
        "array" => array(document, conjunction, level, filled),
        _ => object(document, conjunction, level, filled),
    }
}

fn array(
    document: &Value,
    conjunction: &Conjunction,
    level: usize,
    filled: usize,
) -> Option<Value> {
    let least = conjunction.least("minItems");
    let most = conjunction.most("maxItems").unwrap_or(usize::MAX);
    let wanted = if filled > 0 {
        least.max(1).min(most)
    } else {
        least
    };
    if wanted == 0 {
        return Some(json!([]));
    }
    let item = one(
        document,
        &conjunction.all("items"),
        level + 1,
        filled.saturating_sub(1),
    );
    match item {
        Some(item) if wanted == 1 => Some(json!([item])),
        Some(_) => {
            let mut items = variants(document, &conjunction.all("items"), level + 1);
            let unique = conjunction.all("uniqueItems").contains(&&json!(true));
            while items.len() < wanted && !unique {
                items.push(items.first()?.clone());
            }
            items.truncate(wanted);
            (items.len() == wanted).then(|| json!(items))
        }
        None => (least == 0).then(|| json!([])),
    }
}

fn object(
    document: &Value,
    conjunction: &Conjunction,
    level: usize,
    filled: usize,
) -> Option<Value> {
    let required = conjunction.required();
    let least = conjunction.least("minProperties");
    let most = conjunction.most("maxProperties").unwrap_or(usize::MAX);
    let mut object = Map::new();
    for name in &required {
        let property = conjunction.property(name);
        let value = one(document, &property, level + 1, filled.saturating_sub(1))?;
        object.insert((*name).to_owned(), value);
    }
    for name in conjunction.optional(document) {
        let enough = if filled > 0 { most } else { least };
        if object.len() >= enough {
            break;
        }
        let property = conjunction.property(&name);
        if let Some(value) = one(document, &property, level + 1, filled.saturating_sub(1)) {
            object.insert(name, value);
        }
    }
    Some(Value::Object(object))
}

/// Returns numbers at and between the bounds.
fn numbers(conjunction: &Conjunction, integer: bool) -> Vec<Value> {
    let step = conjunction
        .numbers("multipleOf")
        .into_iter()
        .fold(if integer { 1.0 } else { 0.5 }, f64::max);
    let (low, high) = conjunction.bounds(step);
    let candidates = match (low, high) {
        (Some(low), Some(high)) => vec![low, high],
        (Some(low), None) => vec![low, low + 2.0 * step],
        (None, Some(high)) => vec![high, high - 2.0 * step],
        (None, None) => vec![2.0 * step, 0.0, -2.0 * step],
    };
    let mut numbers = Vec::new();
    for candidate in candidates {
        let whole = (candidate / step).round() * step;
        let value = if whole.fract() == 0.0 && whole.abs() < 1e15 {
            json!(whole as i64)
        } else {
            Number::from_f64(whole).map_or(Value::Null, Value::Number)
        };
        if !numbers.contains(&value) {
            numbers.push(value);
        }
    }
    numbers
}
