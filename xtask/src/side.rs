//! Where a side of the comparison comes from.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use gitbook_spec::{normalize::normalize, published, read};
use serde_json::Value;

/// The document of this project, in the repository.
const DOCUMENT: &str = "spec/openapi.yaml";

/// Reads one side and says it in OpenAPI 3.0.3: a published version (`npm:0.202.0`), a file, or
/// `spec/openapi.yaml` at a git revision of the repository at `root`.
///
/// # Errors
/// When there is no such thing, or it is no valid OpenAPI document.
pub fn load(name: &str, root: &Path) -> Result<Value> {
    let document = match name.strip_prefix("npm:") {
        Some(version) => published::document(version)?,
        None if Path::new(name).is_file() => read::read(Path::new(name))?,
        None => {
            let object = format!("{name}:{DOCUMENT}");
            let text = git(root, &["show", &object]).with_context(|| {
                format!(
                    "`{name}` is no file, no `npm:VERSION`, and no git revision that has {DOCUMENT}"
                )
            })?;
            read::parse(&text, &object)?
        }
    };
    normalized(document, name)
}

/// Reads `spec/openapi.yaml` of the working tree.
///
/// # Errors
/// When it cannot be read or is no valid OpenAPI document.
pub fn working_tree(root: &Path) -> Result<Value> {
    normalized(read::read(&root.join(DOCUMENT))?, DOCUMENT)
}

/// The commit at which the current branch left the main one.
///
/// # Errors
/// When git finds none.
pub fn merge_base(root: &Path) -> Result<String> {
    let bases = ["origin/main", "main"].map(|main| git(root, &["merge-base", main, "HEAD"]));
    if let Some(base) = bases.into_iter().flatten().next() {
        return Ok(base.trim().to_owned());
    }
    bail!("no merge base with a main branch; name the base: a revision, a file or npm:VERSION")
}

fn normalized(document: Value, name: &str) -> Result<Value> {
    match normalize(document) {
        Ok(normalized) => Ok(normalized.document),
        Err(problems) => {
            let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("{name}:\n{}", list.join("\n"))
        }
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .output();
    let output = output.context("git does not run")?;
    if !output.status.success() {
        bail!(
            "{}",
            String::from_utf8_lossy(&output.stderr).trim().to_owned()
        );
    }
    String::from_utf8(output.stdout).context("git gave no text")
}
