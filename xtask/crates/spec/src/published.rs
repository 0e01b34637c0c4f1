//! The documents that GitBook publishes in its npm package.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{fetch::npm, read};

/// GitBook's package.
const PACKAGE: &str = "@gitbook/api";
/// The document in the package.
const FILE: &str = "spec/openapi.json";
/// More than any published document.
const MAX_BYTES: u64 = 64 << 20;

/// Downloads the document of a version of GitBook's npm package, such as `0.202.0`.
///
/// # Errors
/// Fails if npm does, or if the package has no OpenAPI document.
pub fn document(version: &str) -> Result<Value> {
    let package = npm::pack(PACKAGE, version, FILE, MAX_BYTES)?;
    let name = format!("npm:{version}");
    let text = String::from_utf8(package.file).with_context(|| format!("{name} is not UTF-8"))?;
    read::parse(&text, &name)
}
