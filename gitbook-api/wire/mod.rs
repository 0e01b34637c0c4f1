//! How the generated types read and write JSON.
//!
//! Reading is lenient: unknown fields are ignored, an absent required field is given an empty value
//! (with a warning), unknown enum values and union members are kept as they came. Writing says
//! exactly what was set. Nothing here is generic over more than it must be: the generated types are
//! many, and what is instantiated for each of them is what users wait for when they compile.

pub(crate) mod check;
mod fit;
pub(crate) mod open_enum;
mod patch;
mod scalar;
pub(crate) mod source;
pub(crate) mod structure;
mod tags;
pub(crate) mod union;

use serde::de::{DeserializeSeed, Deserializer, MapAccess};
use serde::ser::{Serialize, SerializeMap, Serializer};

pub use check::{Check, Violation};
pub(crate) use open_enum::open_enum;
pub use patch::Patch;
pub(crate) use source::{Input, Source};
pub(crate) use structure::{Structure, structure};
pub(crate) use tags::Tags;
pub(crate) use union::{Json, Row, Union, union};

/// A type that comes from and goes to JSON.
pub(crate) trait Wire: Sized {
    /// Reads a value.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads a value that is not `null`; `None` is as good as absent.
    fn decode_present<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Self>, D::Error> {
        Self::decode(input).map(Some)
    }

    /// Reads an object whose entries were partly read already.
    fn from_entries<'de, A: MapAccess<'de>>(source: Source<'de, A>) -> Result<Self, A::Error> {
        let value = source.into_value()?;
        from_json(value.to_string().as_bytes()).map_err(serde::de::Error::custom)
    }

    /// Writes the value.
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes the entries of an object among those of another one.
    fn encode_entries<M: SerializeMap>(&self, _map: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

/// Reads a [`Wire`] type where serde wants a seed.
pub(crate) struct Seed<T>(std::marker::PhantomData<T>);

impl<T> Seed<T> {
    pub(crate) fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// Writes a [`Wire`] type where serde wants something serializable.
pub(crate) struct Written<'a, T>(pub(crate) &'a T);

impl<T: Wire> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

/// Reads a value from JSON text.
pub(crate) fn from_json<T: Wire>(text: &[u8]) -> Result<T, serde_json::Error> {
    T::decode(&mut serde_json::Deserializer::from_slice(text))
}

/// Puts a step of the path before an error, so that it says where in the document it happened.
#[cold]
pub(crate) fn at<E: serde::de::Error>(step: impl std::fmt::Display, error: E) -> E {
    let message = error.to_string();
    let colon = if message.starts_with(['.', '[']) {
        ""
    } else {
        ": "
    };
    E::custom(format_args!("{step}{colon}{message}"))
}

/// Tells that a required field was absent and has been given an empty value.
#[cold]
pub(crate) fn absent(schema: &'static str, field: &'static str) {
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
