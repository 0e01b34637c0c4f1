//! Compares an `allOf` of objects with a single object, after merging the properties of the
//! members.

use std::collections::BTreeMap;

use gitbook_api_codegen::document::{escape, lookup};
use serde_json::{Map, Value, json};

use super::super::rules::*;
use super::schema::Slot;
use super::view::View;
use super::{Comparison, Edit, Location, NodeRef};

/// The maximum nesting of compositions.
const DEPTH: usize = 8;

impl<'a> Comparison<'a> {
    /// Returns the edits between an object and an `allOf` of objects, or `None` if the schemas are
    /// not of this form.
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

/// Folds the edits of all properties that a referenced member contributes into one edit, if all of
/// them were added or removed: the reference was edited, not the component.
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
        let whole = |side: Location| Location {
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

/// Returns whether the rule is about an added or removed property.
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

/// Returns a schema without annotations, which members may state differently.
fn without_annotations(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(members) = schema.as_object_mut() {
        members.retain(|key, _| !["description", "title", "example"].contains(&key.as_str()));
    }
    schema
}

/// An object merged from several.
struct Merged<'a> {
    /// The pointer of the whole.
    pointer: String,
    schema: Value,
    /// The pointer of each property. For a property of a referenced schema, that of the reference.
    places: BTreeMap<String, String>,
    /// The references by their pointers.
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
        // Keywords of the whole are kept.
        for (key, value) in whole.value.as_object()? {
            if !["type", "properties", "required", "allOf"].contains(&key.as_str()) {
                merged.schema[key] = value.clone();
            }
        }
        merged.take(document, whole, None, DEPTH)?;
        merged.schema.get("properties")?;
        Some(merged)
    }

    /// Merges one object. Returns `None` if it is not an object, or has keywords that cannot be
    /// merged. `through` is the pointer of the reference that led to it, if any.
    fn take(
        &mut self,
        document: &'a Value,
        node: &NodeRef<'a>,
        through: Option<&str>,
        depth: usize,
    ) -> Option<()> {
        if let Some(reference) = node.reference() {
            let target = NodeRef::new(reference, lookup(document, reference)?);
            let through = through.unwrap_or(&node.pointer);
            self.members.entry(through.to_owned()).or_insert(node.value);
            return self.take(document, &target, Some(through), depth.checked_sub(1)?);
        }
        let is_whole = node.pointer == self.pointer;
        for (key, value) in node.value.as_object()? {
            match key.as_str() {
                "type" if value != "object" => return None,
                "type" => {}
                "properties" => self.properties(node, through)?,
                "required" => self.required(value),
                "allOf" => {
                    for member in node.get("allOf").iter().flat_map(NodeRef::items) {
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

    fn properties(&mut self, holder: &NodeRef<'a>, through: Option<&str>) -> Option<()> {
        let list = holder.get("properties")?;
        let all = self.schema.as_object_mut()?.entry("properties");
        let all = all.or_insert_with(|| Map::new().into()).as_object_mut()?;
        for (name, property) in list.entries() {
            match all.get(name) {
                Some(known)
                    if without_annotations(known) != without_annotations(property.value) =>
                {
                    return None;
                }
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
        View::plain(&NodeRef::new(self.pointer.clone(), &self.schema))
    }

    /// Returns the side with the pointer that the property has in the document.
    fn placed(&self, side: Location) -> Location {
        let moved = self.places.iter().find_map(|(name, place)| {
            let seeming = format!("{}/properties/{}", self.pointer, escape(name));
            let rest = side.pointer.strip_prefix(&seeming)?;
            let is_inside = rest.is_empty() || rest.starts_with('/');
            is_inside.then(|| match self.members.contains_key(place) {
                true => place.clone(),
                false => format!("{place}{rest}"),
            })
        });
        Location {
            pointer: moved.unwrap_or(side.pointer),
            value: side.value,
            source: None,
        }
    }
}
