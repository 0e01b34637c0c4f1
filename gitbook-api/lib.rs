//! Client of the whole GitBook REST API, generated from its OpenAPI description.
//!
//! ```no_run
//! use gitbook_api::{Client, Error};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Error> {
//!     let client = Client::from_env()?; // GITBOOK_TOKEN
//!     let mut spaces = client.list_spaces_in_organization_by_id("acme").items();
//!     while let Some(space) = spaces.next().await {
//!         let space = space?;
//!         println!("{}: {}", space.id, space.title);
//!     }
//!     Ok(())
//! }
//! ```
//!
#![cfg_attr(
    all(doc, feature = "all", not(other_document)),
    doc = "The [guides](guide) lead through tasks that need more than one type."
)]
//!
//! # Operations
//!
//! The operation `getSpaceById` of the description is [`Client::get_space_by_id`], and its schema
//! `Space` is [`types::Space`]. A method takes the required parameters and returns a builder, whose
//! setters take the optional ones. Awaiting the builder sends the call, and so does `send`. The result
//! is a [`Response`]: the body, and its status and headers as `response.meta()`. `with_timeout`, `with_retry` and
//! `with_header` set the options of one call.
//!
//! ```no_run
//! # use gitbook_api::{Client, Error, types::UpdateSpaceByIdRequest};
//! # async fn run(client: Client) -> Result<(), Error> {
//! let space = client.get_space_by_id("space").await?;
//! let change = UpdateSpaceByIdRequest::new().title("Handbook");
//! client.update_space_by_id(&space.id, change).await?;
//! # Ok(()) }
//! ```
//!
//! [`OPERATIONS`] lists all operations. [`Client::get`] and its siblings call what the description does
//! not have.
//!
//! # Features
//!
//! | feature | | effect |
//! |---|---|---|
//! | `rustls` | default | TLS by rustls and ring, with the certificates of the platform |
//! | `rustls-no-provider` | | the same with the provider that the program installs |
//! | `native-tls` | | TLS by the library of the platform |
//! | `tracing` | default | a span per call, an event per retry; never a token, an id or a body |
//! | `mock` | | a server with typed responses, for tests of code that uses this crate |
//! | `brotli` | | responses compressed with Brotli, beside those with gzip |
//! | `blocking` | | calls and iterators for code without an async runtime |
//! | `multipart` | | bodies of the media type `multipart/form-data`; no operation needs it today |
//! | `regress` | | patterns that take all of ECMAScript; GitBook's API has none today |
//! | `webhooks` | | verifies the signatures of webhooks and decodes their events |
//! | `all` | default | all groups of operations |
//! | `spaces`, `sites`, ... | | one group of operations, with the types it needs |
//!
//! The fewer groups are enabled, the faster the crate compiles:
//!
//! ```toml
//! gitbook-api = { version = "0.1", default-features = false, features = ["rustls", "spaces"] }
//! ```
//!
//! # Validation
//!
//! Before anything is sent, all parameters and the body are validated: lengths, patterns, bounds of
//! numbers, and numbers of items and properties (see [`Body::check`]), and that nothing required is
//! missing. A call that fails is refused with all of its problems: [`Error::violations`] has the path
//! and a message for each. The documentation of fields and setters lists the constraints. A
//! parameter whose enum does not have its value is refused, unless the call is made
//! `with_unknown_values`. Enums in bodies are not validated, because later versions of the API add values,
//! nor are formats; responses are not validated.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), gitbook_api::Error> {
//! let client = gitbook_api::Client::new("token")?;
//! let call = client.list_spaces_in_organization_by_id("acme/docs").limit(-5);
//! let error = call.send().await.unwrap_err();
//! let paths: Vec<_> = error.violations().iter().map(|violation| &violation.path).collect();
//! assert_eq!(paths, ["organizationId", "limit"]);
//! # Ok(()) }
//! ```
//!
//! # Pages
//!
//! Operations whose responses are pages have `items`, which returns the [`Items`] of all pages, and
//! `pages`, which returns the [`Pages`]. Both are streams: a page is fetched when the stream is polled
//! for it, or with [`prefetch`](Items::prefetch) one page earlier.
//! [`try_collect`](Items::try_collect) collects all items, and [`collect_max`](Items::collect_max)
//! those of a list that has no more than a limit.
//!
//! # Event streams
//!
//! Operations whose responses are events return an [`EventStream`]. It ends when the server sends
//! `done`; dropping it closes the connection.
//!
//! # Documents and webhooks
//!
//! A [`PageTree`] walks all pages of a space, and a [`DocumentTree`] the content of a page: its nodes,
//! headings, links and plain text. With the feature `webhooks`, `webhooks::Verifier` checks the
//! signature of a webhook and decodes its event.
//!
//! # Errors
//!
//! There is one [`Error`] type. It contains the operation, GitBook's message, and what to do about
//! it; [`is_not_found`](Error::is_not_found) and similar methods classify it. Transient failures are
//! [retried](RetryPolicy) when that is safe.
//!
//! # Keep, set, or clear
//!
//! `null` and absent differ: optional, nullable request fields have type [`Patch`]. A field that is
//! not set is left as it is.
//!
//! ```
//! use gitbook_api::{Patch, types::UpdateSpaceByIdRequest};
//!
//! let request = UpdateSpaceByIdRequest::new().title("Handbook").clear_emoji();
//! assert_eq!(request.emoji, Patch::Clear); // sent as null
//! assert_eq!(request.icon, Patch::Keep); // not sent
//! ```
//!
//! # Making and reading values
//!
//! A setter takes whatever becomes its type by `into()`. A union is made of any of its members, of
//! the members of a member, and of text where a member is a string; the compiler lists what a type
//! can be made of where something else is given. The properties that the variants of a union share
//! have getters, such as [`RevisionPage::title`](types::RevisionPage::title).
//!
//! ```
//! use gitbook_api::types::{MemberRole, UpdateSpaceByIdRequest};
//!
//! UpdateSpaceByIdRequest::new().default_level(MemberRole::Read);
//! UpdateSpaceByIdRequest::new().default_level("inherit");
//! ```
//!
//! ```compile_fail,E0277
//! # use gitbook_api::types::UpdateSpaceByIdRequest;
//! UpdateSpaceByIdRequest::new().default_level(5);
//! ```
//!
//! # As the API grows
//!
//! GitBook adds to its API all the time. Values that are unknown to this version of the crate are
//! kept and sent back verbatim:
//!
//! - An unknown field is kept in `unknown_fields` of its struct.
//! - An unknown value of an enum is an [`UnknownValue`], with the text.
//! - An unknown member of a union is `Unknown`, with the JSON. A value is never decoded as a member
//!   that it does not fit: the required properties are there, and every described one has its type.
//! - A required field that is absent has an empty value, with a warning, and stays absent until it
//!   is set to something else. So does one that is `null` against its schema. [`UnknownFields`] says
//!   how to send the empty value itself.
//! - A time or date that cannot be parsed is a [`DateTime`] or [`Date`] with nothing but its text.
//!
//! Structs and enums are `#[non_exhaustive]`: requests are made with `new` and their setters.

#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]
// `rustdoc_json` is no feature that an item needs: see `shown` in `generated.rs`.
#![cfg_attr(docsrs, feature(doc_cfg), doc(auto_cfg(hide(rustdoc_json))))]
#![cfg_attr(
    any(not(feature = "all"), other_document),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "some groups of operations, or another document, do not use everything"
    )
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
mod client;
mod cursors;
pub mod decode;
mod encode;
mod error;
mod event_size;
mod events;
#[cfg(not(other_document))]
mod extras;
mod future;
// Only in the documentation.
#[cfg(all(doc, feature = "all", not(other_document)))]
pub mod guide;
mod id;
mod json;
#[cfg(feature = "mock")]
pub mod mock;
mod operation;
mod page;
mod pages;
mod rate_limit;
mod request;
mod response;
mod transport;
#[cfg(all(feature = "webhooks", not(other_document)))]
pub mod webhooks;

pub use call::{Call, QueryStyle};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
pub use events::{EventStream, EventStreamFuture};
#[cfg(all(feature = "storage", not(other_document)))]
pub use extras::FileUpload;
#[cfg(all(feature = "integrations", not(other_document)))]
pub use extras::InstallationTokens;
#[cfg(all(feature = "spaces", not(other_document)))]
pub use extras::{
    DocumentHeading, DocumentNode, DocumentNodes, DocumentTree, MarkdownPage, MarkdownPages,
    PageNode, PageRef, PageTree,
};
pub use future::ResponseFuture;
pub use id::Id;
pub use json::{Body, Date, DateTime, Map, Patch, UnknownFields, UnknownValue};
pub use json::{Violation, Violations};
pub use operation::Operation;
pub use page::{ListPage, NextPage, Page};
pub use pages::{Items, Pages};
pub use rate_limit::RateLimit;
pub use request::{Integer, OperationKind, Request, RequestBuilder};
pub use response::{FromResponse, NoContent, Response, ResponseMeta};
pub use transport::auth::{Token, TokenFuture, TokenProvider};
pub use transport::hook::{Attempt, AttemptHook, AttemptResult};
pub use transport::retry::RetryPolicy;

/// The iterators over a [`Map`], and its entries.
pub mod map {
    pub use crate::json::{Entry, IntoIter, Iter, IterMut};
}

/// The types of statuses and headers.
pub use http;
/// The time library; [`DateTime`] and [`Date`] contain its types.
pub use jiff;
/// The HTTP client, for [`ClientBuilder::http_client`].
pub use reqwest;

include!("generated.rs");
