//! Reads an OpenAPI document or fragment, JSON or YAML.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use gitbook_api_codegen::Diagnostic;
use serde_json::Value;

use crate::json;
use crate::yaml::{self, MAX_DEPTH, depth};

/// The maximum size of a document, which has to fit in memory several times.
const MAX_BYTES: u64 = 64 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0.x, which has its own dialect of JSON Schema.
    V3_0,
    /// OpenAPI 3.1.x, which uses JSON Schema 2020-12.
    V3_1,
}

/// Reads the document in the file at `path`.
///
/// # Errors
///
/// Fails if the file cannot be read or is over 64 MiB, or if [`parse`] fails.
pub fn read(path: &Path) -> Result<Value> {
    let origin = path.display().to_string();
    let size = fs::metadata(path)
        .with_context(|| format!("cannot read {origin}"))?
        .len();
    if size > MAX_BYTES {
        bail!("{origin}: {size} bytes, more than the limit of {MAX_BYTES}");
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {origin}"))?;
    parse(&text, &origin)
}

/// Reads the document in `text`. `origin` names it in errors.
///
/// # Errors
///
/// Fails if `text` is over 64 MiB, or is not an OpenAPI 3.0 or 3.1 document in JSON or YAML. The
/// error has the line or the JSON pointer.
pub fn parse(text: &str, origin: &str) -> Result<Value> {
    if text.len() as u64 > MAX_BYTES {
        bail!(
            "{origin}: {} bytes, more than the limit of {MAX_BYTES}",
            text.len()
        );
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let document = match text.chars().next() {
        None => bail!("{origin}: the text is empty, not an OpenAPI document"),
        Some('<') => bail!(
            "{origin}:1: this is a web page (HTML), not an OpenAPI document; give the address of \
             the document itself"
        ),
        Some('{') => json::parse(text).map_err(|error| {
            let (line, column) = (error.line, error.column);
            anyhow!("{origin}:{line}:{column}: {}", error.message)
        })?,
        Some(_) => yaml::parse(text).map_err(|error| anyhow!("{origin}: {error}"))?,
    };
    if depth(&document) > MAX_DEPTH {
        bail!("{origin}: nested more than {MAX_DEPTH} levels deep");
    }
    version(&document).map_err(|diagnostic| anyhow!("{origin}: {diagnostic}"))?;
    Ok(document)
}

/// Returns the OpenAPI version of `document`.
///
/// # Errors
///
/// Fails if it is not an OpenAPI document, or has another version.
pub fn version(document: &Value) -> Result<Version, Diagnostic> {
    if !document.is_object() {
        return Err(
            Diagnostic::new("", "not an object, so not an OpenAPI document")
                .help("write an object with `openapi`, `info` and `paths`"),
        );
    }
    if document.get("swagger").is_some() {
        let diagnostic = Diagnostic::new("/swagger", "this is a Swagger 2.0 document");
        return Err(diagnostic.help("convert it to OpenAPI 3.0 or 3.1 first"));
    }
    let given = document.get("openapi").unwrap_or(&Value::Null);
    match given
        .as_str()
        .map(|version| version.split('.').collect::<Vec<_>>())
        .as_deref()
    {
        Some(["3", "0", _]) => Ok(Version::V3_0),
        Some(["3", "1", _]) => Ok(Version::V3_1),
        _ => {
            let message = format!("unsupported OpenAPI version {given}");
            Err(Diagnostic::new("/openapi", message).help("3.0.x and 3.1.x are supported"))
        }
    }
}
