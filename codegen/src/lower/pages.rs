//! Recognizes the components that are pages of lists, which differ only in their items.
//!
//! The client has one generic type for them:
//!
//! ```text
//! { "items": [T], "next"?: { "page": string }, "count"?: integer }
//! ```
//!
//! Pages with other properties, or of another presence, keep a type of their own.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::component::{Component, Definition, Leaf, LeafKind, Object};
use super::lowered::{Lowered, Resolved};
use super::sent::sent;
use crate::names::type_name;
use crate::syntax::{AdditionalProperties, Origin};

/// Removes the components that are such pages, and replaces the references to them. What requests can
/// carry remains, because it has a constructor and setters.
pub(super) fn recognize(lowered: &mut Lowered) {
    let pages = pages(lowered);
    if pages.is_empty() {
        return;
    }
    let links = links(lowered, &pages);
    let mut origins: BTreeMap<String, Origin> = BTreeMap::new();
    for (name, item) in &pages {
        let component = lowered.components.shift_remove(name);
        let inline = component.and_then(|component| component.origin);
        let origin = inline.unwrap_or_else(|| {
            let mut page = Leaf::new(LeafKind::Page(Box::new(item.clone())));
            replace(&mut page, &pages);
            lowered.aliases.insert(name.clone(), page);
            Origin::Component {
                section: "schemas",
                name: name.clone(),
            }
        });
        origins.insert(type_name(name), origin);
    }
    lowered.leaves_mut().for_each(|leaf| replace(leaf, &pages));
    for component in lowered.components.values_mut() {
        if let Some(Origin::Property { owner, .. }) = &component.origin
            && let Some(page) = origins.get(owner)
        {
            component.origin = Some(Origin::Item(Box::new(page.clone())));
        }
    }
    remove_unused(lowered, links);
}

/// Returns the items of the components that are pages.
fn pages(lowered: &Lowered) -> BTreeMap<String, Leaf> {
    let sent = sent(lowered);
    let components = lowered.components.iter();
    let pages = components.filter(|(name, _)| !sent.contains(name.as_str()));
    let pages = pages.filter_map(|(name, component)| {
        let item = item(lowered, component)?;
        Some((name.clone(), item.clone()))
    });
    let mut pages: BTreeMap<String, Leaf> = pages.collect();
    // A type that has no name cannot contain itself.
    let endless: Vec<String> = pages
        .keys()
        .filter(|name| is_endless(&pages, name))
        .cloned()
        .collect();
    endless.iter().for_each(|name| drop(pages.remove(name)));
    pages
}

/// Returns the items of a page; `None` if the component is none, or one of another shape.
fn item<'a>(lowered: &'a Lowered, page: &'a Component) -> Option<&'a Leaf> {
    let page = object(page)?;
    let known = ["items", "next", "count"];
    if page.properties.keys().any(|key| !known.contains(&&**key)) {
        return None;
    }
    let LeafKind::List(item) = &property(lowered, page, "items", true)?.kind else {
        return None;
    };
    let next = page.properties.get("next")?;
    let link = match lowered.resolve(next) {
        Resolved::Component(link) => object(link)?,
        Resolved::Leaf(_) => return None,
    };
    let is_optional = !next.nullable && !page.required.iter().any(|name| name == "next");
    let cursor = property(lowered, link, "page", true)?;
    let has_cursor = link.properties.len() == 1 && cursor.kind == LeafKind::String;
    let count = property(lowered, page, "count", false)?;
    let is_page = is_optional && has_cursor && count.kind == LeafKind::Integer;
    is_page.then_some(item)
}

/// Returns an object that has described properties only.
fn object(component: &Component) -> Option<&Object> {
    match &component.definition {
        Definition::Object(object)
            if object.unions.is_empty()
                && !matches!(
                    object.additional_properties,
                    Some(AdditionalProperties::Allowed(_))
                ) =>
        {
            Some(object)
        }
        _ => None,
    }
}

/// Returns the leaf of a property, if it is required or not, never `null` and no constant.
fn property<'a>(
    lowered: &'a Lowered,
    object: &'a Object,
    name: &str,
    is_required: bool,
) -> Option<&'a Leaf> {
    let leaf = object.properties.get(name)?;
    let Resolved::Leaf(target) = lowered.resolve(leaf) else {
        return None;
    };
    let is_plain = !target.nullable && target.constant.is_none();
    let has_presence = object.required.iter().any(|it| it == name) == is_required;
    // Text with a format may have another type.
    let is_it = has_presence && is_plain && target.format.is_none();
    is_it.then_some(target)
}

/// Returns whether a page would contain itself through other pages.
fn is_endless(pages: &BTreeMap<String, Leaf>, page: &str) -> bool {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut next = pages.get(page);
    while let Some(leaf) = next {
        next = match &leaf.kind {
            LeafKind::List(inner) | LeafKind::Map(inner) | LeafKind::Page(inner) => Some(inner),
            LeafKind::Component(name) if name == page => return true,
            LeafKind::Component(name) if seen.insert(name) => pages.get(name),
            _ => None,
        };
    }
    false
}

/// Returns the inline objects that lead from page to page.
fn links(lowered: &Lowered, pages: &BTreeMap<String, Leaf>) -> BTreeSet<String> {
    let pages = pages.keys().filter_map(|name| lowered.components.get(name));
    let next = pages.filter_map(|page| object(page)?.properties.get("next")?.component());
    let is_inline = |name: &&str| {
        let component = lowered.components.get(*name);
        component.is_some_and(|component| component.origin.is_some())
    };
    next.filter(is_inline).map(str::to_owned).collect()
}

/// Replaces a reference to a page by a page of its items.
fn replace(leaf: &mut Leaf, pages: &BTreeMap<String, Leaf>) {
    if let Some(item) = leaf.component().and_then(|name| pages.get(name)) {
        leaf.kind = LeafKind::Page(Box::new(item.clone()));
    }
    if let LeafKind::List(inner) | LeafKind::Map(inner) | LeafKind::Page(inner) = &mut leaf.kind {
        replace(inner, pages);
    }
}

/// Removes those of these components that nothing refers to any more.
fn remove_unused(lowered: &mut Lowered, mut unused: BTreeSet<String>) {
    lowered.leaves_mut().for_each(|leaf| {
        let mut leaf = &*leaf;
        while let LeafKind::List(inner) | LeafKind::Map(inner) | LeafKind::Page(inner) = &leaf.kind
        {
            leaf = inner;
        }
        if let Some(name) = leaf.component() {
            unused.remove(name);
        }
    });
    let components = &mut lowered.components;
    components.retain(|name, _| !unused.contains(name));
}
