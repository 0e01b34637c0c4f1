//! Renders text for a terminal.

use gitbook_api_codegen::text::counted;

use super::super::report::{Finding, Report};
use super::super::rules::{Bump, Http};
use super::outline::{Line, outline};
use super::{conclusion, listed, narrowed, overview, sentence};

const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const GREEN: &str = "\x1b[32m";
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const NONE: &str = "";
const RESET: &str = "\x1b[0m";

/// The maximum length of a line.
const WIDTH: usize = 100;
/// The number of locations that are named for a change.
const PLACES: usize = 8;

/// Renders the report with colors. `operations` lists the operations that each change affects, and all
/// its locations.
pub fn text(report: &Report, operations: bool) -> String {
    let mut out = String::new();
    write(&mut out, 0, BOLD, &overview(report));
    for section in outline(&listed(report)) {
        out.push('\n');
        write(&mut out, 0, BOLD, section.title);
        for (heading, lines) in &section.parts {
            if !heading.is_empty() {
                write(&mut out, 2, NONE, heading);
            }
            for line in lines {
                write_line(&mut out, line, operations);
            }
        }
    }
    out.push('\n');
    if let Some(narrowed) = narrowed(report) {
        write(&mut out, 0, DIM, &narrowed);
    }
    write(&mut out, 0, BOLD, &conclusion(report));
    out
}

fn write_line(out: &mut String, line: &Line<'_>, operations: bool) {
    let finding = line[0];
    let (what, place) = sentence(finding);
    let accepted = finding.accepted.iter();
    let accepted = accepted.map(|reason| format!(" (accepted: {reason})"));
    let mut text = match line[..] {
        [_] if place.is_empty() => what.to_owned(),
        [_] => format!("{what}: {place}"),
        _ => format!("{what}, in {}", counted(line.len(), "place")),
    };
    text.extend(accepted);
    let label = format!(
        "    {}{:<10}{RESET} {}{:<5}{RESET} ",
        http_color(finding.http),
        finding.http.name(),
        bump_color(finding.bump),
        finding.bump.name()
    );
    for (index, text) in wrapped(&text, WIDTH - 21).into_iter().enumerate() {
        match index {
            0 => out.push_str(&format!("{label}{text}\n")),
            _ => out.push_str(&format!("{:21}{text}\n", "")),
        }
    }
    match line[..] {
        [_] => write(
            out,
            6,
            DIM,
            &about(finding, if operations { 0 } else { PLACES }),
        ),
        _ => write(out, 6, DIM, &places(line, operations)),
    }
    if operations && !finding.operations.is_empty() {
        write(out, 6, DIM, &finding.operations.join(", "));
    }
    if let Some(before) = &finding.before {
        write(out, 6, RED, &format!("- {before}"));
    }
    if let Some(after) = &finding.after {
        write(out, 6, GREEN, &format!("+ {after}"));
    }
}

/// Returns the Rust item of a finding, its source line, and the number of operations that it affects.
/// Names up to `most` of them.
fn about(finding: &Finding, most: usize) -> String {
    let side = finding.head.as_ref().or(finding.base.as_ref());
    let source = side.and_then(|side| side.source.clone());
    let uses = Some(super::operations(finding, most, str::to_owned));
    let facts = [finding.item.clone(), uses, source];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn places(line: &Line<'_>, all: bool) -> String {
    let most = if all { line.len() } else { PLACES };
    let mut named: Vec<String> = line
        .iter()
        .take(most)
        .map(|finding| finding.place.label())
        .collect();
    if line.len() > most {
        named.push(format!("and {} more", line.len() - most));
    }
    named.join(", ")
}

/// Writes a text, wrapped.
fn write(out: &mut String, indent: usize, color: &str, text: &str) {
    for line in wrapped(text, WIDTH - indent) {
        let end = if color.is_empty() { "" } else { RESET };
        out.push_str(&format!("{:indent$}{color}{line}{end}\n", ""));
    }
}

/// Returns the text in lines of at most `width` characters, broken between words if possible.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split(' ') {
        let characters: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + characters.len() > width {
            lines.push(String::new());
            length = 0;
        } else if length > 0 {
            lines.last_mut().expect("there is a line").push(' ');
            length += 1;
        }
        for (index, piece) in characters.chunks(width).enumerate() {
            if index > 0 {
                lines.push(String::new());
                length = 0;
            }
            lines.last_mut().expect("there is a line").extend(piece);
            length += piece.len();
        }
    }
    lines
}

fn http_color(http: Http) -> &'static str {
    match http {
        Http::Breaking => RED,
        Http::Risky => YELLOW,
        Http::Compatible => GREEN,
    }
}

fn bump_color(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => RED,
        Bump::Minor => YELLOW,
        Bump::Patch => GREEN,
    }
}
