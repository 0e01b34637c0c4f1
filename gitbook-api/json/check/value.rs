//! Validation of values whose JSON type is known only at run time.

use super::{Assertion, Violations, assertion};
use crate::json::ValueRef;

/// Validates a value of any JSON type.
pub(crate) fn value(input: ValueRef<'_>, assertions: &[Assertion], found: &mut Violations) {
    if let Some(text) = input.as_text() {
        assertion::string(text, assertions, found);
    } else if input.is_list() {
        assertion::items(input.items().count(), assertions, found);
        if assertions.contains(&Assertion::UniqueItems) {
            assertion::unique(input.items(), |one, two| is_same(*one, *two), found);
        }
        for each in assertion::inner(assertions) {
            for (index, item) in input.items().enumerate() {
                let known = found.len();
                value(item, each, found);
                found.in_item(known, index);
            }
        }
    } else if input.is_object() {
        assertion::size(input.properties().count(), assertions, found);
        for each in assertion::inner(assertions) {
            for (key, item) in input.properties() {
                let known = found.len();
                value(item, each, found);
                found.in_property(known, key);
            }
        }
    } else if let Some(number) = input.as_f64() {
        assertion::number(number, assertions, found);
    }
}

/// Returns whether two values are equal, whatever the form of numbers and the order of properties.
fn is_same(one: ValueRef<'_>, two: ValueRef<'_>) -> bool {
    if one.is_list() && two.is_list() {
        return one.items().count() == two.items().count()
            && one
                .items()
                .zip(two.items())
                .all(|(one, two)| is_same(one, two));
    }
    if one.is_object() && two.is_object() {
        return one.properties().count() == two.properties().count()
            && one
                .properties()
                .all(|(key, value)| two.property(key).is_some_and(|other| is_same(value, other)));
    }
    match (one.as_f64(), two.as_f64()) {
        (Some(one), Some(two)) => one == two,
        (None, None) => one.to_value() == two.to_value(),
        _ => false,
    }
}
