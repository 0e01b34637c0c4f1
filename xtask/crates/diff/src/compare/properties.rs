//! Compares the properties and additional properties of objects.

use gitbook_api_codegen::walk::has_listed_names;
use serde_json::Value;

use super::super::rules::*;
use super::additional::{AdditionalProperties, additional, forbids_others};
use super::schema::Position;
use super::view::View;
use super::{Comparison, Location, NodeRef};

impl<'a> Comparison<'a> {
    /// Compares `properties` and `required`.
    pub(super) fn properties(&mut self, base: &View<'a>, head: &View<'a>) {
        if self.compare_listed_map(base, head) {
            return;
        }
        let (old, new) = (base.get("properties"), head.get("properties"));
        let renamed = self.renamed_properties(base, head);
        for (before, after) in &renamed {
            let inner = vec![
                self.removed(base, head, before),
                added(requires(head, after), &NodeRef::new("", &Value::Null)),
            ];
            let side = |all: &Option<NodeRef<'a>>, name: &'a str| {
                Some(all.as_ref()?.get(name)?.with(name.into()))
            };
            self.push(&PROPERTY_RENAMED, side(&old, before), side(&new, after));
            if let Some(edit) = self.edits.last_mut() {
                edit.inner = inner;
            }
        }
        let is_renamed = |name: &str| renamed.iter().any(|(b, a)| *b == name || *a == name);
        let get = |side: &Option<NodeRef<'a>>, name: &str| side.as_ref().and_then(|s| s.get(name));
        for (name, before) in old.iter().flat_map(|side| side.entries()) {
            let Some(after) = get(&new, name) else {
                if is_renamed(name) {
                    continue;
                }
                self.emit(self.removed(base, head, name), Some(&before), None);
                continue;
            };
            let position = if requires(base, name) || requires(head, name) {
                Position::Inline
            } else {
                Position::OptionalProperty
            };
            self.schema(before, after, position);
        }
        let described = old.is_none() && !forbids_others(base);
        if let (true, Some(after)) = (described, &new) {
            self.emit(&PROPERTIES_DESCRIBED, None, Some(after));
        }
        for (name, after) in new.iter().flat_map(|side| side.entries()) {
            let required = requires(head, name);
            if get(&old, name).is_none() && (required || !described) && !is_renamed(name) {
                self.emit(added(required, &after), None, Some(&after));
            }
        }
        // A required property may be described in another member of an `allOf`.
        let one_sided = |name: &str| get(&old, name).is_some() != get(&new, name).is_some();
        let changed = |from: &View<'a>, to: &View<'a>| -> Vec<&'a str> {
            let names = required(from).into_iter();
            names
                .filter(|name| !requires(to, name) && !one_sided(name))
                .collect()
        };
        for name in changed(base, head) {
            let sides = (
                requirement(base, name, true),
                requirement(head, name, false),
            );
            self.push(&PROPERTY_BECAME_OPTIONAL, Some(sides.0), Some(sides.1));
        }
        for name in changed(head, base) {
            let sides = (
                requirement(base, name, false),
                requirement(head, name, true),
            );
            self.push(&PROPERTY_BECAME_REQUIRED, Some(sides.0), Some(sides.1));
        }
    }

    /// Returns the rule for a property that was removed.
    fn removed(&self, base: &View<'a>, head: &View<'a>, name: &str) -> &'static Rule {
        let property = base.get("properties").and_then(|all| all.get(name));
        let is_refused = match (
            additional(head.get("additionalProperties").as_ref()),
            property,
        ) {
            (AdditionalProperties::Nothing, _) => true,
            (AdditionalProperties::Schema(others), Some(property)) => {
                let views = (View::schema(&property), View::schema(&others));
                !self.rules_between(views.0, views.1).is_empty()
            }
            _ => false,
        };
        match (requires(base, name), is_refused) {
            (true, true) => &REQUIRED_PROPERTY_FORBIDDEN,
            (true, false) => &REQUIRED_PROPERTY_REMOVED,
            (false, true) => &OPTIONAL_PROPERTY_FORBIDDEN,
            (false, false) => &OPTIONAL_PROPERTY_REMOVED,
        }
    }

    /// Compares maps with listed keys, which normalizing rewrites as one property per key: an edit
    /// of all values is one edit, at the value of the first key. Returns whether both schemas are such
    /// maps.
    fn compare_listed_map(&mut self, base: &View<'a>, head: &View<'a>) -> bool {
        let (Some(old), Some(new)) = (listed_map(base), listed_map(head)) else {
            return false;
        };
        if required(base) != required(head) {
            return false;
        }
        if !self.same_names(base, head) {
            self.keys(&OPTIONAL_PROPERTY_FORBIDDEN, &old, &new);
            self.keys(&OPTIONAL_PROPERTY_ADDED, &new, &old);
        }
        let first = |map: &NodeRef<'a>| map.entries().next().map(|(_, property)| property);
        if let (Some(before), Some(after)) = (first(&old), first(&new)) {
            let mut comparison = Comparison::new(self.base, self.head, self.renames);
            comparison.open = self.open.clone();
            comparison.schema(before, after, Position::Inline);
            self.edits.extend(comparison.finish());
        }
        true
    }

    /// Returns whether the same component lists the keys of both maps. An edit of it is reported
    /// there.
    fn same_names(&self, base: &View<'a>, head: &View<'a>) -> bool {
        let listed = |view: &View<'a>| view.get("x-propertyNames")?.reference();
        match (listed(base), listed(head)) {
            (Some(old), Some(new)) => self.renames.same(old, new),
            _ => false,
        }
    }

    /// Reports the keys that only one of the maps has, as one edit.
    fn keys(&mut self, rule: &'static Rule, map: &NodeRef<'a>, other: &NodeRef<'a>) {
        let is_absent = |name: &str| other.get(name).is_none();
        let entries = map.entries().filter(|(name, _)| is_absent(name));
        let entries: Vec<(&str, NodeRef<'a>)> = entries.collect();
        let side = match &entries[..] {
            [] => return,
            [(_, only)] => only.side(),
            _ => map.with(entries.iter().map(|(name, _)| Value::from(*name)).collect()),
        };
        if *rule == OPTIONAL_PROPERTY_FORBIDDEN {
            self.push(rule, Some(side), None)
        } else {
            self.push(rule, None, Some(side))
        }
    }

    /// Returns the properties that were renamed and are otherwise equal. Properties without a
    /// description of their own are considered only if no other was added or removed.
    fn renamed_properties(&self, base: &View<'a>, head: &View<'a>) -> Vec<(&'a str, &'a str)> {
        let list = |view: &View<'a>, other: &View<'a>| -> Vec<(&'a str, NodeRef<'a>)> {
            let others = other.get("properties");
            let is_gone = |name: &str| others.as_ref().is_none_or(|all| all.get(name).is_none());
            let all = view.get("properties");
            let entries = all.iter().flat_map(|all| all.entries());
            entries.filter(|(name, _)| is_gone(name)).collect()
        };
        let (mut gone, mut new) = (list(base, head), list(head, base));
        if let ([(from, before)], [(to, after)]) = (&gone[..], &new[..])
            && before.value == after.value
            && *before.value != Value::Object(serde_json::Map::new())
            && requires(base, from) == requires(head, to)
        {
            return vec![(from, to)];
        }
        for list in [&mut gone, &mut new] {
            list.retain(|(_, node)| node.text("description").is_some());
        }
        let same = |a: &NodeRef<'a>, b: &NodeRef<'a>| a.value == b.value;
        let only = |list: &[(&'a str, NodeRef<'a>)], node: &NodeRef<'a>| {
            list.iter().filter(|(_, other)| same(other, node)).count() == 1
        };
        let pairs = gone.iter().filter_map(|(name, before)| {
            let (renamed, after) = new.iter().find(|(_, after)| same(before, after))?;
            (only(&gone, before) && only(&new, after)).then_some((*name, *renamed))
        });
        pairs.collect()
    }

    /// Compares `additionalProperties`.
    pub(super) fn additional_properties(&mut self, base: &View<'a>, head: &View<'a>) {
        let key = "additionalProperties";
        let (old, new) = (base.get(key), head.get(key));
        let rule = match (additional(old.as_ref()), additional(new.as_ref())) {
            (AdditionalProperties::Schema(before), AdditionalProperties::Schema(after)) => {
                return self.schema(before, after, Position::Inline);
            }
            (AdditionalProperties::Nothing, AdditionalProperties::Nothing) => return,
            (AdditionalProperties::Anything, AdditionalProperties::Anything) => {
                let named = (old.is_some(), new.is_some());
                let described = |view: &View<'a>| view.get("properties").is_some();
                match named {
                    (false, true) if described(head) => &EXTRA_PROPERTIES_NAMED,
                    (true, false) if described(base) => &EXTRA_PROPERTIES_NOT_NAMED,
                    _ => return,
                }
            }
            (_, AdditionalProperties::Nothing) => &EXTRA_PROPERTIES_FORBIDDEN,
            (AdditionalProperties::Nothing, _) => &EXTRA_PROPERTIES_ALLOWED,
            (_, AdditionalProperties::Schema(_)) => &EXTRA_PROPERTIES_NARROWED,
            (_, AdditionalProperties::Anything) => &EXTRA_PROPERTIES_WIDENED,
        };
        self.emit(rule, old.as_ref(), new.as_ref());
    }
}

/// Returns the entry of `required` for a property, as a side of an edit.
fn requirement(view: &View<'_>, name: &str, required: bool) -> Location {
    let property = view.get("properties").and_then(|all| all.get(name));
    let node = property.unwrap_or_else(|| view.whole().clone());
    let word = if required { "required" } else { "optional" };
    node.with(format!("{name} is {word}").into())
}

/// Returns the schema of the values of a map with listed keys: all properties are equal and
/// additional ones are not allowed.
fn listed_map<'a>(view: &View<'a>) -> Option<NodeRef<'a>> {
    has_listed_names(view.core().value).then_some(())?;
    let all = view.get("properties")?;
    let mut values = all.entries().map(|(_, node)| node.value);
    let first = values.next()?;
    values.all(|value| value == first).then_some(all.clone())
}

fn required<'a>(view: &View<'a>) -> Vec<&'a str> {
    let names = view.get("required").and_then(|node| node.value.as_array());
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn requires(view: &View<'_>, name: &str) -> bool {
    required(view).contains(&name)
}

fn added(required: bool, property: &NodeRef<'_>) -> &'static Rule {
    match (required, property.value.get("default")) {
        (true, Some(_)) => &REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
        (true, None) => &REQUIRED_PROPERTY_ADDED,
        (false, _) => &OPTIONAL_PROPERTY_ADDED,
    }
}
