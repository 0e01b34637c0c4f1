//! `cargo xtask diff`: what changed between two documents, and what it means.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use openapi_diff::both::both;
use openapi_diff::catalogue::catalogue;
use openapi_diff::report::{Report, Row};
use openapi_diff::rules::{Bump, Http};
use openapi_diff::{ignore, render};

use crate::side;

/// Compare two versions of the OpenAPI document.
///
/// Prints what changed and what each change means, for programs that call the API over HTTP and for
/// users of this crate. A version is a git revision (spec/openapi.yaml in it is read), a file, or
/// npm:VERSION for a published version of GitBook's npm package @gitbook/api.
///
/// Examples: cargo xtask diff; cargo xtask diff HEAD~1; cargo xtask diff npm:0.201.0 npm:0.202.0
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The older version [default: where the current branch left main]
    base: Option<String>,
    /// The newer version [default: spec/openapi.yaml in the working tree]
    head: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the operations that each change affects
    #[arg(long)]
    reach: bool,
    /// List only changes that are at least this severe; the others are still counted
    #[arg(long, value_enum, value_name = "LEVEL")]
    severity: Option<Level>,
    /// Exit with an error if a change is at least this severe and not in the ignore file
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Accept the changes that this YAML file lists: rule, pointer, reason, expires
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// Print the list of rules (docs/diff-rules.md) and compare nothing
    #[arg(long, exclusive = true)]
    rules: bool,
}

/// How to write a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs; docs/diff.schema.json is its JSON Schema
    Json,
    /// A self-contained HTML page
    Html,
    /// A section of CHANGELOG.md
    Changelog,
}

/// A verdict, and all that are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Breaks programs that call the API over HTTP
    Breaking,
    /// May break programs that rely on more than the API promises
    Risky,
    /// Any change, by what it means over HTTP
    Compatible,
    /// Needs a major version of the crate
    Major,
    /// Needs a minor version of the crate
    Minor,
    /// Any change, by what it means for the crate
    Patch,
    /// Any change
    Any,
}

impl Level {
    fn includes(self, row: &Row) -> bool {
        match self {
            Level::Breaking => row.http == Http::Breaking,
            Level::Risky => row.http >= Http::Risky,
            Level::Major => row.bump == Bump::Major,
            Level::Minor => row.bump >= Bump::Minor,
            Level::Compatible | Level::Patch | Level::Any => true,
        }
    }
}

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
    let mut report = Report::new(&base.document, &head.document);
    report.locate(&base.text, &head.text);
    if let Some(path) = &arguments.ignore {
        let name = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let today = jiff::Zoned::now().date();
        let stale = ignore::accept(&mut report, &text, today).with_context(|| name.to_string())?;
        for entry in stale {
            anstream::eprintln!("{name}: {entry}");
        }
    }
    if let Some(level) = arguments.severity {
        report.narrow(|row| level.includes(row));
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
        .filter(|row| row.accepted.is_none() && fail_on.includes(row));
    match rows.count() {
        0 => Ok(()),
        count => bail!("{count} changes are as severe as --fail-on; --ignore accepts known ones"),
    }
}
