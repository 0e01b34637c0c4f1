//! Rewrites how a call ends: what `send` returns.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ImplItemFn, Item, ReturnType, Type, parse_quote};

use super::setter::argument;
use super::{docs, rust_type};
use crate::docs::rustdoc;
use crate::names::status_name;
use crate::operation::{self, Content, Operation, Response};

/// What the future that `send` returns resolves to.
pub enum Output {
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
    /// Bytes of any media type.
    Bytes,
}

/// The response with one status, where several have different types.
pub struct Variant {
    name: Ident,
    status: Option<u16>,
    description: String,
    /// The type of the body, if there is one.
    body: Option<Type>,
}

/// Returns the output of `operation`, whose `send` progenitor generated; `None` if its form is unknown.
///
/// progenitor knows the type of the primary response. Other success types and the events of a stream
/// are added here.
pub fn output(operation: &Operation, builder: &Ident, send: &ImplItemFn) -> Option<Output> {
    let primary = response_value(send)?;
    Some(match operation.output() {
        operation::Output::Bytes => Output::Bytes,
        operation::Output::Empty => Output::Empty,
        operation::Output::Events(schema) => Output::Events(rust_type(schema)?),
        operation::Output::Optional(_) => Output::Optional(primary),
        operation::Output::Json(_) => Output::Json(primary),
        operation::Output::Either => {
            let variants = operation.responses.iter().map(variant);
            Output::Either(
                format_ident!("{builder}Response"),
                variants.collect::<Option<_>>()?,
            )
        }
    })
}

/// Returns the `T` of `send`'s `Result<ResponseValue<T>, Error<…>>`.
fn response_value(send: &ImplItemFn) -> Option<Type> {
    let ReturnType::Type(_, result) = &send.sig.output else {
        return None;
    };
    let inner = |ty: &Type| match ty {
        Type::Path(path) => argument(path.path.segments.last()?).cloned(),
        _ => None,
    };
    inner(&inner(result)?)
}

fn variant(response: &Response) -> Option<Variant> {
    Some(Variant {
        name: format_ident!("{}", status_name(response.status)),
        status: response.status,
        description: response.description.clone(),
        body: match &response.content {
            Content::Json(schema) => Some(rust_type(schema)?),
            _ => None,
        },
    })
}

impl Output {
    /// Returns the type.
    pub fn ty(&self) -> TokenStream {
        match self {
            Self::Json(body) => quote!(#body),
            Self::Events(body) => quote!(EventStream<#body>),
            Self::Optional(body) => quote!(Option<#body>),
            Self::Empty => quote!(NoContent),
            Self::Either(name, _) => quote!(#name),
            Self::Bytes => quote!(bytes::Bytes),
        }
    }

    /// Returns the type of the future that `send` returns.
    pub fn future(&self) -> TokenStream {
        let output = self.ty();
        match self {
            Self::Events(body) => quote!(EventStreamFuture<#body>),
            _ => quote!(ResponseFuture<#output>),
        }
    }

    /// Gives `send` the signature and body of the runtime.
    pub fn rewrite(&self, operation: &Operation, send: &mut ImplItemFn) {
        let docs = docs::lines(&docs::documentation(&send.attrs, operation), 1);
        let future = self.future();
        let ending = match self {
            Self::Events(_) => quote!(events),
            Self::Json(_) => quote!(json),
            Self::Empty => quote!(empty),
            Self::Optional(_) => quote!(optional),
            Self::Either(..) => quote!(response),
            Self::Bytes => quote!(bytes),
        };
        // Compiled where it is called, with what it decodes: most callers need few operations.
        *send = parse_quote! {
            #(#docs)*
            #[inline]
            pub fn send(self) -> #future {
                self.0.#ending()
            }
        };
    }

    /// Returns the type of the output and its implementation, if it is this operation's own.
    pub fn definition(&self, builder: &Ident) -> Vec<Item> {
        let Self::Either(name, variants) = self else {
            return Vec::new();
        };
        let docs = docs::lines(
            &format!("The response to [`{builder}`], which depends on the status."),
            0,
        );
        let declared = variants.iter().map(Variant::declared);
        let arms = variants.iter().map(Variant::arm);
        let is_total = variants.iter().any(|variant| variant.status.is_none());
        let unknown =
            (!is_total).then(|| quote!(_ => Err(DecodeError::unexpected_status(status)),));
        let declaration = parse_quote! {
            #(#docs)*
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name {
                #(#declared,)*
            }
        };
        let implementation = parse_quote! {
            impl FromResponse for #name {
                fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError> {
                    match status {
                        #(#arms,)*
                        #unknown
                    }
                }
            }
        };
        vec![declaration, implementation]
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
        let docs = docs::lines(&doc, 1);
        quote!(#(#docs)* #name #(#body)*)
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
