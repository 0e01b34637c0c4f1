//! `cargo xtask diff`: what changed between two documents, and what it means.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use super::both::both;
use super::catalogue::catalogue;
use super::report::{Report, Row};
use super::rules::{Bump, Http};
use super::{ignore, render, side};

/// The arguments of `cargo xtask diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The document before: a git revision, a file or npm:VERSION; by default where this branch
    /// left the main one.
    base: Option<String>,
    /// The document after; by default spec/openapi.yaml as it is in the working tree.
    head: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the operations that each edit reaches.
    #[arg(long)]
    reach: bool,
    /// Fail when an edit is this bad and not accepted by the ignore file.
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
    /// Accept the edits that this YAML file lists, each with a reason and an expiry.
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// Print the catalogue of rules (docs/diff-rules.md) and compare nothing.
    #[arg(long, exclusive = true)]
    rules: bool,
}

/// How to write a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For programs: docs/diff.schema.json describes it.
    Json,
    /// One page for a browser.
    Html,
    /// A section of CHANGELOG.md.
    Changelog,
}

/// What to fail on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An edit that asks for a major version of the crate.
    Major,
    /// An edit that breaks programs that speak HTTP.
    Breaking,
    /// Any edit.
    Any,
}

impl FailOn {
    fn matches(self, row: &Row) -> bool {
        match self {
            FailOn::Major => row.bump == Bump::Major,
            FailOn::Breaking => row.http == Http::Breaking,
            FailOn::Any => true,
        }
    }
}

/// Compares two sides and prints the report. `root` is the repository.
///
/// # Errors
/// When a side cannot be read, or there are rows that `--fail-on` names.
pub fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    if arguments.rules {
        anstream::print!("{}", catalogue());
        return Ok(());
    }
    let base = || match &arguments.base {
        Some(name) => side::load(name, root),
        None => side::load(&side::merge_base(root)?, root),
    };
    let head = || match &arguments.head {
        Some(name) => side::load(name, root),
        None => side::working_tree(root),
    };
    let [base, head] = both(base, head);
    let (base, head) = (base?, head?);
    let mut report = Report::new(&base, &head);
    if let Some(path) = &arguments.ignore {
        let name = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let today = jiff::Zoned::now().date();
        let stale = ignore::accept(&mut report, &text, today).with_context(|| name.to_string())?;
        for entry in stale {
            anstream::eprintln!("{name}: {entry}");
        }
    }
    let text = match arguments.format {
        Format::Text => render::text(&report, arguments.reach),
        Format::Markdown => render::markdown(&report, arguments.reach),
        Format::Json => render::json(&report),
        Format::Html => render::html(&report),
        Format::Changelog => render::changelog(&report),
    };
    anstream::print!("{text}");
    let Some(fail_on) = arguments.fail_on else {
        return Ok(());
    };
    let rows = report
        .rows
        .iter()
        .filter(|row| row.accepted.is_none() && fail_on.matches(row));
    match rows.count() {
        0 => Ok(()),
        count => bail!("{count} edits that --fail-on names; --ignore accepts known ones"),
    }
}
