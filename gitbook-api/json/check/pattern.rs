//! Regular expressions of JSON Schema: ECMAScript with the flag `u`.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use regress::Regex;

/// Compiled patterns. `None` for invalid ones, which the generator rejects.
static COMPILED: RwLock<BTreeMap<&str, Option<Arc<Regex>>>> = RwLock::new(BTreeMap::new());

/// Returns whether the pattern matches anywhere in `text`. An invalid pattern never matches.
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
