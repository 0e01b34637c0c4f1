//! Reads an OpenAPI document or fragment, JSON or YAML.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// More than any published description of an API, and little enough to hold in memory.
const MAX_BYTES: u64 = 64 << 20;

/// Reads the document in the file at `path`.
///
/// # Errors
/// When the file cannot be read or is over 64 MiB, and as [`parse`].
pub fn read(path: &Path) -> Result<Value> {
    let origin = path.display().to_string();
    let size = fs::metadata(path)
        .with_context(|| format!("cannot read {origin}"))?
        .len();
    if size > MAX_BYTES {
        bail!("{origin}: {size} bytes are more than a document may have ({MAX_BYTES})");
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {origin}"))?;
    parse(&text, &origin)
}

/// Reads the document in `text`, which comes from `origin`.
///
/// # Errors
/// When `text` is not an OpenAPI 3.0 or 3.1 document in JSON or YAML; the message names `origin`.
pub fn parse(text: &str, origin: &str) -> Result<Value> {
    let json = text.trim_start().starts_with('{');
    let document: Value = match json {
        true => serde_json::from_str(text).with_context(|| origin.to_owned())?,
        false => serde_yaml::from_str(text).with_context(|| origin.to_owned())?,
    };
    Ok(document)
}
