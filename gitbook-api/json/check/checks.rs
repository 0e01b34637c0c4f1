//! Validation of structs.

use super::{Assertion, Violation, Violations};
use crate::json::{JsonCodec, UnknownFields, sink};

/// Validates a struct and its fields, in the order of their assertions.
pub(crate) struct Checks<'f> {
    found: &'f mut Violations,
    /// The assertions that are not yet used.
    assertions: std::slice::Iter<'static, &'static [Assertion]>,
    /// The required properties that have not been set.
    unset: Vec<&'static str>,
}

impl<'f> Checks<'f> {
    /// Starts with the first of these lists.
    pub(crate) fn new(
        found: &'f mut Violations,
        assertions: &'static [&'static [Assertion]],
    ) -> Self {
        Self {
            found,
            assertions: assertions.iter(),
            unset: Vec::new(),
        }
    }

    /// Reports each required property that has not been set. One that has been assigned since is written.
    pub(crate) fn unset(&mut self, value: &impl JsonCodec, extra: &UnknownFields) {
        let tape = sink::tape_of(value);
        let is_missing = |name: &&str| tape.root().property(name).is_none();
        self.unset = extra.unset_properties().filter(is_missing).collect();
        let missing = self.unset.iter();
        let missing = missing.map(|name| Violation::missing(&format!(".{name}")));
        self.found.extend(missing);
    }

    /// Validates the object as a whole.
    pub(crate) fn whole(&mut self, value: &impl JsonCodec) {
        value.check_against(self.advance(), self.found);
    }

    /// Validates the value of a property against the next assertions. Flattened fields have an empty key
    /// and add no segment to the path.
    pub(crate) fn against(&mut self, key: &str, value: &impl JsonCodec) {
        let known = self.found.len();
        value.check_against(self.advance(), self.found);
        self.locate(known, key);
    }

    /// Validates the nested values of a property.
    pub(crate) fn inside(&mut self, key: &str, value: &impl JsonCodec) {
        let known = self.found.len();
        value.check(self.found);
        self.locate(known, key);
    }

    fn advance(&mut self) -> &'static [Assertion] {
        self.assertions.next().copied().unwrap_or_default()
    }

    /// Prefixes the paths of all violations but the first `known`. Of a property that has not been set,
    /// there are no others.
    fn locate(&mut self, known: usize, key: &str) {
        if self.unset.contains(&key) {
            self.found.forget(known);
        } else if !key.is_empty() {
            self.found.in_property(known, key);
        }
    }
}
