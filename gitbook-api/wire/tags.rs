//! Fields of which only one value is known, such as `"object": "space"`.

use serde_json::Value;

use super::{Node, Wire, Writer, fit};

/// The one value that a tag is documented to have.
pub(crate) trait Tag: Copy {
    /// Whether this is it.
    fn is(self, node: Node<'_>) -> bool;
    /// Writes it.
    fn write(self, out: &mut Writer<'_>);
}

impl Tag for &'static str {
    fn is(self, node: Node<'_>) -> bool {
        node.as_text() == Some(self)
    }

    fn write(self, out: &mut Writer<'_>) {
        out.word(self);
    }
}

impl Tag for bool {
    fn is(self, node: Node<'_>) -> bool {
        node.as_bool() == Some(self)
    }

    fn write(self, out: &mut Writer<'_>) {
        out.bool(self);
    }
}

impl Tag for i64 {
    fn is(self, node: Node<'_>) -> bool {
        node.as_i64() == Some(self)
    }

    fn write(self, out: &mut Writer<'_>) {
        out.number(&self.into());
    }
}

/// The tags of one object that came with another value than the documented one: mostly none.
#[derive(Clone, Default, PartialEq)]
#[allow(
    clippy::box_collection,
    reason = "every object has one, and it is mostly empty"
)]
pub(crate) struct Tags(Option<Box<Vec<(usize, Value)>>>);

impl Tags {
    /// Takes the value of the tag at `index`; says whether it was there.
    pub(crate) fn read(&mut self, node: Node<'_>, index: usize, documented: impl Tag) -> bool {
        if documented.is(node) {
            return true;
        }
        if node.is_null() {
            return false;
        }
        fit::misfit();
        self.0
            .get_or_insert_default()
            .push((index, node.to_value()));
        true
    }

    /// Writes the tag at `index` as it came, or as it is documented.
    pub(crate) fn write<'a>(
        &'a self,
        out: &mut Writer<'a>,
        index: usize,
        key: &'static str,
        documented: impl Tag,
    ) {
        out.name(key);
        let others = self.0.iter().flat_map(|tags| tags.iter());
        match others.rev().find(|(at, _)| *at == index) {
            Some((_, value)) => value.write(out),
            None => documented.write(out),
        }
    }
}

impl std::fmt::Debug for Tags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            None => f.write_str("as documented"),
            Some(tags) => f
                .debug_list()
                .entries(tags.iter().map(|(_, value)| value))
                .finish(),
        }
    }
}
