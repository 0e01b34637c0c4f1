//! Values whose JSON type only shows when they are written.

use super::{Assertion, Violations, assertion};
use crate::json::Node;

/// Checks a value of any JSON type.
pub(crate) fn value(node: Node<'_>, assertions: &[Assertion], found: &mut Violations) {
    if let Some(text) = node.as_text() {
        assertion::string(text, assertions, found);
    } else if node.is_list() {
        assertion::items(node.items().count(), assertions, found);
        if assertions.contains(&Assertion::UniqueItems) {
            assertion::unique(node.items(), |one, two| is_same(*one, *two), found);
        }
        for each in assertion::inner(assertions) {
            for (index, item) in node.items().enumerate() {
                let known = found.len();
                value(item, each, found);
                found.in_item(known, index);
            }
        }
    } else if node.is_object() {
        assertion::size(node.properties().count(), assertions, found);
        for each in assertion::inner(assertions) {
            for (key, item) in node.properties() {
                let known = found.len();
                value(item, each, found);
                found.in_property(known, key);
            }
        }
    } else if let Some(number) = node.as_f64() {
        assertion::number(number, assertions, found);
    }
}

/// Returns whether two values are equal, however their numbers are written and their properties are sorted.
fn is_same(one: Node<'_>, two: Node<'_>) -> bool {
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
