//! The page that lists all operations of the client: one HTML file that needs neither a server nor
//! the network, for the folder that rustdoc writes to.

#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

mod entry;

use gitbook_api_codegen::features::{Feature, features};
use gitbook_api_codegen::text::visible;
use gitbook_api_codegen::{Diagnostics, Value, api, lower, model, operation};
use openapi_diff::render::escape;

use entry::Entry;

/// The template: style and script.
const PAGE: &str = include_str!("page.html");

/// The repository, which has the sources of the examples.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// An example program, which is listed with the operations that it calls.
pub struct Example {
    /// The name, as in `cargo run --example NAME`.
    pub name: String,
    /// The source code.
    pub source: String,
}

/// Returns the page for the operations of an OpenAPI 3.0.3 document. Operations that are `x-internal`
/// are left out, as in the documentation.
///
/// # Errors
///
/// Fails if the client of the document cannot be generated.
pub fn page(document: &Value, examples: &[Example]) -> Result<String, Diagnostics> {
    let lowered = lower::lower(document)?;
    let operations = operation::operations(&lowered)?;
    let api = api::api(&model::read(&lowered)?, &operations);
    let entries: Vec<Entry<'_>> = operations
        .iter()
        .filter(|operation| !operation.internal)
        .map(|operation| Entry::new(operation, &api, examples))
        .collect();
    let (mut links, mut sections) = (String::new(), String::new());
    for feature in features(document)? {
        let entries = entries
            .iter()
            .filter(|entry| entry.operation.group == feature.name);
        let list: String = entries.clone().map(Entry::html).collect();
        if !list.is_empty() {
            links.push_str(&link(&feature, entries.count()));
            sections.push_str(&section(&feature, &list));
        }
    }
    Ok(PAGE
        .replace("{{repository}}", REPOSITORY)
        .replace("{{count}}", &entries.len().to_string())
        .replace("{{features}}", &links)
        .replace("{{operations}}", &sections))
}

fn link(feature: &Feature, count: usize) -> String {
    let (name, title) = (text(&feature.name), text(&feature.title));
    format!("<a href=\"#feature-{name}\">{title} <small>{count}</small></a>\n")
}

fn section(feature: &Feature, list: &str) -> String {
    format!(
        "<section id=\"feature-{name}\">\n<h2>{title} <code>{name}</code></h2>\n<p>{description}</p>\n\
         {list}</section>\n",
        name = text(&feature.name),
        title = text(&feature.title),
        description = text(&feature.description),
    )
}

/// Returns text of the document as HTML, with invisible characters escaped.
fn text(text: &str) -> String {
    escape(&visible(text))
}
