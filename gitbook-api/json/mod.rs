//! Decoding of the generated types from JSON, and encoding as JSON.
//!
//! # Data flow
//!
//! ```text
//! decode:  text --scan--> Tape --ValueRef--> JsonCodec::decode --> T
//! encode:  T --JsonCodec::encode--> Sink: JSON text, or a Tape for every other serde format
//! ```
//!
//! A [`Tape`] is a flat list of tokens, made in one pass over the input. A [`ValueRef`] is a position
//! on it. Skipping or revisiting a value takes constant time, so a discriminator may be anywhere in its
//! object. Nothing is generic over serde's traits except the recorder of other formats, [`serialize`],
//! and [`JsonText`], by which `decode::json` reads types of others from a tape as well.
//!
//! A token has 8 bytes: a string or number is a part of the text, and only strings with escapes are
//! copied. So a tape takes at most four times the memory of its text, for a list of digits, and seldom
//! as much as the text itself. While it grows, its former memory may be there as well; when it is complete, it
//! gives back what it does not need.
//!
//! # Numbers
//!
//! A number is text until a type reads it, with `str::parse`, which is exact: a float is the nearest
//! `f64`, and a whole number an `i64` or `u64` if it fits. What other deserializers give is as exact as
//! they are: `serde_json::from_str` gives another float for some texts, unless its feature
//! `float_roundtrip` is enabled. No feature of `serde_json` is enabled here, because a program shares
//! them with all that it consists of. For example, `preserve_order` is the program's decision: the order
//! of keys in a `serde_json::Value` depends on it, that in our own [`Map`] does not.
//!
//! # A struct
//!
//! The generator writes a plain struct and a row for each property: its index, its key, its presence, and
//! either its constant or the field that holds it, followed by what is validated before it is sent.
//!
//! ```text
//! pub struct Page {
//!     pub title: String,
//!     pub icon: Option<String>,
//!     pub unknown_fields: crate::UnknownFields,
//! }
//! json_struct!(Page {
//!     0 "object" Required = Text("page");
//!     1 "title" Required title, against(MaxLength(100));
//!     2 "icon" Optional icon;
//!     extra unknown_fields;
//! });
//! ```
//!
//! The macro makes only `impl`s: the table [`JsonCodec::SHAPE`], functions that list the fields (`fill` as
//! [`DecodeField`](field::DecodeField), and `Debug`), `encode_entries`, `check` and `PartialEq` (a call for
//! each row), and the traits of serde. The loop over the properties of an object is compiled once
//! ([`StructDecoder::fill`]), and knows the struct only by its table and the list of its fields.
//!
//! The presence of a property is that of [`Presence`]; the type of its field says whether it may be `null`:
//! `Option` if it is required, [`Patch`] if it is optional. `Lenient` is optional, and described by some
//! members of a union only, so that it may have any other value. What a field cannot hold is kept in
//! [`UnknownFields`]: properties that are not described, absent required properties, `null` where the
//! schema has none, and other values of constants and lenient properties. It is written back as long as
//! the field has the value that decoding gave it, and only from a struct with the same properties.
//!
//! # A union
//!
//! Each variant has one or more signatures: a JSON type, the values that discriminate it, the required
//! properties, and the described properties with their JSON types.
//!
//! ```text
//! json_union!(Target {
//!     0 Page object { "object": "page" } requires "object" has "object": string, "title": string;
//!     1 Link object requires "url" has "url": string;
//!     2 Text string;
//! });
//! ```
//!
//! The values of a discriminating property are the constants that the members declare. Where a member
//! declares any string, they are those that the `mapping` of the union's `discriminator` gives to it, or
//! else the name of its component (`codegen/src/lower/mapping.rs`).
//!
//! A variant is selected in these steps:
//!
//! 1. If one property discriminates variants by its value, and the value names exactly one variant,
//!    that variant is decoded. After an error inside of it, the value is decoded as a variant that fits and
//!    may have any other properties (`open`), if there is one; otherwise it is an error of the union.
//! 2. Otherwise every signature is compared with the value. A signature fits if the JSON type, the
//!    discriminating values, the required properties and the JSON types of the described properties fit.
//! 3. Of the fitting signatures, those with the most specific values remain: listed values before
//!    patterns before types.
//! 4. If one variant remains, it is decoded as in step 1.
//! 5. If several remain, they are ranked by the number of properties that they do not describe, then by
//!    the order of the schema. The value is decoded as each in turn, with a [`Context`] of its own, until
//!    one has no mismatch. The one with the fewest mismatches is the result.
//! 6. If none fits or can be decoded, the result is `Unknown` with the value.
//!
//! # Invariants
//!
//! - Decoding and encoding again gives the same JSON value, whatever the value was. The order of
//!   properties may change to that of the schema, and inside of a `serde_json::Value` to that of its map.
//!   A number that is neither a whole one of 64 bits nor an `f64` becomes the nearest `f64`.
//! - Decoding fails only where a value has another JSON type than its field. The error has the path.
//! - A value is never decoded as a variant whose signatures do not fit it.
//! - Of several properties with the same name, the last counts, everywhere.
//! - Keys and constants in rows need no escaping; the generator rejects others.
//! - `check` reports every violation of what would be sent, and is never called when decoding.
//! - What is generated for a type is `#[inline]` and as small as possible: the metadata of about 1,900
//!   types is most of the size of the crate, and users wait for what is instantiated for each of them.
//!
//! # Extending
//!
//! To add a kind of field, add a type for it with its own `decode_property` and `encode_property`, as
//! [`Patch`] has, or a [`Presence`], and let `codegen/src/emit/types/structure.rs` write it.
//!
//! To add a check, add a variant to [`Assertion`] and handle it in the function of `check/assertion.rs`
//! for its JSON type; read it from the schema in `codegen/src/assertion.rs`.

mod body;
pub(crate) mod check;
mod constant;
mod context;
mod conversions;
mod deserializer;
mod entries;
mod equality;
mod error;
mod escape;
mod extra;
mod field;
mod map;
mod number;
mod object;
mod open_enum;
mod patch;
mod recorder;
mod scalar;
mod scan;
mod signature;
mod sink;
mod tape;
#[cfg(test)]
mod tests;
mod time;
pub(crate) mod types;
mod union;
mod value_ref;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

pub use body::Body;
pub(crate) use check::{Assertion, Checks};
pub use check::{Violation, Violations};
pub(crate) use constant::Constant;
pub(crate) use context::{Context, with_missing};
pub(crate) use conversions::{
    decode_text, from_boolean, from_enums, from_lists, from_members, from_text,
};
pub(crate) use deserializer::JsonText;
pub(crate) use entries::Entries;
pub(crate) use equality::Equality;
pub(crate) use error::Error;
use extra::Deviation;
pub use extra::UnknownFields;
use field::Field;
pub(crate) use field::{Presence, debug_fields};
pub use map::{Entry, IntoIter, Iter, IterMut, Map};
pub(crate) use object::{Shape, StructDecoder, json_struct, serde};
pub use open_enum::UnknownValue;
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
use scan::scan;
pub(crate) use signature::{Allowed, Json, Literal, Types, VariantSignature, literal};
pub(crate) use sink::Sink;
pub(crate) use tape::Tape;
pub use time::{Date, DateTime};
pub(crate) use union::{Index, Once, Union, decode_variant, index, json_union, read_union};
pub(crate) use value_ref::ValueRef;

/// A type that is decoded from and encoded as JSON.
pub(crate) trait JsonCodec: Sized + Default + PartialEq {
    /// The described properties of a struct.
    const SHAPE: &'static Shape = Shape::NONE;

    /// Decodes a value. The default is for types that are decoded in place.
    #[inline]
    fn decode(input: ValueRef<'_>, cx: &mut Context) -> Result<Self, Error> {
        let mut value = Self::default();
        value.read(input, cx)?;
        Ok(value)
    }

    /// Decodes a value in place of the default value, where most types are large. After an error, it may
    /// have any value.
    fn read(&mut self, input: ValueRef<'_>, cx: &mut Context) -> Result<(), Error> {
        if Self::SHAPE.is_none() {
            *self = Self::decode(input, cx)?;
            return Ok(());
        }
        self.fill(StructDecoder { object: input, cx })
    }

    /// Decodes an object into a struct that has the default values.
    fn fill(&mut self, _decoder: StructDecoder<'_>) -> Result<(), Error> {
        Ok(())
    }

    /// Decodes a property of a struct into its field, which has its default value. Returns `false` if the
    /// field cannot hold the value, which is then kept in [`UnknownFields`]. Unions can hold `null` always.
    fn decode_property(
        &mut self,
        _presence: Presence,
        input: ValueRef<'_>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        if input.is_null() && Self::from_null().is_none() {
            return Ok(false);
        }
        self.read(input, cx)?;
        Ok(true)
    }

    /// Returns the value for `null`, for types that have one.
    fn from_null() -> Option<Self> {
        None
    }

    /// Writes the value. The default writes an object of the entries.
    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        scalar::encode_object(self, out);
    }

    /// Writes a property of a struct from its field: as it was received, if the field has the value that
    /// decoding gave it.
    #[inline]
    fn encode_property<'a>(
        &'a self,
        (key, _): Field,
        deviation: Option<&'a Deviation>,
        out: &mut dyn Sink<'a>,
    ) {
        match deviation {
            Some(deviation) if *self == Self::default() => deviation.encode(out, key),
            _ => self.encode_entry(key, out),
        }
    }

    /// Writes the key of a described property, and the value.
    #[inline]
    fn encode_entry<'a>(&'a self, key: &'static str, out: &mut dyn Sink<'a>) {
        out.static_key(key);
        self.encode(out);
    }

    /// Writes the entries of an object, without its braces.
    fn encode_entries<'a>(&'a self, _out: &mut dyn Sink<'a>) {}

    /// Validates the parts of the value, at every depth.
    fn check(&self, _found: &mut Violations) {}

    /// Validates the value against the assertions of its schema. The default validates what is written.
    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::value(sink::tape_of(self).root(), assertions, found);
    }
}

/// Decodes a [`JsonCodec`] type with any deserializer.
#[inline]
pub(crate) fn deserialize<'de, T: JsonCodec, D: Deserializer<'de>>(
    input: D,
) -> Result<T, D::Error> {
    let tape = Tape::deserialize(input)?;
    let mut cx = Context::default();
    let value = T::decode(tape.root(), &mut cx).map_err(D::Error::custom)?;
    cx.report();
    Ok(value)
}

/// Encodes a [`JsonCodec`] type with any serializer.
pub(crate) fn serialize<S: Serializer>(
    value: &impl JsonCodec,
    output: S,
) -> Result<S::Ok, S::Error> {
    let tape = sink::tape_of(value);
    if tape.is_complete() {
        tape.root().serialize(output)
    } else {
        Err(S::Error::custom(tape::TOO_LARGE))
    }
}
