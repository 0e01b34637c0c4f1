//! The builders of the operations.

use super::documentation::{GATE, UNDOCUMENTED, badge, returned};
use super::{Argument, Call, doc, kind_module, line, signature};
use crate::group::GroupSet;
use crate::lower::Leaf;
use crate::markdown::sentences;
use crate::model::leaf_type;
use crate::names::status_name;
use crate::operation::{Content, Operation, Output, PageFields, Paging, Presence, Response};

/// Returns the items of `mod builder`: those of each operation, and of each type that is a page.
pub(super) fn builders(calls: &[Call<'_>]) -> Vec<(GroupSet, String)> {
    let builders = calls.iter().map(|call| {
        let mut source = String::new();
        builder(&mut source, call);
        (call.operation.groups(), source)
    });
    builders.chain(pages(calls)).collect()
}

fn builder(source: &mut String, call: &Call<'_>) {
    let (operation, name) = (call.operation, &call.builder);
    let output = Returned::new(call);
    declaration(source, call);
    gated(source, operation);
    let Returned { ty, future, send } = &output;
    let kind = format!("builder!({name} => {ty}, {future}, {send});\n");
    line(source, 0, &kind);
    let mut methods = String::new();
    for setter in &call.setters {
        write_setter(&mut methods, setter);
        methods.push('\n');
    }
    if let Some(paging) = &operation.paging {
        write_paging(&mut methods, paging, &output.ty);
    }
    if !methods.is_empty() {
        gated(source, operation);
        let methods = methods.trim_end();
        line(source, 0, &format!("impl {name} {{\n{methods}\n}}\n"));
    }
    if operation.output() == Output::Either {
        response(source, call, &output.ty);
    }
}

/// Writes the conditions under which the items of an operation are there.
fn gated(source: &mut String, operation: &Operation) {
    if operation.is_multipart() {
        line(source, 0, GATE);
    }
    if operation.internal {
        line(source, 0, UNDOCUMENTED);
    }
}

/// Returns the kinds of all operations, whatever the features.
pub(super) fn kinds(calls: &[Call<'_>]) -> String {
    let about = "The kinds of operations, which tell their builders apart.";
    kind_module(about, calls.iter().map(|call| call.builder.as_str()))
}

/// Writes the name of the builder. What the operation does is documented at its method.
fn declaration(source: &mut String, call: &Call<'_>) {
    let (operation, name) = (call.operation, &call.builder);
    let method = &call.method;
    let text = format!(
        "Builder of a call of [`Client::{method}`](crate::Client::{method}): `{} {}`.\n\n{}",
        operation.method,
        operation.path,
        returned(operation)
    );
    doc(source, 0, &text);
    gated(source, operation);
    if operation.internal {
        line(source, 0, "#[doc(hidden)]");
    }
    line(
        source,
        0,
        &badge(&operation.group, operation.is_multipart()),
    );
    let alias = format!("pub type {name} = RequestBuilder<kind::{name}>;\n");
    line(source, 0, &alias);
}

fn write_setter(source: &mut String, argument: &Argument<'_>) {
    let (name, ty) = (&argument.name, argument.rust_type());
    doc(source, 1, &argument.documentation());
    if argument.is_deprecated() {
        line(source, 1, "#[deprecated]");
    }
    // A generic function is compiled where it is called in any case.
    if !ty.starts_with("impl") {
        line(source, 1, "#[inline]");
    }
    let arguments = ["self".to_owned(), format!("{name}: {ty}")];
    signature(source, name, &arguments, "Self");
    let (conversion, set) = argument.set();
    if let Some(conversion) = conversion {
        line(source, 2, &conversion);
    }
    line(source, 2, &format!("Self::new(self.call{set})"));
    line(source, 1, "}");
}

fn write_paging(source: &mut String, paging: &Paging, page: &str) {
    let item = path(&paging.item);
    let pages = match paging.fields {
        Some(_) => format!("Pages<{item}, {page}>"),
        None => format!("Pages<{item}>"),
    };
    let functions = [
        (
            "Returns the items of all pages, one after the other.",
            "items",
            format!("Items<{item}>"),
            format!("self.call.items::<{page}>()"),
        ),
        (
            "Returns the pages of the list, each fetched when it is asked for.",
            "pages",
            pages,
            "self.call.pages()".to_owned(),
        ),
    ];
    for (about, name, output, body) in functions {
        line(source, 1, &format!("/// {about}"));
        line(source, 1, "#[inline]");
        signature(source, name, &["self".to_owned()], &output);
        line(source, 2, &body);
        line(source, 1, "}\n");
    }
}

/// The output of a call.
struct Returned {
    /// The type that the future resolves to.
    ty: String,
    /// The type of the future.
    future: String,
    /// The method of `Call` that sends it.
    send: &'static str,
}

impl Returned {
    fn new(call: &Call<'_>) -> Self {
        let (ty, send) = match call.operation.output() {
            Output::Json(schema) => (path(schema), "json"),
            Output::Empty => ("NoContent".to_owned(), "empty"),
            Output::Optional(schema) => (format!("Option<{}>", path(schema)), "optional"),
            Output::Either => (format!("{}Response", call.builder), "response"),
            Output::Bytes => ("bytes::Bytes".to_owned(), "bytes"),
            Output::Events(schema) => {
                let events = path(schema);
                return Self {
                    ty: format!("EventStream<{events}>"),
                    future: format!("EventStreamFuture<{events}>"),
                    send: "events",
                };
            }
        };
        Self {
            future: format!("ResponseFuture<{ty}>"),
            ty,
            send,
        }
    }
}

/// Returns the type of a leaf.
fn path(leaf: &Leaf) -> String {
    leaf_type(leaf).path("types::")
}

/// Writes the enum of the responses of an operation, and how it is selected by the status.
fn response(source: &mut String, call: &Call<'_>, name: &str) {
    let responses = &call.operation.responses;
    let about = format!(
        "The response to [`{}`], which depends on the status.",
        call.builder
    );
    doc(source, 0, &about);
    gated(source, call.operation);
    line(source, 0, "#[derive(Clone, Debug)]");
    line(source, 0, "#[non_exhaustive]");
    line(source, 0, &format!("pub enum {name} {{"));
    for response in responses {
        let status = response.status.map(|status| status.to_string());
        let status = status.unwrap_or_else(|| "Any other status".to_owned());
        let text = match response.description.as_str() {
            "" => status,
            description => sentences(&format!("{status}: {description}")),
        };
        doc(source, 1, &text);
        let variant = status_name(response.status);
        let held = json(response).map(|schema| format!("({})", path(schema)));
        line(
            source,
            1,
            &format!("{variant}{},", held.unwrap_or_default()),
        );
    }
    line(source, 0, "}\n");
    gated(source, call.operation);
    line(source, 0, &format!("impl FromResponse for {name} {{"));
    line(
        source,
        1,
        "fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError> {",
    );
    line(source, 2, "match status {");
    for response in responses {
        let variant = status_name(response.status);
        let status = response.status.map(|status| status.to_string());
        let status = status.unwrap_or_else(|| "_".to_owned());
        let value = match json(response) {
            Some(_) => format!("decode::json(body).map(Self::{variant})"),
            None => format!("Ok(Self::{variant})"),
        };
        line(source, 3, &format!("{status} => {value},"));
    }
    if responses.iter().all(|response| response.status.is_some()) {
        line(
            source,
            3,
            "_ => Err(DecodeError::unexpected_status(status)),",
        );
    }
    line(source, 2, "}");
    line(source, 1, "}");
    line(source, 0, "}\n");
}

/// Returns the schema of a response that is JSON.
fn json(response: &Response) -> Option<&Leaf> {
    match &response.content {
        Content::Json(schema) => Some(schema),
        Content::Empty | Content::Events(_) | Content::Bytes => None,
    }
}

/// Returns one implementation of `ListPage` for each page of some operation that is a type of its own,
/// with the groups of these operations.
fn pages(calls: &[Call<'_>]) -> Vec<(GroupSet, String)> {
    let mut seen: Vec<&Leaf> = Vec::new();
    let mut pages: Vec<(GroupSet, String)> = Vec::new();
    for operation in calls.iter().map(|call| call.operation) {
        let Some(paging) = &operation.paging else {
            continue;
        };
        let Some(fields) = &paging.fields else {
            continue;
        };
        if let Some(at) = seen.iter().position(|page| **page == paging.page) {
            pages[at].0.extend(operation.groups());
        } else {
            seen.push(&paging.page);
            pages.push((operation.groups(), page(paging, fields)));
        }
    }
    pages
}

/// Returns the implementation of `ListPage`: the types, and which fields can be absent.
fn page(paging: &Paging, fields: &PageFields) -> String {
    let mark = |field| match field {
        Presence::Always => "",
        Presence::Sometimes => "?",
    };
    let (items, next, cursor) = (mark(fields.items), mark(fields.next), mark(fields.cursor));
    let count = fields.count.map(|count| {
        let cast = if count.is_integer { "" } else { " as u64" };
        format!(", [count{}{cast}]", mark(count.field))
    });
    format!(
        "list_page!({} => {}, [items{items}], [next{next}.page{cursor}]{});",
        path(&paging.page),
        path(&paging.item),
        count.unwrap_or_default()
    )
}
