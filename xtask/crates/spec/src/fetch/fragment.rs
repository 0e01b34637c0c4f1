//! Fragments: their operations and their file names.

use std::fmt::Write as _;

use gitbook_api_codegen::walk::METHODS;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::files;

/// The longest name that is not shortened. File systems allow 255 bytes.
const MAX_SLUG: usize = 120;

/// Returns the method and the path of each operation of a fragment, in order.
pub(super) fn operations(fragment: &Value) -> Vec<(&str, &str)> {
    let paths = fragment.get("paths").and_then(Value::as_object);
    let mut operations = Vec::new();
    for (path, item) in paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| path.starts_with('/'))
    {
        for method in item.as_object().into_iter().flat_map(|item| item.keys()) {
            if METHODS.contains(&method.as_str()) {
                operations.push((method.as_str(), path.as_str()));
            }
        }
    }
    operations
}

/// Returns the file name of a fragment, without extension. It depends on the content of the
/// fragment only, so that it does not change when other fragments are added or removed.
/// `get.spaces.{spaceId}.integration-blocks` is the operation `GET
/// /spaces/{spaceId}/integration-blocks`, and `schemas.Space` is a single component.
pub(super) fn slug(fragment: &Value) -> String {
    let mut parts: Vec<String> = operations(fragment)
        .into_iter()
        .map(|(method, path)| format!("{method}{}", dotted(path)))
        .collect();
    if parts.is_empty() {
        parts = components(fragment)
            .map(|(section, name)| format!("{}.{}", escaped(section), escaped(name)))
            .collect();
    }
    let mut slug = parts.join("+");
    if files::is_reserved(&slug) {
        slug.insert(0, '_');
    }
    match slug.len() {
        0 => "empty".to_owned(),
        1..=MAX_SLUG => slug,
        _ => {
            let hash = short_hash(slug.as_bytes());
            format!("{slug:.MAX_SLUG$}~{hash}")
        }
    }
}

/// Returns the first eight hexadecimal digits of the hash of `bytes`.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    let mut hash = String::new();
    for byte in &Sha256::digest(bytes)[..4] {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

fn components(fragment: &Value) -> impl Iterator<Item = (&str, &str)> {
    let sections = fragment.get("components").and_then(Value::as_object);
    sections
        .into_iter()
        .flatten()
        .flat_map(|(section, entries)| {
            let entries = entries.as_object().into_iter().flatten();
            entries.map(|(name, _)| (section.as_str(), name.as_str()))
        })
}

fn dotted(path: &str) -> String {
    let mut name = String::new();
    for segment in path.trim_start_matches('/').split('/') {
        name.push('.');
        name.push_str(&escaped(segment));
    }
    name
}

/// Escapes a segment for use in a file name on any file system: other characters, and the
/// separators of [`slug`], are percent-encoded.
fn escaped(segment: &str) -> String {
    let mut name = String::new();
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'{' | b'}' => {
                name.push(char::from(byte));
            }
            _ => _ = write!(name, "%{byte:02X}"),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn slugs_name_the_operations_or_components() {
        for (fragment, expected) in [
            (
                json!({"paths": {"/spaces/{spaceId}/integration-blocks": {"parameters": [], "get": {}}}}),
                "get.spaces.{spaceId}.integration-blocks",
            ),
            (json!({"paths": {"/": {"get": {}}}}), "get."),
            (
                json!({"paths": {"/a": {"get": {}, "put": {}}}}),
                "get.a+put.a",
            ),
            (
                json!({"paths": {"/a.b/../c:d": {"get": {}}}}),
                "get.a%2Eb.%2E%2E.c%3Ad",
            ),
            (
                json!({"components": {"schemas": {"Space": {}, "A.B": {}}, "headers": {"X": {}}}}),
                "schemas.Space+schemas.A%2EB+headers.X",
            ),
            (json!({"paths": {"x-a": {"get": {}}}}), "empty"),
            (json!({"components": {"Aux": {"A": {}}}}), "_Aux.A"),
        ] {
            assert_eq!(slug(&fragment), expected);
        }
    }

    #[test]
    fn long_slugs_are_cut_and_still_differ() {
        let path = "/long".repeat(60);
        let one = slug(&json!({"paths": {format!("{path}/a"): {"get": {}}}}));
        let other = slug(&json!({"paths": {format!("{path}/b"): {"get": {}}}}));
        assert!(one.len() < 140 && one != other);
    }
}
