//! The types of IDs.

use super::{doc, kind_module, line};
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
    let about = "The kinds of resources, which tell their IDs apart.";
    source + &kind_module(about, names.iter().map(|name| kind(name)))
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
