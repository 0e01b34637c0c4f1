//! The maintainer tools of `gitbook-api`: everything between GitBook's published documents and
//! `spec/openapi.yaml`.

pub mod fetch;
pub mod files;
pub mod sources;
pub mod yaml;
