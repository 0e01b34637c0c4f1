//! The edits between two documents as rows for people, with their verdicts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::access::narrowed;
use super::api::{Change, Changes};
use super::both::both;
use super::compare::{Edit, Side, compare, renamed};
use super::described::Types;
use super::place::{Part, Place};
use super::reach::{Direction, Reach, Reached};
use super::rules::{
    ARGUMENTS_REORDERED, Bump, Http, Kind, RUST_ITEM_ADDED, RUST_ITEM_CHANGED, Rule,
};
use super::verdict::{settled, verdict};
use super::{place, words};

/// One edit and what it means.
#[derive(Clone, Debug)]
pub struct Row {
    /// What kind of edit it is.
    pub rule: &'static Rule,
    /// The group of operations that it belongs to.
    pub group: String,
    /// The place as people call it.
    pub place: Place,
    /// The public Rust item.
    pub item: Option<String>,
    /// Where it stands in the base document, and what.
    pub base: Option<Side>,
    /// Where it stands in the head document, and what.
    pub head: Option<Side>,
    /// What was there, in a few words.
    pub before: Option<String>,
    /// What is there, in a few words.
    pub after: Option<String>,
    /// Where it is felt.
    pub direction: Direction,
    /// What it means for programs that speak HTTP.
    pub http: Http,
    /// What it means for users of the crate.
    pub bump: Bump,
    /// The operations that it reaches, by their ids.
    pub reach: Vec<String>,
    /// Why it is known and accepted, if it is.
    pub accepted: Option<String>,
    /// Whether it is listed, or only counted.
    pub listed: bool,
}

impl Row {
    /// Where it stands: in the head document, or in the base for what was removed.
    pub fn pointer(&self) -> &str {
        let side = self.head.as_ref().or(self.base.as_ref());
        side.map_or("#", |side| &side.pointer)
    }
}

/// Everything that changed between two documents.
#[derive(Clone, Debug)]
pub struct Report {
    /// The rows, by group, kind and place.
    pub rows: Vec<Row>,
}

impl Report {
    /// Compares two normalized OpenAPI 3.0.3 documents and the public APIs of their crates: what no
    /// rule foresees has a row of its own.
    pub fn new(base: &Value, head: &Value) -> Self {
        let types = both(|| Types::of(base), || Types::of(head));
        let apis = types.each_ref().map(|types| types.as_ref()?.api.as_ref());
        let changes = match apis {
            [Some(before), Some(after)] => Some(Changes::between(before, after)),
            _ => None,
        };
        let documents = Documents {
            base,
            head,
            before: Reach::new(base),
            after: Reach::new(head),
            renamed: renamed(base, head),
            types,
            changes,
        };
        let mut rows: Vec<Row> = compare(base, head)
            .into_iter()
            .map(|edit| documents.row(edit))
            .collect();
        let largest = rows.iter().map(|row| row.bump).max();
        rows.extend(documents.consequences(largest));
        rows.sort_by_cached_key(key);
        Self { rows }
    }

    /// Says of each row where it stands in the texts of the two documents.
    pub fn locate(&mut self, base: &Text, head: &Text) {
        for row in &mut self.rows {
            for (side, text) in [(&mut row.base, base), (&mut row.head, head)] {
                if let Some(side) = side {
                    side.source = text.source(&side.pointer);
                }
            }
        }
    }

    /// Lists only the rows that `keep` accepts; the others are still counted.
    pub fn narrow(&mut self, keep: impl Fn(&Row) -> bool) {
        for row in &mut self.rows {
            row.listed = keep(row);
        }
    }

    /// The smallest bump of the crate's version that the edits allow, if there are any.
    pub fn bump(&self) -> Option<Bump> {
        self.rows.iter().map(|row| row.bump).max()
    }

    /// The worst that the edits mean for programs that speak HTTP, if there are any.
    pub fn http(&self) -> Option<Http> {
        self.rows.iter().map(|row| row.http).max()
    }
}

/// The text of a document.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The file.
    pub name: String,
    /// The line of each node, by its pointer in fragment form.
    pub lines: BTreeMap<String, usize>,
}

impl Text {
    /// The file and line of a node. Normalizing moves some: then those of the closest one around it.
    fn source(&self, pointer: &str) -> Option<String> {
        let mut pointer = pointer;
        loop {
            if let Some(line) = self.lines.get(pointer) {
                return Some(format!("{}:{line}", self.name));
            }
            // The whole document is no place to look for anything.
            pointer = pointer.rsplit_once('/').map(|(holder, _)| holder)?;
            if pointer == "#" {
                return None;
            }
        }
    }
}

fn key(row: &Row) -> (String, Kind, String, &'static str) {
    let group = row.group.clone();
    (group, row.rule.kind, row.place.label(), row.rule.id)
}

struct Documents<'a> {
    base: &'a Value,
    head: &'a Value,
    before: Reach,
    after: Reach,
    /// The operations of the base that have another name in the head.
    renamed: BTreeMap<String, String>,
    /// The types of both, where a client can be made.
    types: [Option<Types>; 2],
    /// What changed in the public API, where that can be had of both.
    changes: Option<Changes>,
}

impl Documents<'_> {
    /// What the edits do not account for, whose largest bump is `largest`: public items of the crate
    /// that are gone, declared differently, or new, and arguments that changed places.
    fn consequences(&self, largest: Option<Bump>) -> Vec<Row> {
        let Some(changes) = &self.changes else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for change in &changes.broken {
            // Swapped arguments may still compile, so they are never part of another row.
            if change.reordered {
                rows.push(self.consequence(&ARGUMENTS_REORDERED, change));
            } else if largest < Some(Bump::Major) {
                rows.push(self.consequence(&RUST_ITEM_CHANGED, change));
            }
        }
        if largest < Some(Bump::Minor) && rows.is_empty() {
            let added = changes.added.iter();
            rows.extend(added.map(|change| self.consequence(&RUST_ITEM_ADDED, change)));
        }
        rows
    }

    fn consequence(&self, rule: &'static Rule, change: &Change) -> Row {
        let side = |document: &Value, declaration: &Option<String>| {
            Some(Side {
                pointer: place::component(document, &change.path),
                value: declaration.clone()?.into(),
                source: None,
            })
        };
        let row = self.row(Edit {
            rule,
            base: side(self.base, &change.before),
            head: side(self.head, &change.after),
            inner: Vec::new(),
        });
        Row {
            place: Place {
                part: match change.path.contains("types::") {
                    true => Part::Type,
                    false => Part::Operation,
                },
                heading: change.path.clone(),
                trail: String::new(),
            },
            item: Some(change.path.clone()),
            bump: rule.response.bump,
            ..row
        }
    }

    /// The part of a direction in which what was edited is there, before or after.
    fn felt(&self, edit: &Edit, direction: Direction) -> Direction {
        let sides = [(self.base, &edit.base), (self.head, &edit.head)].into_iter();
        let sides = sides.filter_map(|(document, side)| {
            let pointer = &side.as_ref()?.pointer;
            Some(narrowed(document, pointer, direction))
        });
        sides.reduce(Direction::or).unwrap_or(direction)
    }

    fn row(&self, edit: Edit) -> Row {
        let (old, new) = (edit.base.as_ref(), edit.head.as_ref());
        let before = old
            .map(|side| self.before.of(&side.pointer).renamed(&self.renamed))
            .unwrap_or_default();
        let after = new
            .map(|side| self.after.of(&side.pointer))
            .unwrap_or_default();
        let reached = before.or(after);
        let item = match (old, new) {
            (_, Some(side)) => place::rust_item(self.head, self.types[1].as_ref(), &side.pointer),
            (Some(side), None) => {
                place::rust_item(self.base, self.types[0].as_ref(), &side.pointer)
            }
            (None, None) => None,
        };
        let pointer = new.or(old).map_or("#", |side| &side.pointer);
        let (was, is) = words::sides(old.map(|side| &side.value), new.map(|side| &side.value));
        let felt = self.felt(&edit, reached.direction);
        let verdict = verdict(&edit, pointer, reached.direction, felt);
        let bump = match &self.changes {
            Some(changes) => settled(&edit, &reached, verdict.bump, changes),
            None => verdict.bump,
        };
        Row {
            rule: edit.rule,
            group: words::plain(&group(&reached, pointer)),
            place: Place::new(new.map_or(self.base, |_| self.head), pointer),
            item,
            before: was,
            after: is,
            direction: felt,
            http: verdict.http,
            bump,
            reach: reached
                .operations
                .iter()
                .map(|id| words::plain(id))
                .collect(),
            accepted: None,
            listed: true,
            base: edit.base,
            head: edit.head,
        }
    }
}

fn group(reached: &Reached, pointer: &str) -> String {
    let mut groups = reached.groups.iter();
    match (groups.next(), groups.next()) {
        (Some(group), None) => group.clone(),
        (Some(_), Some(_)) => "several groups".to_owned(),
        (None, _) if !reached.operations.is_empty() || pointer.starts_with("#/paths/") => {
            "no group".to_owned()
        }
        (None, _) if pointer.starts_with("#/components/") => "reached by no operation".to_owned(),
        (None, _) => "the whole document".to_owned(),
    }
}
