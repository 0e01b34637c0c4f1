//! What the schema asks of what is sent, checked before anything is sent.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Mutex, PoisonError};

use regex_lite::Regex;

use super::Wire;

/// A value that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, from the outside in: `.mergeRules.rules[2].message`.
    pub path: String,
    /// What the schema asks for.
    pub message: String,
}

impl Violation {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            message: message.into(),
        }
    }

    /// The same violation seen from one step further out.
    pub(crate) fn within(mut self, step: impl fmt::Display) -> Self {
        self.path.insert_str(0, &step.to_string());
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for Violation {}

/// The length of text, in characters.
pub(crate) fn length(text: &str, allowed: RangeInclusive<usize>) -> Result<(), Violation> {
    within(text.chars().count(), allowed, "characters")
}

/// The number of entries of a list or map.
pub(crate) fn count<'a, T>(entries: &'a T, allowed: RangeInclusive<usize>) -> Result<(), Violation>
where
    &'a T: IntoIterator<IntoIter: ExactSizeIterator>,
{
    within(entries.into_iter().len(), allowed, "entries")
}

/// What a value holds.
pub(crate) fn inside<T: Wire>(value: &T) -> Result<(), Violation> {
    value.check()
}

fn within(size: usize, allowed: RangeInclusive<usize>, what: &str) -> Result<(), Violation> {
    if allowed.contains(&size) {
        return Ok(());
    }
    Err(Violation::new(match (*allowed.start(), *allowed.end()) {
        (least, usize::MAX) => format!("has {size} {what}, needs at least {least}"),
        (0, most) => format!("has {size} {what}, may have at most {most}"),
        (least, most) => format!("has {size} {what}, needs {least} to {most}"),
    }))
}

/// An integer between two bounds, themselves included.
pub(crate) fn integer(value: &i64, allowed: RangeInclusive<f64>) -> Result<(), Violation> {
    range(&(*value as f64), allowed)
}

/// A number between two bounds, themselves included.
pub(crate) fn range(value: &f64, allowed: RangeInclusive<f64>) -> Result<(), Violation> {
    let (least, most) = (*allowed.start(), *allowed.end());
    if allowed.contains(value) {
        return Ok(());
    }
    Err(Violation::new(
        match (least.is_finite(), most.is_finite()) {
            (true, false) => format!("is {value}, needs to be at least {least}"),
            (false, true) => format!("is {value}, may be at most {most}"),
            _ => format!("is {value}, needs to be {least} to {most}"),
        },
    ))
}

/// Text that fits a regular expression.
pub(crate) fn pattern(text: &str, pattern: &'static str) -> Result<(), Violation> {
    match matches(text, pattern) {
        true => Ok(()),
        false => Err(Violation::new(format!(
            "does not fit the pattern {pattern}"
        ))),
    }
}

/// Returns whether text fits a regular expression.
pub(crate) fn matches(text: &str, pattern: &'static str) -> bool {
    static COMPILED: Mutex<BTreeMap<&str, Option<Regex>>> = Mutex::new(BTreeMap::new());
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled
        .entry(pattern)
        .or_insert_with(|| Regex::new(pattern).ok());
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}
