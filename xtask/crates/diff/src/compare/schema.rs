//! Compares two schemas at the same location.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::super::rules::*;
use super::keywords;
use super::similar::{Shape, shape};
use super::view::{COMPOSITIONS, View};
use super::{Comparison, NodeRef};

/// The schema that allows everything.
pub(super) static ANYTHING: LazyLock<Value> = LazyLock::new(|| json!({}));

/// What a schema belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Component,
    /// A property that is optional on both sides.
    OptionalProperty,
    /// A member of `oneOf` or `anyOf`.
    UnionMember,
    Inline,
}

/// The keywords that this module and its siblings compare.
const STRUCTURE: &[&str] = &[
    "$ref",
    "type",
    "title",
    "format",
    "nullable",
    "enum",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "oneOf",
    "anyOf",
    "allOf",
    "discriminator",
];

impl<'a> Comparison<'a> {
    /// Compares two schemas at the same location.
    pub(super) fn schema(&mut self, base: NodeRef<'a>, head: NodeRef<'a>, slot: Slot) {
        if base.value == head.value {
            return;
        }
        let views = (View::schema(&base), View::schema(&head));
        if let Some((base, head)) = self.references(views.0, views.1) {
            self.views(&base, &head, slot);
        }
    }

    /// Compares two schemas that are not references, or that refer to the same component.
    pub(super) fn views(&mut self, base: &View<'a>, head: &View<'a>, slot: Slot) {
        if let Some(edits) = self.merged(base, head, slot) {
            return self.edits.extend(edits);
        }
        if self.wrapped(base, head) || !self.shapes(base, head) {
            return;
        }
        let mut known = STRUCTURE.to_vec();
        // Listed keys are properties too.
        if base.get("properties").is_some() && head.get("properties").is_some() {
            known.push("x-propertyNames");
        }
        for (key, check) in keywords::SCHEMA {
            self.keyword(base, head, key, *check);
            known.push(key);
        }
        self.format(base, head);
        self.members(base, head, &known);
        let title = match slot {
            Slot::UnionMember => &MEMBER_TITLE_CHANGED,
            Slot::Component | Slot::Inline | Slot::OptionalProperty => &TITLE_CHANGED,
        };
        self.keyword(base, head, "title", keywords::Check::Any(title));
        self.nullable(base, head, slot);
        for (before, after) in base.null_members().iter().zip(&head.null_members()) {
            let (before, after) = (View::plain(before), View::plain(after));
            self.members(&before, &after, &["type", "enum", "nullable"]);
        }
        self.values(base, head);
        self.properties(base, head);
        self.additional_properties(base, head);
        self.items(base, head);
        for composition in COMPOSITIONS {
            self.compositions(base, head, composition);
        }
        self.discriminator(base, head);
    }

    /// Compares the kinds of the schemas. Returns whether their contents can be compared.
    fn shapes(&mut self, base: &View<'a>, head: &View<'a>) -> bool {
        let shapes = (shape(base), shape(head));
        if shapes.0 == shapes.1 {
            // The same kind may be explicit on one side only.
            let rule = match base.get("type").is_some() {
                true => &TYPE_WIDENED,
                false => &TYPE_NARROWED,
            };
            let written = shapes.0 != Shape::Reference;
            if written && base.get("type").is_some() != head.get("type").is_some() {
                self.emit(rule, base.get("type").as_ref(), head.get("type").as_ref());
            }
            return true;
        }
        let rule = match shapes {
            (Shape::Any, _) => &TYPE_NARROWED,
            (_, Shape::Any) => &TYPE_WIDENED,
            (Shape::Type("integer"), Shape::Type("number")) => &TYPE_WIDENED,
            (Shape::Type("number"), Shape::Type("integer")) => &TYPE_NARROWED,
            (Shape::Composed(from), Shape::Composed(to))
                if self.same_members(base, head, from, to) =>
            {
                &COMPOSITION_CHANGED
            }
            (_, Shape::Composed("oneOf" | "anyOf")) if self.holds(head, base, false) => {
                &BECAME_UNION
            }
            (Shape::Composed("oneOf" | "anyOf"), _) if self.holds(base, head, true) => {
                &NO_LONGER_UNION
            }
            _ => &TYPE_CHANGED,
        };
        match (base.get("type"), head.get("type")) {
            (Some(before), Some(after)) if before.value != after.value => {
                self.emit(rule, Some(&before), Some(&after))
            }
            _ => self.emit(rule, Some(base.whole()), Some(head.whole())),
        }
        false
    }

    fn same_members(&self, base: &View<'a>, head: &View<'a>, from: &str, to: &str) -> bool {
        let members = |view: &View<'a>, key: &str| view.get(key).map(|node| node.value);
        members(base, from) == members(head, to)
    }

    /// Returns whether a member of `union` describes the same JSON as `other`.
    fn holds(&self, union: &View<'a>, other: &View<'a>, union_is_base: bool) -> bool {
        let members = COMPOSITIONS.iter().find_map(|key| union.get(key));
        let members: Vec<NodeRef<'a>> = members.iter().flat_map(|list| list.items()).collect();
        members.iter().any(|member| {
            let member = View::schema(member);
            match union_is_base {
                true => self.trial(member, other.clone()).is_empty(),
                false => self.trial(other.clone(), member).is_empty(),
            }
        })
    }

    fn nullable(&mut self, base: &View<'a>, head: &View<'a>, slot: Slot) {
        // A union allows null if any member does.
        if slot == Slot::UnionMember {
            return;
        }
        let rule = match (base.allows_null(), head.allows_null(), slot) {
            (false, true, Slot::OptionalProperty) => &OPTIONAL_BECAME_NULLABLE,
            (true, false, Slot::OptionalProperty) => &OPTIONAL_BECAME_NOT_NULLABLE,
            (false, true, _) => &BECAME_NULLABLE,
            (true, false, _) => &BECAME_NOT_NULLABLE,
            _ => return,
        };
        let key = |view: &View<'a>| match (view.get("nullable"), view.allows_null()) {
            (None, true) => Some(view.whole().clone()),
            (flag, _) => flag,
        };
        self.emit(rule, key(base).as_ref(), key(head).as_ref());
    }

    fn items(&mut self, base: &View<'a>, head: &View<'a>) {
        match (base.get("items"), head.get("items")) {
            (Some(before), Some(after)) => self.schema(before, after, Slot::Inline),
            (before, after) if before.is_some() => {
                self.emit(&TYPE_WIDENED, before.as_ref(), after.as_ref())
            }
            (before, after) if after.is_some() => {
                self.emit(&TYPE_NARROWED, before.as_ref(), after.as_ref())
            }
            _ => {}
        }
    }

    fn values(&mut self, base: &View<'a>, head: &View<'a>) {
        let (before, after) = match (base.get("enum"), head.get("enum")) {
            (None, None) => return,
            (before @ Some(_), None) => return self.emit(&ENUM_LIFTED, before.as_ref(), None),
            (None, after @ Some(_)) => return self.emit(&ENUM_INTRODUCED, None, after.as_ref()),
            (Some(before), Some(after)) => (before, after),
        };
        let (old, new) = (not_null(&before), not_null(&after));
        let removed: Vec<Value> = without(&old, &new);
        let added: Vec<Value> = without(&new, &old);
        match (&old[..], &new[..]) {
            ([_], [_]) if !added.is_empty() => {
                return self.emit(&CONSTANT_CHANGED, Some(&before), Some(&after));
            }
            ([_], [_, _, ..]) if removed.is_empty() => {
                return self.emit(&CONSTANT_WIDENED, Some(&before), Some(&after));
            }
            ([_, _, ..], [_]) if added.is_empty() => {
                return self.emit(&CONSTANT_NARROWED, Some(&before), Some(&after));
            }
            _ => {}
        }
        if !removed.is_empty() {
            self.push(&ENUM_VALUE_REMOVED, Some(before.with(removed.into())), None);
        }
        if !added.is_empty() {
            self.push(&ENUM_VALUE_ADDED, None, Some(after.with(added.into())));
        }
    }

    fn discriminator(&mut self, base: &View<'a>, head: &View<'a>) {
        let (before, after) = match (base.get("discriminator"), head.get("discriminator")) {
            (None, None) => return,
            (before @ Some(_), None) => {
                return self.emit(&DISCRIMINATOR_REMOVED, before.as_ref(), None);
            }
            (None, after @ Some(_)) => {
                return self.emit(&DISCRIMINATOR_ADDED, None, after.as_ref());
            }
            (Some(before), Some(after)) => (before, after),
        };
        let any = keywords::Check::Any(&DISCRIMINATOR_CHANGED);
        self.value(before.get("propertyName"), after.get("propertyName"), any);
        self.members(
            &View::plain(&before),
            &View::plain(&after),
            &["propertyName", "mapping"],
        );
        let mappings = [before.get("mapping"), after.get("mapping")];
        let entries = |index: usize| -> Vec<(&str, NodeRef<'a>)> {
            mappings[index]
                .iter()
                .flat_map(|mapping| mapping.entries())
                .collect()
        };
        let (old, new) = (entries(0), entries(1));
        for (key, target) in &old {
            match new.iter().find(|(name, _)| name == key) {
                None => self.emit(&DISCRIMINATOR_MAPPING_REMOVED, Some(target), None),
                Some((_, other)) if !self.same_target(target.value, other.value) => {
                    self.emit(&DISCRIMINATOR_CHANGED, Some(target), Some(other))
                }
                Some(_) => {}
            }
        }
        for (_, target) in new
            .iter()
            .filter(|(key, _)| !old.iter().any(|(name, _)| name == key))
        {
            self.emit(&DISCRIMINATOR_MAPPING_ADDED, None, Some(target));
        }
    }

    fn same_target(&self, before: &Value, after: &Value) -> bool {
        match (before.as_str(), after.as_str()) {
            (Some(before), Some(after)) => self.renames.same(before, after),
            _ => before == after,
        }
    }
}

fn not_null<'a>(node: &NodeRef<'a>) -> Vec<&'a Value> {
    node.value
        .as_array()
        .into_iter()
        .flatten()
        .filter(|value| !value.is_null())
        .collect()
}

fn without(values: &[&Value], others: &[&Value]) -> Vec<Value> {
    let others: std::collections::HashSet<String> = others.iter().map(|v| v.to_string()).collect();
    values
        .iter()
        .filter(|v| !others.contains(&v.to_string()))
        .map(|v| (*v).clone())
        .collect()
}
