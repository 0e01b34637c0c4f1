//! Regular expressions, as JSON Schema means them: those of ECMAScript with the flag `u`.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use regress::Regex;

/// Patterns by their text; none for what is no pattern, which the generator takes none of.
static COMPILED: RwLock<BTreeMap<&str, Option<Arc<Regex>>>> = RwLock::new(BTreeMap::new());

/// Whether a part of `text` matches. Nothing matches what is no pattern.
pub(crate) fn is_match(pattern: &'static str, text: &str) -> bool {
    let regex = known(pattern).unwrap_or_else(|| compile(pattern));
    regex.is_some_and(|regex| regex.find(text).is_some())
}

fn known(pattern: &str) -> Option<Option<Arc<Regex>>> {
    let compiled = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    compiled.get(pattern).cloned()
}

#[cold]
fn compile(pattern: &'static str) -> Option<Arc<Regex>> {
    let regex = Regex::with_flags(pattern, "u").ok().map(Arc::new);
    let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    compiled.entry(pattern).or_insert(regex).clone()
}
