//! The feature list in the manifest of the crate.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use gitbook_api_codegen::features::{features, sync_manifest};
use serde_json::Value;

/// Returns the manifest beside the folder `spec`, with the features of `document`. Returns `None`
/// if there is no manifest.
pub(super) fn synced(spec: &Path, document: &Value) -> Result<Option<(PathBuf, String)>> {
    let Some(path) = spec.parent().map(|root| root.join("Cargo.toml")) else {
        return Ok(None);
    };
    if !path.exists() {
        return Ok(None);
    }
    let name = path.display();
    let manifest = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
    let features =
        features(document).map_err(|diagnostic| anyhow!("the merged document: {diagnostic}"))?;
    let synced =
        sync_manifest(&manifest, &features).map_err(|message| anyhow!("{name}: {message}"))?;
    toml::from_str::<toml::Table>(&synced)
        .with_context(|| format!("{name} would not be valid with the features of the document"))?;
    Ok(Some((path, synced)))
}
