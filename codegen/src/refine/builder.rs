//! The builder of one operation.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::answer::{Answer, answer};
use super::docs::docs;
use super::layout::layout;
use super::setter;
use crate::Problem;
use crate::fill::fill;
use crate::operation::Operation;
use crate::progenitor::{Lifted, answer_name};

/// The names that a builder would hide from its module.
const TAKEN: [&str; 17] = [
    "Call",
    "Client",
    "DecodeError",
    "Error",
    "EventStream",
    "FromResponse",
    "Into",
    "IntoIterator",
    "Items",
    "NoContent",
    "Option",
    "Pages",
    "Response",
    "Result",
    "String",
    "ToString",
    "Vec",
];

/// An operation with what progenitor made of it.
pub(super) struct Builder<'a> {
    pub operation: &'a Operation,
    pub lifted: &'a Lifted,
    answer: Answer,
}

impl<'a> Builder<'a> {
    /// Puts `operation` and progenitor's output together.
    pub(super) fn new(
        operation: &'a Operation,
        all: &'a BTreeMap<String, Lifted>,
    ) -> Result<Self, Problem> {
        let find = |name: &str| all.get(name).ok_or_else(|| missing(operation, "builder"));
        let lifted = find(&operation.name)?;
        if TAKEN.iter().any(|name| lifted.builder == name) {
            let message = format!(
                "operation `{}` would hide a type of that name",
                operation.id
            );
            return Err(
                Problem::new(operation.pointer(), message).help("rename it with an overlay")
            );
        }
        let types: Vec<Type> = (0..operation.answers().len())
            .map(|index| find(&answer_name(operation, index)).map(|lifted| lifted.answer.clone()))
            .collect::<Result<_, _>>()?;
        let answer = answer(operation, &lifted.builder, &types);
        Ok(Self {
            operation,
            lifted,
            answer,
        })
    }
}

fn missing(operation: &Operation, what: &str) -> Problem {
    let message = format!("progenitor made no {what} of operation `{}`", operation.id);
    Problem::new(operation.pointer(), message)
}

/// The builder's type, its setters and endings, inside of `mod builder`.
pub(super) fn builder(builder: &Builder<'_>) -> Result<String, Problem> {
    let Builder {
        operation,
        lifted,
        answer,
    } = builder;
    let name = &lifted.builder;
    let setters = setters(builder)?;
    let send = send(builder);
    let pages = operation.paging.is_some().then(|| pages(&answer.output()));
    let definition = answer.definition(name);
    let items = quote! {
        impl #name {
            #(#setters)*
            #send
            #pages
        }

        #definition
    };
    Ok(declaration(builder) + &layout(items, 1)?)
}

/// What `builder!` makes the builder's type of.
fn declaration(builder: &Builder<'_>) -> String {
    let Lifted {
        builder: name,
        function,
        ..
    } = builder.lifted;
    let hidden = match builder.operation.internal {
        true => "#[doc(hidden)] ",
        false => "",
    };
    let pieces = [
        format!("builder!({hidden}{name}:"),
        format!("Client::{function}"),
        format!("=> {});", text(&builder.answer.output())),
    ];
    fill(1, &pieces)
}

/// A type as it is written.
fn text(kind: &TokenStream) -> String {
    kind.to_string().replace(' ', "")
}

fn setters(builder: &Builder<'_>) -> Result<Vec<TokenStream>, Problem> {
    let Builder {
        operation, lifted, ..
    } = builder;
    let find = |name: &str| {
        let setter = lifted.setters.get(name);
        setter.ok_or_else(|| missing(operation, &format!("setter `{name}`")))
    };
    let mut setters = Vec::new();
    for parameter in &operation.parameters {
        let (ident, kind) = find(&parameter.name)?;
        setters.push(setter::parameter(parameter, ident, kind));
    }
    if let Some(body) = &operation.body {
        let (_, kind) = find("body")?;
        setters.push(setter::body(&body.description, kind));
    }
    Ok(setters)
}

fn send(builder: &Builder<'_>) -> TokenStream {
    let Builder {
        operation, answer, ..
    } = builder;
    let docs = docs(
        &format!("Sends `{} {}`.", operation.method, operation.path),
        2,
    );
    let send = answer.send();
    quote! {
        #docs
        #send
    }
}

fn pages(page: &TokenStream) -> TokenStream {
    quote! {
        /// Fetches page after page, each when it is asked for.
        #[inline]
        pub fn pages(self) -> Pages<#page> {
            self.0.pages()
        }

        /// Fetches the items of all pages, one after the other.
        #[inline]
        pub fn stream(self) -> Items<#page> {
            self.0.items()
        }
    }
}
