//! What changed between two OpenAPI documents, one edit one row, and what it means: for programs
//! that speak HTTP, and for users of the crate.

pub mod compare;
pub mod rules;
