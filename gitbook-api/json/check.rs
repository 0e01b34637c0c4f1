//! What the schemas ask of what is sent, checked before anything is sent.
//!
//! A schema's assertions are data: a list of [`Assertion`]s for each property, union member or
//! parameter that has some, with those of the schemas that it refers to. All of them have to hold,
//! and whatever does not is added to one list. Nothing is allocated as long as all is well, but for
//! what a regular expression needs and for objects that count their properties.

mod assertion;
mod entries;
mod node;
mod pattern;
mod texts;
mod union;
mod violation;

pub(crate) use assertion::Assertion;
pub(crate) use assertion::{number, string};
pub(crate) use entries::{list, map};
pub(crate) use node::value;
pub(crate) use pattern::is_match;
pub(crate) use texts::texts;
pub(crate) use union::union;
pub use violation::{Violation, Violations};

use super::{Tape, Wire};

/// Checks what the schema of a property asks of its value, if there is one. No step lies between an
/// object and what stands among its properties, whose key is empty.
pub(crate) fn against<T: Wire>(
    key: &str,
    value: Option<&T>,
    assertions: &'static [Assertion],
    found: &mut Violations,
) {
    at(key, value, found, |value, found| {
        value.check_against(assertions, found)
    });
}

/// Checks what the value of a property holds, if there is one.
pub(crate) fn inside<T: Wire>(
    key: &str,
    value: Option<&T>,
    _: &'static [Assertion],
    found: &mut Violations,
) {
    at(key, value, found, T::check);
}

/// Checks the value of a property, if there is one, and says where its violations are.
fn at<T>(
    key: &str,
    value: Option<&T>,
    found: &mut Violations,
    check: impl FnOnce(&T, &mut Violations),
) {
    if let Some(value) = value {
        let known = found.len();
        check(value, found);
        if !key.is_empty() {
            found.in_property(known, key);
        }
    }
}

/// Checks JSON text: what is not JSON has no violations.
pub(crate) fn json(json: &[u8], assertions: &[Assertion], found: &mut Violations) {
    if let Ok(tape) = serde_json::from_slice::<Tape<'_>>(json) {
        value(tape.root(), assertions, found);
    }
}
