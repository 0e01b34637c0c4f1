//! Documentation attributes.

use syn::{Attribute, Expr, ExprLit, Lit, Meta, parse_quote};

use crate::docs::wrap;
use crate::operation::Operation;
use crate::progenitor;

/// Returns `text` as documentation of an item `depth` levels in, an attribute for each line.
pub fn lines(text: &str, depth: usize) -> Vec<Attribute> {
    let wrapped = wrap(text, 4 * depth + "/// ".len());
    let lines = wrapped.lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    lines.map(|line| parse_quote!(#[doc = #line])).collect()
}

/// Returns `attributes` with the documentation as lines, behind it the others. What progenitor says
/// of how to call the operation is dropped: the builder has another form.
pub fn rewrapped(attributes: &[Attribute], operation: &Operation, depth: usize) -> Vec<Attribute> {
    let others = attributes.iter().filter(|it| text(it).is_none());
    let others = others.cloned();
    let mut docs = lines(&documentation(attributes, operation), depth);
    docs.extend(others);
    docs
}

/// Returns the text of the documentation among `attributes`, with the path of `operation` as the
/// document has it.
pub fn documentation(attributes: &[Attribute], operation: &Operation) -> String {
    let texts: Vec<String> = attributes.iter().filter_map(text).collect();
    let text = texts.join("\n");
    let example = text.find("\n```ignore");
    let text = text[..example.unwrap_or(text.len())].trim();
    text.replace(&progenitor::template(operation), &operation.path)
}

/// Returns the attribute that hides an internal operation from the documentation.
pub fn hidden(operation: &Operation) -> Option<Attribute> {
    operation.internal.then(|| parse_quote!(#[doc(hidden)]))
}

/// Returns the attribute that shows the feature of an API group.
pub fn badge(group: &str) -> Attribute {
    parse_quote!(#[cfg_attr(docsrs, doc(cfg(feature = #group)))])
}

fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
