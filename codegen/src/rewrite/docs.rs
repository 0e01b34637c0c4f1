//! Documentation attributes.

use syn::{Attribute, Expr, ExprLit, Lit, Meta, parse_quote};

use crate::docs::{code_span, wrap};
use crate::operation::{Format, Operation};
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

/// Returns the text of the documentation among `attributes`, with the path of `operation` as the
/// document has it. What progenitor says of how to call the operation is dropped: the builder has
/// another form.
pub fn documentation(attributes: &[Attribute], operation: &Operation) -> String {
    let texts: Vec<String> = attributes.iter().filter_map(text).collect();
    let text = texts.join("\n");
    let example = text.find("\n```ignore");
    let text = text[..example.unwrap_or(text.len())].trim();
    text.replace(&progenitor::template(operation), &operation.path)
}

/// Returns the sentence about the OAuth scopes that an operation needs, if it needs any.
pub fn scopes(operation: &Operation) -> Option<String> {
    let noun = match operation.scopes.as_slice() {
        [] => return None,
        [_] => "scope",
        _ => "scopes",
    };
    Some(format!(
        "OAuth {noun}: `{}`.",
        operation.scopes.join("`, `")
    ))
}

/// Returns `text` with the arguments of a method apart from what is set on the builder.
pub fn with_options(text: &str, operation: &Operation) -> String {
    let Some((before, list)) = text.split_once("Arguments:\n") else {
        return text.to_owned();
    };
    let (list, after) = list.split_once("\n\n").unwrap_or((list, ""));
    let required = operation.required_parameters();
    let required: Vec<String> = required
        .iter()
        .map(|it| format!("- `{}`", it.name))
        .collect();
    let mut arguments: Vec<&str> = Vec::new();
    let mut options: Vec<&str> = Vec::new();
    let mut is_argument = true;
    for line in list.lines() {
        if line.starts_with("- `") {
            let mark = line.split_inclusive('`').take(2).collect::<String>();
            let is_body = mark == "- `body`";
            is_argument = required.contains(&mark)
                || is_body && operation.body.as_ref().is_some_and(|body| body.required);
        }
        match is_argument {
            true => arguments.push(line),
            false => options.push(line),
        }
    }
    let mut text = before.trim_end().to_owned();
    for (heading, lines) in [
        ("Arguments:", arguments),
        ("Options, set on the builder:", options),
    ] {
        if !lines.is_empty() {
            text.push_str(&format!("\n\n{heading}\n{}", lines.join("\n")));
        }
    }
    format!("{text}\n\n{after}").trim().to_owned()
}

/// Returns the attribute that hides an internal operation from the documentation.
pub fn hidden(operation: &Operation) -> Option<Attribute> {
    operation.internal.then(|| parse_quote!(#[doc(hidden)]))
}

/// Returns the paragraphs about a body that is not JSON: its media type, and for a form its parts.
pub fn body(operation: &Operation) -> String {
    let Some(body) = &operation.body else {
        return String::new();
    };
    let parts = match &body.format {
        Format::Json => return String::new(),
        Format::Multipart(parts) => parts.as_slice(),
        Format::Form | Format::Text | Format::Bytes => &[],
    };
    let mut text = format!("\n\nBody: {}.", code_span(&body.media_type));
    if body.is_range {
        text.push_str(" `with_header` sets another `content-type`.");
    }
    if operation.is_multipart() {
        text.push_str(" A form cannot be sent twice, so the call is not retried.");
    }
    if !parts.is_empty() {
        text.push_str(" Its parts:\n");
    }
    for part in parts {
        let required = if part.required { ", required" } else { "" };
        let name = code_span(&part.name);
        text.push_str(&format!("\n- {name}{required}: {}", part.kind));
    }
    text
}

/// Returns the attribute that leaves out what only clients with the feature `multipart` have.
pub fn gate(operation: &Operation) -> Option<Attribute> {
    let is_gated = operation.is_multipart();
    is_gated.then(|| parse_quote!(#[cfg(feature = "multipart")]))
}

/// Returns the attribute that shows the feature of an API group, and `multipart` if it is needed.
pub fn badge(group: &str, is_multipart: bool) -> Attribute {
    match is_multipart {
        true => parse_quote! {
            #[cfg_attr(docsrs, doc(cfg(all(feature = #group, feature = "multipart"))))]
        },
        false => parse_quote!(#[cfg_attr(docsrs, doc(cfg(feature = #group)))]),
    }
}

/// Returns the text of an attribute that is documentation.
pub fn text(attribute: &Attribute) -> Option<String> {
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
