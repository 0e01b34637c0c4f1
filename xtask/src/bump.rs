//! `cargo xtask bump`.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use gitbook_spec::files;
use openapi_diff::release::{Release, Texts, next, version};
use openapi_diff::render;
use openapi_diff::report::Report;

use crate::input;

/// Bump the crate version for the spec changes since BASE.
///
/// Compares spec/openapi.yaml with BASE, sets the smallest version that semantic versioning allows in
/// Cargo.toml and Cargo.lock, and lists the changes in CHANGELOG.md. Running it again changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The document of the last release: a git revision, a file or npm:VERSION
    base: String,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let base = input::load(&arguments.base, root)?;
    let head = input::working_tree(root)?;
    let report = Report::new(&base.document, &head.document);
    let Some(bump) = report.bump() else {
        println!("nothing changed");
        return Ok(());
    };
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    let texts = Texts {
        manifest: read("Cargo.toml")?,
        changelog: read("CHANGELOG.md")?,
    };
    // The version of the revision does not change when the command is run again.
    let former = if is_revision(&arguments.base) {
        version(&input::show(root, &arguments.base, "Cargo.toml")?)?
    } else {
        version(&texts.manifest)?
    };
    let release = Release {
        version: next(&former, bump)?,
        former,
        date: jiff::tz::Offset::UTC
            .to_datetime(jiff::Timestamp::now())
            .date(),
        section: render::changelog(&report),
    };
    let edited = texts.edited(&release)?;
    if edited == texts {
        println!("{} already", version(&texts.manifest)?);
        return Ok(());
    }
    for (name, text) in [
        ("Cargo.toml", &edited.manifest),
        ("CHANGELOG.md", &edited.changelog),
    ] {
        files::write(&root.join(name), text)?;
    }
    // Cargo writes the new version to Cargo.lock, and nothing else there.
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["update", "--workspace", "--offline", "--quiet"])
        .current_dir(root)
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "`cargo update --workspace` failed");
    println!("{} -> {}", release.former, release.version);
    Ok(())
}

/// Returns whether a base is a git revision, whose Cargo.toml has the former version.
fn is_revision(base: &str) -> bool {
    !base.starts_with("npm:") && !Path::new(base).is_file()
}
