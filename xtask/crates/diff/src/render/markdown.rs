//! Renders a comment on a pull request. Text from a document is always in code spans, where
//! Markdown, HTML and mentions have no effect.

use std::collections::HashSet;

use gitbook_api_codegen::text::counted;

use super::super::report::{Finding, Report};
use super::outline::{Line, Section, outline, weight};
use super::{conclusion, listed, narrowed, sentence};

/// GitHub's limit for a comment in characters, and the number reserved for the frame.
const COMMENT: usize = 65_536;
const FRAME: usize = 4_096;
/// The number of locations that are named for a change.
const PLACES: usize = 12;

/// Renders the report as Markdown that fits a comment: an overview, the breaking changes, and the
/// rest folded. If not all changes fit, the least important ones are left out.
pub fn markdown(report: &Report, operations: bool) -> String {
    if report.findings.is_empty() {
        return "### API changes\n\nNo changes\n".to_owned();
    }
    let findings = listed(report);
    let kept = fitting(&findings, operations);
    let mut out = format!("### API changes\n\n{}\n", counts(report));
    for (index, section) in outline(&kept).iter().enumerate() {
        let is_open = index == 0 && section.title == "Breaking changes";
        out.push_str(&write_section(section, is_open, operations));
    }
    let left_out: HashSet<*const Finding> = kept
        .iter()
        .map(|finding| std::ptr::from_ref(*finding))
        .collect();
    let left_out = findings
        .iter()
        .filter(|finding| !left_out.contains(&std::ptr::from_ref(**finding)));
    if let Some(left_out) = left_out_of(&left_out.copied().collect::<Vec<_>>()) {
        out.push_str(&format!("{left_out}\n\n"));
    }
    if let Some(narrowed) = narrowed(report) {
        out.push_str(&format!("{narrowed}\n\n"));
    }
    out.push_str(&format!("**{}**\n", conclusion(report)));
    out
}

fn write_section(section: &Section<'_>, is_open: bool, operations: bool) -> String {
    let lines = section.parts.iter().flat_map(|(_, lines)| lines);
    let count = counted(lines.map(Vec::len).sum(), "change");
    let mut out = if is_open {
        format!("#### {}\n\n", section.title)
    } else {
        format!("<details><summary>{}: {count}</summary>\n\n", section.title)
    };
    for (heading, lines) in &section.parts {
        if !heading.is_empty() {
            out.push_str(&format!("{}\n\n", code(heading)));
        }
        for line in lines {
            out.push_str(&entry(line, operations));
        }
        out.push('\n');
    }
    if !is_open {
        out.push_str("</details>\n\n");
    }
    out
}

/// Returns the findings that fit, selected by importance, in the order of the report.
fn fitting<'a>(findings: &[&'a Finding], operations: bool) -> Vec<&'a Finding> {
    let sections = outline(findings);
    let parts = sections.iter().flat_map(|section| &section.parts);
    let lines = parts.flat_map(|(heading, lines)| lines.iter().map(move |line| (heading, line)));
    let mut ranked: Vec<(&String, &Line<'_>)> = lines.collect();
    ranked.sort_by_key(|(_, line)| std::cmp::Reverse(weight(line[0])));
    let mut headings: HashSet<&String> = HashSet::new();
    let mut length = FRAME;
    let mut kept: HashSet<*const Finding> = HashSet::new();
    for (heading, line) in ranked {
        // The first change of a section needs its heading.
        if headings.insert(heading) {
            length += 2 * (heading.chars().count() + 8);
        }
        length += entry(line, operations).chars().count();
        if length > COMMENT {
            break;
        }
        kept.extend(line.iter().map(|finding| std::ptr::from_ref(*finding)));
    }
    let findings = findings.iter().copied();
    findings
        .filter(|finding| kept.contains(&std::ptr::from_ref(*finding)))
        .collect()
}

/// Returns a sentence on the findings that did not fit, if any.
fn left_out_of(findings: &[&Finding]) -> Option<String> {
    let [breaking, risky, compatible, ..] = super::counts(findings.iter().copied());
    (!findings.is_empty()).then(|| {
        format!(
            "Left out, because the length of a comment is limited: {} more, {breaking} breaking, {risky} risky and \
             {compatible} compatible; `cargo xtask diff` shows all.",
            findings.len(),
        )
    })
}

/// Returns the number of changes by verdict, as a table.
fn counts(report: &Report) -> String {
    let [breaking, risky, compatible, major, minor, patch] = super::counts(report.findings.iter());
    format!(
        "| changes | breaking | risky | compatible | major | minor | patch |\n\
         |--:|--:|--:|--:|--:|--:|--:|\n\
         | {} | {breaking} | {risky} | {compatible} | {major} | {minor} | {patch} |\n",
        report.findings.len(),
    )
}

fn entry(line: &Line<'_>, operations: bool) -> String {
    let finding = line[0];
    let (what, place) = sentence(finding);
    let mut entry = format!("- {}, {}: {what}", finding.http.name(), finding.bump.name());
    match line[..] {
        [_] if place.is_empty() => {}
        [_] => entry.push_str(&format!(": {}", code(place))),
        _ => entry.push_str(&format!(", in {}", counted(line.len(), "place"))),
    }
    if let Some(reason) = &finding.accepted {
        entry.push_str(&format!(" (accepted: {})", code(reason)));
    }
    let facts = match line[..] {
        [_] => about(finding, if operations { 0 } else { PLACES }),
        _ => places(line),
    };
    if !facts.is_empty() {
        entry.push_str(&format!("\n  - {facts}"));
    }
    if operations && !finding.operations.is_empty() {
        entry.push_str(&format!("\n  - {}", code(&finding.operations.join(", "))));
    }
    if let Some(before) = &finding.before {
        entry.push_str(&format!("\n  - before: {}", code(before)));
    }
    if let Some(after) = &finding.after {
        entry.push_str(&format!("\n  - after: {}", code(after)));
    }
    entry.push('\n');
    entry
}

/// Returns the Rust item of a finding, and the number of operations that it affects. Names up to `most`
/// of them.
fn about(finding: &Finding, most: usize) -> String {
    let item = finding.item.iter().map(|item| code(item));
    let uses = (!finding.operations.is_empty()).then(|| super::operations(finding, most, code));
    item.chain(uses).collect::<Vec<_>>().join(", ")
}

fn places(line: &Line<'_>) -> String {
    let named = line
        .iter()
        .take(PLACES)
        .map(|finding| code(&finding.place.label()));
    let mut named: Vec<String> = named.collect();
    if line.len() > PLACES {
        named.push(format!("and {} more", line.len() - PLACES));
    }
    named.join(", ")
}

/// Renders text as a code span, with more backticks than the text has in sequence.
pub(super) fn code(text: &str) -> String {
    // A code span can be neither empty nor contain a line break in a list.
    let text = if text.is_empty() {
        " ".to_owned()
    } else {
        text.replace(['\n', '\r'], " ")
    };
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}
