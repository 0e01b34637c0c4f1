//! The fields of a struct that its type does not know.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::field::{self, Field};
use super::{JsonCodec, Sink, ValueRef};

/// The properties of an object that this version of the crate does not know.
///
/// They are kept when the object is decoded and sent with the described properties. This type
/// dereferences to a map, by which they can be read and changed. An entry with the name of a described
/// property is not sent.
///
/// ```
/// use gitbook_api::types::User;
///
/// let mut user: User = serde_json::from_str(r#"{"id": "u1", "mood": "happy"}"#)?;
/// assert_eq!(user.unknown_fields["mood"], "happy");
/// user.unknown_fields.insert("mood".to_owned(), "sleepy".into());
/// assert_eq!(serde_json::to_string(&user)?, r#"{"id":"u1","mood":"sleepy"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Described properties
///
/// A described property may have been received in a form that its field cannot hold: absent although
/// it is required, `null` although the schema has none, or with another value than the documented
/// constant. That is kept here as well, and the property is written in that form for as long as its
/// field has the value that decoding gave it: the default value, or `None`. A field cannot tell whether
/// that value was received or has been assigned since. [`remove`](Self::remove) makes the field count,
/// whatever its value:
///
/// ```
/// use gitbook_api::types::User;
///
/// let mut user: User = serde_json::from_str(r#"{"displayName": null, "email": null}"#)?;
/// assert_eq!(serde_json::to_string(&user)?, r#"{"displayName":null,"email":null}"#);
/// user.display_name = "Ada".to_owned();
/// user.unknown_fields.remove("email");
/// assert_eq!(serde_json::to_string(&user)?, r#"{"displayName":"Ada"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// What is kept of described properties has no effect in a struct of another type, to which
/// `unknown_fields` is assigned. `Debug` prints it. `==` compares the unknown properties and the other
/// values of described ones; it makes no difference between `null`, absent, and a field that is not set.
///
/// The traits of serde are those of the map of unknown properties.
// One pointer in size, and empty for almost every object.
#[derive(Clone, Default)]
pub struct UnknownFields(Option<Box<Content>>);

#[derive(Clone, Default)]
struct Content {
    unknown: Map<String, Value>,
    /// The properties of the struct that the deviations are of.
    fields: &'static [Field],
    /// By the index of the property, in ascending order.
    deviations: Vec<(usize, Deviation)>,
}

/// The received form of a described property.
#[derive(Clone, PartialEq)]
pub(crate) enum Deviation {
    /// Absent, although the property is required.
    Absent,
    /// Not set since the struct was constructed, although the property is required.
    Unset,
    /// `null`, although the schema has none.
    Null,
    /// Another value than the documented constant, or what a lenient property cannot hold.
    Other(Box<Value>),
}

impl Deref for UnknownFields {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        match &self.0 {
            Some(content) => &content.unknown,
            None => &EMPTY,
        }
    }
}

impl DerefMut for UnknownFields {
    fn deref_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0.get_or_insert_default().unknown
    }
}

/// Compares the values. `null` and absent described properties have none.
impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            _ => **self == **other && self.values() == other.values(),
        }
    }
}

impl UnknownFields {
    /// Removes an unknown property and returns its value.
    ///
    /// With the name of a described property, forgets the form that it was received in, so that it is
    /// written as its field has it, and returns `None`.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let content = self.0.as_mut()?;
        let fields = content.fields;
        let is_other = |index: usize| {
            fields
                .get(index)
                .is_none_or(|field| field::key(field) != name)
        };
        content.deviations.retain(|(index, _)| is_other(*index));
        content.unknown.remove(name)
    }

    /// Removes everything: what is written afterwards is in the fields of the struct.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// Returns those of a struct whose required properties, at these indices, have not been set.
    pub(crate) fn unset<T: JsonCodec>(required: &[usize]) -> Self {
        let deviations = required.iter().map(|index| (*index, Deviation::Unset));
        Self(Some(Box::new(Content {
            unknown: Map::new(),
            fields: T::SHAPE.fields,
            deviations: deviations.collect(),
        })))
    }

    /// Returns the names of the required properties that have not been set.
    pub(super) fn unset_properties(&self) -> impl Iterator<Item = &'static str> {
        let kept = self.0.iter().flat_map(|content| content.described());
        kept.filter(|(_, deviation)| **deviation == Deviation::Unset)
            .map(|(name, _)| name)
    }

    /// Returns whether nothing has been kept.
    #[inline]
    pub(super) fn is_unused(&self) -> bool {
        self.0.is_none()
    }

    /// Keeps the properties of an object as unknown ones.
    #[cold]
    pub(super) fn keep(&mut self, object: ValueRef<'_>) {
        let properties = object.properties();
        let entries = properties.map(|(key, value)| (key.to_owned(), value.to_value()));
        self.extend(entries);
    }

    /// Sets or removes the deviation of the property at `index` of these fields.
    pub(super) fn set_deviation(
        &mut self,
        fields: &'static [Field],
        index: usize,
        deviation: Option<Deviation>,
    ) {
        if self.0.is_none() && deviation.is_none() {
            return;
        }
        let content = self.0.get_or_insert_default();
        content.fields = fields;
        let deviations = &mut content.deviations;
        match (
            deviations.binary_search_by_key(&index, |(at, _)| *at),
            deviation,
        ) {
            (Ok(at), Some(deviation)) => deviations[at].1 = deviation,
            (Ok(at), None) => drop(deviations.remove(at)),
            (Err(at), Some(deviation)) => deviations.insert(at, (index, deviation)),
            (Err(_), None) => {}
        }
    }

    /// Returns the deviations of the properties of a struct.
    #[inline]
    pub(super) fn deviations(&self, fields: &'static [Field]) -> Deviations<'_> {
        match &self.0 {
            Some(content) => content.deviations(fields),
            None => Deviations(&[]),
        }
    }

    /// Writes the unknown properties, except those with the name of a described property.
    #[inline]
    pub(crate) fn encode_unknown<'a>(&'a self, out: &mut dyn Sink<'a>, described: &[Field]) {
        if let Some(content) = &self.0 {
            content.encode_unknown(out, described);
        }
    }

    /// Returns the other values of described properties, with their names.
    fn values(&self) -> Vec<(&'static str, &Value)> {
        let kept = self.0.iter().flat_map(|content| content.described());
        kept.filter_map(|(name, deviation)| match deviation {
            Deviation::Other(value) => Some((name, &**value)),
            _ => None,
        })
        .collect()
    }
}

impl Content {
    /// Of a struct with other properties, there are none.
    #[cold]
    fn deviations(&self, fields: &[Field]) -> Deviations<'_> {
        Deviations(if self.fields == fields {
            &self.deviations
        } else {
            &[]
        })
    }

    /// Returns the deviations with the names of their properties.
    fn described(&self) -> impl Iterator<Item = (&'static str, &Deviation)> {
        let name = |index: usize| self.fields.get(index).map_or("", field::key);
        let deviations = self.deviations.iter();
        deviations.map(move |(index, deviation)| (name(*index), deviation))
    }

    #[cold]
    fn encode_unknown<'a>(&'a self, out: &mut dyn Sink<'a>, described: &[Field]) {
        for (key, value) in &self.unknown {
            if !described.iter().any(|field| field::key(field) == key) {
                out.key(key);
                value.encode(out);
            }
        }
    }
}

/// The received forms of the properties of a struct, by index.
#[derive(Clone, Copy)]
pub(super) struct Deviations<'a>(&'a [(usize, Deviation)]);

impl<'a> Deviations<'a> {
    /// Returns the deviation of the property at `index`.
    #[inline]
    pub(super) fn get(self, index: usize) -> Option<&'a Deviation> {
        if self.0.is_empty() {
            return None;
        }
        let found = self.0.binary_search_by_key(&index, |(at, _)| *at);
        found.ok().map(|at| &self.0[at].1)
    }
}

impl Deviation {
    /// Writes the property as it was received.
    pub(super) fn encode<'a>(&'a self, out: &mut dyn Sink<'a>, key: &'static str) {
        match self {
            Self::Absent | Self::Unset => {}
            Self::Null => {
                out.static_key(key);
                out.null();
            }
            Self::Other(value) => {
                out.static_key(key);
                value.encode(out);
            }
        }
    }
}

impl fmt::Debug for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("absent"),
            Self::Unset => f.write_str("not set"),
            Self::Null => f.write_str("null"),
            Self::Other(value) => value.fmt(f),
        }
    }
}

/// Prints the unknown properties, and the received form of described ones.
impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let described = self.0.iter().flat_map(|content| content.described());
        f.debug_map()
            .entries(self.iter())
            .entries(described)
            .finish()
    }
}

impl Serialize for UnknownFields {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(output)
    }
}

impl<'de> Deserialize<'de> for UnknownFields {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let unknown = Map::deserialize(input)?;
        let mut fields = Self::default();
        fields.extend(unknown);
        Ok(fields)
    }
}
