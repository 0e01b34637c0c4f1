//! Accepts known findings, each with a reason and an expiry date.

use std::fmt::Display;

use anyhow::{Context, Error, Result, bail};
use gitbook_api_codegen::text::visible;
use jiff::civil::Date;
use serde::Deserialize;

use super::report::Report;
use super::rules;
use super::summarize::plain;

/// One accepted finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    pointer: String,
    reason: String,
    /// The last day on which the entry applies, such as `2026-12-31`.
    expires: String,
}

/// Marks the findings of `report` that the YAML `text` accepts on the day `today`. Returns the stale
/// entries: those that have expired or match no finding.
///
/// # Errors
///
/// Fails if `text` is not a list of entries, or names a rule that does not exist.
pub fn accept(report: &mut Report, text: &str, today: Date) -> Result<Vec<String>> {
    let entries: Vec<Entry> = serde_yaml::from_str(text)
        .map_err(printable)
        .context("an ignore file is a YAML list of {rule, pointer, reason, expires}")?;
    let mut stale = Vec::new();
    for entry in entries {
        let name = plain(&format!("{} at {}", entry.rule, entry.pointer));
        if !rules::all().any(|rule| rule.id == entry.rule) {
            bail!(
                "there is no rule `{}`; docs/diff-rules.md lists them",
                plain(&entry.rule)
            );
        }
        let expires: Date = entry
            .expires
            .parse()
            .map_err(printable)
            .with_context(|| format!("`expires` of {name}"))?;
        if expires < today {
            stale.push(format!("{name}: expired on {expires}"));
            continue;
        }
        let mut findings = report.findings.iter_mut();
        match findings
            .find(|finding| finding.rule.id == entry.rule && finding.pointer() == entry.pointer)
        {
            Some(finding) => finding.accepted = Some(plain(&entry.reason)),
            None => stale.push(format!("{name}: no such change")),
        }
    }
    Ok(stale)
}

/// Returns an error, which may quote the file, without characters that a terminal obeys.
fn printable(error: impl Display) -> Error {
    Error::msg(visible(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report() -> Report {
        let document = |tags| json!({"openapi": "3.0.3", "tags": tags});
        Report::new(&document(json!([])), &document(json!([{"name": "a"}])))
    }

    fn entry(rule: &str, expires: &str) -> String {
        format!("- rule: {rule}\n  pointer: '#/tags/0'\n  reason: known\n  expires: {expires}\n")
    }

    #[test]
    fn an_entry_counts_until_its_last_day() {
        let text = entry("tag-added", "2026-06-30");
        for (today, accepted) in [("2026-06-30", true), ("2026-07-01", false)] {
            let mut report = report();
            let stale = accept(&mut report, &text, today.parse().unwrap()).unwrap();
            assert_eq!(report.findings[0].accepted.is_some(), accepted);
            assert_eq!(stale.is_empty(), accepted);
        }
    }

    #[test]
    fn an_entry_that_matches_nothing_is_reported() {
        let mut report = report();
        let text = entry("tag-removed", "2026-06-30");
        let stale = accept(&mut report, &text, "2026-01-01".parse().unwrap()).unwrap();
        assert_eq!(stale.len(), 1);
        assert_eq!(report.findings[0].accepted, None);
    }

    #[test]
    fn a_rule_that_does_not_exist_is_an_error() {
        let text = entry("tag-aded", "2026-06-30");
        let error = accept(&mut report(), &text, "2026-01-01".parse().unwrap()).unwrap_err();
        assert!(error.to_string().contains("tag-aded"));
    }
}
