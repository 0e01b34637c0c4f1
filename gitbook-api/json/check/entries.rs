//! Validation of lists and maps.

use super::{Assertion, Violations, assertion, value};
use crate::json::{JsonCodec, sink};

/// Validates a list and each of its items.
pub(crate) fn list<T: JsonCodec>(items: &Vec<T>, assertions: &[Assertion], found: &mut Violations) {
    if assertions.contains(&Assertion::UniqueItems) {
        // Items are compared as JSON.
        return value(sink::tape_of(items).root(), assertions, found);
    }
    assertion::items(items.len(), assertions, found);
    for each in assertion::inner(assertions) {
        for (index, item) in items.iter().enumerate() {
            let known = found.len();
            item.check_against(each, found);
            found.in_item(known, index);
        }
    }
}

/// Validates a map of `count` entries and each of its values.
pub(crate) fn map<'a, T: JsonCodec + 'a>(
    count: usize,
    entries: impl Iterator<Item = (&'a String, &'a T)> + Clone,
    assertions: &[Assertion],
    found: &mut Violations,
) {
    assertion::size(count, assertions, found);
    for each in assertion::inner(assertions) {
        for (key, value) in entries.clone() {
            let known = found.len();
            value.check_against(each, found);
            found.in_property(known, key);
        }
    }
}
