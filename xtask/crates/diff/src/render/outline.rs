//! The order of changes in every format: breaking changes, identical changes of several locations,
//! operation by operation, type by type, the rest of the document, and finally documentation.

use std::collections::BTreeMap;

use super::super::place::Part;
use super::super::report::Finding;
use super::super::rules::{Bump, Http, Kind};

/// The number of locations from which identical changes are listed as one.
const SEVERAL: usize = 3;

/// A section of changes with a common title.
pub(super) struct Section<'a> {
    pub title: &'static str,
    /// The changes by operation or component. Folded changes have an empty heading.
    pub parts: Vec<(String, Vec<Line<'a>>)>,
}

/// One change, with all findings that it was folded from.
pub(super) type Line<'a> = Vec<&'a Finding>;

/// Puts the findings into sections. No section is empty.
pub(super) fn outline<'a>(findings: &[&'a Finding]) -> Vec<Section<'a>> {
    let mut sections: BTreeMap<usize, BTreeMap<String, Vec<Line<'a>>>> = BTreeMap::new();
    for line in folded(findings) {
        let section = section(&line);
        let parts = sections.entry(section).or_default();
        if line.len() >= SEVERAL {
            parts.entry(String::new()).or_default().push(line);
            continue;
        }
        for finding in line {
            let heading = finding.place.heading.clone();
            parts.entry(heading).or_default().push(vec![finding]);
        }
    }
    let sections = sections.into_iter().map(|(index, parts)| {
        let mut parts: Vec<_> = parts.into_iter().collect();
        for (_, lines) in &mut parts {
            lines.sort_by_key(|line| std::cmp::Reverse(weight(line[0])));
        }
        if index == 0 {
            // Changes that break programs precede those that only break users of the crate.
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
    "Changes in several places",
    "Operations",
    "Types",
    "Shared definitions",
    "The document",
    "Documentation",
];

fn section(line: &Line<'_>) -> usize {
    let finding = line[0];
    if finding.http == Http::Breaking || finding.bump == Bump::Major {
        return 0;
    }
    if finding.rule.kind == Kind::Documentation && finding.bump == Bump::Patch {
        return 6;
    }
    match finding.place.part {
        _ if line.len() >= SEVERAL => 1,
        Part::Operation => 2,
        Part::Type => 3,
        Part::Shared => 4,
        Part::Document => 5,
    }
}

/// Returns the importance of a finding: the worse of its verdicts, then each.
pub(super) fn weight(finding: &Finding) -> (u8, Http, Bump) {
    let http = match finding.http {
        Http::Compatible => 0,
        Http::Risky => 1,
        Http::Breaking => 2,
    };
    let bump = match finding.bump {
        Bump::Patch => 0,
        Bump::Minor => 1,
        Bump::Major => 2,
    };
    (http.max(bump), finding.http, finding.bump)
}

/// Folds identical findings, ordered by first occurrence.
fn folded<'a>(findings: &[&'a Finding]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let says = format!(
            "{} {:?} {:?} {:?} {:?} {:?}",
            finding.rule.id,
            finding.http,
            finding.bump,
            finding.before,
            finding.after,
            finding.accepted
        );
        match known.get(&says) {
            Some(index) => lines[*index].push(finding),
            None => {
                known.insert(says, lines.len());
                lines.push(vec![finding]);
            }
        }
    }
    lines
}
