//! Encoding of structs.

use super::constant::Constant;
use super::extra::{Deviations, UnknownFields};
use super::field::Field;
use super::{JsonCodec, Patch, Sink};

/// Writes the properties of a struct, in the order of the schema.
///
/// A received value that the field cannot hold is written as long as the field has the value that
/// decoding gave it.
pub(crate) struct Entries<'w, 'a> {
    out: &'w mut dyn Sink<'a>,
    fields: &'static [Field],
    /// The index of the next property.
    next: usize,
    extra: &'a UnknownFields,
    deviations: Deviations<'a>,
}

impl<'w, 'a> Entries<'w, 'a> {
    /// Starts with the first of these properties.
    #[inline]
    pub(crate) fn new(
        out: &'w mut dyn Sink<'a>,
        fields: &'static [Field],
        extra: &'a UnknownFields,
    ) -> Self {
        Self {
            out,
            fields,
            next: 0,
            extra,
            deviations: extra.deviations(fields),
        }
    }

    /// Writes a required property.
    #[inline]
    pub(crate) fn required<T: JsonCodec>(&mut self, value: &'a T) {
        let (index, key) = self.advance();
        if let Some(deviation) = self.deviations.get(index)
            && *value == T::default()
        {
            return deviation.encode(self.out, key);
        }
        self.out.static_key(key);
        value.encode(self.out);
    }

    /// Writes a required property that may be `null`.
    #[inline]
    pub(crate) fn nullable<T: JsonCodec>(&mut self, value: &'a Option<T>) {
        self.required(value);
    }

    /// Writes an optional property, if it is set.
    #[inline]
    pub(crate) fn optional<T: JsonCodec>(&mut self, value: &'a Option<T>) {
        let (index, key) = self.advance();
        match value {
            Some(value) => {
                self.out.static_key(key);
                value.encode(self.out);
            }
            None => {
                if let Some(deviation) = self.deviations.get(index) {
                    deviation.encode(self.out, key);
                }
            }
        }
    }

    /// Writes an optional property, if it is set, or the other value that it had.
    #[allow(dead_code, reason = "not every document has such properties")]
    #[inline]
    pub(crate) fn lenient<T: JsonCodec>(&mut self, value: &'a Option<T>) {
        self.optional(value);
    }

    /// Writes an optional property that may be `null`, unless it is left out.
    #[inline]
    pub(crate) fn patch<T: JsonCodec>(&mut self, value: &'a Patch<T>) {
        let (_, key) = self.advance();
        if !value.is_keep() {
            self.out.static_key(key);
            value.encode(self.out);
        }
    }

    /// Writes a constant property.
    ///
    /// `entry` is its key and its value as JSON text, with the comma after it.
    #[inline]
    pub(crate) fn constant(&mut self, documented: impl Constant, entry: &'static str) {
        let (index, key) = self.advance();
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
    fn advance(&mut self) -> (usize, &'static str) {
        let index = self.next;
        self.next += 1;
        (
            index,
            self.fields.get(index).map_or("", |(written, _)| written),
        )
    }
}
