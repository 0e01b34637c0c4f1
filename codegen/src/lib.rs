//! Turns one OpenAPI 3.0.3 document into the Rust code of the `gitbook-api` crate.
//!
//! A document is a [`serde_json::Value`] whose keys keep their order: typed models of OpenAPI lose
//! things that later stages need.

#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

pub mod api;
pub mod assertion;
pub mod document;
mod emit;
pub mod features;
pub mod generate;
pub mod group;
pub mod lower;
mod markdown;
pub mod model;
pub mod names;
pub mod operation;
pub mod parts;
pub mod path;
pub mod pattern;
mod progenitor;
mod reach;
mod spelling;
mod syntax;
pub mod text;
pub mod walk;

pub use document::{Diagnostic, Diagnostics};
pub use generate::{Generated, generate};
/// The type of a document.
pub use serde_json::Value;
