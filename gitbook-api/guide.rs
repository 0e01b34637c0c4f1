//! Guides to tasks that need more than one type, each with complete examples.
//!
//! This module contains no code. It exists only in the documentation.

// A guide ends with the targets of its links, for readers of the file. They are in docs.rs, of the latest
// version. The first target of a link counts, so those before a guide are of this version, and rustdoc
// checks them.

/// [`Client`]: crate::Client
/// [`Client::builder`]: crate::Client::builder
/// [`Error`]: crate::Error
/// [`Response`]: crate::Response
/// [`ids`]: crate::ids
/// [Blocking calls]: crate::guide::blocking
/// [Errors and retries]: crate::guide::errors_and_retries
/// [Pages and streams]: crate::guide::pages_and_streams
/// [Unions and documents]: crate::guide::unions_and_documents
///
#[doc = include_str!("../docs/guide/getting-started.md")]
pub mod getting_started {}

/// [`EventStream`]: crate::EventStream
/// [`Items`]: crate::Items
/// [`Page`]: crate::Page
/// [`Pages`]: crate::Pages
/// [mock server]: crate::guide::testing
/// [retried]: crate::guide::errors_and_retries
///
#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/pages-and-streams.md")]
pub mod pages_and_streams {}

/// [`Error`]: crate::Error
/// [`RetryPolicy`]: crate::RetryPolicy
/// [`TokenProvider`]: crate::TokenProvider
///
#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/errors-and-retries.md")]
pub mod errors_and_retries {}

/// [`Patch`]: crate::Patch
///
#[doc = include_str!("../docs/guide/updating.md")]
pub mod updating {}

/// [`DocumentTree`]: crate::DocumentTree
/// [`PageTree`]: crate::PageTree
/// [`ResponseMeta::missing`]: crate::ResponseMeta::missing
/// [`RevisionPage`]: crate::types::RevisionPage
///
#[doc = include_str!("../docs/guide/unions-and-documents.md")]
pub mod unions_and_documents {}

#[cfg_attr(
    feature = "webhooks",
    doc = "[`Verifier`]: crate::webhooks::Verifier\n"
)]
#[cfg(any(not(doctest), feature = "webhooks"))]
#[doc = include_str!("../docs/guide/webhooks.md")]
pub mod webhooks {}

#[cfg_attr(feature = "mock", doc = "[`MockServer`]: crate::mock::MockServer\n")]
#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/testing.md")]
pub mod testing {}

#[cfg_attr(
    feature = "blocking",
    doc = "[`blocking::wait`]: crate::blocking::wait\n"
)]
#[cfg(any(not(doctest), all(feature = "blocking", feature = "mock")))]
#[doc = include_str!("../docs/guide/blocking.md")]
pub mod blocking {}

/// [a server for tests]: crate::guide::testing
/// [calls without an async runtime]: crate::guide::blocking
/// [signatures and events of webhooks]: crate::guide::webhooks
///
#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/features.md")]
pub mod features {}

/// The examples of the README are tested with those of the guides.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
