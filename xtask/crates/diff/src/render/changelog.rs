//! A section of `CHANGELOG.md`, for users of the crate.

use super::super::report::{Report, Row};
use super::super::rules::{
    Bump, Http, OPERATION_DEPRECATED, PARAMETER_DEPRECATED, SCHEMA_DEPRECATED,
};
use super::markdown::code;
use super::{conclusion, listed, plural};

/// The heading of the section.
pub const HEADING: &str = "### API changes\n";

/// Writes the report as a section of a change log: what was added, changed, deprecated and removed,
/// by the names of Rust items. What users of the crate do not notice is only counted.
pub fn changelog(report: &Report) -> String {
    let rows = listed(report);
    let mut out = String::from(HEADING);
    let mut told = 0;
    for kind in [Kind::Added, Kind::Changed, Kind::Deprecated, Kind::Removed] {
        let rows: Vec<&&Row> = rows
            .iter()
            .filter(|row| Kind::of(row) == Some(kind))
            .collect();
        if rows.is_empty() {
            continue;
        }
        told += rows.len();
        out.push_str(&format!("\n#### {}\n\n", kind.name()));
        let mut entries: Vec<String> = Vec::new();
        for bump in [Bump::Major, Bump::Minor, Bump::Patch] {
            let rows = rows.iter().filter(|row| row.bump == bump);
            for (title, items) in by_title(rows.map(|row| **row)) {
                entries.push(entry(title, &items, bump));
            }
        }
        out.push_str(&entries.concat());
    }
    let others = rows.len() - told;
    if others > 0 {
        out.push_str(&format!("\nDocumentation: {}.\n", plural(others, "change")));
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

    /// Where a row is told; `None` for what users of the crate do not notice.
    fn of(row: &Row) -> Option<Self> {
        let deprecated = [
            &OPERATION_DEPRECATED,
            &PARAMETER_DEPRECATED,
            &SCHEMA_DEPRECATED,
        ];
        if deprecated.contains(&row.rule) {
            return Some(Self::Deprecated);
        }
        match (&row.base, &row.head) {
            _ if row.bump == Bump::Patch && row.http == Http::Compatible => None,
            (None, Some(_)) if row.bump < Bump::Major => Some(Self::Added),
            (Some(_), None) if row.bump == Bump::Major => Some(Self::Removed),
            _ => Some(Self::Changed),
        }
    }
}

/// The items of each kind of change, in the order of the first of each.
fn by_title<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<(&'static str, Vec<String>)> {
    let mut lines: Vec<(&'static str, Vec<String>)> = Vec::new();
    for row in rows {
        let item = row.item.clone().unwrap_or_else(|| row.place.label());
        match lines.iter_mut().find(|(title, _)| *title == row.rule.title) {
            Some((_, items)) if items.contains(&item) => {}
            Some((_, items)) => items.push(item),
            None => lines.push((row.rule.title, vec![item])),
        }
    }
    lines
}

fn entry(title: &str, items: &[String], bump: Bump) -> String {
    let breaking = if bump == Bump::Major {
        "**Breaking:** "
    } else {
        ""
    };
    let items: Vec<String> = items.iter().map(|item| code(item)).collect();
    format!("- {breaking}{}: {}\n", capital(title), items.join(", "))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
