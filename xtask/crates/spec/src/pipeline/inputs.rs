//! The documents to merge.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::sources;

pub(super) struct Input {
    /// The name of its source.
    pub source: String,
    /// The name of the document in reports.
    pub name: String,
    pub path: PathBuf,
}

/// Returns the fragments of all sources, in merge order.
pub(super) fn fragments(spec: &Path) -> Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for source in sources::read(spec)? {
        let fragments = sources::fragments(spec, &source)?;
        let whole = fragments.len() == 1;
        for path in fragments {
            let fragment = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = if whole {
                source.name().to_owned()
            } else {
                format!("{}/{fragment}", source.name())
            };
            inputs.push(Input {
                source: source.name().to_owned(),
                name,
                path,
            });
        }
    }
    Ok(inputs)
}

/// Returns documents of which each is a source of its own.
pub(super) fn documents(paths: &[PathBuf]) -> Vec<Input> {
    let name = |path: &PathBuf| path.display().to_string();
    let input = |path: &PathBuf| Input {
        source: name(path),
        name: name(path),
        path: path.clone(),
    };
    paths.iter().map(input).collect()
}
