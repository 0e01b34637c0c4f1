//! The order in which every format tells what changed: the breaking changes, what changed in the same
//! way in several places, operation by operation, type by type, the rest of the document, and last
//! what only people read.

use std::collections::BTreeMap;

use super::super::place::Part;
use super::super::report::Row;
use super::super::rules::{Bump, Http, Kind};

/// From how many places on a change is told once, with the list of places.
const SEVERAL: usize = 3;

/// Changes with a common title.
pub struct Section<'a> {
    /// The title.
    pub title: &'static str,
    /// The changes by operation or component; those of several places have an empty heading.
    pub parts: Vec<(String, Vec<Line<'a>>)>,
}

/// One change, made in one place or in the same way in several.
pub type Line<'a> = Vec<&'a Row>;

/// Puts the rows into sections, none of them empty.
pub fn outline<'a>(rows: &[&'a Row]) -> Vec<Section<'a>> {
    let mut sections: BTreeMap<usize, BTreeMap<String, Vec<Line<'a>>>> = BTreeMap::new();
    for line in folded(rows) {
        let section = section(&line);
        let parts = sections.entry(section).or_default();
        if line.len() >= SEVERAL {
            parts.entry(String::new()).or_default().push(line);
            continue;
        }
        for row in line {
            let heading = row.place.heading.clone();
            parts.entry(heading).or_default().push(vec![row]);
        }
    }
    let sections = sections.into_iter().map(|(index, parts)| {
        let mut parts: Vec<_> = parts.into_iter().collect();
        for (_, lines) in &mut parts {
            lines.sort_by_key(|line| std::cmp::Reverse(weight(line[0])));
        }
        if index == 0 {
            // What breaks programs comes before what only breaks users of the crate.
            parts.sort_by_key(|(_, lines)| std::cmp::Reverse(weight(lines[0][0])));
        }
        Section {
            title: TITLES[index],
            parts,
        }
    });
    sections.collect()
}

const TITLES: [&str; 7] = [
    "Breaking changes",
    "The same change in several places",
    "Operations",
    "Types",
    "Shared definitions",
    "The document",
    "Documentation",
];

fn section(line: &Line<'_>) -> usize {
    let row = line[0];
    if row.http == Http::Breaking || row.bump == Bump::Major {
        return 0;
    }
    if row.rule.kind == Kind::Documentation && row.bump == Bump::Patch {
        return 6;
    }
    match row.place.part {
        _ if line.len() >= SEVERAL => 1,
        Part::Operation => 2,
        Part::Type => 3,
        Part::Shared => 4,
        Part::Document => 5,
    }
}

/// How much a row matters: by the worse of its verdicts, then by each.
pub fn weight(row: &Row) -> (u8, Http, Bump) {
    let http = match row.http {
        Http::Compatible => 0,
        Http::Risky => 1,
        Http::Breaking => 2,
    };
    let bump = match row.bump {
        Bump::Patch => 0,
        Bump::Minor => 1,
        Bump::Major => 2,
    };
    (http.max(bump), row.http, row.bump)
}

/// The rows that say the same, taken together, in the order of the first of each.
fn folded<'a>(rows: &[&'a Row]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let says = format!(
            "{} {:?} {:?} {:?} {:?} {:?}",
            row.rule.id, row.http, row.bump, row.before, row.after, row.accepted
        );
        match known.get(&says) {
            Some(index) => lines[*index].push(row),
            None => {
                known.insert(says, lines.len());
                lines.push(vec![row]);
            }
        }
    }
    lines
}
