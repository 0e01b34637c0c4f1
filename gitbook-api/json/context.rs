//! State of decoding.

use std::cell::RefCell;
use std::fmt;

/// Counts mismatches and collects missing properties while a value is decoded.
///
/// A union decodes each candidate with its own context. Only that of the selected variant is merged.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The number of mismatches: unknown properties, absent required properties, other values of
    /// constants, unknown enum values and unknown union members.
    pub(super) mismatches: usize,
    /// The required properties without a value.
    missing: Vec<Missing>,
}

/// A required property that is absent, or `null` although the schema has none.
#[derive(Debug)]
struct Missing {
    #[cfg_attr(not(feature = "tracing"), expect(dead_code))]
    schema: &'static str,
    /// Its path, such as `.items[3].title`.
    path: String,
}

impl Context {
    /// Counts a mismatch.
    pub(crate) fn mismatch(&mut self) {
        self.mismatches += 1;
    }

    /// Records a required property without a value.
    #[cold]
    pub(super) fn add_missing(&mut self, schema: &'static str, property: &'static str) {
        let path = format!(".{property}");
        self.missing.push(Missing { schema, path });
    }

    /// Returns the number of missing properties.
    #[inline]
    pub(super) fn missing(&self) -> usize {
        self.missing.len()
    }

    /// Prefixes the paths of all missing properties but the first `known` with a step, such as `.title`
    /// or `[3]`.
    #[inline]
    pub(super) fn step_out(&mut self, known: usize, step: fmt::Arguments<'_>) {
        if self.missing.len() > known {
            self.prefix(known, step);
        }
    }

    #[cold]
    fn prefix(&mut self, known: usize, step: fmt::Arguments<'_>) {
        for missing in self.missing.iter_mut().skip(known) {
            missing.path.insert_str(0, &step.to_string());
        }
    }

    /// Adds the mismatches of a part of the value.
    pub(super) fn merge(&mut self, part: Self) {
        self.mismatches += part.mismatches;
        self.missing.extend(part.missing);
    }

    /// Logs a warning for each missing property, and gives their paths to [`with_missing`].
    #[inline]
    pub(super) fn report(self) {
        if !self.missing.is_empty() {
            report(self.missing);
        }
    }
}

#[cold]
fn report(missing: Vec<Missing>) {
    #[cfg(feature = "tracing")]
    for Missing { schema, path } in &missing {
        tracing::warn!(schema, path, "a required property has no value");
    }
    MISSING.with_borrow_mut(|paths| {
        if let Some(paths) = paths {
            paths.extend(missing.into_iter().map(|missing| missing.path));
        }
    });
}

thread_local! {
    /// The paths of missing properties, while somebody wants to know them. The traits of serde have no
    /// other way to return them.
    static MISSING: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Calls `decode`, and returns its result with the paths of the required properties that have no value.
#[inline]
pub(crate) fn with_missing<T>(decode: impl FnOnce() -> T) -> (T, Vec<String>) {
    let outer = MISSING.replace(Some(Vec::new()));
    let decoded = decode();
    let missing = MISSING.replace(outer).unwrap_or_default();
    (decoded, missing)
}
