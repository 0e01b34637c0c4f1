//! Adds what progenitor does not know of lists in pages.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ImplItem, Item, parse_quote};

use super::rust_type;
use crate::Diagnostic;
use crate::lower::Leaf;
use crate::operation::{Field, Operation, Paging};

/// Returns the functions of a builder that fetch the pages of a list, where `page` is the type of one.
pub fn functions(page: &TokenStream) -> Vec<ImplItem> {
    vec![
        parse_quote! {
            /// Returns the pages of the list, each fetched when it is asked for.
            #[inline]
            pub fn pages(self) -> Pages<#page> {
                self.0.pages()
            }
        },
        parse_quote! {
            /// Returns the items of all pages, one after the other.
            #[inline]
            pub fn stream(self) -> Items<#page> {
                self.0.items()
            }
        },
    ]
}

/// Returns one implementation of `Page` for each type that is a page of some operation.
pub fn pages(operations: &[Operation]) -> Result<Vec<Item>, Diagnostic> {
    let mut seen: Vec<&Leaf> = Vec::new();
    let mut pages = Vec::new();
    for operation in operations {
        let Some(paging) = &operation.paging else {
            continue;
        };
        if seen.contains(&&paging.page) {
            continue;
        }
        seen.push(&paging.page);
        pages.push(page(operation, paging)?);
    }
    Ok(pages)
}

/// Returns a call of `page!`: the types, and where the fields can be absent.
fn page(operation: &Operation, paging: &Paging) -> Result<Item, Diagnostic> {
    let ty = |leaf: &Leaf| {
        let message = format!("`{:?}` has no type", leaf.kind);
        rust_type(leaf).ok_or_else(|| Diagnostic::new(operation.pointer(), message))
    };
    let (page, item) = (ty(&paging.page)?, ty(&paging.item)?);
    let mark = |field| match field {
        Field::Always => quote!(),
        Field::Sometimes => quote!(?),
    };
    let (items, next, cursor) = (mark(paging.items), mark(paging.next), mark(paging.cursor));
    let count = paging.count.map(|count| {
        let field = mark(count.field);
        let cast = (!count.is_integer).then(|| quote!(as u64));
        quote!(, [count #field #cast])
    });
    Ok(parse_quote! {
        page!(#page => #item, [items #items], [next #next.page #cursor] #count);
    })
}
