//! The edits between two documents as rows for people, with their verdicts.

use serde_json::Value;

use super::access::narrowed;
use super::api::{added, api, broken};
use super::both::both;
use super::compare::{Edit, Side, compare};
use super::described::Types;
use super::reach::{Direction, Reach, Reached};
use super::rules::{Bump, Http, Kind, RUST_ITEM_ADDED, RUST_ITEM_CHANGED, Rule, Verdict};
use super::{place, words};

/// One edit and what it means.
#[derive(Clone, Debug)]
pub struct Row {
    /// What kind of edit it is.
    pub rule: &'static Rule,
    /// The group of operations that it belongs to.
    pub group: String,
    /// The place, in a few words.
    pub place: String,
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
    /// Compares two normalized OpenAPI 3.0.3 documents. Where no edit is major, their crates are
    /// generated and compared too: what no rule foresees has a row of its own.
    pub fn new(base: &Value, head: &Value) -> Self {
        let documents = Documents {
            base,
            head,
            before: Reach::new(base),
            after: Reach::new(head),
            types: both(|| Types::of(base), || Types::of(head)),
        };
        let mut rows: Vec<Row> = compare(base, head)
            .into_iter()
            .map(|edit| documents.row(edit))
            .collect();
        let largest = rows.iter().map(|row| row.bump).max();
        if let Some(bump) = largest.filter(|bump| *bump < Bump::Major) {
            rows.extend(documents.consequences(bump));
        }
        rows.sort_by(|a, b| key(a).cmp(&key(b)));
        Self { rows }
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

fn key(row: &Row) -> (&str, Kind, &str, &str) {
    (&row.group, row.rule.kind, &row.place, row.rule.id)
}

struct Documents<'a> {
    base: &'a Value,
    head: &'a Value,
    before: Reach,
    after: Reach,
    /// The types of both, where a client can be made.
    types: [Option<Types>; 2],
}

impl Documents<'_> {
    /// What the edits do not account for, whose largest bump is `bump`: public items of the crate
    /// that are gone, declared differently, or new.
    fn consequences(&self, bump: Bump) -> Vec<Row> {
        let [Some(base), Some(head)] = &self.types else {
            return Vec::new();
        };
        let [Some(base), Some(head)] = both(|| api(base), || api(head)) else {
            return Vec::new();
        };
        let changed = broken(&base, &head).into_iter();
        let mut rows: Vec<Row> = changed
            .map(|(path, before, after)| {
                self.consequence(&RUST_ITEM_CHANGED, path, Some(before), after)
            })
            .collect();
        if bump < Bump::Minor {
            let added = added(&base, &head);
            rows.extend(
                added.map(|(path, after)| {
                    self.consequence(&RUST_ITEM_ADDED, path, None, Some(after))
                }),
            );
        }
        rows
    }

    fn consequence(
        &self,
        rule: &'static Rule,
        path: &str,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Row {
        let side = |document: &Value, declaration: &str| Side {
            pointer: place::component(document, path),
            value: declaration.into(),
        };
        let row = self.row(Edit {
            rule,
            base: before.map(|declaration| side(self.base, declaration)),
            head: after.map(|declaration| side(self.head, declaration)),
            inner: Vec::new(),
        });
        Row {
            place: path.to_owned(),
            item: Some(path.to_owned()),
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
            .map(|side| self.before.of(&side.pointer))
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
        Row {
            rule: edit.rule,
            group: group(&reached, pointer),
            place: place::label(pointer),
            item,
            before: was,
            after: is,
            direction: felt,
            http: verdict.http,
            bump: verdict.bump,
            reach: reached.operations.into_iter().collect(),
            accepted: None,
            base: edit.base,
            head: edit.head,
        }
    }
}

/// The verdicts of an edit that reaches in one direction and is felt in it, or in a part of it. For
/// the crate, all of it counts: its types have fields for all properties, whoever may set them. For
/// programs that speak HTTP, what no operation reaches means nothing.
fn verdict(edit: &Edit, pointer: &str, reached: Direction, felt: Direction) -> Verdict {
    let is_nowhere =
        felt == Direction::default() && (reached != felt || pointer.starts_with("#/components/"));
    let http = |rule: &Rule| match is_nowhere {
        true => Http::Compatible,
        false => felt.worse(rule.request.http, rule.response.http),
    };
    let rule = edit.rule;
    let inner = edit.inner.iter().map(|rule| http(rule)).max();
    Verdict {
        http: http(rule).max(inner.unwrap_or(Http::Compatible)),
        // Types that are not sent are those of responses, whether anything is received or not.
        bump: match reached.request {
            true => reached.worse(rule.request.bump, rule.response.bump),
            false => rule.response.bump,
        },
    }
}

fn group(reached: &Reached, pointer: &str) -> String {
    let mut groups = reached.groups.iter();
    match (groups.next(), groups.next()) {
        (Some(group), None) => group.clone(),
        (Some(_), Some(_)) => "several groups".to_owned(),
        (None, _) if pointer.starts_with("#/components/") => "reached by no operation".to_owned(),
        (None, _) if pointer.starts_with("#/paths/") => "no group".to_owned(),
        (None, _) => "the whole document".to_owned(),
    }
}
