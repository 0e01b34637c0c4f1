//! For a terminal.

use super::super::report::{Report, Row};
use super::super::rules::{Bump, Http};
use super::{conclusion, plural, sections};

const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const GREEN: &str = "\x1b[32m";
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// Writes the report for a terminal, with colours. `reach` lists the operations that each edit
/// reaches.
pub fn text(report: &Report, reach: bool) -> String {
    let rows: Vec<&Row> = report.rows.iter().collect();
    let mut out = String::new();
    let mut group = "";
    for section in sections(&rows) {
        if section.group != group {
            group = section.group;
            out.push_str(&format!("{BOLD}{group}{RESET}\n"));
        }
        out.push_str(&format!("  {}\n", section.kind.name()));
        for line in section.lines {
            write_line(&mut out, &line, reach);
        }
        out.push('\n');
    }
    let count = |http: Http| report.rows.iter().filter(|row| row.http == http).count();
    out.push_str(&format!(
        "{}: {} breaking, {} risky, {} compatible for HTTP clients\n{BOLD}{}{RESET}\n",
        plural(report.rows.len(), "edit"),
        count(Http::Breaking),
        count(Http::Risky),
        count(Http::Compatible),
        conclusion(report)
    ));
    out
}

fn write_line(out: &mut String, line: &[&Row], reach: bool) {
    let row = line[0];
    out.push_str(&format!(
        "    {}{:<10}{RESET} {}{:<5}{RESET} {}",
        http_colour(row.http),
        row.http.name(),
        bump_colour(row.bump),
        row.bump.name(),
        row.rule.title
    ));
    if let Some(reason) = &row.accepted {
        out.push_str(&format!(" (accepted: {reason})"));
    }
    out.push('\n');
    for row in line {
        let item = row
            .item
            .as_ref()
            .map(|item| format!("{item}  "))
            .unwrap_or_default();
        let pointer = row.pointer();
        let reached = plural(row.reach.len(), "operation");
        out.push_str(&format!("      {item}{DIM}{pointer}  ({reached}){RESET}\n"));
        if reach && !row.reach.is_empty() {
            out.push_str(&format!("        {DIM}{}{RESET}\n", row.reach.join(", ")));
        }
    }
    if let Some(before) = &row.before {
        out.push_str(&format!("      {RED}- {before}{RESET}\n"));
    }
    if let Some(after) = &row.after {
        out.push_str(&format!("      {GREEN}+ {after}{RESET}\n"));
    }
}

fn http_colour(http: Http) -> &'static str {
    match http {
        Http::Breaking => RED,
        Http::Risky => YELLOW,
        Http::Compatible => GREEN,
    }
}

fn bump_colour(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => RED,
        Bump::Minor => YELLOW,
        Bump::Patch => GREEN,
    }
}
