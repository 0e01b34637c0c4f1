//! `cargo xtask site`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gitbook_spec::files;
use operations_site::{Example, page};

use crate::input;

/// Write the page that lists all operations.
///
/// Writes DIR/index.html: each operation of spec/openapi.yaml with its method, path, scopes, feature
/// and Rust signature, and a search. Its links lead to the documentation of the crate, if DIR is the
/// folder that `cargo doc` writes to (target/doc).
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder to write to
    dir: PathBuf,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let document = input::working_tree(root)?.document;
    let page = page(&document, &examples(&root.join("examples"))?)?;
    files::write(&arguments.dir.join("index.html"), page)
}

/// Returns the programs in a folder, ordered by name.
fn examples(folder: &Path) -> Result<Vec<Example>> {
    let context = || format!("cannot read {}", folder.display());
    let mut examples = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let path = entry.with_context(context)?.path();
        if let Some(name) = path.file_stem()
            && path.extension().is_some_and(|extension| extension == "rs")
        {
            examples.push(Example {
                name: name.to_string_lossy().into_owned(),
                source: fs::read_to_string(&path).with_context(context)?,
            });
        }
    }
    examples.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(examples)
}
