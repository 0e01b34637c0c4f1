//! Maps of additional properties.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::iter::FusedIterator;
use std::ops::Index;

use indexmap::{IndexMap, map};

use super::{Assertion, Context, Error, JsonCodec, Sink, ValueRef, Violations};
use super::{check, deserialize, serialize};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// A map with string keys that keeps the order of insertion.
///
/// A `null` that the schema does not allow as a value is not an entry, but is written back until its
/// key is set or removed.
///
/// ```
/// use gitbook_api::Map;
///
/// let mut titles: Map<String> = Map::from([("en", "Handbook"), ("de", "Handbuch")]);
/// titles.insert("fr", "Manuel");
/// titles.entry("en").and_modify(|title| title.push('!')).or_default();
/// assert_eq!(titles["en"], "Handbook!");
/// assert_eq!(titles.keys().collect::<Vec<_>>(), ["en", "de", "fr"]);
/// for (_, title) in &mut titles {
///     title.make_ascii_uppercase();
/// }
/// titles.retain(|language, _| language != "de");
/// assert_eq!(titles, Map::from([("en", "HANDBOOK!"), ("fr", "MANUEL")]));
/// ```
#[derive(Clone)]
pub struct Map<T> {
    entries: IndexMap<String, T>,
    nulls: Nulls,
}

/// The keys of values that are `null` where the map has no null, each with the number of entries before
/// it.
#[allow(clippy::box_collection, reason = "almost no map has any")]
type Nulls = Option<Box<Vec<(usize, String)>>>;

impl<T> Map<T> {
    /// Creates an empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entries.get(key)
    }

    /// Returns the value of a key for changing it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.entries.get_mut(key)
    }

    /// Returns whether there is an entry with this key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Sets the value of a key, and returns the one that it had. A new key becomes the last one.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<T>) -> Option<T> {
        let key = key.into();
        remove_null(&mut self.nulls, &key);
        self.entries.insert(key, value.into())
    }

    /// Returns the entry of a key, to be changed or added in one step.
    pub fn entry(&mut self, key: impl Into<String>) -> Entry<'_, T> {
        Entry {
            entry: self.entries.entry(key.into()),
            nulls: &mut self.nulls,
        }
    }

    /// Removes a key, and returns the value that it had. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        remove_null(&mut self.nulls, key);
        self.entries.shift_remove(key)
    }

    /// Keeps the entries for which `keep` returns `true`, in order.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut T) -> bool) {
        self.entries.retain(|key, value| keep(key, value));
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns an iterator over the keys and values, in order.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.entries.iter())
    }

    /// Returns an iterator over the keys and values for changing the values, in order.
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut(self.entries.iter_mut())
    }

    /// Returns an iterator over the keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.entries.keys().map(String::as_str)
    }

    /// Returns the keys without copying them, in order.
    pub fn into_keys(self) -> impl ExactSizeIterator<Item = String> + DoubleEndedIterator {
        self.entries.into_keys()
    }

    /// Returns an iterator over the values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator {
        self.entries.values()
    }

    /// Returns an iterator over the values for changing them, in order.
    pub fn values_mut(&mut self) -> impl ExactSizeIterator<Item = &mut T> + DoubleEndedIterator {
        self.entries.values_mut()
    }

    /// Returns the values without copying them, in order.
    pub fn into_values(self) -> impl ExactSizeIterator<Item = T> + DoubleEndedIterator {
        self.entries.into_values()
    }

    /// Keeps a `null` for which `T` has no value.
    #[cold]
    fn keep_null(&mut self, key: &str) {
        self.entries.shift_remove(key);
        remove_null(&mut self.nulls, key);
        let nulls = self.nulls.get_or_insert_default();
        nulls.push((self.entries.len(), key.to_owned()));
    }
}

/// Forgets that the value of a key was `null`.
fn remove_null(nulls: &mut Nulls, key: &str) {
    if let Some(nulls) = nulls {
        nulls.retain(|(_, null)| null != key);
    }
}

/// The entry of a key of a [`Map`], which may not be there yet; returned by [`Map::entry`].
pub struct Entry<'a, T> {
    entry: map::Entry<'a, String, T>,
    nulls: &'a mut Nulls,
}

impl<'a, T> Entry<'a, T> {
    /// Returns the key.
    pub fn key(&self) -> &str {
        self.entry.key()
    }

    /// Changes the value, if there is one.
    pub fn and_modify(mut self, change: impl FnOnce(&mut T)) -> Self {
        self.entry = self.entry.and_modify(change);
        self
    }

    /// Returns the value, after setting it to `value` if there was none.
    pub fn or_insert(self, value: impl Into<T>) -> &'a mut T {
        self.or_insert_with(|| value.into())
    }

    /// Returns the value, after setting it to what `value` returns if there was none.
    pub fn or_insert_with(self, value: impl FnOnce() -> T) -> &'a mut T {
        remove_null(self.nulls, self.entry.key());
        self.entry.or_insert_with(value)
    }

    /// Returns the value, after setting it to the default if there was none.
    pub fn or_default(self) -> &'a mut T
    where
        T: Default,
    {
        self.or_insert_with(T::default)
    }
}

impl<T: fmt::Debug> fmt::Debug for Entry<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entry.fmt(f)
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self {
            entries: IndexMap::new(),
            nulls: None,
        }
    }
}

/// Prints the entries, and after them each `null` that is none.
impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nulls = self.nulls.iter().flat_map(|nulls| nulls.iter());
        f.debug_map()
            .entries(self)
            .entries(nulls.map(|(_, key)| (key, format_args!("null"))))
            .finish()
    }
}

/// Two maps are equal if they have equal entries, in whatever order.
impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<T: Eq> Eq for Map<T> {}

/// Panics if there is no entry with this key.
impl<T, Q: AsRef<str> + ?Sized> Index<&Q> for Map<T> {
    type Output = T;

    fn index(&self, key: &Q) -> &T {
        &self.entries[key.as_ref()]
    }
}

impl<K: Into<String>, V: Into<T>, T> FromIterator<(K, V)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Into<String>, V: Into<T>, T> Extend<(K, V)> for Map<T> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Into<String>, V: Into<T>, T, const N: usize> From<[(K, V); N]> for Map<T> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<T>, T> From<Vec<(K, V)>> for Map<T> {
    fn from(entries: Vec<(K, V)>) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<T>, T> From<BTreeMap<K, V>> for Map<T> {
    fn from(entries: BTreeMap<K, V>) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<T>, T, S> From<HashMap<K, V, S>> for Map<T> {
    fn from(entries: HashMap<K, V, S>) -> Self {
        entries.into_iter().collect()
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for Map<serde_json::Value> {
    fn from(entries: serde_json::Map<String, serde_json::Value>) -> Self {
        entries.into_iter().collect()
    }
}

/// Implements an iterator over entries by the one of `indexmap`.
macro_rules! iterator {
    ($iterator:ty, $($parameter:tt),+ => $item:ty, $entry:expr) => {
        impl<$($parameter),+> Iterator for $iterator {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                self.0.next().map($entry)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl<$($parameter),+> DoubleEndedIterator for $iterator {
            fn next_back(&mut self) -> Option<$item> {
                self.0.next_back().map($entry)
            }
        }

        impl<$($parameter),+> ExactSizeIterator for $iterator {}
        impl<$($parameter),+> FusedIterator for $iterator {}
    };
}

/// Iterator over the entries of a [`Map`], returned by [`Map::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a, T>(map::Iter<'a, String, T>);
iterator!(Iter<'a, T>, 'a, T => (&'a str, &'a T), |(key, value)| (key.as_str(), value));

/// Iterator over the entries of a [`Map`] for changing the values, returned by [`Map::iter_mut`].
#[derive(Debug)]
pub struct IterMut<'a, T>(map::IterMut<'a, String, T>);
iterator!(IterMut<'a, T>, 'a, T => (&'a str, &'a mut T), |(key, value)| (key.as_str(), value));

/// Owning iterator over the entries of a [`Map`].
#[derive(Debug)]
pub struct IntoIter<T>(map::IntoIter<String, T>);
iterator!(IntoIter<T>, T => (String, T), |entry| entry);

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Map<T> {
    type Item = (&'a str, &'a mut T);
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self.entries.into_iter())
    }
}

impl<T: JsonCodec> JsonCodec for Map<T> {
    fn decode(object: ValueRef<'_>, cx: &mut Context) -> Result<Self, Error> {
        if !object.is_object() {
            return Err(object.unexpected("an object"));
        }
        let mut map = Self::new();
        for (key, value) in object.properties() {
            let known = cx.missing();
            let decoded = if value.is_null() {
                Ok(T::from_null())
            } else {
                T::decode(value, cx).map(Some)
            };
            cx.step_out(known, format_args!(".{key}"));
            match decoded {
                Ok(Some(value)) => drop(map.insert(key, value)),
                Ok(None) => map.keep_null(key),
                // Of several properties with one name the last counts.
                Err(_) if object.property(key).is_some_and(|last| !last.is(value)) => {}
                Err(error) => return Err(error.prepend_path(format_args!(".{key}"))),
            }
        }
        Ok(map)
    }

    fn encode_entries<'a>(&'a self, out: &mut dyn Sink<'a>) {
        let nulls = self.nulls.iter().flat_map(|nulls| nulls.iter());
        let mut nulls = nulls.peekable();
        let mut write_nulls = |out: &mut dyn Sink<'a>, before: usize| {
            while let Some((_, key)) = nulls.next_if(|(at, _)| *at <= before) {
                out.key(key);
                out.null();
            }
        };
        for (at, (key, value)) in self.entries.iter().enumerate() {
            write_nulls(out, at);
            out.key(key);
            value.encode(out);
        }
        write_nulls(out, usize::MAX);
    }

    fn check(&self, found: &mut Violations) {
        for (key, value) in &self.entries {
            let known = found.len();
            value.check(found);
            found.in_property(known, key);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        let nulls = self.nulls.as_ref().map_or(0, |nulls| nulls.len());
        check::map(
            self.entries.len() + nulls,
            self.entries.iter(),
            assertions,
            found,
        );
    }
}

impl<'de, T: JsonCodec> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        deserialize(input)
    }
}

impl<T: JsonCodec> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        serialize(self, output)
    }
}
