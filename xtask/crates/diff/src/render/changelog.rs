//! Renders a section of `CHANGELOG.md`, for users of the crate.

use gitbook_api_codegen::names::capitalize;
use gitbook_api_codegen::text::counted;

use super::super::crate_names::is_about_tags;
use super::super::report::{Finding, Report};
use super::super::rules::{
    Bump, Http, OPERATION_DEPRECATED, OPERATION_ID_CHANGED, PARAMETER_DEPRECATED, Rule,
    SCHEMA_DEPRECATED, TAG_ADDED, TAG_REMOVED, TAG_RENAMED,
};
use super::markdown::code;
use super::{conclusion, listed};

pub const HEADING: &str = "### API changes\n";

/// Renders the report as a section of a changelog: what was added, changed, deprecated and removed,
/// with the names of Rust items. Changes that do not affect users of the crate are only counted.
pub fn changelog(report: &Report) -> String {
    let findings = listed(report);
    let mut out = String::from(HEADING);
    let mut shown = 0;
    for kind in [Kind::Added, Kind::Changed, Kind::Deprecated, Kind::Removed] {
        let findings: Vec<&&Finding> = findings
            .iter()
            .filter(|finding| Kind::of(finding) == Some(kind))
            .collect();
        if findings.is_empty() {
            continue;
        }
        shown += findings.len();
        out.push_str(&format!("\n#### {}\n\n", kind.name()));
        let mut entries: Vec<String> = Vec::new();
        for bump in [Bump::Major, Bump::Minor, Bump::Patch] {
            let findings = findings.iter().filter(|finding| finding.bump == bump);
            for (title, items) in by_title(findings.map(|finding| **finding)) {
                entries.push(entry(title, &items, bump));
            }
        }
        out.push_str(&entries.concat());
    }
    let others = findings.len() - shown;
    if others > 0 {
        out.push_str(&format!(
            "\nDocumentation: {}.\n",
            counted(others, "change")
        ));
    }
    out.push_str(&format!("\n{}.\n", conclusion(report)));
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Added,
    Changed,
    Deprecated,
    Removed,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }

    /// Returns the list that a finding belongs to, or `None` if it does not affect users of the crate.
    fn of(finding: &Finding) -> Option<Self> {
        let deprecated = [
            &OPERATION_DEPRECATED,
            &PARAMETER_DEPRECATED,
            &SCHEMA_DEPRECATED,
        ];
        if deprecated.contains(&finding.rule) {
            return Some(Self::Deprecated);
        }
        match (&finding.base, &finding.head) {
            _ if is_about_tags(finding.rule) && finding.bump == Bump::Major => Some(Self::Changed),
            _ if finding.bump == Bump::Patch && finding.http == Http::Compatible => None,
            (None, Some(_)) if finding.bump < Bump::Major => Some(Self::Added),
            (Some(_), None) if finding.bump == Bump::Major => Some(Self::Removed),
            _ => Some(Self::Changed),
        }
    }
}

/// Returns the items by kind of change, ordered by first occurrence.
fn by_title<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(&'static str, Vec<String>)> {
    let mut lines: Vec<(&'static str, Vec<String>)> = Vec::new();
    for finding in findings {
        let (title, item) = (title(finding.rule), item(finding));
        match lines.iter_mut().find(|(known, _)| *known == title) {
            Some((_, items)) if items.contains(&item) => {}
            Some((_, items)) => items.push(item),
            None => lines.push((title, vec![item])),
        }
    }
    lines
}

/// Returns the title of a rule in the terms of the crate.
fn title(rule: &Rule) -> &'static str {
    match rule {
        _ if *rule == TAG_ADDED => "Cargo feature added",
        _ if *rule == TAG_REMOVED => "Cargo feature removed",
        _ if *rule == TAG_RENAMED => "Cargo feature renamed",
        _ if is_about_tags(rule) => "Moved to another Cargo feature",
        _ if *rule == OPERATION_ID_CHANGED => "Method renamed",
        _ => rule.title,
    }
}

/// Returns what an entry names: the item, or the former and the new name.
fn item(finding: &Finding) -> String {
    let item = finding.item.clone();
    let item = code(&item.unwrap_or_else(|| finding.place.label()));
    match &finding.names {
        [Some(before), Some(after)] if before != after => {
            let names = format!("{} → {}", code(before), code(after));
            if is_about_tags(finding.rule) {
                format!("{item} ({names})")
            } else {
                names
            }
        }
        [Some(name), None] | [None, Some(name)] => code(name),
        _ => item,
    }
}

fn entry(title: &str, items: &[String], bump: Bump) -> String {
    let breaking = if bump == Bump::Major {
        "**Breaking:** "
    } else {
        ""
    };
    format!("- {breaking}{}: {}\n", capitalize(title), items.join(", "))
}
