//! `cargo xtask`: the maintainer tools of `gitbook-api`.

use std::{path::Path, process::ExitCode};

use clap::{Parser, Subcommand};
use xtask::{bump, codegen, diff, drift, fetch};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The maintainer tools of gitbook-api.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Refresh spec/fragments and spec/sources.lock from the sources of spec/sources.toml.
    Fetch(fetch::Arguments),
    /// Say what changed between two documents, and what it means for callers.
    Diff(diff::Arguments),
    /// Give the crate the version that the edits since a base ask for, and list them in
    /// CHANGELOG.md.
    Bump(bump::Arguments),
    /// Make spec/openapi.yaml and the client of it from what is under spec/, without network.
    Codegen(codegen::Arguments),
    /// Try types made from one document on the data of another.
    Drift(drift::Arguments),
}

fn main() -> ExitCode {
    let spec = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec"));
    let done = match Cli::parse().command {
        Command::Fetch(arguments) => fetch::run(spec, &arguments, &fetch::Limits::default()),
        Command::Diff(arguments) => diff::run(&spec.join(".."), &arguments),
        Command::Bump(arguments) => bump::run(&spec.join(".."), &arguments),
        Command::Codegen(arguments) => codegen::run(spec, &arguments),
        Command::Drift(arguments) => drift::run(&spec.join(".."), &arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
