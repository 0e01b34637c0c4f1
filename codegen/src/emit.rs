//! Writes the code of a client.
//!
//! There is one way to write code: text, line by line. Types and operations are data by then, so that
//! nothing has to be parsed again, and a build of the client does not wait for syntax trees. A row of a
//! macro is one line, however long it is.

mod argument;
mod builder;
mod client;
mod documentation;
mod example;
mod facts;
mod ids;
mod operations;
mod types;

use crate::markdown::wrap;
use crate::model::Item;
use crate::operation::Operation;
use crate::parts::Module;
use crate::{Diagnostics, progenitor, reach};

use argument::Argument;

/// The length of a signature that is broken into lines.
const WIDTH: usize = 100;

/// Returns the modules of the client of `operations`.
///
/// # Errors
/// Returns [`Diagnostics`] if progenitor refuses the operations, or does not have exactly their items.
pub(crate) fn modules(
    items: &[Item],
    operations: &[Operation],
) -> Result<[Module; 6], Diagnostics> {
    let calls = progenitor::items(operations)?;
    let calls: Vec<Call<'_>> = operations.iter().zip(calls).map(Call::new).collect();
    let (constants, list) = operations::operations(operations);
    let groups = reach::groups(items, operations);
    let setters = groups
        .iter()
        .cloned()
        .zip(types::setters(items, operations));
    let setters = setters.filter(|(_, source)| !source.is_empty()).collect();
    let types = groups
        .into_iter()
        .zip(types::types(items, operations))
        .collect();
    Ok([
        Module::new("client", client::client(&calls, items)),
        Module {
            common: builder::kinds(&calls),
            ..Module::new("builder", builder::builders(&calls))
        },
        Module {
            common: list,
            ..Module::new("operations", constants)
        },
        Module::new("types", types),
        Module::new("setters", setters),
        Module {
            common: ids::ids(operations),
            ..Module::new("ids", Vec::new())
        },
    ])
}

/// Returns the call of each example as an expression of a `client`, by the `operationId`.
pub(crate) fn examples(items: &[Item], operations: &[Operation]) -> Vec<(String, String)> {
    let examples = example::Examples::new(items);
    let documented = operations.iter().filter(|operation| !operation.internal);
    let calls = documented.map(|it| (it.id.clone(), examples.expression(it)));
    calls.collect()
}

/// The attribute of types that have the same implementations as all others of their kind, which the
/// documentation does not repeat: see `shown` in `gitbook-api/generated.rs`.
const WITHOUT_IMPLS: &str = "#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]";

/// Returns a module of types without values, which are only arguments of other types. Nobody needs to name
/// them.
fn kind_module<'a>(about: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut source = String::new();
    doc(&mut source, 0, about);
    line(&mut source, 0, "#[doc(hidden)]");
    line(&mut source, 0, "pub mod kind {");
    for name in names {
        line(&mut source, 1, &format!("pub enum {name} {{}}"));
    }
    line(&mut source, 0, "}");
    source
}

/// An operation and the items of the client for it.
struct Call<'a> {
    operation: &'a Operation,
    /// The method of `Client`.
    method: String,
    /// The builder, which the method returns.
    builder: String,
    /// The arguments of the method, in order.
    arguments: Vec<Argument<'a>>,
    /// The setters of the builder, in order.
    setters: Vec<Argument<'a>>,
}

impl<'a> Call<'a> {
    fn new((operation, items): (&'a Operation, progenitor::Items)) -> Self {
        let setters = items.setters.into_iter();
        let setters = setters.filter_map(|name| Argument::optional(operation, name));
        Self {
            operation,
            method: items.method,
            builder: items.builder,
            arguments: Argument::required(operation),
            setters: setters.collect(),
        }
    }
}

/// Appends a line of code, `depth` levels in.
fn line(source: &mut String, depth: usize, code: &str) {
    if !code.is_empty() {
        source.extend(std::iter::repeat_n("    ", depth));
        source.push_str(code);
    }
    source.push('\n');
}

/// Appends `text` as documentation, wrapped.
fn doc(source: &mut String, depth: usize, text: &str) {
    for text in wrap(text, 4 * depth + "/// ".len()).lines() {
        line(source, depth, format!("/// {text}").trim_end());
    }
}

/// Appends the first lines of a public method of an `impl`, with an argument a line if they are many.
fn signature(source: &mut String, name: &str, arguments: &[String], output: &str) {
    let short = format!("pub fn {name}({}) -> {output} {{", arguments.join(", "));
    if 4 + short.len() <= WIDTH {
        return line(source, 1, &short);
    }
    line(source, 1, &format!("pub fn {name}("));
    for argument in arguments {
        line(source, 2, &format!("{argument},"));
    }
    line(source, 1, &format!(") -> {output} {{"));
}
