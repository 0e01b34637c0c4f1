//! The documents that GitBook publishes in its npm package.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{fetch::npm, read};

const PACKAGE: &str = "@gitbook/api";
/// The path of the document in the package.
const FILE: &str = "spec/openapi.json";
/// The maximum size of a document; published documents are much smaller.
const MAX_BYTES: u64 = 64 << 20;

/// The time limit for a download.
const TIME: Duration = Duration::from_secs(300);

/// Downloads the document of a version of GitBook's npm package, such as `0.202.0`.
///
/// # Errors
///
/// Fails if npm fails, or if the package has no OpenAPI document.
pub fn document(version: &str) -> Result<Value> {
    read::parse(&text(version)?, &format!("npm:{version}"))
}

/// Downloads the text of that document.
///
/// # Errors
///
/// Fails if npm fails, or if the package has no such file.
pub fn text(version: &str) -> Result<String> {
    let package = npm::pack(PACKAGE, version, FILE, MAX_BYTES, TIME)?;
    String::from_utf8(package.file).with_context(|| format!("npm:{version} is not UTF-8"))
}
