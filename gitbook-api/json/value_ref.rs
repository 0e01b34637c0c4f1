//! A JSON document as a flat tape of tokens. Skipping or revisiting a value takes constant time, so a
//! discriminator may appear anywhere in its object.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess};
use serde::de::{Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::field::Field;
use super::scalar::is_whole;
use super::{Error, types};

/// A scalar, a key, or the start of a list or an object.
#[derive(Debug)]
enum Token<'a> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Text(Cow<'a, str>),
    /// The number of tokens of the list, including this one.
    List(usize),
    /// The number of tokens of the object, including this one. Keys and values alternate.
    Object(usize),
}

impl Token<'_> {
    /// Returns the number of tokens of the value that starts here.
    fn width(&self) -> usize {
        match self {
            Self::List(width) | Self::Object(width) => *width,
            _ => 1,
        }
    }
}

/// The tokens of a document.
#[derive(Default)]
pub(crate) struct Tape<'a>(Vec<Token<'a>>);

impl<'a> Tape<'a> {
    /// Returns the value of the whole document.
    pub(crate) fn root(&self) -> ValueRef<'_> {
        ValueRef::new(&self.0)
    }

    pub(crate) fn null(&mut self) {
        self.0.push(Token::Null);
    }

    pub(crate) fn bool(&mut self, value: bool) {
        self.0.push(Token::Bool(value));
    }

    pub(crate) fn i64(&mut self, value: i64) {
        self.0.push(Token::Signed(value));
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.0.push(match i64::try_from(value) {
            Ok(value) => Token::Signed(value),
            Err(_) => Token::Unsigned(value),
        });
    }

    pub(crate) fn f64(&mut self, value: f64) {
        self.0.push(Token::Float(value));
    }

    pub(crate) fn text(&mut self, text: impl Into<Cow<'a, str>>) {
        self.0.push(Token::Text(text.into()));
    }

    /// Starts a list, which [`close`](Self::close) ends.
    pub(crate) fn open_list(&mut self) -> usize {
        self.0.push(Token::List(0));
        self.0.len() - 1
    }

    /// Starts an object, which [`close`](Self::close) ends. Keys and values alternate.
    pub(crate) fn open_object(&mut self) -> usize {
        self.0.push(Token::Object(0));
        self.0.len() - 1
    }

    /// Ends the list or the object that started at `start`.
    pub(crate) fn close(&mut self, start: usize) {
        let all = self.0.len();
        if let Some(Token::List(width) | Token::Object(width)) = self.0.get_mut(start) {
            *width = all - start;
        }
    }
}

impl<'de> Deserialize<'de> for Tape<'de> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let mut tape = Self::default();
        Recorder(&mut tape).deserialize(input)?;
        Ok(tape)
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
        f.write_str("any JSON value")
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
        self.0.i64(value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.u64(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.f64(value);
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.text(text.to_owned());
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.0.text(text);
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
            if !matches!(self.0.0.last(), Some(Token::Text(_))) {
                return Err(A::Error::custom("a key that is not a string"));
            }
            map.next_value_seed(Recorder(self.0))?;
        }
        self.0.close(start);
        Ok(())
    }
}

/// A value on a tape.
#[derive(Clone, Copy)]
pub(crate) struct ValueRef<'t> {
    tokens: &'t [Token<'t>],
    masked: Option<&'t Masked<'t>>,
}

/// Properties of an object that are hidden.
struct Masked<'t> {
    fields: &'t [Field],
    others: Option<&'t Masked<'t>>,
}

impl Masked<'_> {
    fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|(field, _)| *field == key)
            || self.others.is_some_and(|others| others.has(key))
    }
}

impl<'t> ValueRef<'t> {
    fn new(tokens: &'t [Token<'t>]) -> Self {
        Self {
            tokens,
            masked: None,
        }
    }

    fn token(self) -> &'t Token<'t> {
        self.tokens.first().unwrap_or(&Token::Null)
    }

    /// Returns the tokens inside a list or an object.
    fn inside(self) -> &'t [Token<'t>] {
        self.tokens.get(1..self.token().width()).unwrap_or_default()
    }

    /// Calls `read` with the same object without these properties.
    pub(crate) fn without<T>(self, fields: &[Field], read: impl FnOnce(ValueRef<'_>) -> T) -> T {
        let masked = Masked {
            fields,
            others: self.masked,
        };
        read(ValueRef {
            tokens: self.tokens,
            masked: Some(&masked),
        })
    }

    pub(crate) fn is_null(self) -> bool {
        matches!(self.token(), Token::Null)
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self.token(), Token::Object(_))
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.token(), Token::List(_))
    }

    pub(crate) fn as_bool(self) -> Option<bool> {
        match self.token() {
            Token::Bool(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_i64(self) -> Option<i64> {
        match self.token() {
            Token::Signed(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_f64(self) -> Option<f64> {
        match self.token() {
            Token::Signed(value) => Some(*value as f64),
            Token::Unsigned(value) => Some(*value as f64),
            Token::Float(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_text(self) -> Option<&'t str> {
        match self.token() {
            Token::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a string. Fails if the value is not a string, naming what is `expected`.
    pub(crate) fn text(self, expected: &str) -> Result<&'t str, Error> {
        self.as_text().ok_or_else(|| self.unexpected(expected))
    }

    /// Returns the items of a list. Other values have none.
    pub(crate) fn items(self) -> Items<'t> {
        Items(match self.is_list() {
            true => self.inside(),
            false => &[],
        })
    }

    /// Returns the properties of an object. Other values have none.
    pub(crate) fn properties(self) -> Properties<'t> {
        Properties {
            pairs: Pairs(match self.is_object() {
                true => self.inside(),
                false => &[],
            }),
            masked: self.masked,
        }
    }

    /// Returns the last property of an object with this name.
    pub(crate) fn property(self, name: &str) -> Option<ValueRef<'t>> {
        let named = self.properties().filter(|(key, _)| *key == name);
        named.last().map(|(_, value)| value)
    }

    /// Returns the JSON type as one of [`types`]. A number is an integer if it is whole and exact.
    pub(super) fn json_type(self) -> u8 {
        match self.token() {
            Token::Null => types::null,
            Token::Bool(_) => types::boolean,
            Token::Signed(_) => types::integer,
            Token::Float(value) if is_whole(*value) => types::integer,
            Token::Unsigned(_) | Token::Float(_) => types::number & !types::integer,
            Token::Text(_) => types::string,
            Token::List(_) => types::array,
            Token::Object(_) => types::object,
        }
    }

    /// Returns whether both are the same position on the tape.
    pub(crate) fn is(self, other: ValueRef<'_>) -> bool {
        std::ptr::eq(
            self.tokens.as_ptr().cast::<()>(),
            other.tokens.as_ptr().cast(),
        )
    }

    /// Returns the value as plain JSON.
    pub(crate) fn to_value(self) -> Value {
        match self.token() {
            Token::Null => Value::Null,
            Token::Bool(value) => Value::from(*value),
            Token::Signed(value) => Value::from(*value),
            Token::Unsigned(value) => Value::from(*value),
            Token::Float(value) => Value::from(*value),
            Token::Text(text) => Value::from(text.as_ref()),
            // Counting first leaves no room unused, and the tape is still there beside the result.
            Token::List(_) => {
                let mut items = Vec::with_capacity(self.items().count());
                items.extend(self.items().map(ValueRef::to_value));
                Value::Array(items)
            }
            Token::Object(_) => {
                let mut properties = Map::with_capacity(self.properties().count());
                for (key, value) in self.properties() {
                    properties.insert(key.to_owned(), value.to_value());
                }
                Value::Object(properties)
            }
        }
    }

    /// Returns the error for a value of another type than expected.
    #[cold]
    pub(crate) fn unexpected(self, expected: &str) -> Error {
        let found = match self.token() {
            Token::Null => Unexpected::Unit,
            Token::Bool(value) => Unexpected::Bool(*value),
            Token::Signed(value) => Unexpected::Signed(*value),
            Token::Unsigned(value) => Unexpected::Unsigned(*value),
            Token::Float(value) => Unexpected::Float(*value),
            Token::Text(text) => Unexpected::Str(text),
            Token::List(_) => Unexpected::Seq,
            Token::Object(_) => Unexpected::Map,
        };
        Error::new(format_args!("{found} instead of {expected}"))
    }
}

/// Prints the value as JSON.
impl fmt::Debug for ValueRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.token() {
            Token::Null => f.write_str("null"),
            Token::Bool(value) => value.fmt(f),
            Token::Signed(value) => value.fmt(f),
            Token::Unsigned(value) => value.fmt(f),
            Token::Float(value) => value.fmt(f),
            Token::Text(text) => text.fmt(f),
            Token::List(_) => f.debug_list().entries(Items(self.inside())).finish(),
            Token::Object(_) => f.debug_map().entries(Pairs(self.inside())).finish(),
        }
    }
}

impl Serialize for ValueRef<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self.token() {
            Token::Null => output.serialize_unit(),
            Token::Bool(value) => output.serialize_bool(*value),
            Token::Signed(value) => output.serialize_i64(*value),
            Token::Unsigned(value) => output.serialize_u64(*value),
            Token::Float(value) => output.serialize_f64(*value),
            Token::Text(text) => output.serialize_str(text),
            Token::List(_) => output.collect_seq(Items(self.inside())),
            Token::Object(_) => output.collect_map(Pairs(self.inside())),
        }
    }
}

/// Iterator over the items of a list.
#[derive(Clone)]
pub(crate) struct Items<'t>(&'t [Token<'t>]);

impl<'t> Iterator for Items<'t> {
    type Item = ValueRef<'t>;

    #[inline]
    fn next(&mut self) -> Option<ValueRef<'t>> {
        let (item, rest) = self.0.split_at_checked(self.0.first()?.width())?;
        self.0 = rest;
        Some(ValueRef::new(item))
    }
}

/// Iterator over the keys and values of an object.
struct Pairs<'t>(&'t [Token<'t>]);

impl<'t> Iterator for Pairs<'t> {
    type Item = (&'t str, ValueRef<'t>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (Token::Text(key), rest) = self.0.split_first()? else {
            return None;
        };
        let (value, rest) = rest.split_at_checked(rest.first()?.width())?;
        self.0 = rest;
        Some((key, ValueRef::new(value)))
    }
}

/// Iterator over the properties of an object that are not hidden.
pub(crate) struct Properties<'t> {
    pairs: Pairs<'t>,
    masked: Option<&'t Masked<'t>>,
}

impl<'t> Iterator for Properties<'t> {
    type Item = (&'t str, ValueRef<'t>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let masked = self.masked;
        let is_free = |(key, _): &(&str, _)| masked.is_none_or(|masked| !masked.has(key));
        self.pairs.find(is_free)
    }
}
