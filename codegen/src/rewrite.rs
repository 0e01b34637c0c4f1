//! Rewrites the client that progenitor generated so that it calls this project's runtime.
//!
//! The methods, builders and setters stay as progenitor made them: their order, names, types and
//! documentation. Only bodies change, required parameters move from setters to the arguments of the
//! methods, and what the runtime provides is dropped. `skeleton` refuses whatever it does not know.
//!
//! Three modules add what progenitor cannot express: `response` (several success types, event
//! streams), `page` (lists in pages) and `setter` (the documentation and conversions of setters).

mod builder;
mod docs;
mod method;
mod page;
mod response;
mod setter;
mod skeleton;

use quote::{ToTokens, quote};
use syn::{ImplItemFn, Item};

use crate::example::Examples;
use crate::layout::layout;
use crate::lower::Leaf;
use crate::model::{self, leaf_type};
use crate::operation::Operation;
use crate::{Diagnostic, progenitor};

/// The number of operations that progenitor gets at a time: its output takes much more memory than
/// what is kept of it.
const BATCH: usize = 32;

/// The source of the operations' part of the client.
pub struct Rewritten {
    /// The methods of `Client`, in an `impl` block for each API group.
    pub methods: String,
    /// The items of `mod builder`.
    pub builders: String,
    /// The types of the bodies of requests, by `operationId`.
    pub bodies: Vec<(String, String)>,
}

/// Generates the methods and builders of `operations` with progenitor, and rewrites them.
///
/// # Errors
/// Returns a [`Diagnostic`] if progenitor refuses an operation, or generates anything that this pass
/// does not know.
pub fn rewrite(operations: &[Operation], items: &[model::Item]) -> Result<Rewritten, Diagnostic> {
    let examples = Examples::new(items);
    let mut groups: Vec<(&str, Vec<ImplItemFn>)> = Vec::new();
    let mut builders: Vec<Item> = Vec::new();
    let mut bodies = Vec::new();
    for batch in operations.chunks(BATCH) {
        let calls = skeleton::skeleton(progenitor::generate(batch)?, batch)?;
        for (operation, call) in batch.iter().zip(calls) {
            let builder =
                builder::builder(operation, call.declaration, call.implementation, &examples)?;
            let method = method::method(operation, call.method, &builder);
            match groups
                .iter_mut()
                .find(|(group, _)| *group == operation.group)
            {
                Some((_, methods)) => methods.push(method),
                None => groups.push((&operation.group, vec![method])),
            }
            bodies.extend(builder.body.map(|body| (operation.id.clone(), text(&body))));
            builders.extend(builder.items);
        }
    }
    builders.extend(page::pages(operations)?);
    let blocks = groups.iter().map(|(group, methods)| {
        let heading = format!(" # {}", title(group));
        let badge = docs::badge(group, false);
        quote! {
            #[doc = #heading]
            #badge
            impl Client { #(#methods)* }
        }
    });
    Ok(Rewritten {
        methods: layout(quote!(#(#blocks)*))?,
        builders: layout(quote!(#(#builders)*))?,
        bodies,
    })
}

/// Returns the heading of an API group: `change-requests` is "Change requests".
fn title(group: &str) -> String {
    crate::names::capitalize(&group.replace('-', " "))
}

/// Returns the type of a leaf; `None` if its name is not Rust, which is a defect of the generator.
fn rust_type(leaf: &Leaf) -> Option<syn::Type> {
    syn::parse_str(&leaf_type(leaf).path("types::")).ok()
}

/// Returns syntax as source text, without the spaces of a token stream.
fn text(node: &impl ToTokens) -> String {
    node.to_token_stream().to_string().replace(' ', "")
}
