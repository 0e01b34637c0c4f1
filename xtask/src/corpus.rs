//! `cargo xtask corpus`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use gitbook_spec::corpus::{HEAD, documents, measure, totals};

/// Try the pipeline on a folder of OpenAPI documents.
///
/// Prints a Markdown table: whether each document is accepted or refused, with which diagnostic, in
/// what time and memory.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder with the documents, which may have subfolders
    folder: PathBuf,
    /// Also compile the client for each accepted document
    #[arg(long)]
    compile: bool,
}

pub fn run(root: &Path, Arguments { folder, compile }: &Arguments) -> Result<()> {
    let xtask = std::env::current_exe()?;
    println!("{HEAD}");
    let mut outcomes = Vec::new();
    for document in documents(folder)? {
        let outcome = measure(&xtask, root, folder, &document, *compile)?;
        println!("{outcome}");
        outcomes.push(outcome);
    }
    println!("\n{}", totals(&outcomes));
    Ok(())
}
