//! `spec/sources.lock`: a record of what was fetched.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha512};

use crate::files;

const HEADER: &str = "# Written by `cargo xtask fetch`.\n\n";

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lock {
    /// The entries of the sources that were fetched, in merge order.
    #[serde(default)]
    pub source: Vec<Entry>,
}

/// The record of one source.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub name: String,
    /// The OpenAPI versions of its fragments.
    pub openapi: Vec<String>,
    /// The number of operations in its fragments.
    pub operations: usize,
    /// The integrity of the original bytes of each page, document or package.
    pub integrity: BTreeMap<String, String>,
}

/// Reads `sources.lock` in the folder `spec`. A missing file is an empty lock.
///
/// # Errors
///
/// Fails if the file cannot be read.
pub(super) fn read(spec: &Path) -> anyhow::Result<Lock> {
    let path = spec.join("sources.lock");
    let context = || format!("cannot read {}", path.display());
    match fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).with_context(context),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Lock::default()),
        Err(error) => Err(error).with_context(context),
    }
}

/// Writes `sources.lock` in the folder `spec`.
///
/// # Errors
///
/// Fails if the file cannot be written.
pub(super) fn write(spec: &Path, lock: &Lock) -> anyhow::Result<()> {
    let text = toml::to_string(lock)?;
    files::write(&spec.join("sources.lock"), format!("{HEADER}{text}"))
}

/// Returns the integrity of `bytes` in the form that npm and browsers use.
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha512-{}", BASE64_STANDARD.encode(Sha512::digest(bytes)))
}

/// Returns the differences between a locked and a fetched entry, one line each.
pub(super) fn differences(locked: &Entry, arrived: &Entry) -> Vec<String> {
    let mut differences = Vec::new();
    for (location, integrity) in &arrived.integrity {
        match locked.integrity.get(location) {
            None => differences.push(format!("{location} is not in the lock")),
            Some(locked) if locked != integrity => {
                differences.push(format!("{location} is {integrity}, the lock says {locked}"));
            }
            Some(_) => {}
        }
    }
    for location in locked.integrity.keys() {
        if !arrived.integrity.contains_key(location) {
            differences.push(format!("{location} is in the lock but not in the source"));
        }
    }
    if differences.is_empty() && locked != arrived {
        differences.push("the lock was edited by hand".to_owned());
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_equals_that_of_openssl() {
        assert_eq!(
            integrity(b"abc"),
            "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
        );
    }

    #[test]
    fn every_difference_is_named() {
        let entry = |operations, integrity: &[(&str, &str)]| Entry {
            name: "a".to_owned(),
            openapi: vec!["3.1.0".to_owned()],
            operations,
            integrity: integrity
                .iter()
                .map(|(location, hash)| ((*location).to_owned(), (*hash).to_owned()))
                .collect(),
        };
        let locked = entry(1, &[("same", "1"), ("other", "1"), ("gone", "1")]);
        let arrived = entry(1, &[("same", "1"), ("other", "2"), ("new", "1")]);
        let found = differences(&locked, &arrived);
        assert_eq!(found.len(), 3);
        for location in ["other", "gone", "new"] {
            assert!(found.iter().any(|line| line.starts_with(location)));
        }
        assert!(differences(&locked, &locked).is_empty());
        assert_eq!(differences(&entry(1, &[]), &entry(2, &[])).len(), 1);
    }
}
