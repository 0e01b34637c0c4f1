//! Rewrites the method of the client that begins an operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, ImplItemFn, parse_quote};

use super::builder::Builder;
use super::docs;
use crate::operation::Operation;

/// Returns `method` with the required parameters as arguments, and a body that sets them.
pub fn method(operation: &Operation, method: ImplItemFn, builder: &Builder) -> ImplItemFn {
    let mut method = method;
    Rewrite { operation, builder }.visit_impl_item_fn_mut(&mut method);
    method
}

struct Rewrite<'a> {
    operation: &'a Operation,
    builder: &'a Builder,
}

impl VisitMut for Rewrite<'_> {
    fn visit_impl_item_fn_mut(&mut self, method: &mut ImplItemFn) {
        let Builder {
            name, arguments, ..
        } = self.builder;
        let inputs = arguments.iter().map(|value| {
            let (ident, taken) = (&value.ident, value.taken());
            quote!(#ident: #taken)
        });
        method.attrs = self.attributes(&method.attrs);
        method.sig.inputs = parse_quote!(&self, #(#inputs),*);
        method.sig.output = parse_quote!(-> builder::#name);
        method.block = self.block();
    }
}

impl Rewrite<'_> {
    fn attributes(&self, attributes: &[Attribute]) -> Vec<Attribute> {
        let mut text = docs::documentation(attributes, self.operation);
        text = docs::with_options(&text, self.operation);
        if let Some(scopes) = docs::scopes(self.operation) {
            text.push_str(&format!("\n\n{scopes}"));
        }
        let mut attributes = docs::lines(&text, 1);
        if let Some(gate) = docs::gate(self.operation) {
            attributes.push(gate);
            attributes.push(docs::badge(&self.operation.group, true));
        }
        if self.operation.deprecated {
            attributes.push(parse_quote!(#[deprecated]));
        }
        attributes.extend(docs::hidden(self.operation));
        let aliases = self.operation.aliases.iter();
        attributes
            .extend(aliases.map(|alias| -> Attribute { parse_quote!(#[doc(alias = #alias)]) }));
        attributes
    }

    fn block(&self) -> syn::Block {
        let Builder {
            name, arguments, ..
        } = self.builder;
        let constant = format_ident!("{}", self.operation.constant());
        let call: TokenStream = quote!(self.call(&operations::#constant));
        if arguments.is_empty() {
            return parse_quote!({ builder::#name(#call) });
        }
        // A name that no argument has.
        let names = ["call", "operation_call", "call_of_operation"];
        let mut names = names.into_iter().map(|name| format_ident!("{name}"));
        let is_free = |name: &proc_macro2::Ident| arguments.iter().all(|it| it.ident != *name);
        let local = names
            .find(is_free)
            .unwrap_or_else(|| format_ident!("the_call"));
        let local = quote!(#local);
        let sets = arguments.iter().map(|value| value.set(&local));
        parse_quote!({
            let mut #local = #call;
            #(#sets)*
            builder::#name(#local)
        })
    }
}
