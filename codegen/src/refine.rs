//! Makes the operations' part of the client out of progenitor's output and the operations.

mod answer;
mod builder;
mod docs;
mod layout;
mod metadata;
mod method;
mod page;
mod setter;

use std::collections::BTreeMap;

use quote::quote;

use crate::Problem;
use crate::operation::Operation;
use crate::progenitor::Lifted;

/// The methods of the client, their builders, and what is known about each operation.
///
/// `lifted` is what [`progenitor::generate`](crate::progenitor::generate()) made of the same
/// operations and types. The result stands beside `mod types`, in a crate with the hand-written
/// half of the client.
///
/// # Errors
/// A [`Problem`] when progenitor made no builder of an operation, or one without a parameter.
pub fn refine(
    operations: &[Operation],
    lifted: &BTreeMap<String, Lifted>,
    types: &BTreeMap<String, String>,
) -> Result<String, Problem> {
    let mut methods = Vec::new();
    let mut builders = String::new();
    for operation in operations {
        let builder = builder::Builder::new(operation, lifted)?;
        methods.push(method::method(&builder));
        builders.push('\n');
        builders.push_str(&builder::builder(&builder)?);
    }
    let methods = layout::layout(quote!(impl Client { #(#methods)* }), 0)?;
    let metadata = metadata::metadata(operations);
    let pages = page::pages(operations, types)?;
    Ok(format!(
        "{IMPORTS}\n{methods}\n{BUILDERS}{builders}}}\n\n{metadata}\n{pages}"
    ))
}

const IMPORTS: &str = "\
use crate::Client;
use crate::operation::operations;
use crate::pages::page;
";

const BUILDERS: &str = "\
/// The builders of all operations, as the methods of [`Client`] return them.
#[allow(clippy::wrong_self_convention, reason = \"parameters have the names of the document\")]
#[allow(unused_imports, reason = \"some documents need only some of them\")]
pub mod builder {
    use super::types;
    use crate::call::Call;
    use crate::decode::{self, DecodeError};
    use crate::events::EventStream;
    use crate::pages::{Items, Pages};
    use crate::request::builder;
    use crate::response::{FromResponse, NoContent};
    use crate::{Client, Error, ResponseFuture};
";
