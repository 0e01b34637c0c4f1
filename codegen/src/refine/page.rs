//! How each type of page leads to the next.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Problem;
use crate::document::schema_name;
use crate::fill::fill;
use crate::operation::{Field, Operation, Paging};

/// One implementation for each type that is a page of some operation.
pub(super) fn pages(
    operations: &[Operation],
    types: &BTreeMap<String, String>,
) -> Result<String, Problem> {
    let mut seen: Vec<&Value> = Vec::new();
    let mut pages = String::new();
    for operation in operations {
        let Some(paging) = &operation.paging else {
            continue;
        };
        if seen.contains(&&paging.page) {
            continue;
        }
        seen.push(&paging.page);
        let at = |problem: Problem| Problem {
            pointer: operation.pointer(),
            ..problem
        };
        pages.push_str(&page(paging, types).map_err(at)?);
    }
    Ok(pages)
}

/// What `page!` makes an implementation of: the types, and where the fields can be absent.
fn page(paging: &Paging, types: &BTreeMap<String, String>) -> Result<String, Problem> {
    let page = rust_type(&paging.page, types)?;
    let item = rust_type(&paging.item, types)?;
    let mark = |field| match field {
        Field::Always => "",
        Field::Sometimes => "?",
    };
    let count = paging.count.map_or(String::new(), |count| {
        let cast = if count.is_integer { "" } else { " as u64" };
        format!(", [count{}{cast}]", mark(count.field))
    });
    let items = format!("[items{}]", mark(paging.items));
    let cursor = format!("[next{}.page{}]", mark(paging.next), mark(paging.cursor));
    let pieces = [
        format!("page!({page}"),
        format!("=> {item},"),
        format!("{items}, {cursor}{count});"),
    ];
    Ok(fill(0, &pieces))
}

fn rust_type<'a>(schema: &Value, types: &'a BTreeMap<String, String>) -> Result<&'a str, Problem> {
    let name = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(schema_name);
    let path = name.and_then(|name| types.get(&*name));
    path.map(String::as_str)
        .ok_or_else(|| Problem::new("", format!("`{schema}` has no type")))
}
