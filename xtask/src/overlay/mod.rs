//! OpenAPI Overlay 1.0: the hand fixes to the merged document, each with its reason.
//!
//! The specification lets an action that matches nothing succeed in silence and cannot say what
//! it expects to find. Here an action must match and must change what it matches, and may say
//! beside it, as `x-expect`, what it believes to be there: so a fix that the publisher has made
//! in the meantime does not go unnoticed.

mod action;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use action::Action;

/// An overlay document that has been applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// File name of the overlay.
    pub file: String,
    /// Its title.
    pub title: String,
    /// How many nodes each of its actions changed.
    pub changed: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Overlay {
    overlay: String,
    info: Info,
    #[expect(
        dead_code,
        reason = "the overlays are applied to the one document there is"
    )]
    extends: Option<String>,
    actions: Vec<Action>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Info {
    title: String,
    #[expect(dead_code, reason = "required by the specification, of no use here")]
    version: String,
}

/// Applies the overlays of a directory (`*.yaml`) to `document`, in the order of their names.
///
/// # Errors
/// The file, the index of the action and what to do, when an overlay cannot be read, an action
/// matches nothing, changes nothing, or does not find what it expects.
pub fn apply(directory: &Path, document: &mut Value) -> Result<Vec<Applied>> {
    let mut files = Vec::new();
    for entry in directory
        .read_dir()
        .with_context(|| directory.display().to_string())?
    {
        let path = entry
            .with_context(|| directory.display().to_string())?
            .path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.push(path);
        }
    }
    files.sort();
    files
        .iter()
        .map(|file| apply_file(file, document))
        .collect()
}

fn apply_file(path: &Path, document: &mut Value) -> Result<Applied> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let overlay: Overlay =
        serde_yaml::from_str(&text).with_context(|| path.display().to_string())?;
    ensure!(
        overlay.overlay.starts_with("1.0."),
        "{}: this is Overlay {}, and only 1.0 is understood",
        path.display(),
        overlay.overlay
    );
    let actions = overlay.actions.iter().enumerate();
    let changed = actions
        .map(|(index, action)| {
            action::apply(action, document)
                .with_context(|| format!("{}: action {index} ({})", path.display(), action.target))
        })
        .collect::<Result<_>>()?;
    Ok(Applied {
        file: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        title: overlay.info.title,
        changed,
    })
}
