//! The setters of a builder: one for each parameter, one for the body.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::docs::docs;
use crate::docs::{facts, rustdoc};
use crate::operation::{Location, Parameter};
use crate::progenitor::argument;

/// The setter named `setter` of a parameter whose value is a `kind`.
pub(super) fn parameter(parameter: &Parameter, setter: &Ident, kind: &Type) -> TokenStream {
    let docs = docs(&documentation(parameter), 2);
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let wire = &parameter.wire;
    // What takes any value is generic, and thereby compiled where it is called.
    let plain = list(kind).is_none() && matches!(convert(kind), Conversion::None);
    let inline = plain.then(|| quote!(#[inline]));
    let into = format_ident!("{}", parameter.location.as_str());
    let (taken, set) = match list(kind) {
        Some(item) => {
            let (item, values) = match convert(item) {
                Conversion::Text => (quote!(impl ToString), quote!(#setter)),
                Conversion::Into => (
                    quote!(impl Into<#item>),
                    quote!(#setter.into_iter().map(Into::<#item>::into)),
                ),
                Conversion::None => (quote!(#item), quote!(#setter)),
            };
            let taken = quote!(impl IntoIterator<Item = #item>);
            let explode = parameter.explode;
            match parameter.location {
                Location::Query => (taken, quote!(self.0.query_list(#wire, #values, #explode);)),
                Location::Path | Location::Header => {
                    let into = format_ident!("{}_list", parameter.location.as_str());
                    (taken, quote!(self.0.#into(#wire, #values);))
                }
            }
        }
        None => match convert(kind) {
            Conversion::Text => (quote!(impl ToString), quote!(self.0.#into(#wire, #setter);)),
            Conversion::Into => (
                quote!(impl Into<#kind>),
                quote!(self.0.#into(#wire, Into::<#kind>::into(#setter));),
            ),
            Conversion::None => (quote!(#kind), quote!(self.0.#into(#wire, #setter);)),
        },
    };
    quote! {
        #docs
        #deprecated
        #inline
        pub fn #setter(mut self, #setter: #taken) -> Self {
            #set
            self
        }
    }
}

/// The setter of a body of type `kind`.
pub(super) fn body(description: &str, kind: &Type) -> TokenStream {
    let doc = match description.is_empty() {
        true => "The body of the request.".to_owned(),
        false => rustdoc(description),
    };
    let docs = docs(&doc, 2);
    quote! {
        #docs
        pub fn body(mut self, body: impl Into<#kind>) -> Self {
            self.0.body::<#kind>(&body.into());
            self
        }
    }
}

fn documentation(parameter: &Parameter) -> String {
    let mut doc = match parameter.description.trim().is_empty() {
        true => format!(
            "The {} parameter `{}`.",
            parameter.location.as_str(),
            parameter.wire
        ),
        false => rustdoc(&parameter.description),
    };
    let facts = facts(&parameter.assertions);
    if !facts.is_empty() {
        doc.push_str(&format!("\n\n{facts}"));
    }
    if let Some(default) = &parameter.default {
        doc.push_str(&format!("\n\nThe server's default is `{default}`."));
    }
    doc
}

/// How a setter turns what it takes into a value.
enum Conversion {
    /// Anything that is text.
    Text,
    /// Whatever turns into a type of the document.
    Into,
    /// The value itself.
    None,
}

fn convert(kind: &Type) -> Conversion {
    let Type::Path(path) = kind else {
        return Conversion::None;
    };
    let segments = &path.path.segments;
    match (segments.first(), segments.last()) {
        (Some(first), _) if first.ident == "types" || first.ident == "crate" => Conversion::Into,
        (_, Some(last)) if last.ident == "String" => Conversion::Text,
        _ => Conversion::None,
    }
}

/// The type of the items of a list.
fn list(kind: &Type) -> Option<&Type> {
    let Type::Path(path) = kind else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == "Vec")?;
    argument(last)
}
