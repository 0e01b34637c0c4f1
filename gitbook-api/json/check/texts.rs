//! Validation of parameters, which are sent as text.

use super::{Assertion, Violations, assertion};

/// Validates a parameter: the items of a list, or the only value.
pub(crate) fn texts(values: &[String], assertions: &[Assertion], found: &mut Violations) {
    assertion::items(values.len(), assertions, found);
    for assertion in assertions {
        match assertion {
            Assertion::UniqueItems => {
                assertion::unique(values.iter(), |one, two| one == two, found)
            }
            Assertion::Each(each) => {
                for (index, value) in values.iter().enumerate() {
                    let known = found.len();
                    text(value, each, found);
                    found.in_item(known, index);
                }
            }
            _ => {}
        }
    }
    if let [value] = values {
        text(value, assertions, found);
    }
}

/// Validates that the value of a parameter, or each item of its list, is one of the known values.
pub(crate) fn known_values(values: &[String], assertions: &[Assertion], found: &mut Violations) {
    for each in assertion::inner(assertions) {
        for (index, value) in values.iter().enumerate() {
            let known = found.len();
            assertion::known(value, each, found);
            found.in_item(known, index);
        }
    }
    if let [value] = values {
        assertion::known(value, assertions, found);
    }
}

/// Validates one value. It is a number if its assertions are those of numbers.
fn text(value: &str, assertions: &[Assertion], found: &mut Violations) {
    assertion::string(value, assertions, found);
    if let Ok(number) = value.parse() {
        assertion::number(number, assertions, found);
    }
}
