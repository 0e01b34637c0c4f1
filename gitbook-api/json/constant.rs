//! Constant properties, such as `"object": "space"`.

use super::{Literal, Sink};

/// A constant property.
pub(crate) struct Constant {
    /// The index of the property.
    pub(crate) index: usize,
    /// The documented value.
    pub(crate) value: Literal,
}

impl Literal {
    /// Writes the value.
    pub(super) fn encode(self, out: &mut dyn Sink<'_>) {
        match self {
            Self::Text(text) => out.literal(text),
            Self::Boolean(value) => out.bool(value),
            Self::Integer(value) => out.number(&value.into()),
        }
    }
}
