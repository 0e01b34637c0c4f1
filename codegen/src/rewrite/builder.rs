//! Rewrites the builder of one operation.

use proc_macro2::Ident;
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Fields, Generics, ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, Type,
    parse_quote,
};

use super::response::{self, Output};
use super::setter::{self, Kind, Value};
use super::{docs, page, skeleton};
use crate::Diagnostic;
use crate::example::Examples;
use crate::operation::{Operation, Parameter};

/// A rewritten builder.
pub struct Builder {
    /// Its name.
    pub name: Ident,
    /// The required parameters in the order of the arguments, and the body behind them.
    pub arguments: Vec<Value>,
    /// The type of the body, if it is one of the client.
    pub body: Option<Type>,
    /// Its declaration and implementations, and the type of its output if that is its own.
    pub items: Vec<Item>,
}

/// Rewrites the `declaration` and `implementation` of the builder of `operation`.
///
/// # Errors
/// Returns a [`Diagnostic`] if a setter is missing, or a function has an unknown form.
pub fn builder(
    operation: &Operation,
    mut declaration: ItemStruct,
    mut implementation: ItemImpl,
    examples: &Examples<'_>,
) -> Result<Builder, Diagnostic> {
    let name = declaration.ident.clone();
    let mut rewrite = Rewrite {
        operation,
        examples,
        name: name.clone(),
        values: Vec::new(),
        output: None,
        diagnostic: None,
    };
    rewrite.visit_item_struct_mut(&mut declaration);
    rewrite.visit_item_impl_mut(&mut implementation);
    let Rewrite {
        values,
        output,
        diagnostic,
        ..
    } = rewrite;
    let expected = operation.parameters.len() + usize::from(operation.body.is_some());
    let output = match (diagnostic, output) {
        (Some(diagnostic), _) => return Err(diagnostic),
        (None, Some(output)) if values.len() == expected => output,
        _ => return Err(skeleton::incomplete(operation)),
    };
    let body = values.iter().find_map(|value| match &value.kind {
        Kind::Body(body) => body.is_typed().then(|| value.ty.clone()),
        Kind::Parameter(_) => None,
    });
    let mut arguments: Vec<Value> = values.into_iter().filter(Value::is_required).collect();
    let order = operation.required_parameters();
    arguments.sort_by_key(|value| {
        let is_it = |it: &&Parameter| matches!(&value.kind, Kind::Parameter(own) if own == *it);
        order.iter().position(is_it).unwrap_or(order.len())
    });
    let mut items = vec![
        Item::Struct(declaration),
        Item::Impl(implementation),
        request(&name, &output),
    ];
    items.extend(output.definition(&name));
    if let Some(gate) = docs::gate(operation) {
        items.iter_mut().for_each(|item| gated(item, &gate));
    }
    Ok(Builder {
        name,
        arguments,
        body,
        items,
    })
}

/// Puts `gate` before the other attributes of an item, behind its documentation.
fn gated(item: &mut Item, gate: &Attribute) {
    let attributes = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        _ => return,
    };
    let documented = attributes.iter().take_while(|it| docs::text(it).is_some());
    attributes.insert(documented.count(), gate.clone());
}

/// Returns the implementations that all builders have.
fn request(name: &Ident, output: &Output) -> Item {
    let (ty, future) = (output.ty(), output.future());
    parse_quote!(builder!(#name => #ty, #future);)
}

struct Rewrite<'a> {
    operation: &'a Operation,
    examples: &'a Examples<'a>,
    name: Ident,
    values: Vec<Value>,
    output: Option<Output>,
    diagnostic: Option<Diagnostic>,
}

impl Rewrite<'_> {
    /// Returns the documentation of the builder: what it sends, and an example of a call.
    fn attributes(&self, attributes: &[Attribute]) -> Vec<Attribute> {
        let Operation {
            method,
            path,
            group,
            ..
        } = self.operation;
        let mut text = docs::documentation(attributes, self.operation);
        text.push_str(&format!("\n\nRequest: `{method} {path}`."));
        if let Some(scopes) = docs::scopes(self.operation) {
            text.push_str(&format!(" {scopes}"));
        }
        text.push_str(&format!(" Feature: `{group}`."));
        if self.operation.paging.is_some() {
            text.push_str(" The response is a list in pages.");
        }
        text.push_str(&docs::body(self.operation));
        if !self.operation.internal {
            let example = self.examples.example(self.operation);
            text.push_str(&format!("\n\n# Example\n\n{example}"));
        }
        let others = attributes.iter().filter(|it| docs::text(it).is_none());
        let mut attributes = docs::lines(&text, 0);
        attributes.extend(others.cloned());
        attributes
    }
}

impl VisitMut for Rewrite<'_> {
    /// Replaces the fields by the call that holds the parameters.
    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        item.generics = Generics::default();
        item.fields = Fields::Unnamed(parse_quote!((pub(crate) Call)));
        item.semi_token = Some(Default::default());
        item.attrs = self.attributes(&item.attrs);
        item.attrs
            .push(parse_quote!(#[must_use = "a call does nothing until it is sent"]));
        item.attrs.extend(docs::hidden(self.operation));
        item.attrs.push(docs::badge(
            &self.operation.group,
            self.operation.is_multipart(),
        ));
    }

    /// Drops the constructor and the setters of what becomes an argument, and rewrites the others.
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        let name = &self.name;
        item.self_ty = parse_quote!(#name);
        item.generics = Generics::default();
        item.items.retain_mut(|item| match item {
            ImplItem::Fn(function) if function.sig.ident == "new" => false,
            ImplItem::Fn(function) => {
                self.visit_impl_item_fn_mut(function);
                let last = self.values.last();
                function.sig.ident == "send"
                    || last.is_some_and(|value| {
                        value.ident == function.sig.ident && !value.is_required()
                    })
            }
            other => {
                self.diagnostic = Some(skeleton::unknown(other));
                false
            }
        });
        if self.operation.paging.is_some()
            && let Some(output) = &self.output
        {
            item.items.extend(page::functions(&output.ty()));
        }
    }

    /// Rewrites `send` or a setter.
    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        if function.sig.ident == "send" {
            match response::output(self.operation, &self.name, function) {
                Some(output) => {
                    output.rewrite(self.operation, function);
                    self.output = Some(output);
                }
                None => self.diagnostic = Some(skeleton::unknown(function)),
            }
            return;
        }
        match setter::value(self.operation, function) {
            Some(value) => {
                value.rewrite(function);
                self.values.push(value);
            }
            None => self.diagnostic = Some(skeleton::unknown(function)),
        }
    }
}
