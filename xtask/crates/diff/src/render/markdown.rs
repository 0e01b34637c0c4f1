//! For a comment on a pull request.

use std::collections::BTreeMap;

use super::super::report::{Report, Row};
use super::super::rules::{Bump, Http, Kind};
use super::{conclusion, plural, sections};

/// How many characters GitHub takes in a comment, and how many of them the frame may need.
const COMMENT: usize = 65_536;
const FRAME: usize = 4_096;

/// Writes the report as Markdown that fits a comment: a table of what there is, then the details
/// folded by group, the worst first to stay where not all fit.
pub fn markdown(report: &Report, reach: bool) -> String {
    if report.rows.is_empty() {
        return "### API changes\n\nNo changes\n".to_owned();
    }
    let kept = fitting(report, reach);
    let left_out = report.rows.len() - kept.len();
    let mut out = format!("### API changes\n\n{}\n", summary(report));
    let sections = sections(&kept);
    for group in sections.chunk_by(|a, b| a.group == b.group) {
        let count = group
            .iter()
            .flat_map(|section| &section.lines)
            .map(Vec::len)
            .sum();
        let title = escape(group[0].group);
        out.push_str(&format!(
            "<details><summary>{title}: {}</summary>\n\n",
            plural(count, "edit")
        ));
        for section in group {
            out.push_str(&format!("**{}**\n\n", section.kind.name()));
            for line in &section.lines {
                out.push_str(&entry(line, reach));
            }
            out.push('\n');
        }
        out.push_str("</details>\n\n");
    }
    if left_out > 0 {
        out.push_str(&format!(
            "{left_out} more, all of them no worse than those shown: `cargo xtask diff`\n\n"
        ));
    }
    out.push_str(&format!("**{}**\n", conclusion(report)));
    out
}

/// The rows that fit, the worst first, in the order of the report.
fn fitting(report: &Report, reach: bool) -> Vec<&Row> {
    let mut ranked: Vec<(usize, &Row)> = report.rows.iter().enumerate().collect();
    ranked.sort_by_key(|(index, row)| (std::cmp::Reverse((row.bump, row.http)), *index));
    let mut groups: BTreeMap<(&str, Kind), ()> = BTreeMap::new();
    let mut length = FRAME;
    let mut kept = Vec::new();
    for (index, row) in ranked {
        if groups.insert((&row.group, row.rule.kind), ()).is_none() {
            length += 128 + row.group.len();
        }
        length += entry(&[row], reach).chars().count();
        if length > COMMENT {
            break;
        }
        kept.push((index, row));
    }
    kept.sort_by_key(|(index, _)| *index);
    kept.into_iter().map(|(_, row)| row).collect()
}

/// How many edits of which kind mean what.
fn summary(report: &Report) -> String {
    let mut table = String::from(
        "| | edits | breaking | risky | compatible | major | minor | patch |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut kinds: Vec<Kind> = report.rows.iter().map(|row| row.rule.kind).collect();
    kinds.sort();
    kinds.dedup();
    let lines = kinds.into_iter().map(|kind| (kind.name(), Some(kind)));
    for (name, kind) in lines.chain([("**all**", None)]) {
        let rows = || {
            report
                .rows
                .iter()
                .filter(|row| kind.is_none_or(|kind| row.rule.kind == kind))
        };
        let http = |http: Http| rows().filter(|row| row.http == http).count();
        let bump = |bump: Bump| rows().filter(|row| row.bump == bump).count();
        table.push_str(&format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} |\n",
            rows().count(),
            http(Http::Breaking),
            http(Http::Risky),
            http(Http::Compatible),
            bump(Bump::Major),
            bump(Bump::Minor),
            bump(Bump::Patch)
        ));
    }
    table
}

fn entry(line: &[&Row], reach: bool) -> String {
    let row = line[0];
    let mut entry = format!(
        "- {}, {}: {}",
        row.http.name(),
        row.bump.name(),
        row.rule.title
    );
    if let Some(reason) = &row.accepted {
        entry.push_str(&format!(" (accepted: {})", escape(reason)));
    }
    for row in line {
        entry.push_str(&format!("\n  - {}", place(row)));
        if !row.reach.is_empty() {
            entry.push_str(&format!(
                ", reaches {}",
                plural(row.reach.len(), "operation")
            ));
        }
        if reach && !row.reach.is_empty() {
            entry.push_str(&format!(": {}", row.reach.join(", ")));
        }
    }
    if let Some(before) = &row.before {
        entry.push_str(&format!("\n  - before: {}", code(before)));
    }
    if let Some(after) = &row.after {
        entry.push_str(&format!("\n  - after: {}", code(after)));
    }
    entry.push('\n');
    entry
}

fn place(row: &Row) -> String {
    match &row.item {
        Some(item) => format!("{} at {}", code(item), code(row.pointer())),
        None => code(row.pointer()),
    }
}

/// Text as code: fenced by more backticks than it has in a row.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\n', " ")
}
