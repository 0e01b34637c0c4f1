//! Validation of structs.

use super::{Assertion, Violations};
use crate::json::JsonCodec;

/// Validates a struct and its fields, in the order of their assertions.
pub(crate) struct Checks<'f> {
    found: &'f mut Violations,
    /// The assertions that are not yet used.
    assertions: std::slice::Iter<'static, &'static [Assertion]>,
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
        }
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

    /// Prefixes the paths of all violations but the first `known`.
    fn locate(&mut self, known: usize, key: &str) {
        if !key.is_empty() {
            self.found.in_property(known, key);
        }
    }
}
