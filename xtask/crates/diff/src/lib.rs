//! Compares two OpenAPI documents, and classifies each edit for programs that use HTTP and for
//! users of the crate.

#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

pub mod api;
mod compare;
mod crate_names;
pub mod ignore;
pub mod join;
pub mod place;
mod pointer;
pub mod release;
pub mod render;
pub mod report;
pub mod rules;
pub mod rules_doc;
mod rust_items;
mod summarize;
#[cfg(test)]
mod tests;
mod uses;
mod verdict;
mod visibility;

pub use compare::{Edit, Location, compare};
pub use uses::Direction;
