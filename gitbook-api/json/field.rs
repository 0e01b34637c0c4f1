//! Fields of structs, whatever their types.

use std::fmt;

use super::{Context, Error, JsonCodec, ValueRef};

/// The key of a property as it is written, such as `"title":`, and whether it is required.
pub(crate) type Field = (&'static str, Presence);

/// The kind of a property: required or optional, and what its field cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "not every document has properties of each kind")]
pub(crate) enum Presence {
    /// Required. A field that is an `Option` holds `null`.
    Required,
    /// Optional. `null` is a deviation, unless the field is a `Patch`.
    Optional,
    /// Optional, and any value that the field cannot hold is a deviation.
    Lenient,
}

impl Presence {
    #[inline]
    pub(super) const fn is_required(self) -> bool {
        matches!(self, Self::Required)
    }
}

/// Returns the key of a property.
#[inline]
pub(super) fn key(field: &Field) -> &'static str {
    name(field.0)
}

/// Returns the key that is written in this way.
#[inline]
pub(super) fn name(written: &'static str) -> &'static str {
    written
        .get(1..written.len().saturating_sub(2))
        .unwrap_or_default()
}

/// The outcome of decoding a property. Unlike a `Result`, it is returned in registers.
pub(crate) enum Decoded {
    /// The field holds the value.
    Held,
    /// The field cannot hold the value, which is kept elsewhere.
    Other,
    /// The value is an error.
    Failed(Error),
}

impl From<bool> for Decoded {
    #[inline]
    fn from(is_held: bool) -> Self {
        if is_held { Self::Held } else { Self::Other }
    }
}

/// A field of a struct that is decoded. As a trait object, so that each struct needs only a list of its
/// fields, and not a function with a case for each.
pub(crate) trait DecodeField {
    /// Sets the default value.
    fn reset(&mut self);

    /// Decodes a property into a field that has its default value.
    fn decode_field(
        &mut self,
        presence: Presence,
        input: ValueRef<'_>,
        cx: &mut Context,
    ) -> Decoded;
}

/// Implemented for references, because a trait object of a type comes with the code that drops it, in each
/// part of the program that the compiler makes a trait object in.
impl<T: JsonCodec> DecodeField for &mut T {
    #[cold]
    fn reset(&mut self) {
        **self = T::default();
    }

    fn decode_field(
        &mut self,
        presence: Presence,
        input: ValueRef<'_>,
        cx: &mut Context,
    ) -> Decoded {
        match self.decode_property(presence, input, cx) {
            Ok(is_held) => is_held.into(),
            Err(error) => Decoded::Failed(error),
        }
    }
}

/// Prints a struct. The names of its fields are separated by spaces. The values are references to the fields,
/// which have nothing to drop.
pub(crate) fn debug_fields(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    names: &str,
    values: &[&dyn fmt::Debug],
) -> fmt::Result {
    let mut output = f.debug_struct(name);
    for (name, value) in names.split_whitespace().zip(values) {
        output.field(name.trim_start_matches("r#"), value);
    }
    output.finish()
}
