//! Fields of which only one value is known, such as `"object": "space"`.

use serde::de::Error;
use serde::ser::SerializeMap;
use serde_json::Value;

use super::source::Held;

/// The one value that a tag is documented to have.
pub(crate) trait Tag {
    /// Whether this is it.
    fn is(&self, value: &Held<'_>) -> bool;
    /// It, as JSON.
    fn to_value(&self) -> Value;
}

impl Tag for &'static str {
    fn is(&self, value: &Held<'_>) -> bool {
        matches!(value, Held::Text(text) if text == self)
    }

    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

impl Tag for bool {
    fn is(&self, value: &Held<'_>) -> bool {
        matches!(value, Held::Value(Value::Bool(other)) if other == self)
    }

    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

impl Tag for i64 {
    fn is(&self, value: &Held<'_>) -> bool {
        matches!(value, Held::Value(value) if value.as_i64() == Some(*self))
    }

    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

/// The tags of one object that came with another value than the documented one: mostly none.
#[derive(Clone, Default, PartialEq)]
#[allow(
    clippy::box_collection,
    reason = "every object has one, and it is mostly empty"
)]
pub(crate) struct Tags(Option<Box<Vec<(usize, Value)>>>);

impl Tags {
    /// Takes the value of the tag at `index`; says whether it was there.
    pub(crate) fn read<E: Error>(
        &mut self,
        index: usize,
        documented: &dyn Tag,
        value: Held<'_>,
    ) -> Result<bool, E> {
        if documented.is(&value) {
            return Ok(true);
        }
        let value = value.into_value()?;
        if value.is_null() {
            return Ok(false);
        }
        super::fit::misfit();
        self.0.get_or_insert_default().push((index, value));
        Ok(true)
    }

    /// Writes the tag at `index` as it came, or as it is documented.
    pub(crate) fn write<M: SerializeMap>(
        &self,
        map: &mut M,
        index: usize,
        key: &'static str,
        documented: &dyn Tag,
    ) -> Result<(), M::Error> {
        let other = self
            .0
            .iter()
            .flat_map(|tags| tags.iter())
            .find(|(at, _)| *at == index);
        match other {
            Some((_, value)) => map.serialize_entry(key, value),
            None => map.serialize_entry(key, &documented.to_value()),
        }
    }
}

impl std::fmt::Debug for Tags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            None => f.write_str("as documented"),
            Some(tags) => f
                .debug_list()
                .entries(tags.iter().map(|(_, value)| value))
                .finish(),
        }
    }
}
