//! Validation of unions.

use super::Violations;
use crate::json::{Context, JsonCodec, Union, sink};

/// Validates a union as its variant. A value that another variant allows has no violations.
pub(crate) fn union<U: Union + JsonCodec>(value: &U, found: &mut Violations) {
    let known = found.len();
    value.check_variant(found);
    if found.len() > known && fits_another(value) {
        found.forget(known);
    }
}

/// Returns whether some variant allows what is written of a value.
#[cold]
fn fits_another<U: Union + JsonCodec>(value: &U) -> bool {
    let tape = sink::tape_of(value);
    let input = tape.root();
    U::index().fitting(input).any(|row| {
        let mut cx = Context::default();
        let Ok(other) = U::variant(row.variant, input, &mut cx) else {
            return false;
        };
        // A property that the value lacks may be the violation.
        if cx.missing() > 0 {
            return false;
        }
        if other.is_closed() && !input.properties().all(|(key, _)| row.describes(key)) {
            return false;
        }
        let mut found = Violations::default();
        other.check_variant(&mut found);
        found.is_empty()
    })
}
