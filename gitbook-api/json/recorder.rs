//! The reader of a tape from any format of serde.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess};
use serde::de::{Unexpected, Visitor};

use super::deserializer;
use super::scan::scan;
use super::tape::{Kind, TOO_LARGE, Tape};

impl<'de> Deserialize<'de> for Tape<'de> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let mut tape = Self::default();
        Recorder(&mut tape).deserialize(input)?;
        if tape.is_complete() {
            Ok(tape)
        } else {
            Err(D::Error::custom(TOO_LARGE))
        }
    }
}

/// Appends the tokens of a value to a tape.
struct Recorder<'t, 'a>(&'t mut Tape<'a>);

impl<'de> DeserializeSeed<'de> for Recorder<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Recorder<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(deserializer::TEXT)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.deserialize(input)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.deserialize(input)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.bool(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.number(format_args!("{value}"));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.number(format_args!("{value}"));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.number(format_args!("{value:?}"));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    /// Reads a whole document, which [`JsonText`](super::JsonText) gives to no other visitor.
    fn visit_borrowed_bytes<E: serde::de::Error>(self, json: &'de [u8]) -> Result<(), E> {
        if !self.0.is_empty() {
            return Err(E::invalid_type(Unexpected::Bytes(json), &self));
        }
        *self.0 = scan(json).map_err(E::custom)?;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let start = self.0.open_list();
        while list.next_element_seed(Recorder(self.0))?.is_some() {}
        self.0.close(start);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let start = self.0.open_object();
        while map.next_key_seed(Recorder(self.0))?.is_some() {
            if self.0.last_kind() != Some(Kind::Text) {
                return Err(A::Error::custom("a key that is not a string"));
            }
            map.next_value_seed(Recorder(self.0))?;
        }
        self.0.close(start);
        Ok(())
    }
}
