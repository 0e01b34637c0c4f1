//! What the schemas ask of what is sent, checked before anything is sent.
//!
//! A schema's assertions are data: a list of [`Assertion`]s for each property, union member or
//! parameter that has some, with those of the schemas that it refers to. All of them have to hold,
//! and whatever does not is added to one list. Nothing is allocated as long as all is well, but for
//! what a regular expression needs and for objects that count their properties.

mod assertion;
mod checks;
mod entries;
mod node;
mod pattern;
mod texts;
mod union;
mod violation;

pub(crate) use assertion::Assertion;
pub(crate) use assertion::{number, string};
pub(crate) use checks::Checks;
pub(crate) use entries::{list, map};
pub(crate) use node::value;
pub(crate) use pattern::is_match;
pub(crate) use texts::texts;
pub(crate) use union::union;
pub use violation::{Violation, Violations};

use super::Tape;

/// Checks JSON text: what is not JSON has no violations.
pub(crate) fn json(json: &[u8], assertions: &[Assertion], found: &mut Violations) {
    if let Ok(tape) = serde_json::from_slice::<Tape<'_>>(json) {
        value(tape.root(), assertions, found);
    }
}
