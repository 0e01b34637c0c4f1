//! For a comment on a pull request. All text from a document stands in code spans, in which Markdown,
//! HTML and mentions mean nothing.

use std::collections::HashSet;

use super::super::report::{Report, Row};
use super::super::rules::{Bump, Http};
use super::outline::{Line, Section, outline, weight};
use super::{conclusion, listed, narrowed, plural, sentence};

/// How many characters GitHub takes in a comment, and how many of them the frame may need.
const COMMENT: usize = 65_536;
const FRAME: usize = 4_096;
/// How many places of a change are named.
const PLACES: usize = 12;

/// Writes the report as Markdown that fits a comment: an overview, the breaking changes, and the rest
/// folded. Where not all fit, the least important ones are left out.
pub fn markdown(report: &Report, reach: bool) -> String {
    if report.rows.is_empty() {
        return "### API changes\n\nNo changes\n".to_owned();
    }
    let rows = listed(report);
    let kept = fitting(&rows, reach);
    let mut out = format!("### API changes\n\n{}\n", counts(report));
    for (index, section) in outline(&kept).iter().enumerate() {
        let is_open = index == 0 && section.title == "Breaking changes";
        out.push_str(&write_section(section, is_open, reach));
    }
    let left_out: HashSet<*const Row> = kept.iter().map(|row| std::ptr::from_ref(*row)).collect();
    let left_out = rows
        .iter()
        .filter(|row| !left_out.contains(&std::ptr::from_ref(**row)));
    if let Some(left_out) = left_out_of(&left_out.copied().collect::<Vec<_>>()) {
        out.push_str(&format!("{left_out}\n\n"));
    }
    if let Some(narrowed) = narrowed(report) {
        out.push_str(&format!("{narrowed}\n\n"));
    }
    out.push_str(&format!("**{}**\n", conclusion(report)));
    out
}

fn write_section(section: &Section<'_>, is_open: bool, reach: bool) -> String {
    let lines = section.parts.iter().flat_map(|(_, lines)| lines);
    let count = plural(lines.map(Vec::len).sum(), "change");
    let mut out = match is_open {
        true => format!("#### {}\n\n", section.title),
        false => format!("<details><summary>{}: {count}</summary>\n\n", section.title),
    };
    for (heading, lines) in &section.parts {
        if !heading.is_empty() {
            out.push_str(&format!("{}\n\n", code(heading)));
        }
        for line in lines {
            out.push_str(&entry(line, reach));
        }
        out.push('\n');
    }
    if !is_open {
        out.push_str("</details>\n\n");
    }
    out
}

/// The rows that fit, those that matter most first, in the order of the report.
fn fitting<'a>(rows: &[&'a Row], reach: bool) -> Vec<&'a Row> {
    let sections = outline(rows);
    let parts = sections.iter().flat_map(|section| &section.parts);
    let lines = parts.flat_map(|(heading, lines)| lines.iter().map(move |line| (heading, line)));
    let mut ranked: Vec<(&String, &Line<'_>)> = lines.collect();
    ranked.sort_by_key(|(_, line)| std::cmp::Reverse(weight(line[0])));
    let mut headings: HashSet<&String> = HashSet::new();
    let mut length = FRAME;
    let mut kept: HashSet<*const Row> = HashSet::new();
    for (heading, line) in ranked {
        // A heading stands in each section that has changes of it.
        if headings.insert(heading) {
            length += 2 * (heading.chars().count() + 8);
        }
        length += entry(line, reach).chars().count();
        if length > COMMENT {
            break;
        }
        kept.extend(line.iter().map(|row| std::ptr::from_ref(*row)));
    }
    let rows = rows.iter().copied();
    rows.filter(|row| kept.contains(&std::ptr::from_ref(*row)))
        .collect()
}

/// What did not fit, if anything.
fn left_out_of(rows: &[&Row]) -> Option<String> {
    let count = |http: Http| rows.iter().filter(|row| row.http == http).count();
    (!rows.is_empty()).then(|| {
        format!(
            "Left out, as a comment has an end: {} more, {} breaking, {} risky and {} compatible; \
             `cargo xtask diff` shows all.",
            rows.len(),
            count(Http::Breaking),
            count(Http::Risky),
            count(Http::Compatible)
        )
    })
}

/// How many changes there are, and how bad they are.
fn counts(report: &Report) -> String {
    let http = |http: Http| report.rows.iter().filter(|row| row.http == http).count();
    let bump = |bump: Bump| report.rows.iter().filter(|row| row.bump == bump).count();
    format!(
        "| changes | breaking | risky | compatible | major | minor | patch |\n\
         |--:|--:|--:|--:|--:|--:|--:|\n\
         | {} | {} | {} | {} | {} | {} | {} |\n",
        report.rows.len(),
        http(Http::Breaking),
        http(Http::Risky),
        http(Http::Compatible),
        bump(Bump::Major),
        bump(Bump::Minor),
        bump(Bump::Patch)
    )
}

fn entry(line: &Line<'_>, reach: bool) -> String {
    let row = line[0];
    let (what, place) = sentence(row);
    let mut entry = format!("- {}, {}: {what}", row.http.name(), row.bump.name());
    match line[..] {
        [_] if place.is_empty() => {}
        [_] => entry.push_str(&format!(": {}", code(place))),
        _ => entry.push_str(&format!(", in {}", plural(line.len(), "place"))),
    }
    if let Some(reason) = &row.accepted {
        entry.push_str(&format!(" (accepted: {})", code(reason)));
    }
    let facts = match line[..] {
        [_] => about(row),
        _ => places(line),
    };
    if !facts.is_empty() {
        entry.push_str(&format!("\n  - {facts}"));
    }
    if reach && !row.reach.is_empty() {
        entry.push_str(&format!("\n  - {}", code(&row.reach.join(", "))));
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

/// The Rust item of a row, and how many operations it affects.
fn about(row: &Row) -> String {
    let item = row.item.iter().map(|item| code(item));
    let reached = (!row.reach.is_empty()).then(|| plural(row.reach.len(), "operation"));
    item.chain(reached).collect::<Vec<_>>().join(", ")
}

fn places(line: &Line<'_>) -> String {
    let named = line.iter().take(PLACES).map(|row| code(&row.place.label()));
    let mut named: Vec<String> = named.collect();
    if line.len() > PLACES {
        named.push(format!("and {} more", line.len() - PLACES));
    }
    named.join(", ")
}

/// Text as code: fenced by more backticks than it has in a row.
pub(super) fn code(text: &str) -> String {
    // An empty span is no span, and a line end may end the list that the span stands in.
    let text = match text.is_empty() {
        true => " ".to_owned(),
        false => text.replace(['\n', '\r'], " "),
    };
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}
