//! Lists in pages.

use super::{Content, Parameter, Response};
use crate::lower::{Definition, Leaf, LeafKind, Lowered, Object, Resolved};
use crate::syntax::Location;

/// The pages of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// The schema of one page.
    pub page: Leaf,
    /// The schema of one item.
    pub item: Leaf,
    /// The fields of a page that is a type of its own; `None` if it differs only in its items.
    pub fields: Option<PageFields>,
}

/// The fields of a page that lead to its items and to the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageFields {
    /// The list of items on the page, a field `items`.
    pub items: Presence,
    /// The object that leads to the next page, a field `next`.
    pub next: Presence,
    /// The cursor in it, a field `page`.
    pub cursor: Presence,
    /// The number of all items, a field `count`.
    pub count: Option<Count>,
}

/// The field that says how many items there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The presence of the field.
    pub field: Presence,
    /// Set if it is an `integer`, not a `number`.
    pub is_integer: bool,
}

/// The presence of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Required and never null.
    Always,
    /// Optional or nullable.
    Sometimes,
}

/// Returns the paging of an operation: a query parameter `page` in; `items` and `next.page` out.
pub(super) fn paging(
    lowered: &Lowered,
    parameters: &[Parameter],
    responses: &[Response],
) -> Option<Paging> {
    let takes_page = |p: &&Parameter| p.location == Location::Query && p.api_name == "page";
    parameters.iter().find(takes_page)?;
    let page = match responses {
        [
            Response {
                content: Content::Json(page),
                ..
            },
        ] => page,
        _ => return None,
    };
    if page.nullable {
        return None;
    }
    let target = match lowered.resolve(page) {
        Resolved::Leaf(target) => target,
        Resolved::Component(_) => page,
    };
    if let LeafKind::Page(item) = &target.kind {
        return Some(Paging {
            page: page.clone(),
            item: (**item).clone(),
            fields: None,
        });
    }
    page.component()?;
    let object = object(lowered, page)?;
    let (list, items) = property(lowered, object, "items")?;
    let LeafKind::List(item) = &list.kind else {
        return None;
    };
    item.component()?;
    let (link, next) = property(lowered, object, "next")?;
    let (token, cursor) = property(lowered, self::object(lowered, link)?, "page")?;
    if token.kind != LeafKind::String {
        return None;
    }
    let count = property(lowered, object, "count").and_then(|(leaf, field)| {
        let is_integer = match leaf.kind {
            LeafKind::Integer => true,
            LeafKind::Number => false,
            _ => return None,
        };
        Some(Count { field, is_integer })
    });
    Some(Paging {
        page: page.clone(),
        item: (**item).clone(),
        fields: Some(PageFields {
            items,
            next,
            cursor,
            count,
        }),
    })
}

/// Returns the object with described properties that a leaf refers to.
fn object<'a>(lowered: &'a Lowered, leaf: &'a Leaf) -> Option<&'a Object> {
    match lowered.resolve(leaf) {
        Resolved::Component(component) => match &component.definition {
            Definition::Object(object) => Some(object),
            _ => None,
        },
        Resolved::Leaf(_) => None,
    }
}

/// Returns the leaf of a property behind aliases, and whether it can be absent.
fn property<'a>(
    lowered: &'a Lowered,
    object: &'a Object,
    name: &str,
) -> Option<(&'a Leaf, Presence)> {
    let leaf = object.properties.get(name)?;
    let target = match lowered.resolve(leaf) {
        Resolved::Leaf(target) => target,
        Resolved::Component(_) => leaf,
    };
    let is_required = object.required.iter().any(|required| required == name);
    let presence = if is_required && !leaf.nullable {
        Presence::Always
    } else {
        Presence::Sometimes
    };
    Some((target, presence))
}
