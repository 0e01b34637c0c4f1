//! `cargo xtask check`.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Run the checks that have to pass before a push.
///
/// Checks the formatting and that spec/openapi.yaml is up to date, and runs clippy and the fast tests.
/// Stops at the first failure. Takes less than two minutes once everything has been built. `.ci/run`
/// runs these checks and all others.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// The arguments of the cargo commands.
const STEPS: &[&[&str]] = &[
    &["fmt", "--all", "--check"],
    &["xtask", "codegen", "--check"],
    &[
        "clippy",
        "--workspace",
        "--all-targets",
        "--features=gitbook-api/mock",
        "--",
        "--deny=warnings",
    ],
    // The tests of the client run the examples. Cargo builds them for chosen test targets only on
    // request, and `--examples` of `cargo test` builds their unit tests instead.
    &[
        "build",
        "--quiet",
        "--workspace",
        "--examples",
        "--features=gitbook-api/mock",
    ],
    // Of the whole workspace, so that `cargo test --workspace` has the same dependencies. The other
    // tests of the client compile all types several times, which takes minutes.
    &[
        "test",
        "--quiet",
        "--workspace",
        "--features=gitbook-api/mock",
        "--lib",
        "--bins",
        "--test=client",
        "--test=it",
        "--test=page",
    ],
];

pub(crate) fn run(root: &Path, _: &Arguments) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let start = Instant::now();
    for step in STEPS {
        let name = format!("cargo {}", step.join(" "));
        println!("\n== {name}");
        let status = Command::new(&cargo)
            .current_dir(root)
            .args(*step)
            .env_clear()
            .envs(environment())
            .status()
            .context("cannot run cargo")?;
        if !status.success() {
            bail!("`{name}` failed");
        }
    }
    println!("\nall passed in {:.0?}", start.elapsed());
    Ok(())
}

/// Returns the environment without what Cargo sets for this program. Build scripts that depend on it, such as
/// that of ring, would run again, and everything that depends on their packages would be compiled again.
fn environment() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| {
        let name = name.to_string_lossy();
        !name.starts_with("CARGO_PKG_") && !name.starts_with("CARGO_MANIFEST_")
    })
}
