//! What decoding notices beside the value.

use super::UnknownFields;

/// How well a value fits the type that it is decoded as.
///
/// A union tries each candidate with a context of its own, and only what the chosen member noticed
/// counts.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// How much does not fit: unknown properties, absent required ones, constants with other
    /// values, unknown enum values and union members.
    pub(super) mismatches: usize,
    /// What no field of the struct that has just been decoded can hold.
    pub(super) extra: UnknownFields,
    /// Required properties that are absent, with the type that lacks them.
    absent: Vec<(&'static str, &'static str)>,
}

impl Context {
    /// Counts something that does not fit.
    pub(crate) fn mismatch(&mut self) {
        self.mismatches += 1;
    }

    /// Notes a required property that is absent.
    #[cold]
    pub(super) fn absent(&mut self, schema: &'static str, property: &'static str) {
        self.mismatch();
        self.absent.push((schema, property));
    }

    /// Adds what decoding a part of the value noticed.
    pub(super) fn merge(&mut self, part: Self) {
        self.mismatches += part.mismatches;
        self.absent.extend(part.absent);
    }

    /// Warns about the required properties that were absent.
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
