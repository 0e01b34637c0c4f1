//! Compares an `allOf` of objects with a single object, after merging the properties of the
//! members.

use std::collections::{BTreeMap, BTreeSet};

use gitbook_api_codegen::document::{escape, lookup};
use gitbook_api_codegen::walk::{Node, documentation};
use serde_json::{Map, Value, json};

use super::super::rules::*;
use super::schema::Position;
use super::view::View;
use super::{Comparison, Edit, Location, NodeRef};

/// The maximum nesting of compositions.
const DEPTH: usize = 8;

impl<'a> Comparison<'a> {
    /// Returns the edits between an object and an `allOf` of objects, or `None` if the schemas are
    /// not of this form.
    pub(super) fn merged(
        &self,
        base: &View<'a>,
        head: &View<'a>,
        position: Position,
    ) -> Option<Vec<Edit>> {
        match (is_combined(base), is_combined(head)) {
            (false, false) => None,
            (true, true) => self.moved_within(base, head, position),
            _ => {
                let old = Merged::of(self.base, base, References::Merged)?;
                let new = Merged::of(self.head, head, References::Merged)?;
                let mut comparison = self.nested();
                comparison.edits = folded(self.between(&old, &new, position), &old, &new);
                Some(comparison.finish())
            }
        }
    }

    /// Returns the edits between two `allOf` of objects if properties moved between their members,
    /// where a comparison of the members would have a row for each. Annotations of members are
    /// compared in either case.
    fn moved_within(
        &self,
        base: &View<'a>,
        head: &View<'a>,
        position: Position,
    ) -> Option<Vec<Edit>> {
        let mut of_members = self.nested();
        of_members.by_keyword(base, head, position);
        let mut of_members = of_members.finish();
        let whole = [base, head].map(|view| view.core().pointer.clone());
        if !of_members.iter().any(|edit| has_moved(edit, &whole)) {
            return Some(of_members);
        }
        let merged = |references: References| {
            let old = Merged::of(self.base, base, references)?;
            let new = Merged::of(self.head, head, references)?;
            let is_same = self.same_references(&old.kept, &new.kept);
            is_same.then(|| self.between(&old, &new, position))
        };
        let all = merged(References::Merged).filter(Vec::is_empty);
        let Some(edits) = all.or_else(|| merged(References::Kept)) else {
            return Some(of_members);
        };
        if edits.len() < of_members.len() {
            of_members.retain(|edit| edit.rule.kind == Kind::Documentation);
            of_members.extend(edits);
        }
        let mut comparison = self.nested();
        comparison.edits = of_members;
        Some(comparison.finish())
    }

    /// Returns a comparison of parts of the same documents.
    fn nested(&self) -> Self {
        let mut comparison = Comparison::new(self.base, self.head, self.renames);
        comparison.open = self.open.clone();
        comparison
    }

    /// Returns the edits between two merged objects, at their places in the documents.
    fn between(&self, old: &Merged<'a>, new: &Merged<'a>, position: Position) -> Vec<Edit> {
        let mut comparison = Comparison::new(self.base, self.head, self.renames);
        comparison.open = self.open.clone();
        comparison.views(&old.view(), &new.view(), position);
        let mut edits = comparison.edits;
        for edit in &mut edits {
            edit.base = edit.base.take().map(|side| old.placed(side));
            edit.head = edit.head.take().map(|side| new.placed(side));
        }
        edits
    }

    fn same_references(&self, base: &[&str], head: &[&str]) -> bool {
        let mut left = head.to_vec();
        let mut all = base.iter().map(|old| {
            let index = left.iter().position(|new| self.renames.same(old, new));
            index.map(|index| left.remove(index))
        });
        all.all(|paired| paired.is_some()) && base.len() == head.len()
    }
}

fn is_combined(view: &View<'_>) -> bool {
    view.get("allOf").is_some()
}

/// Returns whether an edit of one of the members of an `allOf` may be one half of a property that
/// moved to another. `whole` are the pointers of both schemas.
fn has_moved(edit: &Edit, whole: &[String; 2]) -> bool {
    let rules = [
        &ALL_OF_ADDED,
        &ALL_OF_REMOVED,
        &ALL_OF_OPTIONAL_ADDED,
        &ALL_OF_OPTIONAL_REMOVED,
        &PROPERTY_BECAME_OPTIONAL,
        &PROPERTY_BECAME_REQUIRED,
        &TYPE_CHANGED,
        &TYPE_NARROWED,
        &TYPE_WIDENED,
    ];
    if !is_property(edit.rule) && !rules.contains(&edit.rule) {
        return false;
    }
    let mut sides = [&edit.base, &edit.head].into_iter().zip(whole);
    sides.any(|(side, whole)| {
        let rest = side
            .as_ref()
            .and_then(|side| side.pointer.strip_prefix(whole.as_str()));
        rest.is_some_and(|rest| {
            let mut tokens = rest.split('/').skip(1).peekable();
            while tokens.next_if_eq(&"allOf").is_some() {
                tokens.next();
            }
            tokens.next_if_eq(&"properties");
            tokens.count() < 2
        })
    })
}

/// Folds the edits of all properties that a referenced member contributes into one edit, if all of
/// them were added or removed: the reference was edited, not the component.
fn folded<'a>(edits: Vec<Edit>, old: &Merged<'a>, new: &Merged<'a>) -> Vec<Edit> {
    let mut folded: Vec<Edit> = Vec::new();
    let whole_members = |is_old: bool, merged: &Merged<'a>| -> BTreeSet<String> {
        let sides = edits.iter().filter_map(|edit| {
            let side = match (&edit.base, &edit.head) {
                (Some(side), None) if is_old => side,
                (None, Some(side)) if !is_old => side,
                _ => return None,
            };
            is_property(edit.rule).then_some(&side.pointer)
        });
        let sides: Vec<&String> = sides.collect();
        let is_whole = |pointer: &&&String| {
            let edited = sides.iter().filter(|other| **other == **pointer).count();
            merged.members.contains_key(**pointer) && edited == merged.contributed(pointer)
        };
        let whole = sides.iter().filter(is_whole);
        whole.map(|pointer| (*pointer).clone()).collect()
    };
    let (removed, added) = (whole_members(true, old), whole_members(false, new));
    for edit in edits {
        let (rule, member) = match (&edit.base, &edit.head) {
            (Some(side), None) if is_property(edit.rule) && removed.contains(&side.pointer) => {
                (&ALL_OF_REMOVED, old.members[&side.pointer])
            }
            (None, Some(side)) if is_property(edit.rule) && added.contains(&side.pointer) => {
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
    let optional = [
        &OPTIONAL_PROPERTY_ADDED,
        &OPTIONAL_PROPERTY_REMOVED,
        &OPTIONAL_PROPERTY_FORBIDDEN,
    ];
    is_required(rule) || optional.contains(&rule)
}

fn is_required(rule: &Rule) -> bool {
    let required = [
        &REQUIRED_PROPERTY_ADDED,
        &REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
        &REQUIRED_PROPERTY_REMOVED,
        &REQUIRED_PROPERTY_FORBIDDEN,
    ];
    required.contains(&rule)
}

/// Returns a schema without documentation, which members may state differently.
fn without_documentation(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(members) = schema.as_object_mut() {
        members.retain(|key, _| !documentation(Node::Schema).contains(&key.as_str()));
    }
    schema
}

/// The treatment of references to objects among the members.
#[derive(Clone, Copy, PartialEq, Eq)]
enum References {
    /// The properties of their components are merged too.
    Merged,
    /// They are kept apart.
    Kept,
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
    references: References,
    /// The references that were kept apart.
    kept: Vec<&'a str>,
}

impl<'a> Merged<'a> {
    fn of(document: &'a Value, view: &View<'a>, references: References) -> Option<Self> {
        let whole = view.core();
        let mut merged = Self {
            pointer: whole.pointer.clone(),
            schema: json!({"type": "object"}),
            places: BTreeMap::new(),
            members: BTreeMap::new(),
            references,
            kept: Vec::new(),
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
            if self.references == References::Kept {
                self.kept.push(reference);
                return Some(());
            }
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
                    if without_documentation(known) != without_documentation(property.value) =>
                {
                    return None;
                }
                Some(_) => {
                    // The inline description is closer than the component of a reference.
                    if through.is_none() {
                        let place = self.places.get_mut(name);
                        if let Some(place) = place.filter(|it| self.members.contains_key(*it)) {
                            *place = property.pointer;
                        }
                    }
                }
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

    /// Returns the number of properties that the reference at `pointer` contributes.
    fn contributed(&self, pointer: &str) -> usize {
        let places = self.places.values();
        places.filter(|place| *place == pointer).count()
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
            is_inside.then(|| {
                if self.members.contains_key(place) {
                    place.clone()
                } else {
                    format!("{place}{rest}")
                }
            })
        });
        Location {
            pointer: moved.unwrap_or(side.pointer),
            value: side.value,
            source: None,
        }
    }
}
