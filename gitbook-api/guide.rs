//! Guides to tasks that need more than one type, each with complete examples.
//!
//! This module contains no code. It exists only in the documentation.

#[doc = include_str!("../docs/guide/getting-started.md")]
pub mod getting_started {}

#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/pages-and-streams.md")]
pub mod pages_and_streams {}

#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/errors-and-retries.md")]
pub mod errors_and_retries {}

#[doc = include_str!("../docs/guide/updating.md")]
pub mod updating {}

#[doc = include_str!("../docs/guide/unions-and-documents.md")]
pub mod unions_and_documents {}

#[cfg(any(not(doctest), feature = "webhooks"))]
#[doc = include_str!("../docs/guide/webhooks.md")]
pub mod webhooks {}

#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/testing.md")]
pub mod testing {}

#[cfg(any(not(doctest), all(feature = "blocking", feature = "mock")))]
#[doc = include_str!("../docs/guide/blocking.md")]
pub mod blocking {}

#[cfg(any(not(doctest), feature = "mock"))]
#[doc = include_str!("../docs/guide/features.md")]
pub mod features {}

/// The examples of the README are tested with those of the guides.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
