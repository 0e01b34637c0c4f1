//! Renders a report in each of the formats.

mod changelog;
mod html;
mod json;
mod markdown;
mod outline;
mod text;

pub use changelog::{HEADING, changelog};
pub use html::{escape, html};
pub use json::json;
pub use markdown::markdown;
pub use text::text;

use gitbook_api_codegen::text::counted;

use super::report::{Finding, Report};
use super::rules::{Bump, Http, TAG_RENAMED};

/// Returns how many findings have each verdict: breaking, risky and compatible for HTTP clients, then
/// major, minor and patch for the crate.
fn counts<'a>(findings: impl Iterator<Item = &'a Finding> + Clone) -> [usize; 6] {
    let http = |http: Http| findings.clone().filter(|it| it.http == http).count();
    let bump = |bump: Bump| findings.clone().filter(|it| it.bump == bump).count();
    [
        http(Http::Breaking),
        http(Http::Risky),
        http(Http::Compatible),
        bump(Bump::Major),
        bump(Bump::Minor),
        bump(Bump::Patch),
    ]
}

/// Returns the number of changes by verdict.
fn overview(report: &Report) -> String {
    let [breaking, risky, compatible, major, minor, patch] = counts(report.findings.iter());
    format!(
        "{}: {breaking} breaking, {risky} risky, {compatible} compatible for HTTP clients; \
         {major} major, {minor} minor, {patch} patch for the crate",
        counted(report.findings.len(), "change"),
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
    (count > 0).then(|| format!("{} not listed", counted(count, "less severe change")))
}

/// Returns the sentence for a change, apart from the operation or component: the title of the rule,
/// and the location.
fn sentence(finding: &Finding) -> (&'static str, &str) {
    (finding.rule.title, &finding.place.trail)
}

/// Returns the number of affected operations. The place of a renamed tag does not say which they are, so
/// that up to `most` are named.
fn operations(finding: &Finding, most: usize, name: impl Fn(&str) -> String) -> String {
    let count = counted(finding.operations.len(), "operation");
    if *finding.rule != TAG_RENAMED || most == 0 {
        return count;
    }
    let names = finding.operations.iter().take(most);
    let mut names: Vec<String> = names.map(|operation| name(operation)).collect();
    if finding.operations.len() > most {
        names.push(format!("and {} more", finding.operations.len() - most));
    }
    format!("{count}: {}", names.join(", "))
}

/// Returns the conclusion, the last line of every format.
fn conclusion(report: &Report) -> String {
    match report.bump() {
        Some(bump) => format!("Smallest version bump of the crate: {}", bump.name()),
        None => "No changes".to_owned(),
    }
}
