//! Unions.

use super::Violations;
use crate::json::{Context, Union, Wire, Writer};

/// Checks a union as the variant that it is. What another variant allows is no violation.
pub(crate) fn union<U: Union + Wire>(value: &U, found: &mut Violations) {
    let known = found.len();
    value.check_variant(found);
    if found.len() > known && fits_another(value) {
        found.forget(known);
    }
}

/// Whether what is written of a value is also one that some variant allows.
#[cold]
fn fits_another<U: Union + Wire>(value: &U) -> bool {
    let tape = Writer::tape_of(value);
    let node = tape.root();
    U::index().fitting(node).any(|row| {
        let Ok(other) = U::variant(row.variant, node, &mut Context::default()) else {
            return false;
        };
        if other.is_closed() && !node.properties().all(|(key, _)| row.describes(key)) {
            return false;
        }
        let mut found = Violations::default();
        other.check_variant(&mut found);
        found.is_empty()
    })
}
