//! JSON text as a [`Deserializer`], by which types of others are decoded as exactly as ours.

use std::fmt::{self, Write};

use serde::de::Visitor;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess};
use serde::forward_to_deserialize_any;

use super::number::Number;
use super::tape::Kind;
use super::value_ref::{Items, Properties};
use super::{Error, ValueRef, scan};

/// A JSON text.
pub(crate) struct JsonText<'a>(pub(crate) &'a [u8]);

impl JsonText<'_> {
    /// Calls `read` with the value of the text.
    fn read<T>(self, read: impl FnOnce(ValueRef<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let tape = scan(self.0).map_err(Error::new)?;
        read(tape.root()).map_err(|error| error.at(tape.root()))
    }
}

impl<'de> Deserializer<'de> for JsonText<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if expects_text(&visitor) {
            visitor.visit_borrowed_bytes(self.0)
        } else {
            self.read(|value| value.deserialize_any(visitor))
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.read(|value| value.deserialize_option(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.read(|value| value.deserialize_enum(name, variants, visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The expectation of visitors that take the whole text as bytes. Those of our own types do, and read it
/// themselves instead of value by value.
pub(super) const TEXT: &str = "any JSON value, or a JSON text as bytes";

/// Returns whether a visitor expects [`TEXT`].
fn expects_text<'de>(visitor: &impl Visitor<'de>) -> bool {
    let mut rest = Rest(TEXT);
    write!(rest, "{}", visitor as &dyn Expected).is_ok() && rest.0.is_empty()
}

/// A text that is compared with what is written.
struct Rest<'t>(&'t str);

impl Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

impl<'de> Deserializer<'de> for ValueRef<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (self.kind(), self.number()) {
            (Kind::Null, _) => visitor.visit_unit(),
            (Kind::Bool, _) => visitor.visit_bool(self.as_bool().unwrap_or_default()),
            (_, Some(Number::Signed(value))) => match u64::try_from(value) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(value),
            },
            (_, Some(Number::Unsigned(value))) => visitor.visit_u64(value),
            (_, Some(Number::Float(value))) => visitor.visit_f64(value),
            (Kind::List, _) => visitor.visit_seq(Elements {
                items: self.items(),
                index: 0,
            }),
            (Kind::Object, _) => visitor.visit_map(Entries {
                properties: self.properties(),
                next: None,
            }),
            _ => visitor.visit_str(self.as_text().unwrap_or_default()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// The name of a variant, or an object of a name and its content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.as_text() {
            Some(name) => visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(name)),
            None if self.properties().count() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Entries {
                    properties: self.properties(),
                    next: None,
                }))
            }
            None => Err(self.unexpected("the name of a variant, or an object of one")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The items of a list.
struct Elements<'t> {
    items: Items<'t>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        let place = |error: Error| error.at(item).prepend_path(format_args!("[{index}]"));
        seed.deserialize(item).map(Some).map_err(place)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.clone().count())
    }
}

/// The properties of an object.
struct Entries<'t> {
    properties: Properties<'t>,
    /// The key that was read last, with its value.
    next: Option<(&'t str, ValueRef<'t>)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.next = self.properties.next();
        let key = self.next.map(|(key, _)| seed.deserialize(Key(key)));
        key.transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let Some((key, value)) = self.next.take() else {
            return Err(Error::new("a value without a key"));
        };
        seed.deserialize(value)
            .map_err(|error| error.at(value).prepend_path(format_args!(".{key}")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.properties.clone().count())
    }
}

/// A key, which is a number where a map has numbers as keys.
struct Key<'t>(&'t str);

macro_rules! numbers {
    ($($method:ident $visit:ident,)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse() {
                Ok(number) => visitor.$visit(number),
                Err(_) => visitor.visit_str(self.0),
            }
        })+
    };
}

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(self.0))
    }

    numbers! {
        deserialize_bool visit_bool,
        deserialize_i8 visit_i64, deserialize_i16 visit_i64, deserialize_i32 visit_i64,
        deserialize_i64 visit_i64, deserialize_i128 visit_i128,
        deserialize_u8 visit_u64, deserialize_u16 visit_u64, deserialize_u32 visit_u64,
        deserialize_u64 visit_u64, deserialize_u128 visit_u128,
        deserialize_f32 visit_f64, deserialize_f64 visit_f64,
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}
