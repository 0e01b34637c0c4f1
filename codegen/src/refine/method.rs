//! The method of the client that begins an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::builder::Builder;
use super::docs::docs;
use super::metadata::constant;
use crate::docs::rustdoc;
use crate::operation::Operation;

/// The method of the client that returns `builder`.
pub(super) fn method(builder: &Builder<'_>) -> TokenStream {
    let operation = builder.operation;
    let docs = docs(&documentation(operation), 1);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let hidden = operation.internal.then(|| quote!(#[doc(hidden)]));
    let (function, name) = (&builder.lifted.function, &builder.lifted.builder);
    let constant = constant(operation);
    quote! {
        #docs
        #deprecated
        #hidden
        pub fn #function(&self) -> builder::#name {
            builder::#name(self.call(&operations::#constant))
        }
    }
}

/// Summary, description, and what is sent where.
fn documentation(operation: &Operation) -> String {
    let summary = rustdoc(operation.summary.trim().trim_end_matches('.'));
    let description = rustdoc(&operation.description);
    let mut request = format!("`{} {}`", operation.method, operation.path);
    if !operation.scopes.is_empty() {
        request.push_str(&format!(", scopes `{}`", operation.scopes.join("`, `")));
    }
    let paragraphs = [summary, description, request];
    let paragraphs: Vec<&str> = paragraphs
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    paragraphs.join("\n\n")
}
