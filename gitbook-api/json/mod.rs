//! How the generated types read and write JSON.
//!
//! Decoding is lenient and loses nothing: unknown fields, enum values and union members are kept, an
//! absent required field is given an empty value (with a warning) and stays absent when the value
//! is encoded again. Encoding writes exactly what was decoded or set. Nothing here is generic over
//! more than it must be: the generated types are many, and what is instantiated for each of them is
//! what users wait for when they compile.

mod body;
pub(crate) mod check;
mod constant;
mod context;
mod conversions;
mod debug;
mod entries;
mod equality;
mod error;
mod extra;
mod field;
mod map;
mod node;
mod nullable;
mod open_enum;
mod patch;
mod quote;
mod scalar;
mod structure;
#[cfg(test)]
mod tests;
mod time;
mod union;
mod writer;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

pub use body::Body;
pub(crate) use check::{Assertion, Checks};
pub use check::{Violation, Violations};
pub(crate) use constant::Constant;
pub(crate) use context::Context;
pub(crate) use conversions::{decode_text, from_enums, from_lists, from_members, from_text};
pub(crate) use equality::Equality;
pub(crate) use error::Error;
pub(crate) use entries::Entries;
pub use extra::UnknownFields;
pub(crate) use field::Field;
pub use map::{IntoIter, Iter, Map};
pub(crate) use node::{Node, Tape};
pub use nullable::IntoNullable;
pub use open_enum::UnknownValue;
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
pub(crate) use debug::debug;
pub(crate) use structure::{OTHERS, must, serde, store_extra, structure, take};
pub use time::{Date, DateTime, Temporal};
pub(crate) use union::{
    Allowed, Index, Json, Literal, Once, Row, Types, Union, index, literal, read_union,
    read_variant, types, union,
};
pub(crate) use writer::Writer;

/// A type that comes from and goes to JSON.
pub(crate) trait Wire: Sized + Default + PartialEq {
    /// The described properties of a struct.
    const FIELDS: &'static [Field] = &[];

    /// Decodes a value: an object as a struct, unless the type says otherwise.
    fn read(node: Node<'_>, cx: &mut Context) -> Result<Self, Error> {
        structure::decode(node, cx)
    }

    /// Decodes the property of a struct that has this index among the described ones, or for
    /// [`OTHERS`] those that are not described. Returns `false` if no field can hold the value, which
    /// is then kept beside the fields.
    fn field(&mut self, _: usize, _: Node<'_>, _: &mut Context) -> Result<bool, Error> {
        Ok(false)
    }

    /// Returns the value that stands for `null`, for types that have one.
    fn from_null() -> Option<Self> {
        None
    }

    /// Writes the value: as an object, if it does not say otherwise.
    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        scalar::write_object(self, out);
    }

    /// Writes the entries of an object among those of another one.
    fn write_entries<'a>(&'a self, _out: &mut Writer<'a>) {}

    /// Checks what the schemas of the parts of the value ask for, at every depth.
    fn check(&self, _found: &mut Violations) {}

    /// Checks what the schema of the value asks for: of what is written, if it is not simpler.
    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::value(Writer::tape_of(self).root(), assertions, found);
    }
}

/// Decodes a [`Wire`] type from anything that serde reads.
pub(crate) fn deserialize<'de, T: Wire, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let tape = Tape::deserialize(input)?;
    let mut cx = Context::default();
    let value = T::read(tape.root(), &mut cx).map_err(D::Error::custom)?;
    cx.report();
    Ok(value)
}

/// Writes a [`Wire`] type to anything that serde writes.
pub(crate) fn serialize<S: Serializer>(value: &impl Wire, output: S) -> Result<S::Ok, S::Error> {
    Writer::tape_of(value).root().serialize(output)
}
