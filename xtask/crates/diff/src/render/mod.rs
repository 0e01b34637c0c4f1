//! A report in words, in each of the formats.

mod changelog;
mod html;
mod json;
mod markdown;
mod text;

pub use changelog::changelog;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::report::{Report, Row};
use super::rules::Kind;

/// Edits of one kind in one group of operations, those that say the same taken together.
struct Section<'a> {
    group: &'a str,
    kind: Kind,
    lines: Vec<Vec<&'a Row>>,
}

/// The rows by group and kind, with the same edit made at several places as one line.
fn sections<'a>(rows: &[&'a Row]) -> Vec<Section<'a>> {
    let chunks = rows.chunk_by(|a, b| a.group == b.group && a.rule.kind == b.rule.kind);
    chunks
        .map(|rows| {
            let mut lines: Vec<Vec<&Row>> = Vec::new();
            for row in rows {
                let same = |line: &&mut Vec<&Row>| says(line[0]) == says(row);
                match lines.iter_mut().find(same) {
                    Some(line) => line.push(row),
                    None => lines.push(vec![row]),
                }
            }
            Section {
                group: &rows[0].group,
                kind: rows[0].rule.kind,
                lines,
            }
        })
        .collect()
}

/// What a row says, apart from its place.
fn says(row: &Row) -> impl PartialEq {
    (
        row.rule.id,
        row.http,
        row.bump,
        row.before.clone(),
        row.after.clone(),
        row.accepted.clone(),
    )
}

/// The conclusion, the last line of every format.
fn conclusion(report: &Report) -> String {
    match report.bump() {
        Some(bump) => format!("Smallest version bump of the crate: {}", bump.name()),
        None => "No changes".to_owned(),
    }
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
