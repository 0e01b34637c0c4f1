//! The checks of a struct.

use super::{Assertion, Violations};
use crate::json::Wire;

/// Checks a struct and its fields, one after the other.
pub(crate) struct Checks<'f> {
    found: &'f mut Violations,
    /// What is asked of those that are still to be checked.
    assertions: std::slice::Iter<'static, &'static [Assertion]>,
}

impl<'f> Checks<'f> {
    /// Begins with the first of these lists of assertions.
    pub(crate) fn new(
        found: &'f mut Violations,
        assertions: &'static [&'static [Assertion]],
    ) -> Self {
        Self {
            found,
            assertions: assertions.iter(),
        }
    }

    /// Checks what the schema asks of the object as a whole.
    pub(crate) fn whole(&mut self, value: &impl Wire) {
        value.check_against(self.advance(), self.found);
    }

    /// Checks what the schema of a property asks of its value. No step lies between an object and
    /// what stands among its properties, whose key is empty.
    pub(crate) fn against(&mut self, key: &str, value: &impl Wire) {
        let known = self.found.len();
        value.check_against(self.advance(), self.found);
        self.locate(known, key);
    }

    /// Checks what the value of a property holds.
    pub(crate) fn inside(&mut self, key: &str, value: &impl Wire) {
        let known = self.found.len();
        value.check(self.found);
        self.locate(known, key);
    }

    fn advance(&mut self) -> &'static [Assertion] {
        self.assertions.next().copied().unwrap_or_default()
    }

    /// Says where all violations but the first `known` ones are.
    fn locate(&mut self, known: usize, key: &str) {
        if !key.is_empty() {
            self.found.in_property(known, key);
        }
    }
}
