//! Compares references: by name, or as moved or replaced schemas.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::rules::*;
use super::schema::Position;
use super::similar::{ALIKE, Shape, shape, similarity};
use super::view::View;
use super::{Comparison, Location, NodeRef};
use gitbook_api_codegen::document::{MAX_REFERENCES, lookup};

impl<'a> Comparison<'a> {
    /// Compares references. Returns the schemas that remain to be compared, if any.
    pub(super) fn references(
        &mut self,
        base: View<'a>,
        head: View<'a>,
    ) -> Option<(View<'a>, View<'a>)> {
        match (base.reference(), head.reference()) {
            (None, None) => Some((base, head)),
            (Some(old), Some(new)) if self.renames.same(old, new) => Some((base, head)),
            (None, Some(new)) if self.renames.is_new(new) && self.moved(&base, &head) => {
                note(&mut self.extracted, new, base.whole());
                let head = self.followed(head, self.head);
                Some((base, head))
            }
            (Some(old), None) if self.renames.is_gone(old) && self.moved(&base, &head) => {
                note(&mut self.inlined, old, head.whole());
                let base = self.followed(base, self.base);
                Some((base, head))
            }
            _ => {
                let inner = self.rules_between(base.clone(), head.clone());
                self.emit(&SCHEMA_REPLACED, Some(base.whole()), Some(head.whole()));
                if let Some(edit) = self.edits.last_mut() {
                    edit.inner = inner;
                }
                None
            }
        }
    }

    /// Returns whether an inline schema and a component are the same schema, extracted or inlined.
    fn moved(&self, base: &View<'a>, head: &View<'a>) -> bool {
        let base = self.followed(base.clone(), self.base);
        let head = self.followed(head.clone(), self.head);
        shape(&base) != Shape::Any && similarity(&base, &head) >= ALIKE
    }

    /// Returns the view with all references resolved.
    pub(super) fn followed(&self, view: View<'a>, document: &'a Value) -> View<'a> {
        let mut view = view;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = view.reference() else {
                break;
            };
            let Some(value) = lookup(document, reference) else {
                break;
            };
            view = view.through(NodeRef::new(reference, value));
        }
        view
    }

    /// Returns the rules for the differences between two schemas, with references resolved.
    pub(super) fn rules_between(&self, base: View<'a>, head: View<'a>) -> Vec<&'static Rule> {
        let pair = (name(&base), name(&head));
        if self.open.contains(&pair) {
            return Vec::new();
        }
        let mut comparison = Comparison::new(self.base, self.head, self.renames);
        comparison.open = self.open.clone();
        comparison.open.push(pair);
        if !comparison.wrapped(&base, &head) {
            let (base, head) = (
                self.followed(base, self.base),
                self.followed(head, self.head),
            );
            comparison.views(&base, &head, Position::Component);
        }
        let rules = comparison.finish().into_iter().flat_map(|edit| {
            if edit.inner.is_empty() {
                vec![edit.rule]
            } else {
                edit.inner
            }
        });
        let mut rules: Vec<_> = rules
            .filter(|rule| rule.kind != Kind::Documentation && **rule != SCHEMA_REPLACED)
            .collect();
        rules.sort_by_key(|rule| rule.id);
        rules.dedup();
        rules
    }
}

/// Records the location of an inlined component: of several locations, the first by pointer.
fn note(moved: &mut BTreeMap<String, Location>, reference: &str, place: &NodeRef<'_>) {
    let known = moved.get(reference);
    if known.is_none_or(|known| place.pointer < known.pointer) {
        moved.insert(reference.to_owned(), place.side());
    }
}

fn name(view: &View<'_>) -> String {
    view.reference()
        .map_or_else(|| view.whole().pointer.clone(), str::to_owned)
}
