//! What changed between two OpenAPI documents, one edit one row, and what it means: for programs
//! that speak HTTP, and for users of the crate.

mod access;
pub mod api;
mod both;
mod catalogue;
mod command;
mod compare;
mod described;
mod ignore;
mod place;
mod pointer;
mod reach;
pub mod render;
pub mod report;
pub mod rules;
pub mod side;
#[cfg(test)]
mod tests;
mod words;

pub use command::{Arguments, FailOn, Format, run};
pub use compare::{Edit, Side, compare};
pub use reach::Direction;
