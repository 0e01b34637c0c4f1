//! Properties of which only one value is documented, such as `"object": "space"`.

use super::{Node, Writer};

/// The documented value of a constant property.
pub(crate) trait Constant: Copy {
    /// Returns whether a value is the documented one.
    fn is(self, node: Node<'_>) -> bool;
    /// Writes the documented value.
    fn write(self, out: &mut Writer<'_>);
}

impl Constant for &'static str {
    fn is(self, node: Node<'_>) -> bool {
        node.as_text() == Some(self)
    }

    fn write(self, out: &mut Writer<'_>) {
        out.word(self);
    }
}

impl Constant for bool {
    fn is(self, node: Node<'_>) -> bool {
        node.as_bool() == Some(self)
    }

    fn write(self, out: &mut Writer<'_>) {
        out.bool(self);
    }
}

impl Constant for i64 {
    fn is(self, node: Node<'_>) -> bool {
        node.as_i64() == Some(self)
    }

    fn write(self, out: &mut Writer<'_>) {
        out.number(&self.into());
    }
}
