//! The types of IDs.

use super::{doc, line};
use crate::names::field_name;
use crate::operation::{Operation, id_types};

/// Returns `mod ids`: a type for each kind of ID that an operation takes, whatever the features.
pub(super) fn ids(operations: &[Operation]) -> String {
    let mut source = String::new();
    let names = id_types(operations);
    for name in &names {
        doc(&mut source, 0, &format!("ID of {}.", resource(name)));
        let kind = kind(name);
        line(
            &mut source,
            0,
            &format!("pub type {name} = crate::Id<kind::{kind}>;\n"),
        );
    }
    line(
        &mut source,
        0,
        "/// The kinds of resources, which tell their IDs apart.",
    );
    // Nothing but the IDs needs to be named.
    line(&mut source, 0, "#[doc(hidden)]");
    line(&mut source, 0, "pub mod kind {");
    for name in &names {
        let kind = kind(name);
        doc(
            &mut source,
            1,
            &format!("The kind of [`{name}`](super::{name})."),
        );
        line(&mut source, 1, &format!("pub enum {kind} {{}}"));
    }
    line(&mut source, 0, "}");
    source
}

/// Returns the name of the resources: `ChangeRequest` of `ChangeRequestId`.
fn kind(name: &str) -> &str {
    name.strip_suffix("Id").unwrap_or(name)
}

/// Returns the words for a resource, with its article.
fn resource(name: &str) -> String {
    let words = field_name(kind(name)).replace('_', " ");
    let article = if words.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {}", words.trim_end())
}
