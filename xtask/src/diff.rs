//! `cargo xtask diff`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use gitbook_spec::terminal::without_commands;
use openapi_diff::join::join;
use openapi_diff::report::{Finding, Report};
use openapi_diff::rules::{Bump, Http};
use openapi_diff::rules_doc::rules_doc;
use openapi_diff::{ignore, render};

use crate::input;

/// Compare two versions of the OpenAPI document.
///
/// Prints each change with its effect on programs that call the API over HTTP and on users of this
/// crate. A version is a git revision (spec/openapi.yaml in it is read), a file, or
/// npm:VERSION for a published version of GitBook's npm package @gitbook/api.
///
/// Examples: cargo xtask diff; cargo xtask diff HEAD~1; cargo xtask diff npm:0.201.0 npm:0.202.0
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The older version [default: the merge base with main]
    base: Option<String>,
    /// The newer version [default: spec/openapi.yaml in the working tree]
    head: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the operations that each change affects
    #[arg(long)]
    operations: bool,
    /// List only changes that are at least this severe; the others are still counted
    #[arg(long, value_enum, value_name = "LEVEL")]
    severity: Option<Level>,
    /// Exit with an error if a change is at least this severe and not in the ignore file
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Accept the changes that this YAML file lists: rule, pointer, reason, expires
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// Print the list of rules (docs/diff-rules.md) instead of comparing
    #[arg(long, exclusive = true)]
    rules: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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

/// A verdict; includes all worse ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Breaks programs that call the API over HTTP
    Breaking,
    /// May break programs that rely on more than the API promises
    Risky,
    /// Any change, classified for HTTP
    Compatible,
    /// Needs a major version of the crate
    Major,
    /// Needs a minor version of the crate
    Minor,
    /// Any change, classified for the crate
    Patch,
    /// Any change
    Any,
}

impl Level {
    fn includes(self, finding: &Finding) -> bool {
        match self {
            Level::Breaking => finding.http == Http::Breaking,
            Level::Risky => finding.http >= Http::Risky,
            Level::Major => finding.bump == Bump::Major,
            Level::Minor => finding.bump >= Bump::Minor,
            Level::Compatible | Level::Patch | Level::Any => true,
        }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    if arguments.rules {
        anstream::print!("{}", rules_doc());
        return Ok(());
    }
    let base = || match &arguments.base {
        Some(name) => input::load(name, root),
        None => input::load(&input::merge_base(root)?, root),
    };
    let head = || match &arguments.head {
        Some(name) => input::load(name, root),
        None => input::working_tree(root),
    };
    let [base, head] = join(base, head);
    let (base, head) = (base?, head?);
    let mut report = Report::new(&base.document, &head.document);
    report.locate(&base.text, &head.text);
    if let Some(path) = &arguments.ignore {
        let name = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let today = jiff::tz::Offset::UTC
            .to_datetime(jiff::Timestamp::now())
            .date();
        let stale = ignore::accept(&mut report, &text, today).with_context(|| name.to_string())?;
        for entry in stale {
            anstream::eprintln!("{name}: {entry}");
        }
    }
    if let Some(level) = arguments.severity {
        report.narrow(|finding| level.includes(finding));
    }
    let text = match arguments.format {
        Format::Text => without_commands(&render::text(&report, arguments.operations)),
        Format::Markdown => render::markdown(&report, arguments.operations),
        Format::Json => render::json(&report),
        Format::Html => render::html(&report),
        Format::Changelog => render::changelog(&report),
    };
    anstream::print!("{text}");
    let Some(fail_on) = arguments.fail_on else {
        return Ok(());
    };
    let findings = report
        .findings
        .iter()
        .filter(|finding| finding.accepted.is_none() && fail_on.includes(finding));
    match findings.count() {
        0 => Ok(()),
        count => {
            bail!("{count} changes reach the level of --fail-on; accept known ones with --ignore")
        }
    }
}
