//! Regular expressions of JSON Schema: ECMAScript with the flag `u`.
//!
//! They are matched by code of our own, which takes a time that is proportional to the text, and is
//! compiled in a small part of the time of an engine for all of ECMAScript. Patterns that need one are
//! matched with the feature `regress`. The build script reads patterns with the same [`parser`], and fails
//! if the feature is needed and not enabled.

mod parser;
mod program;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use program::Program;

enum Pattern {
    Program(Program),
    /// A pattern that no program can match.
    #[cfg(feature = "regress")]
    Regex(Box<regress::Regex>),
}

/// Compiled patterns. `None` for invalid ones, which the generator rejects.
static COMPILED: RwLock<BTreeMap<&str, Option<Arc<Pattern>>>> = RwLock::new(BTreeMap::new());

/// Returns whether the pattern matches anywhere in `text`. An invalid pattern never matches.
pub(crate) fn is_match(pattern: &'static str, text: &str) -> bool {
    let compiled = known(pattern).unwrap_or_else(|| compile(pattern));
    compiled.is_some_and(|pattern| match &*pattern {
        Pattern::Program(program) => program.is_match(text),
        #[cfg(feature = "regress")]
        Pattern::Regex(regex) => regex.find(text).is_some(),
    })
}

fn known(pattern: &str) -> Option<Option<Arc<Pattern>>> {
    let compiled = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    compiled.get(pattern).cloned()
}

#[cold]
fn compile(pattern: &'static str) -> Option<Arc<Pattern>> {
    let program = parser::parse(pattern).map(Pattern::Program);
    #[cfg(feature = "regress")]
    let program = program.or_else(|| {
        let regex = regress::Regex::with_flags(pattern, "u").ok()?;
        Some(Pattern::Regex(Box::new(regex)))
    });
    let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    compiled
        .entry(pattern)
        .or_insert(program.map(Arc::new))
        .clone()
}

#[cfg(test)]
mod tests;
