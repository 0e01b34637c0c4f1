//! `cargo xtask`: the maintainer tools of `gitbook-api`. One file per command; the
//! libraries are in `xtask/crates`.

mod bump;
mod check;
mod codegen;
mod diff;
mod drift;
mod fetch;
mod input;
mod site;

use std::{path::Path, process::ExitCode};

use clap::{Parser, Subcommand};
use gitbook_spec::terminal::printable;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Maintainer tools of the gitbook-api repository.
///
/// `fetch` downloads GitBook's OpenAPI documents, `codegen` merges them into spec/openapi.yaml, and
/// `diff` compares two versions of that document. `check` runs the checks that have to pass before a
/// push.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Fetch(fetch::Arguments),
    Codegen(codegen::Arguments),
    Diff(diff::Arguments),
    Bump(bump::Arguments),
    Drift(drift::Arguments),
    Site(site::Arguments),
    Check(check::Arguments),
}

fn main() -> ExitCode {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let result = match Cli::parse().command {
        Command::Fetch(arguments) => fetch::run(root, arguments),
        Command::Codegen(arguments) => codegen::run(root, arguments),
        Command::Diff(arguments) => diff::run(root, &arguments),
        Command::Bump(arguments) => bump::run(root, &arguments),
        Command::Drift(arguments) => drift::run(root, &arguments),
        Command::Site(arguments) => site::run(root, &arguments),
        Command::Check(arguments) => check::run(root, &arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", printable(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}
