//! A section of `CHANGELOG.md`.

use super::super::report::{Report, Row};
use super::super::rules::{Bump, Kind};
use super::markdown::code;
use super::{conclusion, plural, sections};

/// Writes the report as a section of a change log, for users of the crate.
pub fn changelog(report: &Report) -> String {
    let mut out = String::from("### API changes\n");
    let documentation = |row: &Row| row.rule.kind == Kind::Documentation && row.bump == Bump::Patch;
    for (title, bump) in [
        ("Breaking", Bump::Major),
        ("Added", Bump::Minor),
        ("Changed", Bump::Patch),
    ] {
        let rows = report
            .rows
            .iter()
            .filter(|row| row.bump == bump && !documentation(row));
        let rows: Vec<&Row> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        out.push_str(&format!("\n#### {title}\n\n"));
        for line in sections(&rows)
            .into_iter()
            .flat_map(|section| section.lines)
        {
            out.push_str(&entry(&line));
        }
    }
    let texts = report.rows.iter().filter(|row| documentation(row)).count();
    if texts > 0 {
        out.push_str(&format!("\nDocumentation: {}.\n", plural(texts, "edit")));
    }
    out.push_str(&format!("\n{}.\n", conclusion(report)));
    out
}

fn entry(line: &[&Row]) -> String {
    let row = line[0];
    let places: Vec<String> = line
        .iter()
        .map(|row| code(row.item.as_deref().unwrap_or(&row.place)))
        .collect();
    let mut entry = format!("- {}: {}", capital(row.rule.title), places.join(", "));
    let values = match (&row.before, &row.after) {
        (Some(before), Some(after)) => Some(format!("{} is now {}", code(before), code(after))),
        (Some(one), None) | (None, Some(one)) => Some(code(one)),
        (None, None) => None,
    };
    if let Some(values) = values {
        entry.push_str(&format!(" ({values})"));
    }
    entry.push('\n');
    entry
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
