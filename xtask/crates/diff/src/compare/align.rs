//! Pairs the members of two lists of schemas, whose order has no meaning.

use serde_json::Value;

use super::super::rules::*;
use super::schema::Slot;
use super::similar::{ALIKE, Shape, identity, shape, similarity};
use super::view::{View, only_null};
use super::{Comparison, NodeRef};

impl<'a> Comparison<'a> {
    /// Compares the members of `oneOf`, `anyOf` or `allOf`.
    pub(super) fn compositions(&mut self, base: &View<'a>, head: &View<'a>, key: &str) {
        // A member that only allows null counts as nullability of the whole.
        let list = |view: &View<'a>| -> Option<Vec<NodeRef<'a>>> {
            let members = view.get(key)?;
            Some(
                members
                    .items()
                    .filter(|member| !only_null(member.value))
                    .collect(),
            )
        };
        let mut old = list(base).unwrap_or_default();
        let mut new = list(head).unwrap_or_default();
        let slot = match key {
            "allOf" => Slot::Inline,
            _ => Slot::UnionMember,
        };
        let mut pairs = self.pairs(&mut old, &mut new);
        if key == "allOf" {
            // All inline objects of an `allOf` together are one object.
            let is_object = |member: &NodeRef<'a>| {
                let view = View::schema(member);
                shape(&view) == Shape::Type("object")
            };
            take(&mut old, &mut new, &mut pairs, |a, b| {
                is_object(a) && is_object(b)
            });
            if let ([a], [b]) = (&old[..], &new[..]) {
                let shapes = (shape(&View::schema(a)), shape(&View::schema(b)));
                let same = shapes.0 != Shape::Reference && shapes.0 == shapes.1;
                take(&mut old, &mut new, &mut pairs, |_, _| same);
            }
        }
        for (before, after) in pairs {
            self.schema(before, after, slot);
        }
        let all_of = |member: &NodeRef<'a>, document: &'a Value, rules: [&'static Rule; 2]| {
            let view = self.followed(View::schema(member), document);
            rules[usize::from(is_optional(&view))]
        };
        let removed = |member: &NodeRef<'a>| match key {
            "oneOf" => &ONE_OF_REMOVED,
            "anyOf" => &ANY_OF_REMOVED,
            _ => all_of(
                member,
                self.base,
                [&ALL_OF_REMOVED, &ALL_OF_OPTIONAL_REMOVED],
            ),
        };
        let added = |member: &NodeRef<'a>| match key {
            "oneOf" => &ONE_OF_ADDED,
            "anyOf" => &ANY_OF_ADDED,
            _ => all_of(member, self.head, [&ALL_OF_ADDED, &ALL_OF_OPTIONAL_ADDED]),
        };
        let old: Vec<_> = old.iter().map(|member| (removed(member), member)).collect();
        let new: Vec<_> = new.iter().map(|member| (added(member), member)).collect();
        for (rule, member) in old {
            self.emit(rule, Some(member), None);
        }
        for (rule, member) in new {
            self.emit(rule, None, Some(member));
        }
    }

    /// Pairs members and removes them from the two lists. The rest was removed or added.
    fn pairs(
        &self,
        old: &mut Vec<NodeRef<'a>>,
        new: &mut Vec<NodeRef<'a>>,
    ) -> Vec<(NodeRef<'a>, NodeRef<'a>)> {
        let mut pairs = Vec::new();
        take(old, new, &mut pairs, |a, b| a.value == b.value);
        take(old, new, &mut pairs, |a, b| self.describe_the_same(a, b));
        take(old, new, &mut pairs, |a, b| {
            match (identity(a), identity(b)) {
                (Some(a), Some(b)) => self.renames.same(&a, &b),
                _ => false,
            }
        });
        self.take_alike(old, new, &mut pairs);
        if let ([a], [b]) = (&old[..], &new[..]) {
            let shapes = (shape(&View::schema(a)), shape(&View::schema(b)));
            let plain = !matches!(shapes.0, Shape::Reference | Shape::Type("object"));
            if plain && shapes.0 == shapes.1 {
                take(old, new, &mut pairs, |_, _| true);
            }
        }
        pairs
    }

    /// Returns whether two inline members describe the same JSON.
    fn describe_the_same(&self, base: &NodeRef<'a>, head: &NodeRef<'a>) -> bool {
        let (a, b) = (View::schema(base), View::schema(head));
        let inline = a.reference().is_none() && b.reference().is_none();
        inline && shape(&a) == shape(&b) && self.trial(a, b).is_empty()
    }

    /// Takes the pairs with the highest similarity first.
    fn take_alike(
        &self,
        old: &mut Vec<NodeRef<'a>>,
        new: &mut Vec<NodeRef<'a>>,
        pairs: &mut Vec<(NodeRef<'a>, NodeRef<'a>)>,
    ) {
        loop {
            let all = old.iter().enumerate().flat_map(|(i, a)| {
                new.iter()
                    .enumerate()
                    .map(move |(j, b)| (self.alike(a, b), i, j))
            });
            let best = all.reduce(|best, next| if next.0 > best.0 { next } else { best });
            let Some((_, i, j)) = best.filter(|(score, ..)| *score >= ALIKE) else {
                return;
            };
            pairs.push((old.remove(i), new.remove(j)));
        }
    }

    /// Returns the similarity of two members, one of which may have become a component.
    fn alike(&self, base: &NodeRef<'a>, head: &NodeRef<'a>) -> f64 {
        let (a, b) = (View::schema(base), View::schema(head));
        if a.reference().is_some() && b.reference().is_some() {
            return 0.0;
        }
        similarity(&self.followed(a, self.base), &self.followed(b, self.head))
    }
}

/// Returns whether a schema is an object that requires nothing: all properties are optional, and
/// additional ones are allowed.
fn is_optional(view: &View<'_>) -> bool {
    let keys = view.keys();
    let asks = [
        "required",
        "additionalProperties",
        "minProperties",
        "maxProperties",
        "not",
        "allOf",
    ];
    shape(view) == Shape::Type("object") && !keys.iter().any(|key| asks.contains(key))
}

fn take<'a>(
    old: &mut Vec<NodeRef<'a>>,
    new: &mut Vec<NodeRef<'a>>,
    pairs: &mut Vec<(NodeRef<'a>, NodeRef<'a>)>,
    same: impl Fn(&NodeRef<'a>, &NodeRef<'a>) -> bool,
) {
    old.retain(|a| match new.iter().position(|b| same(a, b)) {
        Some(index) => {
            pairs.push((a.clone(), new.remove(index)));
            false
        }
        None => true,
    });
}
