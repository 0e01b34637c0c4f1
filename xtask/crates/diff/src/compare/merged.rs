//! An `allOf` of objects beside one object: the same once the properties of the members are put
//! together.

use std::collections::BTreeMap;

use gitbook_api_codegen::document::{escape, lookup};
use serde_json::{Map, Value, json};

use super::super::rules::*;
use super::schema::Slot;
use super::view::View;
use super::{Comparison, Edit, Side, Spot};

/// How deep combinations may hold combinations.
const DEPTH: usize = 8;

impl<'a> Comparison<'a> {
    /// The edits between one object and an `allOf` of several; `None` when they are not that.
    pub(super) fn merged(&self, base: &View<'a>, head: &View<'a>, slot: Slot) -> Option<Vec<Edit>> {
        let combined = |view: &View<'a>| view.get("allOf").is_some();
        if combined(base) == combined(head) {
            return None;
        }
        let old = Merged::of(self.base, base)?;
        let new = Merged::of(self.head, head)?;
        let mut comparison = Comparison::new(self.base, self.head, self.renames);
        comparison.open = self.open.clone();
        comparison.views(&old.view(), &new.view(), slot);
        let mut edits = comparison.edits;
        for edit in &mut edits {
            edit.base = edit.base.take().map(|side| old.placed(side));
            edit.head = edit.head.take().map(|side| new.placed(side));
        }
        comparison.edits = folded(edits, &old, &new);
        Some(comparison.finish())
    }
}

/// The edits, where all that a member of an `allOf` brought in by reference is gone or new as one:
/// the edit was made here, and not in the component.
fn folded<'a>(edits: Vec<Edit>, old: &Merged<'a>, new: &Merged<'a>) -> Vec<Edit> {
    let mut folded: Vec<Edit> = Vec::new();
    for edit in edits {
        let (rule, member) = match (&edit.base, &edit.head) {
            (Some(side), None)
                if is_property(edit.rule) && old.members.contains_key(&side.pointer) =>
            {
                (&ALL_OF_REMOVED, old.members[&side.pointer])
            }
            (None, Some(side))
                if is_property(edit.rule) && new.members.contains_key(&side.pointer) =>
            {
                (&ALL_OF_ADDED, new.members[&side.pointer])
            }
            _ => {
                folded.push(edit);
                continue;
            }
        };
        let place = edit
            .base
            .as_ref()
            .or(edit.head.as_ref())
            .map(|side| side.pointer.clone());
        let known = folded.iter_mut().find(|known| {
            let side = known.base.as_ref().or(known.head.as_ref());
            known.rule == rule && side.map(|side| &side.pointer) == place.as_ref()
        });
        if let Some(known) = known {
            known.inner.push(edit.rule);
            continue;
        }
        let whole = |side: Side| Side {
            value: member.clone(),
            ..side
        };
        folded.push(Edit {
            rule,
            base: edit.base.map(whole),
            head: edit.head.map(whole),
            inner: vec![edit.rule],
        });
    }
    for edit in &mut folded {
        let asks = edit.inner.iter().any(|rule| is_required(rule));
        if *edit.rule == ALL_OF_REMOVED && !asks {
            edit.rule = &ALL_OF_OPTIONAL_REMOVED;
        } else if *edit.rule == ALL_OF_ADDED && !asks {
            edit.rule = &ALL_OF_OPTIONAL_ADDED;
        }
    }
    folded
}

/// Whether a property is gone or new.
fn is_property(rule: &Rule) -> bool {
    is_required(rule) || [&OPTIONAL_PROPERTY_ADDED, &OPTIONAL_PROPERTY_REMOVED].contains(&rule)
}

fn is_required(rule: &Rule) -> bool {
    let required = [
        &REQUIRED_PROPERTY_ADDED,
        &REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
        &REQUIRED_PROPERTY_REMOVED,
    ];
    required.contains(&rule)
}

/// Objects put together as one.
struct Merged<'a> {
    /// Where the whole stands.
    pointer: String,
    schema: Value,
    /// Where each property really stands; one that a reference brings in, at the reference.
    places: BTreeMap<String, String>,
    /// The references, by where they stand.
    members: BTreeMap<String, &'a Value>,
}

impl<'a> Merged<'a> {
    fn of(document: &'a Value, view: &View<'a>) -> Option<Self> {
        let whole = view.core();
        let mut merged = Self {
            pointer: whole.pointer.clone(),
            schema: json!({"type": "object"}),
            places: BTreeMap::new(),
            members: BTreeMap::new(),
        };
        // What is said of the whole stays.
        for (key, value) in whole.value.as_object()? {
            if !["type", "properties", "required", "allOf"].contains(&key.as_str()) {
                merged.schema[key] = value.clone();
            }
        }
        merged.take(document, whole, None, DEPTH)?;
        merged.schema.get("properties")?;
        Some(merged)
    }

    /// Takes what an object says; `None` when it is not one, or says what cannot be put together.
    /// `through` is where the reference stands that led to it, if one did.
    fn take(
        &mut self,
        document: &'a Value,
        spot: &Spot<'a>,
        through: Option<&str>,
        depth: usize,
    ) -> Option<()> {
        if let Some(reference) = spot.reference() {
            let target = Spot::new(reference, lookup(document, reference)?);
            let through = through.unwrap_or(&spot.pointer);
            self.members.entry(through.to_owned()).or_insert(spot.value);
            return self.take(document, &target, Some(through), depth.checked_sub(1)?);
        }
        let is_whole = spot.pointer == self.pointer;
        for (key, value) in spot.value.as_object()? {
            match key.as_str() {
                "type" if value != "object" => return None,
                "type" => {}
                "properties" => self.properties(spot, through)?,
                "required" => self.required(value),
                "allOf" => {
                    for member in spot.get("allOf").iter().flat_map(Spot::items) {
                        self.take(document, &member, through, depth.checked_sub(1)?)?;
                    }
                }
                "description" | "title" | "example" => {}
                _ if is_whole => {}
                _ => return None,
            }
        }
        Some(())
    }

    fn properties(&mut self, holder: &Spot<'a>, through: Option<&str>) -> Option<()> {
        let list = holder.get("properties")?;
        let all = self.schema.as_object_mut()?.entry("properties");
        let all = all.or_insert_with(|| Map::new().into()).as_object_mut()?;
        for (name, property) in list.entries() {
            match all.get(name) {
                Some(known) if known != property.value => return None,
                Some(_) => {}
                None => {
                    all.insert(name.to_owned(), property.value.clone());
                    let place = through.map_or(property.pointer, str::to_owned);
                    self.places.insert(name.to_owned(), place);
                }
            }
        }
        Some(())
    }

    fn required(&mut self, names: &Value) {
        let all = self
            .schema
            .as_object_mut()
            .map(|schema| schema.entry("required").or_insert_with(|| json!([])));
        let all = all.and_then(Value::as_array_mut);
        if let (Some(all), Some(names)) = (all, names.as_array()) {
            let new: Vec<Value> = names
                .iter()
                .filter(|name| !all.contains(name))
                .cloned()
                .collect();
            all.extend(new);
        }
    }

    fn view(&self) -> View<'_> {
        View::plain(&Spot::new(self.pointer.clone(), &self.schema))
    }

    /// The side with the pointer of the place where it really stands.
    fn placed(&self, side: Side) -> Side {
        let moved = self.places.iter().find_map(|(name, place)| {
            let seeming = format!("{}/properties/{}", self.pointer, escape(name));
            let rest = side.pointer.strip_prefix(&seeming)?;
            let is_inside = rest.is_empty() || rest.starts_with('/');
            is_inside.then(|| match self.members.contains_key(place) {
                true => place.clone(),
                false => format!("{place}{rest}"),
            })
        });
        Side {
            pointer: moved.unwrap_or(side.pointer),
            value: side.value,
            source: None,
        }
    }
}
