//! Helpers that are made of several operations.

#[cfg(feature = "spaces")]
mod export;
#[cfg(all(feature = "imports", feature = "storage"))]
mod import;
#[cfg(feature = "storage")]
mod storage;

#[cfg(feature = "spaces")]
pub use export::MarkdownPage;
