//! Constant properties, such as `"object": "space"`.

use super::{Sink, ValueRef};

/// The documented value of a constant property.
pub(crate) trait Constant: Copy {
    /// Returns whether a value is the documented one.
    fn is(self, input: ValueRef<'_>) -> bool;
    /// Writes the documented value.
    fn encode(self, out: &mut dyn Sink<'_>);
}

impl Constant for &'static str {
    fn is(self, input: ValueRef<'_>) -> bool {
        input.is_text(self)
    }

    fn encode(self, out: &mut dyn Sink<'_>) {
        out.literal(self);
    }
}

impl Constant for bool {
    fn is(self, input: ValueRef<'_>) -> bool {
        input.as_bool() == Some(self)
    }

    fn encode(self, out: &mut dyn Sink<'_>) {
        out.bool(self);
    }
}

impl Constant for i64 {
    fn is(self, input: ValueRef<'_>) -> bool {
        input.as_i64() == Some(self)
    }

    fn encode(self, out: &mut dyn Sink<'_>) {
        out.number(&self.into());
    }
}
