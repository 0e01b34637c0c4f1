//! A report in words, in each of the formats.

mod changelog;
mod html;
mod json;
mod markdown;
mod outline;
mod text;

pub use changelog::{HEADING, changelog};
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::report::{Report, Row};
use super::rules::{Bump, Http};

/// How many changes there are, and how bad they are.
fn overview(report: &Report) -> String {
    let http = |http: Http| report.rows.iter().filter(|row| row.http == http).count();
    let bump = |bump: Bump| report.rows.iter().filter(|row| row.bump == bump).count();
    format!(
        "{}: {} breaking, {} risky, {} compatible for HTTP clients; \
         {} major, {} minor, {} patch for the crate",
        plural(report.rows.len(), "change"),
        http(Http::Breaking),
        http(Http::Risky),
        http(Http::Compatible),
        bump(Bump::Major),
        bump(Bump::Minor),
        bump(Bump::Patch),
    )
}

/// The rows to list.
fn listed(report: &Report) -> Vec<&Row> {
    report.rows.iter().filter(|row| row.listed).collect()
}

/// What is not listed, if anything.
fn narrowed(report: &Report) -> Option<String> {
    let count = report.rows.iter().filter(|row| !row.listed).count();
    (count > 0).then(|| format!("{} not listed", plural(count, "less severe change")))
}

/// What happened in one sentence, apart from the operation or component: the rule, and where in it.
fn sentence(row: &Row) -> (&'static str, &str) {
    (row.rule.title, &row.place.trail)
}

/// The conclusion, the last line of every format.
fn conclusion(report: &Report) -> String {
    match report.bump() {
        Some(bump) => format!("Smallest version bump of the crate: {}", bump.name()),
        None => "No changes".to_owned(),
    }
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
