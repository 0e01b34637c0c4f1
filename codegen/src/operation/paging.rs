//! How lists are cut into pages.

use serde_json::Value;

use super::{Content, Location, Parameter, Response, strings};
use crate::document::resolve;

/// How to get from one page of results to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// The schema of one page, a reference to a component.
    pub page: Value,
    /// The schema of one item, a reference to a component.
    pub item: Value,
    /// The list of items on the page, a field `items`.
    pub items: Field,
    /// The object that leads to the next page, a field `next`.
    pub next: Field,
    /// The cursor in it, a field `page`.
    pub cursor: Field,
    /// The number of all items, a field `count`.
    pub count: Option<Count>,
}

/// The field that says how many items there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Whether it is always there.
    pub field: Field,
    /// Whether it is an `integer`, not a `number`.
    pub is_integer: bool,
}

/// What decides the Rust type of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Required and never null.
    Always,
    /// Optional or nullable.
    Sometimes,
}

/// The paging of an operation: a query parameter `page` in; `items` and `next.page` out.
pub(super) fn paging(
    document: &Value,
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
    page.get("$ref")?;
    let object = resolve(document, page).ok()?;
    let (list, items) = property(document, object, "items")?;
    let item = list
        .get("items")
        .filter(|item| item.get("$ref").is_some())?;
    let (link, next) = property(document, object, "next")?;
    let (token, cursor) = property(document, link, "page")?;
    if token.get("type")? != "string" {
        return None;
    }
    let count = property(document, object, "count").and_then(|(schema, field)| {
        match schema.get("type")?.as_str()? {
            "integer" => Some(Count {
                field,
                is_integer: true,
            }),
            "number" => Some(Count {
                field,
                is_integer: false,
            }),
            _ => None,
        }
    });
    Some(Paging {
        page: page.clone(),
        item: item.clone(),
        items,
        next,
        cursor,
        count,
    })
}

fn property<'a>(document: &'a Value, object: &'a Value, name: &str) -> Option<(&'a Value, Field)> {
    let node = object.get("properties")?.get(name)?;
    let schema = resolve(document, node).ok()?;
    let is_nullable = [node, schema]
        .iter()
        .any(|s| s.get("nullable").is_some_and(|n| n == true));
    let is_required = strings(object.get("required"))
        .iter()
        .any(|required| required == name);
    let field = match is_required && !is_nullable {
        true => Field::Always,
        false => Field::Sometimes,
    };
    Some((schema, field))
}
