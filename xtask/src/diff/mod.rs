//! What changed between two OpenAPI documents, one edit one row, and what it means: for programs
//! that speak HTTP, and for users of the crate.

mod compare;
mod place;
mod pointer;
mod reach;
pub mod report;
pub mod rules;
mod words;

pub use compare::{Edit, Side, compare};
