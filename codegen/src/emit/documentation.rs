//! The documentation and the attributes of methods and builders.

use super::facts::facts;
use crate::markdown::{brief, code_span, sentences};
use crate::model::{Type, leaf_type};
use crate::names::field_name;
use crate::operation::{Format, Operation, Output, Parameter};

/// Returns the summary, the description and the request of an operation.
pub(super) fn about(operation: &Operation) -> String {
    let paragraphs = [
        sentences(operation.summary.trim().trim_end_matches(',')),
        sentences(&operation.description),
        request(operation),
    ];
    let paragraphs = paragraphs.into_iter().filter(|text| !text.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Returns the sentence that names the request of an operation.
fn request(operation: &Operation) -> String {
    format!(
        "Sends a `{}` request to `{}`.",
        operation.method, operation.path
    )
}

/// Returns the lists of the arguments of a method, and of what is set on the builder: those that have a
/// description or constraints.
pub(super) fn arguments(operation: &Operation) -> String {
    let path = |name: &str| operation.path.find(&format!("{{{name}}}"));
    let mut parameters: Vec<&Parameter> = operation.parameters.iter().collect();
    parameters.sort_by_key(|it| (it.location, path(&it.api_name), it.name.as_str()));
    let rows: Vec<(bool, String, String)> = parameters
        .into_iter()
        .map(|it| (it.required, field_name(&it.name), argument(it)))
        .collect();
    let mut lists = String::new();
    for (heading, is_required) in [
        ("Arguments:", true),
        ("Options, set on the builder:", false),
    ] {
        let rows = rows
            .iter()
            .filter(|(required, _, text)| *required == is_required && !text.is_empty());
        let rows = rows.map(|(_, name, text)| format!("\n- `{name}`: {text}"));
        let rows: String = rows.collect();
        if !rows.is_empty() {
            lists.push_str(&format!("\n\n{heading}{rows}"));
        }
    }
    lists
}

/// Returns the description of an argument on one line, with the constraints of one that has no setter
/// to document them.
fn argument(parameter: &Parameter) -> String {
    let constraints = if parameter.required {
        facts(&parameter.assertions)
    } else {
        String::new()
    };
    let text = sentences(&brief(&parameter.description));
    format!("{text} {constraints}").trim().to_owned()
}

/// Returns the sentence about what a call returns.
pub(super) fn returned(operation: &Operation) -> String {
    if let Some(paging) = &operation.paging {
        return format!("Returns {} in pages.", linked(&leaf_type(&paging.item)));
    }
    let description = operation
        .primary_response()
        .map(|it| it.description.as_str());
    let noun = description.and_then(noun_phrase);
    let described = |ty: String| match &noun {
        Some(noun) => format!("Returns {noun}: {ty}."),
        None => format!("Returns {ty}."),
    };
    match operation.output() {
        Output::Json(schema) => described(linked(&leaf_type(schema))),
        Output::Optional(schema) => {
            let ty = linked(&leaf_type(schema));
            described(format!("{ty}, or nothing, which the status tells"))
        }
        Output::Events(schema) => {
            format!("Returns a stream of {}.", linked(&leaf_type(schema)))
        }
        Output::Either => {
            let name = format!("{}Response", operation.builder());
            format!("Returns a [`{name}`](crate::builder::{name}), which depends on the status.")
        }
        Output::Empty => "Returns nothing but the status.".to_owned(),
        Output::Bytes => described("bytes".to_owned()),
    }
}

/// Returns a description of a response if it says what is returned, for the middle of a sentence, and not
/// that something has been done.
fn noun_phrase(description: &str) -> Option<String> {
    let text = brief(description);
    let text = text.trim_end_matches(['.', ':']);
    let (first, rest) = text.split_once(' ')?;
    let rest = rest.strip_prefix("returned ").unwrap_or(rest);
    let is_noun = matches!(first, "The" | "A" | "An" | "All" | "List" | "Listing");
    let verbs = [
        "has",
        "have",
        "was",
        "were",
        "is",
        "are",
        "did",
        "without",
        "completed",
        "failed",
    ];
    let has_verb = rest.split(' ').any(|word| verbs.contains(&word)) || text.contains(". ");
    let article = if matches!(first, "List" | "Listing") {
        "a "
    } else {
        ""
    };
    (is_noun && !has_verb).then(|| format!("{article}{} {rest}", first.to_lowercase()))
}

/// Returns a type with a link to its documentation.
fn linked(ty: &Type) -> String {
    match ty {
        Type::Named(name) | Type::Boxed(name) => format!("[`{name}`](types::{name})"),
        Type::List(item) => format!("a list of {}", linked(item)),
        Type::Map(value) => format!("a map of {}", linked(value)),
        Type::Page(item) => format!("a page of {}", linked(item)),
        Type::Nullable(inner) => format!("{} or `null`", linked(inner)),
        Type::Json => "any JSON value".to_owned(),
        other => format!("`{}`", other.path("").replace("crate::", "")),
    }
}

/// Returns the sentence about the OAuth scopes that an operation needs, if it needs any.
pub(super) fn scopes(operation: &Operation) -> Option<String> {
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

/// Returns the paragraphs about a body that is not JSON: its media type, and for a form its parts.
pub(super) fn body(operation: &Operation) -> String {
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

/// The attribute that leaves out what only clients with the feature `multipart` have.
pub(super) const GATE: &str = "#[cfg(feature = \"multipart\")]";

/// The attribute that leaves out of the documentation what is not to be found in it.
pub(super) const UNDOCUMENTED: &str = "#[cfg(any(not(doc), rustdoc_json))]";

/// Returns the attribute that shows the feature of an API group, and `multipart` if it is needed.
pub(super) fn badge(group: &str, is_multipart: bool) -> String {
    let feature = format!("feature = {group:?}");
    let features = if is_multipart {
        format!("all({feature}, feature = \"multipart\")")
    } else {
        feature
    };
    format!("#[cfg_attr(docsrs, doc(cfg({features})))]")
}
