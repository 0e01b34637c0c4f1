//! OpenAPI Overlay 1.0: the hand fixes to the merged document, each with its reason.
//!
//! The specification lets an action that matches nothing succeed in silence and cannot say what
//! it expects to find. Here an action must match and must change what it matches, and may say
//! beside it, as `x-expect`, what it believes to be there: so a fix that the publisher has made
//! in the meantime does not go unnoticed.

mod action;

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::sources;
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

/// Applies the overlays of a folder (`*.yaml`) to `document`, in the order of their names.
///
/// # Errors
/// The file, the index of the action and what to do, when an overlay cannot be read, an action
/// matches nothing, changes nothing, or does not find what it expects.
pub fn apply(folder: &Path, document: &mut Value) -> Result<Vec<Applied>> {
    let mut applied = Vec::new();
    for path in sources::yaml_files(folder)? {
        let overlay = read(&path).with_context(|| format!("in {}", path.display()))?;
        let changed =
            apply_actions(&overlay, document).with_context(|| format!("in {}", path.display()))?;
        applied.push(Applied {
            file: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            title: overlay.info.title,
            changed,
        });
    }
    Ok(applied)
}

fn read(path: &Path) -> Result<Overlay> {
    let overlay: Overlay = serde_yaml::from_str(&fs::read_to_string(path)?)?;
    ensure!(
        overlay.overlay.starts_with("1.0."),
        "this is Overlay {}, and only 1.0 is understood",
        overlay.overlay
    );
    Ok(overlay)
}

fn apply_actions(overlay: &Overlay, document: &mut Value) -> Result<Vec<usize>> {
    let actions = overlay.actions.iter().enumerate();
    actions
        .map(|(index, action)| {
            action::apply(action, document)
                .with_context(|| format!("actions[{index}] ({})", action.target))
        })
        .collect()
}
