//! `cargo xtask drift`: how well types made from one document read the data of another.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::codegen;

/// Which document makes the types, and which the data.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The document to make the types from.
    #[arg(long, value_name = "DOC")]
    pub types: PathBuf,
    /// The document whose schemas are sampled.
    #[arg(long, value_name = "DOC")]
    pub data: PathBuf,
}

/// Builds the types in the workspace at `root`, reads samples with them, and prints for each schema
/// that is in both documents how many of them could be read, if not all.
///
/// # Errors
/// Which document cannot be read, or what cargo says when the types do not build.
pub fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let data = &arguments.data;
    let data = data
        .canonicalize()
        .with_context(|| format!("cannot find {}", data.display()))?;
    let out = tempfile::tempdir()?;
    let types = codegen::Arguments {
        input: vec![arguments.types.clone()],
        out: Some(out.path().to_owned()),
        ..codegen::Arguments::default()
    };
    codegen::run(&root.join("spec"), &types)?;
    println!();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args([
            "test",
            "--quiet",
            "--package",
            "gitbook-api",
            "--test",
            "types",
        ])
        .args(["--", "--exact", "every_sample_is_read", "--nocapture"])
        .env("GITBOOK_API_SPEC", out.path().join("openapi.yaml"))
        .env("GITBOOK_API_DATA", data)
        .status()
        .context("cannot run cargo")?;
    match status.success() {
        true => Ok(()),
        false => bail!(
            "the types of {} could not be tried",
            arguments.types.display()
        ),
    }
}
