//! Hooks of the program around each attempt.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::request::is_client_header;
use crate::{
    error::{Error, ErrorKind},
    operation::Called,
};

/// Observes the attempts of the calls of a client, and adds headers to them: for the propagation of
/// traces, metrics or an audit.
///
/// [`ClientBuilder::hook`](crate::ClientBuilder::hook) sets it. Each retry of a call is another attempt. The
/// redirects that an attempt follows belong to it: they are sent with the same headers, and the last
/// response counts. Neither a call that is refused before it is sent, nor an attempt for which the token
/// provider has no token, is an attempt. Uploads to GitBook's storage, which are not requests to the API,
/// have no hooks.
///
/// The methods are called by the task that polls the call, so they must not block.
///
/// ```
/// use gitbook_api::{Attempt, AttemptHook, AttemptResult, Client, Error, http::HeaderMap};
///
/// struct Metrics;
///
/// impl AttemptHook for Metrics {
///     fn before(&self, _attempt: &Attempt<'_>, headers: &mut HeaderMap) {
///         let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
///         headers.insert("traceparent", parent.parse().unwrap());
///     }
///
///     fn after(&self, attempt: &Attempt<'_>, result: &AttemptResult<'_>) {
///         let status = result.status().map_or("none".to_owned(), |status| status.to_string());
///         println!("{}: {status} after {:?}", attempt.operation(), result.elapsed());
///     }
/// }
///
/// # fn main() -> Result<(), Error> {
/// let client = Client::builder().token("gb_api_...").hook(Metrics).build()?;
/// # Ok(()) }
/// ```
pub trait AttemptHook: Send + Sync {
    /// Called before an attempt is sent, with its headers.
    ///
    /// `Authorization` is not among them. It and the headers that depend on the connection and the body,
    /// such as `Host` and `Content-Length`, are sent as the client sets them, whatever the hook does to
    /// them.
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// Called after an attempt: when its body was received, for an event stream when it begins.
    ///
    /// It follows each [`before`](Self::before), unless the call is dropped while the attempt is in flight.
    fn after(&self, attempt: &Attempt<'_>, result: &AttemptResult<'_>) {
        let _ = (attempt, result);
    }
}

/// An attempt of a call. It has no values of parameters, which may be secret.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    called: &'a Called,
    number: u32,
}

impl<'a> Attempt<'a> {
    /// Returns the `operationId`, or the method and the path of a call that was started with these.
    pub fn operation(&self) -> &'a str {
        self.called.name()
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &'a str {
        self.called.method()
    }

    /// Returns the path template, such as `/spaces/{spaceId}`.
    pub fn path(&self) -> &'a str {
        self.called.path()
    }

    /// Returns the number of the attempt; 1 for the first one of a call.
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// The result of an attempt.
#[derive(Clone, Copy, Debug)]
pub struct AttemptResult<'a> {
    response: Option<&'a (StatusCode, HeaderMap)>,
    error: Option<&'a Error>,
    elapsed: Duration,
}

impl<'a> AttemptResult<'a> {
    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.response.map(|(status, _)| *status)
    }

    /// Returns the headers of the response, if there was one.
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.response.map(|(_, headers)| headers)
    }

    /// Returns the error of an attempt without a whole response: a time-out, a connection that broke, or
    /// a body that is too large. A response whose status is not a success is no such error.
    pub fn error(&self) -> Option<&'a Error> {
        self.error
    }

    /// Returns the time that the attempt took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// The hooks of a client, in the order in which they were set.
#[derive(Clone, Default)]
pub(crate) struct Hooks(pub(crate) Vec<Arc<dyn AttemptHook>>);

/// Calls the hooks around one attempt.
pub(super) struct Watch<'a> {
    hooks: &'a [Arc<dyn AttemptHook>],
    attempt: Attempt<'a>,
    /// When it was sent.
    start: Option<Instant>,
    response: Option<(StatusCode, HeaderMap)>,
}

impl Hooks {
    pub(super) fn watch<'a>(&'a self, called: &'a Called, number: u32) -> Watch<'a> {
        Watch {
            hooks: &self.0,
            attempt: Attempt { called, number },
            start: None,
            response: None,
        }
    }
}

impl Watch<'_> {
    /// Called with the headers of a request that is about to be sent. Returns those that it is sent with,
    /// if there are hooks.
    pub(super) fn before(&mut self, own: &HeaderMap) -> Option<HeaderMap> {
        if self.hooks.is_empty() {
            return None;
        }
        let mut headers = own.clone();
        for hook in self.hooks {
            hook.before(&self.attempt, &mut headers);
        }
        let changed: Vec<_> = headers.keys().chain(own.keys()).cloned().collect();
        for name in changed.iter().filter(|name| is_client_header(name)) {
            headers.remove(name);
            if let Some(value) = own.get(name) {
                headers.insert(name, value.clone());
            }
        }
        self.start = Some(Instant::now());
        Some(headers)
    }

    /// Called with a response, before its body is read.
    pub(super) fn received(&mut self, status: StatusCode, headers: &HeaderMap) {
        if !self.hooks.is_empty() {
            self.response = Some((status, headers.clone()));
        }
    }

    /// Called at the end of the attempt.
    pub(super) fn after(&self, error: Option<&Error>) {
        let Some(start) = self.start else {
            return;
        };
        let is_status = |kind| matches!(kind, ErrorKind::Api | ErrorKind::Redirect);
        let result = AttemptResult {
            response: self.response.as_ref(),
            error: error.filter(|error| !is_status(error.kind())),
            elapsed: start.elapsed(),
        };
        for hook in self.hooks {
            hook.after(&self.attempt, &result);
        }
    }
}
