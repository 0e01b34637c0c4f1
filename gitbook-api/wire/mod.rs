//! How the generated types read and write JSON.
//!
//! Reading is lenient: unknown fields are ignored, an absent required field is given an empty value
//! (with a warning), unknown enum values and union members are kept as they came. Writing says
//! exactly what was set. Nothing here is generic over more than it must be: the generated types are
//! many, and what is instantiated for each of them is what users wait for when they compile.

mod body;
pub(crate) mod check;
mod error;
mod fit;
mod node;
mod open_enum;
mod patch;
mod quote;
mod scalar;
mod structure;
mod tags;
mod union;
mod writer;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

pub use body::Body;
pub use check::Violation;
pub(crate) use error::Error;
pub(crate) use node::{Node, Tape};
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
pub(crate) use structure::{Structure, fill, given, must, put, serde, structure, take, within};
pub(crate) use tags::Tags;
pub(crate) use union::{Index, Json, Once, Row, Union, index, read_union, read_variant, union};
pub(crate) use writer::Writer;

/// A type that comes from and goes to JSON.
pub(crate) trait Wire: Sized {
    /// Reads a value.
    fn read(node: Node<'_>) -> Result<Self, Error>;

    /// Reads a value that is not `null`; `None` is as good as absent.
    fn read_present(node: Node<'_>) -> Result<Option<Self>, Error> {
        Self::read(node).map(Some)
    }

    /// Writes the value: as an object, if it does not say otherwise.
    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        scalar::write_object(self, out);
    }

    /// Writes the entries of an object among those of another one.
    fn write_entries<'a>(&'a self, _out: &mut Writer<'a>) {}

    /// Checks what the schema asks of the value.
    fn check(&self) -> Result<(), Violation> {
        Ok(())
    }
}

/// Reads a [`Wire`] type from anything that serde reads.
pub(crate) fn deserialize<'de, T: Wire, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let tape = Tape::deserialize(input)?;
    T::read(tape.root()).map_err(D::Error::custom)
}

/// Writes a [`Wire`] type to anything that serde writes.
pub(crate) fn serialize<S: Serializer>(value: &impl Wire, output: S) -> Result<S::Ok, S::Error> {
    Writer::tape_of(value).root().serialize(output)
}

/// Tells that a required field was absent and has been given an empty value.
#[cold]
fn absent(schema: &'static str, field: &'static str) {
    fit::misfit();
    #[cfg(feature = "tracing")]
    tracing::warn!(
        schema,
        field,
        "a required field is absent from the response"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = (schema, field);
}
