//! Values that are sent as text: those of parameters.

use super::{Assertion, Violations, assertion};

/// Checks the values of a parameter: of a list if it is one, else the only one.
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

/// Checks one value. Whether it is a number is said by what is asked of it.
fn text(value: &str, assertions: &[Assertion], found: &mut Violations) {
    assertion::string(value, assertions, found);
    if let Ok(number) = value.parse() {
        assertion::number(number, assertions, found);
    }
}
