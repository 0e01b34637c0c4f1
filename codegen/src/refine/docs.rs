//! Documentation of generated items.

use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::wrap;

/// `text` as documentation of an item `depth` levels in, a comment for each line.
pub(super) fn docs(text: &str, depth: usize) -> TokenStream {
    let wrapped = wrap(text, 4 * depth + "/// ".len());
    let lines = wrapped.lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}
