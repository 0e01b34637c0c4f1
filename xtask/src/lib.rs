//! The maintainer tools of `gitbook-api`: everything between GitBook's published documents and
//! `spec/openapi.yaml`.

pub mod bump;
pub mod codegen;
pub mod diff;
pub mod drift;
pub mod fetch;
pub mod files;
pub mod merge;
pub mod normalize;
pub mod overlay;
pub mod read;
pub mod sample;
pub mod sources;
pub mod yaml;
