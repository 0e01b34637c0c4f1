//! Positions on a tape. Skipping or revisiting a value takes constant time, so a discriminator may
//! appear anywhere in its object.

use std::fmt;

use serde::de::Unexpected;
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::field::{self, Field};
use super::number::{Number, is_whole};
use super::tape::{Kind, Token};
use super::{Error, Tape, types};

/// A value on a tape.
#[derive(Clone, Copy)]
pub(crate) struct ValueRef<'t> {
    tape: &'t Tape<'t>,
    at: usize,
    masked: Option<&'t Masked<'t>>,
}

/// Properties of an object that are hidden.
struct Masked<'t> {
    fields: &'t [Field],
    others: Option<&'t Masked<'t>>,
}

impl Masked<'_> {
    // Hardly any object has hidden properties: inlined, this would only be in the way of the others.
    #[cold]
    fn has_key(&self, key: Key<'_>) -> bool {
        self.has(key.as_text())
    }

    #[cold]
    fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field::key(field) == key)
            || self.others.is_some_and(|others| others.has(key))
    }
}

impl<'t> ValueRef<'t> {
    pub(super) fn new(tape: &'t Tape<'t>) -> Self {
        Self {
            tape,
            at: 0,
            masked: None,
        }
    }

    #[inline]
    fn token(self) -> Token {
        self.tape.token(self.at)
    }

    #[inline]
    pub(super) fn kind(self) -> Kind {
        self.token().kind()
    }

    /// Returns the tokens inside a list or an object.
    #[inline]
    fn inside(self) -> Items<'t> {
        Items {
            tape: self.tape,
            at: self.at + 1,
            end: self.at + self.token().width(),
        }
    }

    /// Calls `read` with the same object without these properties.
    pub(crate) fn without<T>(self, fields: &[Field], read: impl FnOnce(ValueRef<'_>) -> T) -> T {
        let masked = Masked {
            fields,
            others: self.masked,
        };
        read(ValueRef {
            masked: Some(&masked),
            ..self
        })
    }

    /// Returns whether properties are hidden, because other fields have them.
    pub(super) fn is_rest(self) -> bool {
        self.masked.is_some()
    }

    #[inline]
    pub(crate) fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    #[inline]
    pub(crate) fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    #[inline]
    pub(crate) fn is_list(self) -> bool {
        self.kind() == Kind::List
    }

    pub(crate) fn as_bool(self) -> Option<bool> {
        let token = self.token();
        (token.kind() == Kind::Bool).then(|| token.is_true())
    }

    pub(crate) fn as_i64(self) -> Option<i64> {
        let token = self.token();
        match token.kind() {
            Kind::Integer => self.tape.text_of(token).parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn as_f64(self) -> Option<f64> {
        let token = self.token();
        match token.kind() {
            Kind::Integer | Kind::Float => self.tape.text_of(token).parse().ok(),
            _ => None,
        }
    }

    /// Returns the number. Other values are `None`.
    pub(super) fn number(self) -> Option<Number> {
        if let Some(value) = self.as_i64() {
            return Some(Number::Signed(value));
        }
        let token = self.token();
        let unsigned = match token.kind() {
            Kind::Integer => self.tape.text_of(token).parse().ok(),
            _ => None,
        };
        let float = || self.as_f64().map(Number::Float);
        unsigned.map(Number::Unsigned).or_else(float)
    }

    #[inline]
    pub(crate) fn as_text(self) -> Option<&'t str> {
        let token = self.token();
        match token.kind() {
            Kind::Text => Some(self.tape.text_of(token)),
            _ => None,
        }
    }

    /// Returns the length of a string.
    pub(super) fn text_length(self) -> Option<usize> {
        let token = self.token();
        (token.kind() == Kind::Text).then(|| token.length())
    }

    /// Returns whether the value is a string with this text.
    #[inline]
    pub(super) fn is_text(self, text: &str) -> bool {
        let token = self.token();
        token.kind() == Kind::Text
            && token.length() == text.len()
            && is_same(self.tape.bytes_of(token), text.as_bytes())
    }

    /// Returns the text of a string. Fails if the value is not a string, naming what is `expected`.
    pub(crate) fn text(self, expected: &str) -> Result<&'t str, Error> {
        self.as_text().ok_or_else(|| self.unexpected(expected))
    }

    /// Returns the items of a list. Other values have none.
    #[inline]
    pub(crate) fn items(self) -> Items<'t> {
        if self.is_list() {
            self.inside()
        } else {
            Items {
                end: 0,
                ..self.inside()
            }
        }
    }

    /// Returns the properties of an object. Other values have none.
    #[inline]
    pub(crate) fn properties(self) -> Properties<'t> {
        let items = if self.is_object() {
            self.inside()
        } else {
            Items {
                end: 0,
                ..self.inside()
            }
        };
        Properties {
            items,
            masked: self.masked,
        }
    }

    /// Returns the last property of an object with this name.
    pub(crate) fn property(self, name: &str) -> Option<ValueRef<'t>> {
        if self.masked.is_some_and(|masked| masked.has(name)) {
            return None;
        }
        let mut items = self.properties().items;
        let mut found = None;
        while let Some((key, value)) = items.next_entry() {
            if key.is(name) {
                found = Some(value.at);
            }
        }
        Some(ValueRef {
            tape: self.tape,
            at: found?,
            masked: None,
        })
    }

    /// Returns the JSON type as one of [`types`]. A number is an integer if it is whole and exact.
    pub(super) fn json_type(self) -> u8 {
        match self.kind() {
            Kind::Null => types::null,
            Kind::Bool => types::boolean,
            Kind::Integer | Kind::Float => match self.number() {
                Some(Number::Signed(_)) => types::integer,
                Some(Number::Float(value)) if is_whole(value) => types::integer,
                _ => types::number & !types::integer,
            },
            Kind::Text => types::string,
            Kind::List => types::array,
            Kind::Object => types::object,
        }
    }

    /// Returns about the line and the column of the value.
    pub(super) fn place(self) -> (usize, usize) {
        self.tape.place(self.at)
    }

    /// Returns whether both are the same position on their tape.
    pub(crate) fn is(self, other: ValueRef<'_>) -> bool {
        self.at == other.at
    }

    /// Returns the value as plain JSON.
    pub(crate) fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::from(self.as_bool()),
            Kind::Integer | Kind::Float => match self.number() {
                Some(Number::Signed(value)) => Value::from(value),
                Some(Number::Unsigned(value)) => Value::from(value),
                Some(Number::Float(value)) => Value::from(value),
                None => Value::Null,
            },
            Kind::Text => Value::from(self.as_text()),
            // Counting first leaves no room unused, and the tape is still there beside the result.
            Kind::List => {
                let mut items = Vec::with_capacity(self.items().count());
                items.extend(self.items().map(ValueRef::to_value));
                Value::Array(items)
            }
            Kind::Object => {
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
        let found = match self.kind() {
            Kind::Null => Unexpected::Unit,
            Kind::Bool => Unexpected::Bool(self.token().is_true()),
            Kind::Integer | Kind::Float => match self.number() {
                Some(Number::Signed(value)) => Unexpected::Signed(value),
                Some(Number::Unsigned(value)) => Unexpected::Unsigned(value),
                Some(Number::Float(value)) => Unexpected::Float(value),
                None => Unexpected::Other("number"),
            },
            Kind::Text => Unexpected::Str(self.as_text().unwrap_or_default()),
            Kind::List => Unexpected::Seq,
            Kind::Object => Unexpected::Map,
        };
        Error::new(format_args!("{found} instead of {expected}"))
    }
}

/// Prints the value as JSON.
impl fmt::Debug for ValueRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Null => f.write_str("null"),
            Kind::Bool => self.token().is_true().fmt(f),
            Kind::Integer | Kind::Float => f.write_str(self.tape.text_of(self.token())),
            Kind::Text => self.as_text().unwrap_or_default().fmt(f),
            Kind::List => f.debug_list().entries(self.items()).finish(),
            Kind::Object => f.debug_map().entries(self.properties()).finish(),
        }
    }
}

impl Serialize for ValueRef<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self.kind() {
            Kind::Null => output.serialize_unit(),
            Kind::Bool => output.serialize_bool(self.token().is_true()),
            Kind::Integer | Kind::Float => match self.number() {
                Some(Number::Signed(value)) => output.serialize_i64(value),
                Some(Number::Unsigned(value)) => output.serialize_u64(value),
                Some(Number::Float(value)) => output.serialize_f64(value),
                None => output.serialize_unit(),
            },
            Kind::Text => output.serialize_str(self.as_text().unwrap_or_default()),
            Kind::List => output.collect_seq(self.items()),
            Kind::Object => output.collect_map(self.properties()),
        }
    }
}

/// Iterator over the items of a list.
#[derive(Clone)]
pub(crate) struct Items<'t> {
    tape: &'t Tape<'t>,
    at: usize,
    end: usize,
}

impl<'t> Items<'t> {
    /// Returns the next key of an object, and its value.
    #[inline]
    fn next_entry(&mut self) -> Option<(Key<'t>, ValueRef<'t>)> {
        let at = self.at + 1;
        if at >= self.end {
            return None;
        }
        let (key, value) = self.tape.entry(self.at)?;
        self.at = at + value.width();
        let key = Key {
            tape: self.tape,
            token: key,
        };
        let value = ValueRef {
            tape: self.tape,
            at,
            masked: None,
        };
        Some((key, value))
    }
}

/// A key of an object, whose text is seldom needed.
#[derive(Clone, Copy)]
pub(super) struct Key<'t> {
    tape: &'t Tape<'t>,
    token: Token,
}

impl<'t> Key<'t> {
    #[inline]
    pub(super) fn is(self, name: &str) -> bool {
        self.token.length() == name.len()
            && is_same(self.tape.bytes_of(self.token), name.as_bytes())
    }

    /// Returns whether this is the key of a described property.
    #[inline]
    pub(super) fn is_of(self, field: &Field) -> bool {
        let written = field.0.as_bytes();
        let length = self.token.length();
        length + 3 == written.len()
            && written
                .get(1..=length)
                .is_some_and(|name| is_same(self.tape.bytes_of(self.token), name))
    }

    pub(super) fn as_text(self) -> &'t str {
        self.tape.text_of(self.token)
    }
}

/// Returns whether two texts are the same. For those of 4 to 16 bytes, which most names are, this takes less
/// than a call of `memcmp`.
#[inline]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        8..=16 => ends::<8>(one) == ends::<8>(other),
        4..=7 => ends::<4>(one) == ends::<4>(other),
        _ => one == other,
    }
}

/// Returns the first and the last bytes, of which some may be the same.
#[inline]
fn ends<const LENGTH: usize>(text: &[u8]) -> Option<(&[u8; LENGTH], &[u8; LENGTH])> {
    Some((text.first_chunk()?, text.last_chunk()?))
}

impl<'t> Iterator for Items<'t> {
    type Item = ValueRef<'t>;

    #[inline]
    fn next(&mut self) -> Option<ValueRef<'t>> {
        if self.at >= self.end {
            return None;
        }
        let item = ValueRef {
            tape: self.tape,
            at: self.at,
            masked: None,
        };
        self.at += item.token().width();
        Some(item)
    }
}

/// Iterator over the properties of an object that are not hidden.
#[derive(Clone)]
pub(crate) struct Properties<'t> {
    /// Keys and values.
    items: Items<'t>,
    masked: Option<&'t Masked<'t>>,
}

impl<'t> Iterator for Properties<'t> {
    type Item = (&'t str, ValueRef<'t>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.next_entry().map(|(key, value)| (key.as_text(), value))
    }
}

impl<'t> Properties<'t> {
    /// Returns the next property.
    #[inline]
    pub(super) fn next_entry(&mut self) -> Option<(Key<'t>, ValueRef<'t>)> {
        loop {
            let (key, value) = self.items.next_entry()?;
            if self.masked.is_none_or(|masked| !masked.has_key(key)) {
                return Some((key, value));
            }
        }
    }
}
