//! Rewrites the setters of a builder: one for each parameter, one for the body.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::parse_quote;
use syn::{
    FnArg, GenericArgument, ImplItemFn, PathArguments, Type, TypeParamBound, WherePredicate,
};

use super::docs;
use crate::docs::{facts, rustdoc};
use crate::names::field_name;
use crate::operation::{Body, Format, Location, Operation, Parameter};

/// A parameter or the body of an operation, as its setter takes it.
pub struct Value {
    /// The name of the setter and of its argument.
    pub ident: Ident,
    /// The type that progenitor's setter converts its argument to.
    pub ty: Type,
    /// What it is.
    pub kind: Kind,
    /// The documentation.
    docs: String,
}

/// What a setter sets.
pub enum Kind {
    /// A parameter.
    Parameter(Parameter),
    /// The body.
    Body(Body),
}

/// Returns what the setter `function` sets; `None` if it has not the form of a setter, or sets
/// nothing that `operation` has.
pub fn value(operation: &Operation, function: &ImplItemFn) -> Option<Value> {
    let ty = converted(function)?.clone();
    let ident = function.sig.ident.clone();
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|parameter| ident == field_name(&parameter.name));
    if let Some(parameter) = parameter {
        return Some(Value {
            ident,
            ty,
            docs: documentation(parameter),
            kind: Kind::Parameter(parameter.clone()),
        });
    }
    let body = operation.body.as_ref().filter(|_| ident == "body")?;
    Some(Value {
        ident,
        ty,
        docs: match body.description.is_empty() {
            true => "Sets the body of the request.".to_owned(),
            false => rustdoc(&body.description),
        },
        kind: Kind::Body(body.clone()),
    })
}

impl Value {
    /// Returns whether a request without it is invalid.
    pub fn is_required(&self) -> bool {
        match &self.kind {
            Kind::Parameter(parameter) => parameter.required,
            Kind::Body(body) => body.required,
        }
    }

    /// Gives the setter `function` its documentation, and the signature and body of the runtime.
    pub fn rewrite(&self, function: &mut ImplItemFn) {
        let Self { ident, .. } = self;
        let docs = docs::lines(&self.docs, 1);
        let is_deprecated = matches!(&self.kind, Kind::Parameter(it) if it.deprecated);
        let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
        let taken = self.taken();
        // A generic function is compiled where it is called in any case.
        let is_generic = taken.to_string().starts_with("impl");
        let inline = (!is_generic).then(|| quote!(#[inline]));
        let set = self.set(&quote!(self.0));
        *function = parse_quote! {
            #(#docs)*
            #deprecated
            #inline
            pub fn #ident(mut self, #ident: #taken) -> Self {
                #set
                self
            }
        };
    }

    /// Returns the type of the argument.
    pub fn taken(&self) -> TokenStream {
        let ty = &self.ty;
        match (&self.kind, list(ty)) {
            // Nothing else turns into it.
            (Kind::Body(body), _) if matches!(body.format, Format::Multipart(_)) => quote!(#ty),
            (Kind::Body(_), _) => quote!(impl Into<#ty>),
            (Kind::Parameter(_), Some(item)) => {
                let item = accepted(item);
                quote!(impl IntoIterator<Item = #item>)
            }
            (Kind::Parameter(_), None) => accepted(ty),
        }
    }

    /// Returns the statements that set the argument in `call`.
    pub fn set(&self, call: &TokenStream) -> TokenStream {
        let Self { ident, ty, .. } = self;
        let parameter = match &self.kind {
            Kind::Parameter(parameter) => parameter,
            Kind::Body(body) => return self.set_body(call, body),
        };
        let name = &parameter.api_name;
        let location = parameter.location;
        match list(ty) {
            Some(item) => {
                let converted = match conversion(item) {
                    Conversion::Into => {
                        quote!(let #ident = #ident.into_iter().map(Into::<#item>::into);)
                    }
                    _ => quote!(),
                };
                let list = format_ident!("{}_list", location.as_str());
                let explode = (location == Location::Query).then_some(parameter.explode);
                let explode = explode.iter();
                quote!(#converted #call.#list(#name, #ident #(, #explode)*);)
            }
            None => {
                let converted = match conversion(ty) {
                    Conversion::Into => quote!(let #ident: #ty = #ident.into();),
                    _ => quote!(),
                };
                let set = format_ident!("{}", location.as_str());
                quote!(#converted #call.#set(#name, #ident);)
            }
        }
    }

    fn set_body(&self, call: &TokenStream, body: &Body) -> TokenStream {
        let Self { ident, ty, .. } = self;
        let media_type = &body.media_type;
        match body.format {
            Format::Json if media_type == "application/json" => {
                quote!(#call.body::<#ty>(&#ident.into());)
            }
            Format::Json => quote! {
                #call.body::<#ty>(&#ident.into());
                #call.with_header("content-type", #media_type);
            },
            Format::Form => quote!(#call.body_form::<#ty>(&#ident.into());),
            Format::Text => quote!(#call.body_text(#media_type, #ident);),
            Format::Bytes => quote!(#call.body_bytes(#media_type, #ident);),
            Format::Multipart(_) => quote!(#call.body_multipart(#ident);),
        }
    }
}

fn documentation(parameter: &Parameter) -> String {
    let mut doc = match parameter.description.trim().is_empty() {
        true => format!(
            "Sets the {} parameter `{}`.",
            parameter.location.as_str(),
            parameter.api_name
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

/// Returns the `T` of `fn setter<V>(mut self, value: V) -> Self where V: TryInto<T>`.
fn converted(function: &ImplItemFn) -> Option<&Type> {
    let clause = function.sig.generics.where_clause.as_ref()?;
    let FnArg::Typed(_) = function.sig.inputs.get(1)? else {
        return None;
    };
    let WherePredicate::Type(predicate) = clause.predicates.first()? else {
        return None;
    };
    let TypeParamBound::Trait(bound) = predicate.bounds.first()? else {
        return None;
    };
    argument(bound.path.segments.last()?)
}

/// How a setter converts its argument.
enum Conversion {
    /// Anything that is text.
    Text,
    /// Any integer.
    Integer,
    /// Whatever converts into a type of the document.
    Into,
    /// The value itself.
    None,
}

/// Returns the type of an argument that becomes a `ty`.
fn accepted(ty: &Type) -> TokenStream {
    match conversion(ty) {
        Conversion::Text => quote!(impl ToString),
        Conversion::Integer => quote!(impl Integer),
        Conversion::Into => quote!(impl Into<#ty>),
        Conversion::None => quote!(#ty),
    }
}

fn conversion(ty: &Type) -> Conversion {
    let Type::Path(path) = ty else {
        return Conversion::None;
    };
    let segments = &path.path.segments;
    match (segments.first(), segments.last()) {
        (Some(first), _) if first.ident == "types" || first.ident == "crate" => Conversion::Into,
        (_, Some(last)) if last.ident == "String" => Conversion::Text,
        (_, Some(last)) if last.ident == "i64" => Conversion::Integer,
        _ => Conversion::None,
    }
}

/// Returns the type of the items of a list.
fn list(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let mut segments = path.path.segments.iter();
    argument(segments.next_back().filter(|last| last.ident == "Vec")?)
}

/// Returns the first type argument of a path segment: the `T` of `Vec<T>`.
pub(super) fn argument(segment: &syn::PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
