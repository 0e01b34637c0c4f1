//! What is known about an operation before it is called.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::operation::Operation;

/// The name of the constant that describes `operation`.
pub(super) fn constant(operation: &Operation) -> Ident {
    format_ident!("{}", operation.name.to_shouty_snake_case())
}

/// The constant that describes `operation`.
pub(super) fn metadata(operation: &Operation) -> TokenStream {
    let constant = constant(operation);
    let Operation {
        id,
        method,
        path,
        tags,
        scopes,
        deprecated,
        internal,
        ..
    } = operation;
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let mut required: Vec<&str> = parameters
        .map(|parameter| parameter.wire.as_str())
        .collect();
    if operation.body.as_ref().is_some_and(|body| body.required) {
        required.push("body");
    }
    let lists = [
        ("tags", texts(tags)),
        ("scopes", texts(scopes)),
        ("required", required),
    ];
    let lists = lists
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(name, list)| {
            let name = format_ident!("{name}");
            quote!(#name: &[#(#list),*],)
        });
    let deprecated = deprecated.then(|| quote!(deprecated: true,));
    let internal = internal.then(|| quote!(internal: true,));
    quote! {
        pub(crate) static #constant: Operation = Operation {
            #(#lists)*
            #deprecated
            #internal
            ..Operation::new(#id, #method, #path)
        };
    }
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}
