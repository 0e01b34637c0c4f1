//! The entries of an object, some of which may have been read ahead to see what the object is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::patch::Patch;
use super::tags::{Tag, Tags};
use super::{Seed, Wire, at, from_json};

/// A value that was read ahead.
#[derive(Clone, Debug)]
pub(crate) enum Held<'de> {
    /// Text, most often a tag.
    Text(Cow<'de, str>),
    /// Any other scalar, or a value under the name of a tag that is none.
    Value(Value),
    /// JSON that nobody has looked into.
    Raw(Box<RawValue>),
}

impl Held<'_> {
    /// The value as the type that it turned out to be of.
    pub(crate) fn decode<T: Wire, E: Error>(self) -> Result<T, E> {
        match self {
            Held::Raw(raw) => from_json(raw.get().as_bytes()).map_err(E::custom),
            Held::Text(text) => {
                from_json(Value::from(&*text).to_string().as_bytes()).map_err(E::custom)
            }
            Held::Value(value) => from_json(value.to_string().as_bytes()).map_err(E::custom),
        }
    }

    /// The value as plain JSON.
    pub(crate) fn into_value<E: Error>(self) -> Result<Value, E> {
        match self {
            Held::Raw(raw) => serde_json::from_str(raw.get()).map_err(E::custom),
            Held::Text(text) => Ok(Value::String(text.into_owned())),
            Held::Value(value) => Ok(value),
        }
    }
}

impl From<Value> for Held<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Held::Text(Cow::Owned(text)),
            other => Held::Value(other),
        }
    }
}

/// A scalar is taken as it is; what else stands under a tag's name is kept as plain JSON.
impl<'de> Deserialize<'de> for Held<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl<'de> Visitor<'de> for Scalar {
            type Value = Held<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any JSON value")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Held<'de>, E> {
                Ok(Held::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Held<'de>, E> {
                Ok(Held::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Held<'de>, E> {
                Ok(Held::Value(value.into()))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Held<'de>, E> {
                Ok(Held::Value(value.into()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Held<'de>, E> {
                Ok(Held::Value(value.into()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Held<'de>, E> {
                Ok(Held::Value(value.into()))
            }

            fn visit_unit<E: Error>(self) -> Result<Held<'de>, E> {
                Ok(Held::Value(Value::Null))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Held<'de>, A::Error> {
                Value::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    .map(Held::Value)
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                list: A,
            ) -> Result<Held<'de>, A::Error> {
                Value::deserialize(serde::de::value::SeqAccessDeserializer::new(list))
                    .map(Held::Value)
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

/// Entries read ahead.
pub(crate) type Entries<'de> = Vec<(Cow<'de, str>, Held<'de>)>;

/// Reads the value of the field at an index; says whether it was there.
type ReadField<'f, 'de, A> =
    dyn FnMut(usize, Input<'_, 'de, A>) -> Result<bool, <A as MapAccess<'de>>::Error> + 'f;

/// The entries of an object: first those that were read ahead, then the rest as it arrives.
pub(crate) struct Source<'de, A> {
    held: std::vec::IntoIter<(Cow<'de, str>, Held<'de>)>,
    rest: Option<A>,
    pending: Option<Held<'de>>,
}

impl<'de, A: MapAccess<'de>> Source<'de, A> {
    /// An object of which nothing was read.
    pub(crate) fn new(map: A) -> Self {
        Self::resume(Vec::new(), Some(map))
    }

    /// An object of which `held` was read; with no `rest`, that is all of it.
    pub(crate) fn resume(held: Entries<'de>, rest: Option<A>) -> Self {
        Self {
            held: held.into_iter(),
            rest,
            pending: None,
        }
    }

    /// The next key. Its value is read by [`next_value`](Self::next_value) or one of its siblings.
    pub(crate) fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        if let Some((key, value)) = self.held.next() {
            self.pending = Some(value);
            return Ok(Some(key));
        }
        match &mut self.rest {
            Some(map) => Ok(map.next_key_seed(Text)?),
            None => Ok(None),
        }
    }

    /// The value of the last key.
    pub(crate) fn next_value<T: Wire>(&mut self) -> Result<T, A::Error> {
        match (self.pending.take(), &mut self.rest) {
            (Some(held), _) => held.decode(),
            (None, Some(map)) => map.next_value_seed(Seed::new()),
            (None, None) => Err(A::Error::custom("a key without a value")),
        }
    }

    /// The value of the last key, which may be a tag.
    pub(crate) fn next_scalar(&mut self) -> Result<Held<'de>, A::Error> {
        match (self.pending.take(), &mut self.rest) {
            // What was read ahead without being looked into may be a tag further in.
            (Some(Held::Raw(raw)), _) => serde_json::from_str::<Value>(raw.get())
                .map(Held::from)
                .map_err(A::Error::custom),
            (Some(held), _) => Ok(held),
            (None, Some(map)) => map.next_value(),
            (None, None) => Err(A::Error::custom("a key without a value")),
        }
    }

    /// The value of the last key, not looked into.
    pub(crate) fn next_raw(&mut self) -> Result<Held<'de>, A::Error> {
        match (self.pending.take(), &mut self.rest) {
            (Some(held), _) => Ok(held),
            (None, Some(map)) => map.next_value().map(Held::Raw),
            (None, None) => Err(A::Error::custom("a key without a value")),
        }
    }

    /// What is left, to be read by something else, behind what was read ahead.
    pub(crate) fn rewind(self, mut held: Entries<'de>) -> Self {
        held.extend(self.held);
        Self::resume(held, self.rest)
    }

    /// All entries as plain JSON.
    pub(crate) fn into_value(mut self) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = self.next_key()? {
            let value = match (self.pending.take(), &mut self.rest) {
                (Some(held), _) => held.into_value()?,
                (None, Some(map)) => map.next_value()?,
                (None, None) => Value::Null,
            };
            object.insert(key.into_owned(), value);
        }
        Ok(Value::Object(object))
    }

    /// Reads all entries: `field` takes the value of each known one and says whether it was there
    /// (`null` may not be); the unknown ones go to `kept`, if somebody wants them.
    ///
    /// Gives back a bit for each field that was there.
    pub(crate) fn read(
        mut self,
        fields: &[&'static str],
        mut kept: Option<&mut Entries<'de>>,
        field: &mut ReadField<'_, 'de, A>,
    ) -> Result<u128, A::Error> {
        let mut seen = 0;
        let mut next = 0;
        for (key, value) in self.held {
            match index_of(fields, next, &key) {
                Some(index) => {
                    let there = field(index, Input::Held(value))
                        .map_err(|error| at(format_args!(".{}", fields[index]), error))?;
                    seen |= u128::from(there) << index;
                    next = index + 1;
                }
                None => match kept.as_deref_mut() {
                    Some(kept) => kept.push((key, value)),
                    None => super::fit::misfit(),
                },
            }
        }
        let Some(map) = &mut self.rest else {
            return Ok(seen);
        };
        while let Some(found) = map.next_key_seed(Field {
            fields,
            next,
            keep: kept.is_some(),
        })? {
            match found {
                Found::Known(index) => {
                    let there = field(index, Input::Next(map))
                        .map_err(|error| at(format_args!(".{}", fields[index]), error))?;
                    seen |= u128::from(there) << index;
                    next = index + 1;
                }
                Found::Unknown(key) => match kept.as_deref_mut() {
                    Some(kept) => kept.push((Cow::Owned(key), map.next_value().map(Held::Raw)?)),
                    None => {
                        super::fit::misfit();
                        map.next_value::<IgnoredAny>()?;
                    }
                },
            }
        }
        Ok(seen)
    }
}

/// Where `key` stands among `fields`. Objects mostly come in the order of their description, so the
/// search begins behind the field found last.
fn index_of(fields: &[&'static str], next: usize, key: &str) -> Option<usize> {
    let next = next.min(fields.len());
    let (before, after) = fields.split_at(next);
    match after.iter().position(|field| *field == key) {
        Some(offset) => Some(next + offset),
        None => before.iter().position(|field| *field == key),
    }
}

/// The value of a known field.
pub(crate) enum Input<'a, 'de, A> {
    Held(Held<'de>),
    Next(&'a mut A),
}

impl<'de, A: MapAccess<'de>> Input<'_, 'de, A> {
    fn value<T: Wire>(self) -> Result<T, A::Error> {
        match self {
            Input::Held(held) => held.decode(),
            Input::Next(map) => map.next_value_seed(Seed::new()),
        }
    }

    /// A field that must be there: `null` is as good as absent.
    pub(crate) fn required<T: Wire>(self, field: &mut T) -> Result<bool, A::Error> {
        match self.value::<Option<T>>()? {
            Some(value) => {
                *field = value;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// A field that must be there and may be `null`.
    pub(crate) fn nullable<T: Wire>(self, field: &mut Option<T>) -> Result<bool, A::Error> {
        *field = self.value()?;
        Ok(true)
    }

    /// A field that may be absent.
    pub(crate) fn optional<T: Wire>(self, field: &mut Option<T>) -> Result<bool, A::Error> {
        *field = self.value()?;
        Ok(true)
    }

    /// A field that may be absent, and may be `null`.
    pub(crate) fn patch<T: Wire>(self, field: &mut Patch<T>) -> Result<bool, A::Error> {
        *field = self.value()?;
        Ok(true)
    }

    /// A field of which only one value is known.
    pub(crate) fn tag(
        self,
        tags: &mut Tags,
        index: usize,
        documented: &dyn Tag,
    ) -> Result<bool, A::Error> {
        let value = match self {
            Input::Held(Held::Raw(raw)) => Held::Raw(raw).into_value().map(Held::from)?,
            Input::Held(held) => held,
            Input::Next(map) => map.next_value()?,
        };
        tags.read(index, documented, value)
    }
}

/// Reads a key as text.
struct Text;

impl<'de> serde::de::DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Reads a key as one of the known fields.
struct Field<'a> {
    fields: &'a [&'static str],
    next: usize,
    keep: bool,
}

enum Found {
    Known(usize),
    Unknown(String),
}

impl<'de> serde::de::DeserializeSeed<'de> for Field<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Field<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Found, E> {
        Ok(match index_of(self.fields, self.next, key) {
            Some(index) => Found::Known(index),
            None if self.keep => Found::Unknown(key.to_owned()),
            None => Found::Unknown(String::new()),
        })
    }
}
