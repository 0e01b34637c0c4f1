//! How each type of page leads to the next.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::Type;

use crate::Problem;
use crate::document::schema_name;
use crate::operation::{Count, Field, Operation, Paging};

/// One implementation for each type that is a page of some operation.
pub(super) fn pages(
    operations: &[Operation],
    types: &BTreeMap<String, String>,
) -> Result<Vec<TokenStream>, Problem> {
    let mut seen: Vec<&Value> = Vec::new();
    let mut pages = Vec::new();
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
        pages.push(page(paging, types).map_err(at)?);
    }
    Ok(pages)
}

fn page(paging: &Paging, types: &BTreeMap<String, String>) -> Result<TokenStream, Problem> {
    let page = rust_type(&paging.page, types)?;
    let item = rust_type(&paging.item, types)?;
    let items = match paging.items {
        Field::Always => quote!(self.items),
        Field::Sometimes => quote!(self.items.unwrap_or_default()),
    };
    let cursor = match (paging.next, paging.cursor) {
        (Field::Always, Field::Always) => quote!(Some(&self.next.page)),
        (Field::Always, Field::Sometimes) => quote!(self.next.page.as_deref()),
        (Field::Sometimes, Field::Always) => quote!(Some(&self.next.as_ref()?.page)),
        (Field::Sometimes, Field::Sometimes) => quote!(self.next.as_ref()?.page.as_deref()),
    };
    let count = paging.count.map_or(quote!(None), count);
    Ok(quote! {
        impl crate::paging::Page for #page {
            type Item = #item;

            fn cursor(&self) -> Option<&str> {
                #cursor
            }

            fn items(self) -> Vec<Self::Item> {
                #items
            }

            fn count(&self) -> Option<u64> {
                #count
            }
        }
    })
}

/// The count as an `Option<u64>`.
fn count(count: Count) -> TokenStream {
    match (count.field, count.is_integer) {
        (Field::Always, true) => quote!(u64::try_from(self.count).ok()),
        (Field::Always, false) => quote!(Some(self.count as u64)),
        (Field::Sometimes, true) => quote!(u64::try_from(self.count?).ok()),
        (Field::Sometimes, false) => quote!(Some(self.count? as u64)),
    }
}

fn rust_type(schema: &Value, types: &BTreeMap<String, String>) -> Result<Type, Problem> {
    let name = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(schema_name);
    let path = name.and_then(|name| types.get(name));
    let path = path.ok_or_else(|| Problem::new("", format!("`{schema}` has no type")))?;
    syn::parse_str(path)
        .map_err(|error| Problem::new("", format!("`{path}` is not a type: {error}")))
}
