//! Pairs the members of two lists of schemas: their order means nothing.

use super::super::rules::*;
use super::schema::Slot;
use super::similar::{ALIKE, Shape, identity, shape, similarity};
use super::view::View;
use super::{Comparison, Spot};

impl<'a> Comparison<'a> {
    /// Compares the members of `oneOf`, `anyOf` or `allOf`.
    pub(super) fn compositions(&mut self, base: &View<'a>, head: &View<'a>, key: &str) {
        let list = |view: &View<'a>| view.get(key).map(|list| list.items().collect::<Vec<_>>());
        let mut old = list(base).unwrap_or_default();
        let mut new = list(head).unwrap_or_default();
        for (before, after) in self.pairs(&mut old, &mut new) {
            self.schema(before, after, Slot::Inline);
        }
        let (added, removed) = match key {
            "oneOf" => (&ONE_OF_ADDED, &ONE_OF_REMOVED),
            "anyOf" => (&ANY_OF_ADDED, &ANY_OF_REMOVED),
            _ => (&ALL_OF_ADDED, &ALL_OF_REMOVED),
        };
        for member in &old {
            self.emit(removed, Some(member), None);
        }
        for member in &new {
            self.emit(added, None, Some(member));
        }
    }

    /// Takes pairs out of the two lists; what is left was removed or added.
    fn pairs(&self, old: &mut Vec<Spot<'a>>, new: &mut Vec<Spot<'a>>) -> Vec<(Spot<'a>, Spot<'a>)> {
        let mut pairs = Vec::new();
        take(old, new, &mut pairs, |a, b| a.value == b.value);
        take(old, new, &mut pairs, |a, b| {
            match (identity(a), identity(b)) {
                (Some(a), Some(b)) => self.renames.same(&a, &b),
                _ => false,
            }
        });
        take(old, new, &mut pairs, |a, b| self.alike(a, b) >= ALIKE);
        if let ([a], [b]) = (&old[..], &new[..]) {
            let shapes = (shape(&View::schema(a)), shape(&View::schema(b)));
            let plain = !matches!(shapes.0, Shape::Reference | Shape::Type("object"));
            if plain && shapes.0 == shapes.1 {
                take(old, new, &mut pairs, |_, _| true);
            }
        }
        pairs
    }

    /// How alike two members are, where one may have become a component.
    fn alike(&self, base: &Spot<'a>, head: &Spot<'a>) -> f64 {
        let (a, b) = (View::schema(base), View::schema(head));
        if a.reference().is_some() && b.reference().is_some() {
            return 0.0;
        }
        similarity(&self.followed(a, self.base), &self.followed(b, self.head))
    }
}

fn take<'a>(
    old: &mut Vec<Spot<'a>>,
    new: &mut Vec<Spot<'a>>,
    pairs: &mut Vec<(Spot<'a>, Spot<'a>)>,
    same: impl Fn(&Spot<'a>, &Spot<'a>) -> bool,
) {
    old.retain(|a| match new.iter().position(|b| same(a, b)) {
        Some(index) => {
            pairs.push((a.clone(), new.remove(index)));
            false
        }
        None => true,
    });
}
