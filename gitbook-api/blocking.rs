//! Calls from code without an async runtime.
//!
//! With the feature `blocking`, the futures that `send` returns have `wait`, and lists and event
//! streams are iterators:
//!
//! ```no_run
//! # fn run(client: gitbook_api::Client, spaces: gitbook_api::Items<
//! #     gitbook_api::types::ListSpacesInOrganizationByIdResponse>) -> Result<(), gitbook_api::Error> {
//! let user = client.get_authenticated_user().send().wait()?;
//! println!("{}", user.display_name);
//! // `spaces` is what `stream()` of a list returns.
//! for space in spaces {
//!     println!("{}", space?.title);
//! }
//! # Ok(()) }
//! ```
//!
//! All calls share one thread, which is started with the first one and drives their connections.
//! Inside of a Tokio runtime, which blocking would stop, they fail with an error that says so.

use std::{future::Future, sync::OnceLock};

use futures_core::Stream;
use futures_util::TryStreamExt;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::{
    error::{Error, ErrorKind},
    events::{EventStream, EventStreamFuture},
    future::ResponseFuture,
    pages::{Items, Page, Pages},
    response::Response,
};

/// Blocks until the future is ready, for the helpers that are async functions.
///
/// ```no_run
/// # fn run(items: gitbook_api::Items<
/// #     gitbook_api::types::ListSpacesInOrganizationByIdResponse>) -> Result<(), gitbook_api::Error> {
/// let spaces = gitbook_api::blocking::wait(items.all(1_000))?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Fails as the future does, or if the thread is inside of a Tokio runtime.
pub fn wait<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    runtime()?.block_on(future)
}

/// Returns the runtime of all blocking calls.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();

    if Handle::try_current().is_ok() {
        return Err(Error::new(
            ErrorKind::Runtime,
            "a blocking call inside of a Tokio runtime would stop it; use `.await`, or a thread \
             of its own",
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

impl<T> ResponseFuture<T> {
    /// Blocks until the response is received.
    ///
    /// # Errors
    ///
    /// Fails as the call does, or if the thread is inside of a Tokio runtime.
    pub fn wait(self) -> Result<Response<T>, Error> {
        wait(self)
    }
}

impl<T> EventStreamFuture<T> {
    /// Blocks until the event stream is open.
    ///
    /// # Errors
    ///
    /// Fails as the call does, or if the thread is inside of a Tokio runtime.
    pub fn wait(self) -> Result<EventStream<T>, Error> {
        wait(self)
    }
}

/// Iterator over a list or an event stream, which blocks until the next item is received.
#[derive(Debug)]
pub struct Iter<S> {
    /// `None` after the end.
    stream: Option<S>,
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Result<T, Error>> {
        let next = wait(self.stream.as_mut()?.try_next()).transpose();
        if !matches!(next, Some(Ok(_))) {
            self.stream = None;
        }
        next
    }
}

impl<P: Page> IntoIterator for Items<P> {
    type Item = Result<P::Item, Error>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { stream: Some(self) }
    }
}

impl<P: Page> IntoIterator for Pages<P> {
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
