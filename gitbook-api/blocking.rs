//! Calls from code without an async runtime.
//!
//! With the feature `blocking`, the futures that `send` returns have `wait`, and lists and event
//! streams are iterators:
//!
//! ```no_run
//! # fn run(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
//! let user = client.get_authenticated_user().send().wait()?;
//! println!("{}", user.display_name);
//! for space in client.list_spaces_in_organization_by_id("acme").items() {
//!     println!("{}", space?.title);
//! }
//! # Ok(()) }
//! ```
//!
//! All calls share one thread, which is started with the first one and drives their connections.
//! In an async task, which would block the others of its Tokio runtime, they fail with an error that
//! says so. In `spawn_blocking` and `block_in_place` they can be used.

use std::{
    future::Future,
    sync::OnceLock,
    task::{Context, Waker},
};

use futures_core::Stream;
use futures_util::StreamExt;
use tokio::runtime::{Builder, Runtime};
use tokio::task::coop;

use crate::{
    error::{Error, ErrorKind},
    events::{EventStream, EventStreamFuture},
    future::ResponseFuture,
    page::ListPage,
    pages::{Items, Pages},
    response::Response,
};

/// Blocks until the future is ready, for the helpers that are async functions.
///
/// ```no_run
/// # fn run(items: gitbook_api::Items<gitbook_api::types::Space>) -> Result<(), gitbook_api::Error> {
/// let spaces = gitbook_api::blocking::wait(items.collect_max(1_000))?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Fails as the future does, or in an async task of Tokio.
pub fn wait<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    runtime()?.block_on(future)
}

/// Returns the runtime of all blocking calls.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();

    if is_in_task() {
        return Err(Error::new(
            ErrorKind::Runtime,
            "a blocking call in an async task would block the others of its runtime; use `.await`, \
             or `tokio::task::spawn_blocking`",
        ));
    }
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("gitbook-api")
            .enable_all()
            .build()
            .map_err(|error| error.to_string())
    });
    runtime.as_ref().map_err(|problem| {
        let message = format!("the runtime of blocking calls could not be started: {problem}");
        Error::new(ErrorKind::Runtime, message)
    })
}

/// Returns whether the caller is being polled by a Tokio runtime, and not on one of its threads for
/// code that blocks, which belong to the runtime as well.
///
/// Only tasks have a budget, which is less than a thousand steps and is lost here.
fn is_in_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    (0..1_000).any(|_| {
        coop::poll_proceed(&mut context)
            .map(|step| step.made_progress())
            .is_pending()
    })
}

impl<T> ResponseFuture<T> {
    /// Blocks until the response is received.
    ///
    /// # Errors
    ///
    /// Fails as the call does, or in an async task of Tokio.
    pub fn wait(self) -> Result<Response<T>, Error> {
        wait(self)
    }
}

impl<T> EventStreamFuture<T> {
    /// Blocks until the event stream is open.
    ///
    /// # Errors
    ///
    /// Fails as the call does, or in an async task of Tokio.
    pub fn wait(self) -> Result<EventStream<T>, Error> {
        wait(self)
    }
}

/// Iterator over a list, an event stream or exported pages, which blocks until the next item is received.
#[derive(Debug)]
pub struct Iter<S> {
    /// `None` after the end.
    stream: Option<S>,
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Result<T, Error>> {
        let stream = self.stream.as_mut()?;
        let next = wait(async { Ok(stream.next().await) });
        // An error of the runtime would be the same for the next item.
        if !matches!(next, Ok(Some(_))) {
            self.stream = None;
        }
        next.unwrap_or_else(|error| Some(Err(error)))
    }
}

impl<T> IntoIterator for Items<T> {
    type Item = Result<T, Error>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { stream: Some(self) }
    }
}

impl<T, P: ListPage<Item = T>> IntoIterator for Pages<T, P> {
    type Item = Result<Response<P>, Error>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { stream: Some(self) }
    }
}

impl<T: serde::de::DeserializeOwned> IntoIterator for EventStream<T> {
    type Item = Result<T, Error>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { stream: Some(self) }
    }
}

#[cfg(all(feature = "spaces", not(other_document)))]
impl IntoIterator for crate::MarkdownPages {
    type Item = Result<crate::MarkdownPage, Error>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { stream: Some(self) }
    }
}
