//! Fetches GitBook's OpenAPI documents, normalizes them to OpenAPI 3.0.3, merges them into one
//! document and applies overlays.
//!
//! ```text
//! sources --fetch--> fragments --normalize--> --merge--> --overlay--> spec/openapi.yaml
//! ```
//!
//! [`pipeline`] runs the offline part. A document is a [`serde_json::Value`] in every step.

pub mod fetch;
pub mod files;
mod json;
pub mod lines;
pub mod merge;
pub mod normalize;
pub mod overlay;
pub mod pipeline;
pub mod published;
pub mod read;
pub mod sources;
pub mod terminal;
pub mod yaml;
