//! Loads the documents to compare.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use gitbook_spec::lines::lines;
use gitbook_spec::{normalize::normalize, published, read};
use openapi_diff::report::Text;
use serde_json::Value;

const DOCUMENT: &str = "spec/openapi.yaml";

/// A document to compare.
pub(crate) struct Input {
    /// The document in OpenAPI 3.0.3.
    pub document: Value,
    /// The source lines of its nodes.
    pub text: Text,
}

/// Loads a document: a published version (`npm:0.202.0`), a file, or `spec/openapi.yaml` at a git
/// revision of the repository at `root`.
pub(crate) fn load(name: &str, root: &Path) -> Result<Input> {
    if let Some(version) = name.strip_prefix("npm:") {
        return input(&published::text(version)?, name);
    }
    if Path::new(name).is_file() {
        let text = std::fs::read_to_string(name).with_context(|| format!("cannot read {name}"))?;
        return input(&text, name);
    }
    let object = format!("{name}:{DOCUMENT}");
    input(&show(root, name, DOCUMENT)?, &object)
}

/// Loads `spec/openapi.yaml` of the working tree.
pub(crate) fn working_tree(root: &Path) -> Result<Input> {
    let path = root.join(DOCUMENT);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {DOCUMENT}"))?;
    input(&text, DOCUMENT)
}

/// Reads a file of the repository at a git revision.
pub(crate) fn show(root: &Path, revision: &str, path: &str) -> Result<String> {
    let commit = format!("{revision}^{{commit}}");
    if git(root, &["rev-parse", "--verify", "--quiet", &commit]).is_err() {
        match git(root, &["rev-parse", "--is-shallow-repository"]) {
            Err(error) => bail!(
                "`{revision}` is not a file, and {}: {error:#}",
                root.display()
            ),
            Ok(shallow) if shallow.trim() == "true" => bail!(
                "`{revision}` is not in this shallow clone; fetch the history first: \
                 git fetch --unshallow"
            ),
            Ok(_) => bail!("`{revision}` is not a file, `npm:VERSION` or git revision"),
        }
    }
    git(root, &["show", &format!("{revision}:{path}")])
        .with_context(|| format!("{path} is not in revision `{revision}`"))
}

/// Returns the merge base of the current branch and the main branch.
pub(crate) fn merge_base(root: &Path) -> Result<String> {
    let bases = ["origin/main", "main"].map(|main| git(root, &["merge-base", main, "HEAD"]));
    if let Some(base) = bases.into_iter().flatten().next() {
        return Ok(base.trim().to_owned());
    }
    if git(root, &["rev-parse", "--is-shallow-repository"])?.trim() == "true" {
        bail!("this shallow clone has no common commit with a main branch; git fetch --unshallow");
    }
    bail!("no merge base with a main branch; name the base: a revision, a file or npm:VERSION")
}

fn input(text: &str, name: &str) -> Result<Input> {
    let document = match normalize(read::parse(text, name)?) {
        Ok(normalized) => normalized.document,
        Err(diagnostics) => {
            let list: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
            bail!("{name}:\n{}", list.join("\n"))
        }
    };
    let text = Text {
        name: name.to_owned(),
        lines: lines(text),
    };
    Ok(Input { document, text })
}

fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .output();
    let output = output.context("cannot run git")?;
    if !output.status.success() {
        bail!(
            "{}",
            String::from_utf8_lossy(&output.stderr).trim().to_owned()
        );
    }
    String::from_utf8(output.stdout).context("the output of git is not UTF-8")
}
