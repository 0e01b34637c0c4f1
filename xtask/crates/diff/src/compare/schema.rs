//! Compares two schemas at the same location.

use std::sync::LazyLock;

use gitbook_api_codegen::document::lookup;
use serde_json::{Value, json};

use super::super::rules::*;
use super::keywords;
use super::pairs::{by_key, last_token, one_sided};
use super::similar::{Shape, shape};
use super::view::{COMPOSITIONS, View};
use super::{Comparison, NodeRef};

/// The schema that allows everything.
pub(super) static ANYTHING: LazyLock<Value> = LazyLock::new(|| json!({}));

/// The position of a schema in its parent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
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
    pub(super) fn schema(&mut self, base: NodeRef<'a>, head: NodeRef<'a>, position: Position) {
        if base.value == head.value {
            return;
        }
        let views = (View::schema(&base), View::schema(&head));
        if let Some((base, head)) = self.references(views.0, views.1) {
            self.views(&base, &head, position);
        }
    }

    /// Compares two schemas that are not references, or that refer to the same component.
    pub(super) fn views(&mut self, base: &View<'a>, head: &View<'a>, position: Position) {
        match self.merged(base, head, position) {
            Some(edits) => self.edits.extend(edits),
            None => self.by_keyword(base, head, position),
        }
    }

    /// Compares two schemas keyword by keyword.
    pub(super) fn by_keyword(&mut self, base: &View<'a>, head: &View<'a>, position: Position) {
        if self.wrapped(base, head) || !self.shapes(base, head) {
            return;
        }
        let mut known = STRUCTURE.to_vec();
        known.extend(self.assertions(base, head));
        for (key, check) in keywords::SCHEMA {
            self.keyword(base, head, key, *check);
            known.push(key);
        }
        self.format(base, head);
        self.members(base, head, &known);
        let title = match position {
            Position::UnionMember => &MEMBER_TITLE_CHANGED,
            Position::Component | Position::Inline | Position::OptionalProperty => &TITLE_CHANGED,
        };
        self.keyword(base, head, "title", keywords::Check::Any(title));
        self.nullable(base, head, position);
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
        if let Some(rule) = self.composition_rule(base, head) {
            self.emit(rule, Some(base.whole()), Some(head.whole()));
            return false;
        }
        let shapes = (shape(base), shape(head));
        if shapes.0 == shapes.1 {
            // The same kind may be explicit on one side only.
            let rule = if base.get("type").is_some() {
                &TYPE_WIDENED
            } else {
                &TYPE_NARROWED
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
            (_, Shape::Composed("oneOf" | "anyOf")) if self.has_member(head, base, false) => {
                &BECAME_UNION
            }
            (Shape::Composed("oneOf" | "anyOf"), _) if self.has_member(base, head, true) => {
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

    /// Returns the rule for the same members in another kind of composition.
    fn composition_rule(&self, base: &View<'a>, head: &View<'a>) -> Option<&'static Rule> {
        let (from, to) = (kind_of_composition(base)?, kind_of_composition(head)?);
        let members = |view: &View<'a>, key: &str| -> Vec<NodeRef<'a>> {
            let list = view.get(key);
            list.iter().flat_map(NodeRef::items).collect()
        };
        let (mut old, mut new) = (members(base, from), members(head, to));
        let is_one = |list: &[NodeRef<'a>]| list.len() < 2;
        if from == to || is_one(&old) || is_one(&new) {
            return None;
        }
        self.pairs(&mut old, &mut new);
        let rule = match (from, to) {
            ("oneOf", "anyOf") => &ONE_BECAME_ANY,
            ("anyOf", "oneOf") => &ANY_BECAME_ONE,
            ("anyOf", _) => &ANY_BECAME_ALL,
            (_, "anyOf") => &ALL_BECAME_ANY,
            _ => &COMPOSITION_CHANGED,
        };
        (old.is_empty() && new.is_empty()).then_some(rule)
    }

    /// Returns whether a member of `union` describes the same JSON as `other`.
    fn has_member(&self, union: &View<'a>, other: &View<'a>, union_is_base: bool) -> bool {
        let members = COMPOSITIONS.iter().find_map(|key| union.get(key));
        let members: Vec<NodeRef<'a>> = members.iter().flat_map(|list| list.items()).collect();
        members.iter().any(|member| {
            let member = View::schema(member);
            if union_is_base {
                self.rules_between(member, other.clone()).is_empty()
            } else {
                self.rules_between(other.clone(), member).is_empty()
            }
        })
    }

    fn nullable(&mut self, base: &View<'a>, head: &View<'a>, position: Position) {
        // A union allows null if any member does.
        if position == Position::UnionMember {
            return;
        }
        let rule = match (base.allows_null(), head.allows_null(), position) {
            (false, true, Position::OptionalProperty) => &OPTIONAL_BECAME_NULLABLE,
            (true, false, Position::OptionalProperty) => &OPTIONAL_BECAME_NOT_NULLABLE,
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
            (Some(before), Some(after)) => self.schema(before, after, Position::Inline),
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
        self.mappings(&before, &after, base);
    }

    /// Compares the mappings of two discriminators: all values that were added are one edit, and all
    /// that were removed.
    fn mappings(&mut self, base: &NodeRef<'a>, head: &NodeRef<'a>, union: &View<'a>) {
        let (old, new) = (base.get("mapping"), head.get("mapping"));
        let pairs = by_key(old.clone(), new.clone());
        for (before, after) in &pairs {
            if let (Some(before), Some(after)) = (before, after)
                && !self.same_target(before.value, after.value)
            {
                self.emit(&DISCRIMINATOR_CHANGED, Some(before), Some(after));
            }
        }
        let [gone, added] = one_sided(&pairs);
        let side = |map: Option<NodeRef<'a>>, entries: &[NodeRef<'a>]| match entries {
            [only] => Some(only.side()),
            _ => {
                let keys = entries.iter().map(|node| last_token(&node.pointer));
                Some(map?.with(keys.map(Value::from).collect()))
            }
        };
        if !gone.is_empty() {
            self.push(
                &DISCRIMINATOR_MAPPING_REMOVED,
                side(old.clone(), &gone),
                None,
            );
        }
        if added.is_empty() {
            return;
        }
        let property = head.text("propertyName").unwrap_or_default();
        let is_described = |entry: &NodeRef<'a>| {
            let value = last_token(&entry.pointer);
            let target = entry.value.as_str().unwrap_or_default();
            self.refers_to(union, target) && (old.is_none() || self.lists(target, property, &value))
        };
        let rule = if added.iter().all(is_described) {
            &DISCRIMINATOR_MAPPING_DESCRIBED
        } else {
            &DISCRIMINATOR_MAPPING_ADDED
        };
        self.push(rule, None, side(new, &added));
    }

    /// Returns whether a union of the base has the member that is a reference in the head.
    fn refers_to(&self, union: &View<'a>, reference: &str) -> bool {
        let lists = ["oneOf", "anyOf"].map(|key| union.get(key));
        let lists: Vec<NodeRef<'a>> = lists.into_iter().flatten().collect();
        let mut members = lists.iter().flat_map(NodeRef::items);
        members.any(|member| {
            let own = member.reference();
            own.is_some_and(|own| self.renames.same(own, reference))
        })
    }

    /// Returns whether a component of the head lists `value` for a property.
    fn lists(&self, reference: &str, property: &str, value: &str) -> bool {
        let Some(component) = lookup(self.head, reference) else {
            return false;
        };
        let view = View::schema(&NodeRef::new(reference, component));
        let view = self.followed(view, self.head);
        let own = view.get("properties").and_then(|all| all.get(property));
        let values = own.and_then(|own| {
            let own = self.followed(View::schema(&own), self.head);
            own.get("enum")
        });
        values.is_some_and(|values| values.items().any(|item| item.value == value))
    }

    fn same_target(&self, before: &Value, after: &Value) -> bool {
        match (before.as_str(), after.as_str()) {
            (Some(before), Some(after)) => self.renames.same(before, after),
            _ => before == after,
        }
    }
}

/// Returns the only composition of a schema.
fn kind_of_composition(view: &View<'_>) -> Option<&'static str> {
    let mut kinds = COMPOSITIONS
        .into_iter()
        .filter(|key| view.get(key).is_some());
    kinds.next().filter(|_| kinds.next().is_none())
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
