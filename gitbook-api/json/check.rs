//! Validation of requests against the assertions of their schemas.
//!
//! Assertions are data: a list of [`Assertion`]s for each property, union variant or parameter,
//! including those of referenced schemas. Every violation is reported. Valid values need no allocation,
//! except for regular expressions and for objects that count their properties.

mod assertion;
mod checks;
mod entries;
mod pattern;
mod texts;
mod union;
mod value;
mod violation;

pub(crate) use assertion::Assertion;
pub(crate) use assertion::{number, string};
pub(crate) use checks::Checks;
pub(crate) use entries::{list, map};
pub(crate) use pattern::is_match;
pub(crate) use texts::{known_values, texts};
pub(crate) use union::union;
pub(crate) use value::value;
pub use violation::{Violation, Violations};

use super::scan;

/// Validates JSON text. Text that is not JSON has no violations.
pub(crate) fn json(json: &[u8], assertions: &[Assertion], found: &mut Violations) {
    if let Ok(tape) = scan(json) {
        value(tape.root(), assertions, found);
    }
}
