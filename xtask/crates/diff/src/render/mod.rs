//! Renders a report in each of the formats.

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

use super::report::{Finding, Report};
use super::rules::{Bump, Http};

/// Returns the number of changes by verdict.
fn overview(report: &Report) -> String {
    let http = |http: Http| {
        report
            .findings
            .iter()
            .filter(|finding| finding.http == http)
            .count()
    };
    let bump = |bump: Bump| {
        report
            .findings
            .iter()
            .filter(|finding| finding.bump == bump)
            .count()
    };
    format!(
        "{}: {} breaking, {} risky, {} compatible for HTTP clients; \
         {} major, {} minor, {} patch for the crate",
        plural(report.findings.len(), "change"),
        http(Http::Breaking),
        http(Http::Risky),
        http(Http::Compatible),
        bump(Bump::Major),
        bump(Bump::Minor),
        bump(Bump::Patch),
    )
}

/// Returns the findings to list.
fn listed(report: &Report) -> Vec<&Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.listed)
        .collect()
}

/// Returns a sentence on the findings that are not listed, if any.
fn narrowed(report: &Report) -> Option<String> {
    let count = report
        .findings
        .iter()
        .filter(|finding| !finding.listed)
        .count();
    (count > 0).then(|| format!("{} not listed", plural(count, "less severe change")))
}

/// Returns the sentence for a change, apart from the operation or component: the title of the rule,
/// and the location.
fn sentence(finding: &Finding) -> (&'static str, &str) {
    (finding.rule.title, &finding.place.trail)
}

/// Returns the conclusion, the last line of every format.
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
