//! Schemas that are references: compared by name, or recognized as moved or replaced.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::rules::*;
use super::schema::Slot;
use super::similar::{ALIKE, Shape, shape, similarity};
use super::view::View;
use super::{Comparison, Side, Spot};
use gitbook_api_codegen::document::lookup;

impl<'a> Comparison<'a> {
    /// Settles what references there are. Gives back the views to compare further, if any.
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
                let inner = self.trial(base.clone(), head.clone());
                self.emit(&SCHEMA_REPLACED, Some(base.whole()), Some(head.whole()));
                if let Some(edit) = self.edits.last_mut() {
                    edit.inner = inner;
                }
                None
            }
        }
    }

    /// Whether a schema that was inline and one that is a component, or the reverse, are one.
    fn moved(&self, base: &View<'a>, head: &View<'a>) -> bool {
        let base = self.followed(base.clone(), self.base);
        let head = self.followed(head.clone(), self.head);
        shape(&base) != Shape::Any && similarity(&base, &head) >= ALIKE
    }

    /// The view with its references followed to the end.
    pub(super) fn followed(&self, view: View<'a>, document: &'a Value) -> View<'a> {
        let mut view = view;
        for _ in 0..8 {
            let Some(reference) = view.reference() else {
                break;
            };
            let Some(value) = lookup(document, reference) else {
                break;
            };
            view = view.through(Spot::new(reference, value));
        }
        view
    }

    /// The rules that tell two schemas apart in what JSON they describe, references followed.
    pub(super) fn trial(&self, base: View<'a>, head: View<'a>) -> Vec<&'static Rule> {
        let pair = (name(&base), name(&head));
        if self.open.contains(&pair) {
            return Vec::new();
        }
        let mut comparison = Comparison::new(self.base, self.head, self.renames);
        comparison.open = self.open.clone();
        comparison.open.push(pair);
        let (base, head) = (
            self.followed(base, self.base),
            self.followed(head, self.head),
        );
        comparison.views(&base, &head, Slot::Component);
        let rules = comparison
            .finish()
            .into_iter()
            .flat_map(|edit| match edit.inner.is_empty() {
                true => vec![edit.rule],
                false => edit.inner,
            });
        let mut rules: Vec<_> = rules
            .filter(|rule| rule.kind != Kind::Documentation && **rule != SCHEMA_REPLACED)
            .collect();
        rules.sort_by_key(|rule| rule.id);
        rules.dedup();
        rules
    }
}

/// Notes where a component stands inline: of several places the first by pointer.
fn note(moved: &mut BTreeMap<String, Side>, reference: &str, place: &Spot<'_>) {
    let known = moved.get(reference);
    if known.is_none_or(|known| place.pointer < known.pointer) {
        moved.insert(reference.to_owned(), place.side());
    }
}

fn name(view: &View<'_>) -> String {
    view.reference()
        .map_or_else(|| view.whole().pointer.clone(), str::to_owned)
}
