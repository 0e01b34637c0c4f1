//! `cargo xtask drift`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use gitbook_spec::pipeline::{self, Options};

/// Check how many samples of one document the types of another decode.
///
/// Builds the crate's types from one OpenAPI document, makes sample values of the schemas of another,
/// and prints each schema that both documents have and whose samples do not all decode.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The document to generate the types from
    #[arg(long, value_name = "DOC")]
    types: PathBuf,
    /// The document to take the samples from
    #[arg(long, value_name = "DOC")]
    data: PathBuf,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let data = &arguments.data;
    let data = data
        .canonicalize()
        .with_context(|| format!("cannot find {}", data.display()))?;
    let out = tempfile::tempdir()?;
    let types = Options {
        input: vec![arguments.types.clone()],
        out: Some(out.path().to_owned()),
        ..Options::default()
    };
    pipeline::run(&root.join("spec"), &types)?;
    println!();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args(["test", "--quiet", "--package=gitbook-api"])
        .args(["--test=drift", "--"])
        .arg(data)
        .env("GITBOOK_API_SPEC", out.path().join("openapi.yaml"))
        .status()
        .context("cannot run cargo")?;
    if status.success() {
        Ok(())
    } else {
        bail!("cannot test the types of {}", arguments.types.display())
    }
}
