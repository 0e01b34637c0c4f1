//! Makes the operations' part of the client out of progenitor's output and the operations.

mod answer;
mod builder;
mod docs;
mod lift;
mod metadata;
mod method;
mod page;
mod setter;

use std::collections::BTreeMap;

use quote::quote;
use syn::File;

use crate::Problem;
use crate::operation::Operation;

/// The methods of the client, their builders, and what is known about each operation.
///
/// `generated` is what [`progenitor::generate`](crate::progenitor::generate()) made of the same
/// operations and types. The result stands beside `mod types`, in a crate with the hand-written
/// half of the client.
///
/// # Errors
/// A [`Problem`] when progenitor made no builder of an operation, or one without a parameter.
pub fn refine(
    operations: &[Operation],
    generated: &File,
    types: &BTreeMap<String, String>,
) -> Result<String, Problem> {
    let lifted = lift::lift(generated);
    let mut methods = Vec::new();
    let mut builders = Vec::new();
    for operation in operations {
        let builder = builder::Builder::new(operation, &lifted)?;
        methods.push(method::method(&builder));
        builders.push(builder::builder(&builder)?);
    }
    let tokens = quote! {
        use crate::Client;
        use crate::operation::operations;
        #[allow(unused_imports, reason = "a group of operations may have no pages")]
        use crate::paging::page;

        impl Client {
            #(#methods)*
        }

        /// The builders of all operations, as the methods of [`Client`] return them.
        #[allow(clippy::wrong_self_convention, reason = "parameters have the names of the document")]
        pub mod builder {
            #[allow(unused_imports, reason = "not every group of operations needs them all")]
            use crate::{
                Client, Error,
                call::Call,
                decode::{self, DecodeError},
                events::EventStream,
                paging::{Items, Pages},
                request::request,
                response::{FromResponse, NoContent, Response},
            };
            #[allow(unused_imports, reason = "a group of operations may need none")]
            use super::types;

            #(#builders)*
        }
    };
    let file = syn::parse2(tokens).map_err(|error| {
        let message = format!("the generated operations do not parse: {error}");
        Problem::new("", message)
    })?;
    Ok(format!(
        "{}\n{}\n{}",
        prettyplease::unparse(&file),
        metadata::metadata(operations),
        page::pages(operations, types)?
    ))
}
