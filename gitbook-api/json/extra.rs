//! What an object carries beside the fields of its struct.

use std::fmt;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::structure::Field;
use super::{Node, Wire, Writer};

/// Unknown properties of an object, and described ones that came in another form than their field
/// can hold. One pointer in size; empty for almost every object.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Extra(Option<Box<Content>>);

#[derive(Clone, Default, PartialEq)]
struct Content {
    unknown: Map<String, Value>,
    /// By the index of the property, in ascending order.
    deviations: Vec<(usize, Deviation)>,
}

/// What came in place of a described property.
#[derive(Clone, PartialEq)]
pub(crate) enum Deviation {
    /// Nothing, although the property is required.
    Absent,
    /// `null` where the schema does not allow it, or another value than the documented constant.
    Other(Value),
}

impl Extra {
    /// Returns the unknown properties.
    pub(crate) fn unknown(&self) -> &Map<String, Value> {
        static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        match &self.0 {
            Some(content) => &content.unknown,
            None => &EMPTY,
        }
    }

    /// Returns the unknown properties for changing them.
    pub(crate) fn unknown_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0.get_or_insert_default().unknown
    }

    /// Keeps a property that is not described.
    #[cold]
    pub(super) fn keep(&mut self, key: &str, node: Node<'_>) {
        self.unknown_mut().insert(key.to_owned(), node.to_value());
    }

    /// Sets what came in place of the property at `index`, or forgets it.
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

    /// Returns what came in place of the property at `index`.
    #[inline]
    pub(super) fn deviation(&self, index: usize) -> Option<&Deviation> {
        self.0.as_ref()?.deviation(index)
    }

    /// Writes the unknown properties. One that has the name of a described property is left out.
    #[inline]
    pub(crate) fn write_unknown<'a>(&'a self, out: &mut Writer<'a>, described: &[Field]) {
        if let Some(content) = &self.0 {
            content.write_unknown(out, described);
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
    fn write_unknown<'a>(&'a self, out: &mut Writer<'a>, described: &[Field]) {
        for (key, value) in &self.unknown {
            if !described.iter().any(|(field, _)| field == key) {
                out.key(key);
                value.write(out);
            }
        }
    }
}

impl Deviation {
    /// Writes the property as it came.
    pub(super) fn write<'a>(&'a self, out: &mut Writer<'a>, key: &'static str) {
        if let Self::Other(value) = self {
            out.name(key);
            value.write(out);
        }
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.unknown().fmt(f)
    }
}
