//! State of decoding.

use super::UnknownFields;

/// Counts mismatches and collects absent properties while a value is decoded.
///
/// A union decodes each candidate with its own context. Only that of the selected variant is merged.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The number of mismatches: unknown properties, absent required properties, other values of
    /// constants, unknown enum values and unknown union members.
    pub(super) mismatches: usize,
    /// What the fields of the struct that is being completed cannot hold.
    pub(super) extra: UnknownFields,
    /// The absent required properties, each with its type.
    absent: Vec<(&'static str, &'static str)>,
}

impl Context {
    /// Counts a mismatch.
    pub(crate) fn mismatch(&mut self) {
        self.mismatches += 1;
    }

    /// Records an absent required property.
    #[cold]
    pub(super) fn absent(&mut self, schema: &'static str, property: &'static str) {
        self.mismatch();
        self.absent.push((schema, property));
    }

    /// Adds the mismatches of a part of the value.
    pub(super) fn merge(&mut self, part: Self) {
        self.mismatches += part.mismatches;
        self.absent.extend(part.absent);
    }

    /// Logs a warning for each absent required property.
    pub(super) fn report(&self) {
        #[cfg(feature = "tracing")]
        for (schema, field) in &self.absent {
            tracing::warn!(
                schema,
                field,
                "a required field is absent from the response"
            );
        }
    }
}
