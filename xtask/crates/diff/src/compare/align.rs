//! Pairs the members of two lists of schemas, whose order has no meaning.

use gitbook_api_codegen::walk::is_default;
use serde_json::{Value, json};

use super::super::rules::*;
use super::schema::Position;
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
        let position = match key {
            "allOf" => Position::Inline,
            _ => Position::UnionMember,
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
            self.schema(before, after, position);
        }
        for member in old {
            let rule = self.member_rule(key, &member, false);
            self.emit(rule, Some(&member), None);
        }
        for member in new {
            let rule = self.member_rule(key, &member, true);
            self.emit(rule, None, Some(&member));
        }
    }

    /// Returns the rule for a member that was added or removed.
    pub(super) fn member_rule(
        &self,
        key: &str,
        member: &NodeRef<'a>,
        was_added: bool,
    ) -> &'static Rule {
        let (document, [rule, of_optional]) = match (key, was_added) {
            ("oneOf", true) => return &ONE_OF_ADDED,
            ("oneOf", false) => return &ONE_OF_REMOVED,
            ("anyOf", true) => return &ANY_OF_ADDED,
            ("anyOf", false) => return &ANY_OF_REMOVED,
            (_, true) => (self.head, [&ALL_OF_ADDED, &ALL_OF_OPTIONAL_ADDED]),
            (_, false) => (self.base, [&ALL_OF_REMOVED, &ALL_OF_OPTIONAL_REMOVED]),
        };
        if is_optional(&self.followed(View::schema(member), document)) {
            of_optional
        } else {
            rule
        }
    }

    /// Pairs members and removes them from the two lists. The rest was removed or added.
    pub(super) fn pairs(
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
        inline && shape(&a) == shape(&b) && self.rules_between(a, b).is_empty()
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

/// Returns whether a schema requires nothing: it is an object, or anything; all properties are
/// optional, and additional ones are allowed.
fn is_optional(view: &View<'_>) -> bool {
    let asks = |key: &str| match (key, view.get(key).map(|node| node.value)) {
        ("required", Some(Value::Array(names))) => !names.is_empty(),
        ("additionalProperties", Some(others)) => *others != json!(true) && *others != json!({}),
        ("not" | "allOf" | "maxProperties", _) => true,
        ("minProperties", Some(least)) => !is_default(key, least),
        _ => false,
    };
    match shape(view) {
        Shape::Type("object") => !view.keys().into_iter().any(asks),
        Shape::Any => view.is_only(""),
        _ => false,
    }
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
