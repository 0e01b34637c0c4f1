//! Turns one OpenAPI 3.0.3 document into the Rust code of the `gitbook-api` crate.
//!
//! A document is a [`serde_json::Value`] whose keys keep their order: typed models of OpenAPI lose
//! things that later stages need.

pub mod api;
pub mod assertion;
pub mod docs;
pub mod document;
mod example;
pub mod features;
mod fill;
mod fit;
pub mod generate;
pub mod group;
mod layout;
mod literal;
pub mod lower;
mod media_type;
pub mod model;
pub mod names;
pub mod operation;
pub mod progenitor;
pub mod rewrite;
pub mod select;
pub mod types;
pub mod walk;

pub use document::{Diagnostic, Diagnostics};
pub use generate::{Generated, generate};
/// What a document is.
pub use serde_json::Value;
