//! Compares what objects hold: named properties and further ones.

use serde_json::Value;

use super::super::rules::*;
use super::schema::Slot;
use super::view::View;
use super::{Comparison, Edit, Side, Spot};

impl<'a> Comparison<'a> {
    /// Compares `properties` and `required`.
    pub(super) fn properties(&mut self, base: &View<'a>, head: &View<'a>) {
        if self.uniform(base, head) {
            return;
        }
        let (old, new) = (base.get("properties"), head.get("properties"));
        let renamed = self.renamed_properties(base, head);
        for (before, after) in &renamed {
            let inner = vec![
                removed(requires(base, before)),
                added(requires(head, after), &Spot::new("", &Value::Null)),
            ];
            let side = |all: &Option<Spot<'a>>, name: &'a str| {
                Some(all.as_ref()?.get(name)?.with(name.into()))
            };
            self.push(&PROPERTY_RENAMED, side(&old, before), side(&new, after));
            if let Some(edit) = self.edits.last_mut() {
                edit.inner = inner;
            }
        }
        let is_renamed = |name: &str| renamed.iter().any(|(b, a)| *b == name || *a == name);
        let get = |side: &Option<Spot<'a>>, name: &str| side.as_ref().and_then(|s| s.get(name));
        for (name, before) in old.iter().flat_map(|side| side.entries()) {
            let Some(after) = get(&new, name) else {
                if is_renamed(name) {
                    continue;
                }
                self.emit(removed(requires(base, name)), Some(&before), None);
                continue;
            };
            let slot = match requires(base, name) || requires(head, name) {
                true => Slot::Inline,
                false => Slot::OptionalProperty,
            };
            self.schema(before, after, slot);
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
        // A name may be required here and described elsewhere, in another member of an `allOf`.
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

    /// Compares maps whose keys are listed, which normalizing writes as one property for each: what
    /// changed in all of them is one edit. Whether both are such maps.
    fn uniform(&mut self, base: &View<'a>, head: &View<'a>) -> bool {
        let (Some(old), Some(new)) = (listed_map(base), listed_map(head)) else {
            return false;
        };
        if required(base) != required(head) {
            return false;
        }
        self.keys(&OPTIONAL_PROPERTY_REMOVED, &old, &new);
        self.keys(&OPTIONAL_PROPERTY_ADDED, &new, &old);
        let first = |map: &Spot<'a>| map.entries().next().map(|(_, property)| property);
        if let (Some(before), Some(after)) = (first(&old), first(&new)) {
            let mut comparison = Comparison::new(self.base, self.head, self.renames);
            comparison.open = self.open.clone();
            comparison.schema(before, after, Slot::Inline);
            for edit in comparison.finish() {
                let at = |side: Option<Side>, map: &Spot<'a>| {
                    Some(Side {
                        pointer: map.pointer.clone(),
                        ..side?
                    })
                };
                self.edits.push(Edit {
                    base: at(edit.base, &old),
                    head: at(edit.head, &new),
                    ..edit
                });
            }
        }
        true
    }

    /// The keys that one map lists and another does not, as one edit.
    fn keys(&mut self, rule: &'static Rule, map: &Spot<'a>, other: &Spot<'a>) {
        let is_absent = |name: &str| other.get(name).is_none();
        let entries = map.entries().filter(|(name, _)| is_absent(name));
        let entries: Vec<(&str, Spot<'a>)> = entries.collect();
        let side = match &entries[..] {
            [] => return,
            [(_, only)] => only.side(),
            _ => map.with(entries.iter().map(|(name, _)| Value::from(*name)).collect()),
        };
        match *rule == OPTIONAL_PROPERTY_REMOVED {
            true => self.push(rule, Some(side), None),
            false => self.push(rule, None, Some(side)),
        }
    }

    /// The properties that have another name, and all else the same. Each has text of its own to be
    /// known by.
    fn renamed_properties(&self, base: &View<'a>, head: &View<'a>) -> Vec<(&'a str, &'a str)> {
        let list = |view: &View<'a>, other: &View<'a>| -> Vec<(&'a str, Spot<'a>)> {
            let others = other.get("properties");
            let is_gone = |name: &str| others.as_ref().is_none_or(|all| all.get(name).is_none());
            let all = view.get("properties");
            let entries = all.iter().flat_map(|all| all.entries());
            entries
                .filter(|(name, spot)| is_gone(name) && spot.text("description").is_some())
                .collect()
        };
        let (gone, new) = (list(base, head), list(head, base));
        let same = |a: &Spot<'a>, b: &Spot<'a>| a.value == b.value;
        let only = |list: &[(&'a str, Spot<'a>)], spot: &Spot<'a>| {
            list.iter().filter(|(_, other)| same(other, spot)).count() == 1
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
        let rule = match (further(old.as_ref()), further(new.as_ref())) {
            (Further::Schema(before), Further::Schema(after)) => {
                return self.schema(before, after, Slot::Inline);
            }
            (Further::Nothing, Further::Nothing) => return,
            (Further::Anything, Further::Anything) => {
                let named = (old.is_some(), new.is_some());
                let described = |view: &View<'a>| view.get("properties").is_some();
                match named {
                    (false, true) if described(head) => &EXTRA_PROPERTIES_NAMED,
                    (true, false) if described(base) => &EXTRA_PROPERTIES_NOT_NAMED,
                    _ => return,
                }
            }
            (_, Further::Nothing) => &EXTRA_PROPERTIES_FORBIDDEN,
            (Further::Nothing, _) => &EXTRA_PROPERTIES_ALLOWED,
            (_, Further::Schema(_)) => &EXTRA_PROPERTIES_NARROWED,
            (_, Further::Anything) => &EXTRA_PROPERTIES_WIDENED,
        };
        self.emit(rule, old.as_ref(), new.as_ref());
    }
}

/// Whether a property is required, as a side of an edit.
fn requirement(view: &View<'_>, name: &str, required: bool) -> Side {
    let property = view.get("properties").and_then(|all| all.get(name));
    let spot = property.unwrap_or_else(|| view.whole().clone());
    let word = if required { "required" } else { "optional" };
    spot.with(format!("{name} is {word}").into())
}

/// The properties of a map with listed keys, if they are all the same and no others are allowed.
fn listed_map<'a>(view: &View<'a>) -> Option<Spot<'a>> {
    view.get("x-propertyNames")?;
    let all = view.get("properties")?;
    let mut values = all.entries().map(|(_, spot)| spot.value);
    let first = values.next()?;
    values.all(|value| value == first).then_some(all.clone())
}

/// What an object may hold besides its named properties.
enum Further<'a> {
    Nothing,
    Anything,
    Schema(Spot<'a>),
}

fn further<'a>(spot: Option<&Spot<'a>>) -> Further<'a> {
    match spot.map(|spot| spot.value) {
        None | Some(Value::Bool(true)) => Further::Anything,
        Some(Value::Bool(false)) => Further::Nothing,
        Some(Value::Object(schema)) if schema.is_empty() => Further::Anything,
        Some(_) => spot.cloned().map_or(Further::Anything, Further::Schema),
    }
}

fn required<'a>(view: &View<'a>) -> Vec<&'a str> {
    let names = view.get("required").and_then(|spot| spot.value.as_array());
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn requires(view: &View<'_>, name: &str) -> bool {
    required(view).contains(&name)
}

/// Whether an object may hold nothing but its named properties.
fn forbids_others(view: &View<'_>) -> bool {
    matches!(
        further(view.get("additionalProperties").as_ref()),
        Further::Nothing
    )
}

fn removed(required: bool) -> &'static Rule {
    match required {
        true => &REQUIRED_PROPERTY_REMOVED,
        false => &OPTIONAL_PROPERTY_REMOVED,
    }
}

fn added(required: bool, property: &Spot<'_>) -> &'static Rule {
    match (required, property.value.get("default")) {
        (true, Some(_)) => &REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
        (true, None) => &REQUIRED_PROPERTY_ADDED,
        (false, _) => &OPTIONAL_PROPERTY_ADDED,
    }
}
