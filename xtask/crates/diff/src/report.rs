//! The result of a comparison: one finding per edit, with its verdicts.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::Value;

use super::api::{Change, Changes};
use super::compare::{Edit, Location, Operation, compare, renamed};
use super::crate_names::{self, Names};
use super::join::join;
use super::place::{Origins, Part, Place};
use super::rules::{
    ARGUMENTS_REORDERED, Bump, Http, Kind, RUST_ITEM_ADDED, RUST_ITEM_CHANGED, Rule,
};
use super::rust_items::Types;
use super::uses::{Direction, UseIndex, Uses};
use super::verdict::{limited_by_api, verdict};
use super::visibility::narrowed;
use super::{place, summarize};

/// One edit with its verdicts.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    /// The tag of the affected operations.
    pub group: String,
    pub place: Place,
    /// The path of the public Rust item.
    pub item: Option<String>,
    /// For a renamed item its names, and for a tag or its operation the Cargo features, before and
    /// after.
    pub names: Names,
    /// The node in the base document.
    pub base: Option<Location>,
    /// The node in the head document.
    pub head: Option<Location>,
    /// A summary of the value before the edit.
    pub before: Option<String>,
    /// A summary of the value after the edit.
    pub after: Option<String>,
    pub direction: Direction,
    /// The verdict for programs that use HTTP.
    pub http: Http,
    /// The verdict for users of the crate.
    pub bump: Bump,
    /// The `operationId`s of the affected operations.
    pub operations: Vec<String>,
    /// The reason for which the edit is accepted, if it is.
    pub accepted: Option<String>,
    /// Set if the finding is listed, and not only counted.
    pub listed: bool,
}

impl Finding {
    /// Returns the pointer in the head document, or in the base for what was removed.
    pub fn pointer(&self) -> &str {
        let side = self.head.as_ref().or(self.base.as_ref());
        side.map_or("#", |side| &side.pointer)
    }
}

/// All changes between two documents.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings, ordered by tag, kind and location.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Compares two normalized OpenAPI 3.0.3 documents and the public APIs of their crates. A
    /// change of the public API that no rule predicts has a finding of its own.
    pub fn new(base: &Value, head: &Value) -> Self {
        let types = join(|| Types::of(base), || Types::of(head));
        let apis = types.each_ref().map(|types| types.as_ref()?.api.as_ref());
        let changes = match apis {
            [Some(before), Some(after)] => Some(Changes::between(before, after)),
            _ => None,
        };
        let documents = Documents {
            base,
            head,
            before: UseIndex::new(base),
            after: UseIndex::new(head),
            renamed: renamed(base, head),
            types,
            changes,
            origins: OnceCell::new(),
        };
        let mut findings: Vec<Finding> = compare(base, head)
            .into_iter()
            .map(|edit| documents.finding(edit))
            .collect();
        let largest = findings.iter().map(|finding| finding.bump).max();
        findings.extend(documents.consequences(largest));
        findings.sort_by_cached_key(key);
        Self { findings }
    }

    /// Sets the source lines of all findings.
    pub fn locate(&mut self, base: &Text, head: &Text) {
        for finding in &mut self.findings {
            for (side, text) in [(&mut finding.base, base), (&mut finding.head, head)] {
                if let Some(side) = side {
                    side.source = text.source(&side.pointer);
                }
            }
        }
    }

    /// Lists only the findings that `keep` returns `true` for. The others are still counted.
    pub fn narrow(&mut self, keep: impl Fn(&Finding) -> bool) {
        for finding in &mut self.findings {
            finding.listed = keep(finding);
        }
    }

    /// Returns the largest version bump that the edits require, or `None` if there are no edits.
    pub fn bump(&self) -> Option<Bump> {
        self.findings.iter().map(|finding| finding.bump).max()
    }

    /// Returns the worst verdict for programs that use HTTP, or `None` if there are no edits.
    pub fn http(&self) -> Option<Http> {
        self.findings.iter().map(|finding| finding.http).max()
    }
}

/// The text of a document.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The name of the file.
    pub name: String,
    /// The line of each node, by its pointer in fragment form.
    pub lines: BTreeMap<String, usize>,
}

impl Text {
    /// Returns the file and line of a node. For a node that normalizing moved, those of the closest
    /// ancestor.
    fn source(&self, pointer: &str) -> Option<String> {
        let mut pointer = pointer;
        loop {
            // Normalizing preserves keywords that OpenAPI 3.0.3 does not have as extensions.
            let original = pointer.replace("/x-", "/");
            let line = self.lines.get(pointer).or(self.lines.get(&original));
            if let Some(line) = line {
                return Some(format!("{}:{line}", self.name));
            }
            // The line of the whole document would be of no help.
            pointer = pointer.rsplit_once('/').map(|(holder, _)| holder)?;
            if pointer == "#" {
                return None;
            }
        }
    }
}

fn key(finding: &Finding) -> (String, Kind, String, &'static str) {
    let group = finding.group.clone();
    (
        group,
        finding.rule.kind,
        finding.place.label(),
        finding.rule.id,
    )
}

struct Documents<'a> {
    base: &'a Value,
    head: &'a Value,
    before: UseIndex,
    after: UseIndex,
    /// The renamed operations: new names by former names.
    renamed: BTreeMap<String, String>,
    /// The types of both documents, where they can be generated.
    types: [Option<Types>; 2],
    /// The differences between the public APIs, where both can be generated.
    changes: Option<Changes>,
    /// The names of both documents, which only consequences need.
    origins: OnceCell<[Origins; 2]>,
}

impl Documents<'_> {
    /// Returns findings for public items that were removed, added or declared differently although the
    /// edits, whose largest bump is `largest`, do not account for it, and for reordered arguments: one
    /// for each rule.
    fn consequences(&self, largest: Option<Bump>) -> Vec<Finding> {
        let Some(changes) = &self.changes else {
            return Vec::new();
        };
        let removed = changes.removed_types();
        let mut findings = Vec::new();
        // Calls with swapped arguments may still compile, so these always have a finding.
        let broken = || changes.broken.iter();
        let reordered = broken().filter(|change| change.reordered).collect();
        findings.extend(self.consequence_of_all(&ARGUMENTS_REORDERED, reordered, "functions"));
        if largest < Some(Bump::Major) {
            let others =
                broken().filter(|change| !change.reordered && !change.follows_from(&removed));
            let others = others.collect();
            findings.extend(self.consequence_of_all(&RUST_ITEM_CHANGED, others, "items"));
        }
        if largest < Some(Bump::Minor) && findings.is_empty() {
            let added = changes.added.iter().collect();
            findings.extend(self.consequence_of_all(&RUST_ITEM_ADDED, added, "items"));
        }
        findings
    }

    /// Returns one finding for all changes of one kind, because they have the same cause, such as
    /// the order in which the document lists properties.
    fn consequence_of_all(
        &self,
        rule: &'static Rule,
        changes: Vec<&Change>,
        items: &str,
    ) -> Option<Finding> {
        let mut findings = changes.iter().map(|change| self.consequence(rule, change));
        let first = findings.next()?;
        if changes.len() == 1 {
            return Some(first);
        }
        let mut operations = first.operations.clone();
        operations.extend(findings.flat_map(|finding| finding.operations));
        operations.sort();
        operations.dedup();
        let side = |declaration: fn(&Change) -> &Option<String>| -> Option<Location> {
            let all = changes.iter().filter_map(|change| {
                let text = declaration(change).as_ref()?;
                Some(Value::from(declared(&change.path, text)))
            });
            let all: Vec<Value> = all.collect();
            (!all.is_empty()).then(|| Location {
                pointer: "#".to_owned(),
                value: all.into(),
                source: None,
            })
        };
        let (base, head) = (side(|change| &change.before), side(|change| &change.after));
        let (before, after) = summarize::sides(
            base.as_ref().map(|side| &side.value),
            head.as_ref().map(|side| &side.value),
        );
        Some(Finding {
            group: "the whole document".to_owned(),
            place: Place {
                part: Part::Document,
                heading: format!("{} {items}", changes.len()),
                trail: String::new(),
            },
            item: None,
            base,
            head,
            before,
            after,
            operations,
            ..first
        })
    }

    fn consequence(&self, rule: &'static Rule, change: &Change) -> Finding {
        let [base, head] = self
            .origins
            .get_or_init(|| [Origins::new(self.base), Origins::new(self.head)]);
        let side = |origins: &Origins, declaration: &Option<String>| {
            Some(Location {
                pointer: origins.of(&change.path),
                value: declaration.clone()?.into(),
                source: None,
            })
        };
        let finding = self.finding(Edit {
            rule,
            base: side(base, &change.before),
            head: side(head, &change.after),
            inner: Vec::new(),
        });
        Finding {
            place: Place {
                part: if change.path.contains("types::") {
                    Part::Type
                } else {
                    Part::Operation
                },
                heading: change.path.clone(),
                trail: String::new(),
            },
            item: Some(change.path.clone()),
            bump: rule.response.bump,
            ..finding
        }
    }

    /// Returns whether an edit is inside error responses, which have no types of their own.
    fn is_in_error(&self, edit: &Edit) -> bool {
        let sides = [(&self.before, &edit.base), (&self.after, &edit.head)];
        let mut pointers = sides
            .into_iter()
            .filter_map(|(uses, side)| Some((uses, &side.as_ref()?.pointer)));
        pointers.all(|(uses, pointer)| uses.is_in_error(pointer))
    }

    /// Returns the part of a direction in which the node is used, before or after.
    fn affected(&self, edit: &Edit, direction: Direction) -> Direction {
        let sides = [(self.base, &edit.base), (self.head, &edit.head)].into_iter();
        let sides = sides.filter_map(|(document, side)| {
            let pointer = &side.as_ref()?.pointer;
            Some(narrowed(document, pointer, direction))
        });
        sides.reduce(Direction::or).unwrap_or(direction)
    }

    /// Returns the names that an edit changes for users of the crate.
    fn names(&self, edit: &Edit, uses: &Uses) -> Names {
        let (old, new) = (edit.base.as_ref(), edit.head.as_ref());
        if crate_names::is_about_tags(edit.rule) {
            let id = uses.operations.first();
            let name = |operation: &Operation<'_>| {
                let name = operation.name();
                self.renamed.get(&name).cloned().unwrap_or(name)
            };
            return [
                crate_names::feature_of_operation(self.base, |it| Some(&name(it)) == id),
                crate_names::feature_of_operation(self.head, |it| Some(&it.name()) == id),
            ];
        }
        let of = |document: &Value, types: &Option<Types>, pointer: &str| match edit.rule {
            rule if crate_names::is_about_tag(rule) => {
                crate_names::feature_of_tag(document, pointer)
            }
            rule if crate_names::is_renaming(rule) => {
                place::rust_item(document, types.as_ref(), pointer)
            }
            _ => None,
        };
        [
            old.and_then(|side| of(self.base, &self.types[0], &side.pointer)),
            new.and_then(|side| of(self.head, &self.types[1], &side.pointer)),
        ]
    }

    fn finding(&self, edit: Edit) -> Finding {
        let (old, new) = (edit.base.as_ref(), edit.head.as_ref());
        let before = old
            .map(|side| self.before.of(&side.pointer).renamed(&self.renamed))
            .unwrap_or_default();
        let after = new
            .map(|side| self.after.of(&side.pointer))
            .unwrap_or_default();
        let uses = before.or(after);
        let item = match (old, new) {
            (_, Some(side)) => place::rust_item(self.head, self.types[1].as_ref(), &side.pointer),
            (Some(side), None) => {
                place::rust_item(self.base, self.types[0].as_ref(), &side.pointer)
            }
            (None, None) => None,
        };
        let pointer = new.or(old).map_or("#", |side| &side.pointer);
        let (was, is) = summarize::sides(old.map(|side| &side.value), new.map(|side| &side.value));
        let affected = self.affected(&edit, uses.direction);
        let verdict = verdict(&edit, pointer, uses.direction, affected);
        let bump = match &self.changes {
            Some(changes) => {
                let in_error = self.is_in_error(&edit);
                limited_by_api(&edit, in_error, &uses, verdict.bump, changes, &self.types)
            }
            None => verdict.bump,
        };
        let names = self.names(&edit, &uses);
        // Only the group of the first tag is a Cargo feature.
        let is_same_feature = crate_names::is_of_feature(edit.rule) && names[0] == names[1];
        Finding {
            rule: edit.rule,
            names,
            group: summarize::plain(&group(&uses, pointer)),
            place: Place::new(new.map_or(self.base, |_| self.head), pointer),
            item,
            before: was,
            after: is,
            direction: affected,
            http: verdict.http,
            bump: if is_same_feature { Bump::Patch } else { bump },
            operations: uses
                .operations
                .iter()
                .map(|id| summarize::plain(id))
                .collect(),
            accepted: None,
            listed: true,
            base: edit.base,
            head: edit.head,
        }
    }
}

/// Returns an item with its declaration: `types::Space::title: String`.
fn declared(path: &str, declaration: &str) -> String {
    match (declaration.strip_prefix("fn"), declaration) {
        (Some(function), _) => format!("{}{function}", path.trim_end_matches("()")),
        (None, "") => path.to_owned(),
        (None, text) => format!("{path}: {text}"),
    }
}

fn group(uses: &Uses, pointer: &str) -> String {
    let mut groups = uses.groups.iter();
    match (groups.next(), groups.next()) {
        _ if pointer.starts_with("#/tags/") => "the whole document".to_owned(),
        (Some(group), None) => group.clone(),
        (Some(_), Some(_)) => "several groups".to_owned(),
        (None, _) if !uses.operations.is_empty() || pointer.starts_with("#/paths/") => {
            "no group".to_owned()
        }
        (None, _) if pointer.starts_with("#/components/") => "not used by any operation".to_owned(),
        (None, _) => "the whole document".to_owned(),
    }
}
