//! How a call ends: what its builder's `send` returns.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type};

use super::docs::docs;
use crate::docs::rustdoc;
use crate::names::status_name;
use crate::operation::{Content, Operation, Response};

/// What `send` awaits and returns.
pub(super) enum Answer {
    /// JSON of one type, whatever the status.
    Json(Type),
    /// Nothing but a status.
    Empty,
    /// JSON of one type, or nothing.
    Optional(Type),
    /// JSON of a type that depends on the status.
    Either(Ident, Vec<Variant>),
    /// A stream of events.
    Events(Type),
    /// Anything else, as it comes.
    Bytes,
}

/// One of several answers, told apart by status.
pub(super) struct Variant {
    name: Ident,
    status: Option<u16>,
    description: String,
    /// The type of what it carries, if it carries anything.
    body: Option<Type>,
}

/// How `operation` ends, where `types` are those of its answers.
pub(super) fn answer(operation: &Operation, builder: &Ident, types: &[Type]) -> Answer {
    let has = |is_wanted: fn(&Content) -> bool| {
        operation
            .responses
            .iter()
            .any(|response| is_wanted(&response.content))
    };
    if operation.responses.is_empty() || has(|content| *content == Content::Bytes) {
        return Answer::Bytes;
    }
    let is_empty = has(|content| *content == Content::Empty);
    match types {
        [] => Answer::Empty,
        [only, ..] if has(|content| matches!(content, Content::Events(_))) => {
            Answer::Events(only.clone())
        }
        [only] if is_empty => Answer::Optional(only.clone()),
        [only] => Answer::Json(only.clone()),
        _ => {
            let schemas = operation.answers();
            let variants = operation
                .responses
                .iter()
                .map(|response| variant(response, &schemas, types));
            Answer::Either(format_ident!("{builder}Answer"), variants.collect())
        }
    }
}

fn variant(response: &Response, schemas: &[&serde_json::Value], types: &[Type]) -> Variant {
    let body = match &response.content {
        Content::Json(schema) => schemas.iter().position(|known| *known == schema),
        _ => None,
    };
    Variant {
        name: format_ident!("{}", status_name(response.status)),
        status: response.status,
        description: response.description.clone(),
        body: body.and_then(|index| types.get(index).cloned()),
    }
}

impl Answer {
    /// The type of the answer, without what surrounds it.
    pub(super) fn output(&self) -> TokenStream {
        match self {
            Self::Json(body) => quote!(#body),
            Self::Events(body) => quote!(EventStream<#body>),
            Self::Optional(body) => quote!(Option<#body>),
            Self::Empty => quote!(NoContent),
            Self::Either(name, _) => quote!(#name),
            Self::Bytes => quote!(bytes::Bytes),
        }
    }

    /// The method of the builder that sends the call.
    pub(super) fn send(&self) -> TokenStream {
        let output = self.output();
        let ending = match self {
            Self::Events(_) => {
                return quote! {
                    pub async fn send(self) -> Result<#output, Error> {
                        self.0.events().await
                    }
                };
            }
            Self::Json(_) => quote!(json),
            Self::Empty => quote!(empty),
            Self::Optional(_) => quote!(optional),
            Self::Either(..) => quote!(response),
            Self::Bytes => quote!(bytes),
        };
        // Compiled where it is called, with what it decodes: most callers need few operations.
        quote! {
            #[inline]
            pub fn send(self) -> ResponseFuture<#output> {
                self.0.#ending()
            }
        }
    }

    /// The type that this answer needs for itself, if any.
    pub(super) fn definition(&self, builder: &Ident) -> Option<TokenStream> {
        let Self::Either(name, variants) = self else {
            return None;
        };
        let docs = docs(&format!("What [`{builder}`] answers with, by status."), 1);
        let declared = variants.iter().map(Variant::declared);
        let arms = variants.iter().map(Variant::arm);
        let is_total = variants.iter().any(|variant| variant.status.is_none());
        let unknown =
            (!is_total).then(|| quote!(_ => Err(DecodeError::unexpected_status(status)),));
        Some(quote! {
            #docs
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name {
                #(#declared,)*
            }

            impl FromResponse for #name {
                fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError> {
                    match status {
                        #(#arms,)*
                        #unknown
                    }
                }
            }
        })
    }
}

impl Variant {
    fn declared(&self) -> TokenStream {
        let name = &self.name;
        let status = self
            .status
            .map_or("Any other status".to_owned(), |status| status.to_string());
        let doc = match self.description.is_empty() {
            true => status,
            false => rustdoc(&format!("{status}: {}", self.description)),
        };
        let body = self.body.iter().map(|body| quote!((#body)));
        let docs = docs(&doc, 2);
        quote!(#docs #name #(#body)*)
    }

    fn arm(&self) -> TokenStream {
        let name = &self.name;
        let status = self.status.map_or(quote!(_), |status| quote!(#status));
        match self.body {
            Some(_) => quote!(#status => decode::json(body).map(Self::#name)),
            None => quote!(#status => Ok(Self::#name)),
        }
    }
}
