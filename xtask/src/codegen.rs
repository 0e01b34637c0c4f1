//! `cargo xtask codegen`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gitbook_spec::pipeline::{self, Options};

/// Generate spec/openapi.yaml, and check that the client can be generated from it.
///
/// Normalizes the documents under spec/fragments to OpenAPI 3.0.3, merges them, applies the overlays
/// of spec/overlays, and writes the result to spec/openapi.yaml and the feature list in Cargo.toml.
/// Then generates the Rust client without storing it. Works offline.
///
/// To read the generated Rust code: cargo xtask codegen --input spec/openapi.yaml --out DIR
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; print what would change, and fail if anything would
    #[arg(long)]
    check: bool,
    /// Read these documents instead of spec/fragments, in merge order, and apply no overlays
    #[arg(long, value_name = "DOC", num_args = 1.., requires = "out", conflicts_with = "check")]
    input: Vec<PathBuf>,
    /// Write openapi.yaml and the generated client (client.rs, builder.rs, operations.rs, types.rs, setters.rs) to this folder instead
    #[arg(long, value_name = "DIR", requires = "input")]
    out: Option<PathBuf>,
}

pub(crate) fn run(root: &Path, Arguments { check, input, out }: Arguments) -> Result<()> {
    let writes = !check && out.is_none();
    let result = pipeline::run(&root.join("spec"), &Options { check, input, out });
    if writes {
        result.context("spec/openapi.yaml was not generated and is still the former one")
    } else {
        result
    }
}
