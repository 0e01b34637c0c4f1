//! What changed between two OpenAPI documents, one edit one row, and what it means: for programs
//! that speak HTTP, and for users of the crate.

mod access;
pub mod api;
pub mod both;
pub mod catalogue;
mod compare;
mod described;
pub mod ignore;
pub mod place;
mod pointer;
mod reach;
pub mod render;
pub mod report;
pub mod rules;
#[cfg(test)]
mod tests;
mod verdict;
mod words;

pub use compare::{Edit, Side, compare};
pub use reach::Direction;
