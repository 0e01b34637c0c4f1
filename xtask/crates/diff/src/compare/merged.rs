//! An `allOf` of objects beside one object: the same once the properties of the members are put
//! together.

use std::collections::BTreeMap;

use gitbook_api_codegen::document::{escape, lookup};
use serde_json::{Map, Value, json};

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
        let mut edits = comparison.finish();
        for edit in &mut edits {
            edit.base = edit.base.take().map(|side| old.placed(side));
            edit.head = edit.head.take().map(|side| new.placed(side));
        }
        Some(edits)
    }
}

/// Objects put together as one.
struct Merged {
    /// Where the whole stands.
    pointer: String,
    schema: Value,
    /// Where each property really stands.
    places: BTreeMap<String, String>,
}

impl Merged {
    fn of(document: &Value, view: &View<'_>) -> Option<Self> {
        let whole = view.core();
        let mut merged = Self {
            pointer: whole.pointer.clone(),
            schema: json!({"type": "object"}),
            places: BTreeMap::new(),
        };
        // What is said of the whole stays.
        for (key, value) in whole.value.as_object()? {
            if !["type", "properties", "required", "allOf"].contains(&key.as_str()) {
                merged.schema[key] = value.clone();
            }
        }
        merged.take(document, whole, DEPTH)?;
        merged.schema.get("properties")?;
        Some(merged)
    }

    /// Takes what an object says; `None` when it is not one, or says what cannot be put together.
    fn take(&mut self, document: &Value, spot: &Spot<'_>, depth: usize) -> Option<()> {
        if let Some(reference) = spot.reference() {
            let target = Spot::new(reference, lookup(document, reference)?);
            return self.take(document, &target, depth.checked_sub(1)?);
        }
        let is_whole = spot.pointer == self.pointer;
        for (key, value) in spot.value.as_object()? {
            match key.as_str() {
                "type" if value != "object" => return None,
                "type" => {}
                "properties" => self.properties(spot)?,
                "required" => self.required(value),
                "allOf" => {
                    for member in spot.get("allOf").iter().flat_map(Spot::items) {
                        self.take(document, &member, depth.checked_sub(1)?)?;
                    }
                }
                "description" | "title" | "example" => {}
                _ if is_whole => {}
                _ => return None,
            }
        }
        Some(())
    }

    fn properties(&mut self, holder: &Spot<'_>) -> Option<()> {
        let list = holder.get("properties")?;
        let all = self.schema.as_object_mut()?.entry("properties");
        let all = all.or_insert_with(|| Map::new().into()).as_object_mut()?;
        for (name, property) in list.entries() {
            match all.get(name) {
                Some(known) if known != property.value => return None,
                Some(_) => {}
                None => {
                    all.insert(name.to_owned(), property.value.clone());
                    self.places.insert(name.to_owned(), property.pointer);
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
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{place}{rest}"))
        });
        Side {
            pointer: moved.unwrap_or(side.pointer),
            value: side.value,
        }
    }
}
