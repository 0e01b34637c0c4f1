//! Encoding of structs.

use super::extra::{Deviations, UnknownFields};
use super::field::Field;
use super::object::Shape;
use super::{JsonCodec, Literal, Sink};

/// Writes the properties of a struct, in the order of the schema.
///
/// A received value that the field cannot hold is written as long as the field has the value that
/// decoding gave it. There is a call for each property, because trait objects as in decoding take a third
/// more instructions.
pub(crate) struct Entries<'w, 'a> {
    out: &'w mut dyn Sink<'a>,
    fields: &'static [Field],
    /// The index of the next property.
    next: usize,
    extra: &'a UnknownFields,
    deviations: Deviations<'a>,
}

impl<'w, 'a> Entries<'w, 'a> {
    /// Starts with the first property.
    #[inline]
    pub(crate) fn new(
        out: &'w mut dyn Sink<'a>,
        shape: &'static Shape,
        extra: &'a UnknownFields,
    ) -> Self {
        Self {
            out,
            fields: shape.fields,
            next: 0,
            extra,
            deviations: extra.deviations(shape.fields),
        }
    }

    /// Writes the next property from its field.
    #[inline]
    pub(crate) fn field<T: JsonCodec>(&mut self, value: &'a T) {
        let index = self.advance();
        if let Some(field) = self.fields.get(index) {
            value.encode_property(*field, self.deviations.get(index), self.out);
        }
    }

    /// Writes the next property, which is constant.
    ///
    /// `entry` is its key and its value as JSON text, with the comma after it.
    #[inline]
    pub(crate) fn constant(&mut self, documented: Literal, entry: &'static str) {
        let index = self.advance();
        let key = self.fields.get(index).map_or("", |field| field.0);
        match self.deviations.get(index) {
            Some(deviation) => deviation.encode(self.out, key),
            None if self.out.entry(entry) => {}
            None => {
                self.out.static_key(key);
                documented.encode(self.out);
            }
        }
    }

    /// Writes the properties of a flattened field.
    #[inline]
    pub(crate) fn flatten(&mut self, value: &'a impl JsonCodec) {
        value.encode_entries(self.out);
    }

    /// Writes the unknown properties.
    #[inline]
    pub(crate) fn unknown(self) {
        self.extra.encode_unknown(self.out, self.fields);
    }

    #[inline]
    fn advance(&mut self) -> usize {
        let index = self.next;
        self.next += 1;
        index
    }
}
