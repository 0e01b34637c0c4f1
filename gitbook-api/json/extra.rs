//! What the fields of a struct cannot hold.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::field::Field;
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
// One pointer in size, and empty for almost every object. It also holds described properties whose
// received value does not fit their field.
#[derive(Clone, Default)]
pub struct UnknownFields(Option<Box<Content>>);

#[derive(Clone, Default, PartialEq)]
struct Content {
    unknown: Map<String, Value>,
    /// By the index of the property, in ascending order.
    deviations: Vec<(usize, Deviation)>,
}

/// The received form of a described property.
#[derive(Clone, PartialEq)]
pub(crate) enum Deviation {
    /// Absent, although the property is required.
    Absent,
    /// `null` where the schema does not allow it, another value than the documented constant, or what
    /// a lenient property cannot hold.
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

/// An allocated but empty value equals one that was never allocated.
impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(two)) => one == two,
            (Some(one), None) | (None, Some(one)) => **one == Content::default(),
        }
    }
}

impl UnknownFields {
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

    /// Sets or removes the deviation of the property at `index`.
    pub(super) fn set_deviation(&mut self, index: usize, deviation: Option<Deviation>) {
        if self.0.is_none() && deviation.is_none() {
            return;
        }
        let deviations = &mut self.0.get_or_insert_default().deviations;
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

    /// Returns the deviation of the property at `index`.
    #[inline]
    pub(super) fn deviation(&self, index: usize) -> Option<&Deviation> {
        self.0.as_ref()?.deviation(index)
    }

    /// Writes the unknown properties, except those with the name of a described property.
    #[inline]
    pub(crate) fn encode_unknown<'a>(&'a self, out: &mut dyn Sink<'a>, described: &[Field]) {
        if let Some(content) = &self.0 {
            content.encode_unknown(out, described);
        }
    }
}

impl Content {
    #[cold]
    fn deviation(&self, index: usize) -> Option<&Deviation> {
        let found = self.deviations.binary_search_by_key(&index, |(at, _)| *at);
        found.ok().map(|at| &self.deviations[at].1)
    }

    #[cold]
    fn encode_unknown<'a>(&'a self, out: &mut dyn Sink<'a>, described: &[Field]) {
        for (key, value) in &self.unknown {
            if !described.iter().any(|(field, _)| field == key) {
                out.key(key);
                value.encode(out);
            }
        }
    }
}

impl Deviation {
    /// Writes the property as it was received.
    pub(super) fn encode<'a>(&'a self, out: &mut dyn Sink<'a>, key: &'static str) {
        if let Self::Other(value) = self {
            out.static_key(key);
            value.encode(out);
        }
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
