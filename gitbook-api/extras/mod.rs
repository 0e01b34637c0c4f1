//! Helpers that combine several operations, or read what they return.

#[cfg(feature = "spaces")]
mod document;
#[cfg(feature = "spaces")]
mod export;
#[cfg(all(feature = "imports", feature = "storage"))]
mod import;
#[cfg(feature = "integrations")]
mod installation;
#[cfg(feature = "spaces")]
mod page_tree;
#[cfg(feature = "storage")]
mod storage;

#[cfg(feature = "spaces")]
pub use document::{DocumentHeading, DocumentNode, DocumentNodes, DocumentTree};
#[cfg(feature = "spaces")]
pub use export::{MarkdownPage, MarkdownPages};
#[cfg(feature = "integrations")]
pub use installation::InstallationTokens;
#[cfg(feature = "spaces")]
pub use page_tree::{PageNode, PageRef, PageTree};
#[cfg(feature = "storage")]
pub use storage::FileUpload;
