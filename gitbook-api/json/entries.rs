//! The entries that a struct is written as.

use super::constant::Constant;
use super::extra::UnknownFields;
use super::field::Field;
use super::{Patch, Wire, Writer};

/// Writes the properties of a struct in the order of their description.
///
/// What came in place of a property is written as long as its field is as decoding left it.
pub(crate) struct Entries<'w, 'a> {
    out: &'w mut Writer<'a>,
    fields: &'static [Field],
    /// The index of the next property.
    next: usize,
    extra: &'a UnknownFields,
}

impl<'w, 'a> Entries<'w, 'a> {
    /// Begins with the first of these properties.
    #[inline]
    pub(crate) fn new(out: &'w mut Writer<'a>, fields: &'static [Field], extra: &'a UnknownFields) -> Self {
        Self {
            out,
            fields,
            next: 0,
            extra,
        }
    }

    /// Writes a required property.
    #[inline]
    pub(crate) fn required<T: Wire>(&mut self, value: &'a T) {
        let (index, key) = self.advance();
        if let Some(deviation) = self.extra.deviation(index)
            && *value == T::default()
        {
            return deviation.write(self.out, key);
        }
        self.out.name(key);
        value.write(self.out);
    }

    /// Writes a required property that may be `null`.
    #[inline]
    pub(crate) fn nullable<T: Wire>(&mut self, value: &'a Option<T>) {
        self.required(value);
    }

    /// Writes an optional property, if it is there.
    #[inline]
    pub(crate) fn optional<T: Wire>(&mut self, value: &'a Option<T>) {
        let (index, key) = self.advance();
        match value {
            Some(value) => {
                self.out.name(key);
                value.write(self.out);
            }
            None => {
                if let Some(deviation) = self.extra.deviation(index) {
                    deviation.write(self.out, key);
                }
            }
        }
    }

    /// Writes an optional property that may be `null`, unless it is left alone.
    #[inline]
    pub(crate) fn patch<T: Wire>(&mut self, value: &'a Patch<T>) {
        let (_, key) = self.advance();
        if !value.is_leave() {
            self.out.name(key);
            value.write(self.out);
        }
    }

    /// Writes a constant property.
    #[inline]
    pub(crate) fn constant(&mut self, documented: impl Constant) {
        let (index, key) = self.advance();
        match self.extra.deviation(index) {
            Some(deviation) => deviation.write(self.out, key),
            None => {
                self.out.name(key);
                documented.write(self.out);
            }
        }
    }

    /// Writes the properties of a field that takes those that are not described.
    #[inline]
    pub(crate) fn flatten(&mut self, value: &'a impl Wire) {
        value.write_entries(self.out);
    }

    /// Writes the unknown properties.
    #[inline]
    pub(crate) fn unknown(self) {
        self.extra.write_unknown(self.out, self.fields);
    }

    #[inline]
    fn advance(&mut self) -> (usize, &'static str) {
        let index = self.next;
        self.next += 1;
        (index, self.fields.get(index).map_or("", |(key, _)| key))
    }
}
