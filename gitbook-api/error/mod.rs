//! The one error type of the crate.

mod help;
mod kind;
#[cfg(test)]
mod tests;

use std::{error::Error as _, fmt, io, iter, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use crate::{
    decode::DecodeError,
    json::{Violation, Violations},
    operation::Called,
    rate_limit::{RateLimit, now, request_id, retry_after},
};
pub use kind::ErrorKind;

/// The maximum number of bytes of a body that an error keeps.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// Any error, of a token provider for instance.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An error of a call, or of the creation of a client.
///
/// Its text names the operation, what happened, and what to do about it; it never contains the
/// token. `Debug` formats the same text, followed by the kind, the status and the causes, so that a
/// `main` that returns the error prints something readable. The type is one pointer wide, and
/// cloning it is cheap.
///
/// ```no_run
/// use gitbook_api::{Client, Error, types::Space};
///
/// async fn find(client: &Client, id: &str) -> Result<Option<Space>, Error> {
///     match client.get_space_by_id(id).send().await {
///         Ok(space) => Ok(Some(space.into_body())),
///         Err(error) if error.is_not_found() => Ok(None),
///         Err(error) => Err(error),
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    called: Option<Called>,
    attempts: u32,
    response: Option<ErrorResponse>,
    api: Option<ApiError>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    violations: Violations,
    /// Set if the token was not sent, so that advice about it is of no use.
    is_anonymous: bool,
}

/// The response that an error is about.
#[derive(Clone)]
struct ErrorResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// When it was received, by the local clock.
    received: Timestamp,
}

/// GitBook's own description of an error: `{"error": {"code": 404, "message": "..."}}`.
#[derive(Clone, serde::Deserialize)]
struct ApiError {
    code: Option<i64>,
    message: Option<String>,
}

impl ApiError {
    fn from_body(body: &[u8]) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Body {
            error: ApiError,
        }
        serde_json::from_slice::<Body>(body)
            .ok()
            .map(|body| body.error)
    }
}

impl Error {
    /// Creates an error of a kind, for tests of code that handles errors.
    ///
    /// [`from_status`](Self::from_status) creates one with a response.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            kind,
            message: message.into(),
            called: None,
            attempts: 0,
            response: None,
            api: None,
            source: None,
            violations: Violations::default(),
            is_anonymous: false,
        }))
    }

    fn inner(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// Creates the error of a response whose status is not a success, as the client does: one of the
    /// kind [`ErrorKind::Redirect`] for a redirect, otherwise [`ErrorKind::Api`].
    ///
    /// With it, a fake in the tests of an application can fail as the API would:
    ///
    /// ```
    /// use gitbook_api::{Error, http::{HeaderMap, StatusCode}};
    ///
    /// let body = r#"{"error":{"code":404,"message":"Space not found"}}"#;
    /// let error = Error::from_status(StatusCode::NOT_FOUND, HeaderMap::new(), body);
    /// assert!(error.is_not_found());
    /// assert_eq!(error.message(), "Space not found");
    /// ```
    pub fn from_status(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let kind = match status {
            StatusCode::NOT_MODIFIED => ErrorKind::Api,
            status if status.is_redirection() => ErrorKind::Redirect,
            _ => ErrorKind::Api,
        };
        let mut error = Self::new(kind, String::new());
        error.inner().api = ApiError::from_body(&body);
        error.with_response(status, headers, body)
    }

    pub(crate) fn from_event(data: &str) -> Self {
        let mut error = Self::new(ErrorKind::Event, "the event stream reported an error");
        error.inner().api = ApiError::from_body(data.as_bytes());
        if error.0.api.is_none() {
            error.inner().message = format!("the event stream reported an error: {data:.200}");
        }
        error
    }

    pub(crate) fn from_reqwest(cause: reqwest::Error) -> Self {
        // A time-out while connecting is both.
        let (kind, message) = if cause.is_connect() {
            (
                ErrorKind::Connect,
                "no connection could be established; check the endpoint and the network",
            )
        } else if cause.is_timeout() {
            (ErrorKind::Timeout, "timed out")
        } else if cause.is_redirect() {
            (ErrorKind::Redirect, "a redirect could not be followed")
        } else if cause.is_builder() {
            (ErrorKind::Request, "the request cannot be sent")
        } else if is_damaged(&cause) {
            (ErrorKind::Decode, "the response could not be decompressed")
        } else {
            (ErrorKind::Transport, "the connection broke")
        };
        // The URL holds ids and search terms, which are not for logs.
        Self::new(kind, message).with_source(cause.without_url())
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.inner().source = Some(Arc::from(source.into()));
        self
    }

    pub(crate) fn with_response(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        // An error is small, whatever it is about.
        let body = if body.len() > BODY_LIMIT {
            Bytes::copy_from_slice(&body[..BODY_LIMIT])
        } else {
            body
        };
        self.inner().response = Some(ErrorResponse {
            status,
            headers,
            body,
            received: now(),
        });
        self
    }

    /// Notes that the token was not sent.
    pub(crate) fn anonymous(mut self) -> Self {
        self.inner().is_anonymous = true;
        self
    }

    pub(crate) fn of(mut self, called: &Called, attempts: u32) -> Self {
        let inner = self.inner();
        inner.called = Some(called.clone());
        inner.attempts = attempts;
        self
    }

    /// Sets what was called, if that is not known yet.
    pub(crate) fn of_operation(mut self, called: &Called) -> Self {
        self.inner().called.get_or_insert_with(|| called.clone());
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns whether the server has not done anything, so that any method can be retried.
    pub(crate) fn is_before_effect(&self) -> bool {
        self.0.kind == ErrorKind::Connect || self.is_rate_limited()
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// Returns GitBook's own code of the error, usually equal to the status.
    pub fn code(&self) -> Option<i64> {
        self.0.api.as_ref()?.code
    }

    /// Returns GitBook's own message, or what failed on this side.
    pub fn message(&self) -> &str {
        let api = self.0.api.as_ref().and_then(|api| api.message.as_deref());
        match (api, self.status()) {
            (Some(message), _) => message,
            (None, Some(status)) if self.0.message.is_empty() => status
                .canonical_reason()
                .unwrap_or("the API responded with an unknown status"),
            _ => &self.0.message,
        }
    }

    /// Returns the `operationId` of what was called, or the method and the path of a call that was
    /// started with these.
    pub fn operation(&self) -> Option<&str> {
        self.0.called.as_ref().map(Called::name)
    }

    /// Returns how many attempts were made; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// Returns the first 64 KiB of the body of the response. Useful where it is not GitBook's, such
    /// as the page of a proxy.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.response.as_ref().map(|response| &*response.body)
    }

    /// Returns the id of the request, which GitBook's support can look up.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    /// Returns the rate limit after the call, if there was a response.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        let response = self.0.response.as_ref()?;
        Some(RateLimit::from_headers(
            &response.headers,
            response.received,
        ))
    }

    /// Returns how long the server asks to wait before the next attempt: in `Retry-After`, or for
    /// 429 also in `X-RateLimit-Reset`. The time counts from the response on, by the server's clock.
    pub fn retry_after(&self) -> Option<Duration> {
        let response = self.0.response.as_ref()?;
        retry_after(response.status, &response.headers, response.received)
    }

    /// Returns whether the resource is the one that the caller has: the response is 304 to a call
    /// with the header `If-None-Match` or `If-Modified-Since`.
    pub fn is_not_modified(&self) -> bool {
        self.has_status(StatusCode::NOT_MODIFIED)
    }

    /// Returns whether the response is a redirect that is not followed: to another origin, of a
    /// method that would not be repeated, or one of too many.
    pub fn is_redirect(&self) -> bool {
        self.0.kind == ErrorKind::Redirect
    }

    /// Returns whether the resource does not exist, or not for this token (404).
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// Returns whether the token is missing, wrong or expired (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// Returns whether the token lacks a permission (403).
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// Returns whether the state of the resource does not allow the call (409).
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// Returns whether there were too many calls (429).
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns whether the call failed on the server's side (500 to 599).
    pub fn is_server_error(&self) -> bool {
        self.api_status()
            .is_some_and(|status| (500..600).contains(&status))
    }

    /// Returns whether the values that were sent, or were about to be sent, are invalid: the API
    /// responded with 422, or the call was refused because of its [violations](Self::violations).
    pub fn is_unprocessable(&self) -> bool {
        self.has_status(StatusCode::UNPROCESSABLE_ENTITY) || !self.violations().is_empty()
    }

    /// Returns whether a time-out expired, here or on the server (408, 504).
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
            || self.has_status(StatusCode::REQUEST_TIMEOUT)
            || self.has_status(StatusCode::GATEWAY_TIMEOUT)
    }

    /// Returns whether no connection could be established, also because that took longer than
    /// [`connect_timeout`](crate::ClientBuilder::connect_timeout).
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// Returns whether the response does not match its documented schema.
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    /// Returns whether the response is larger than
    /// [allowed](crate::ClientBuilder::max_body_size), or a list longer than the limit of
    /// [`collect_max`](crate::Items::collect_max).
    pub fn is_too_large(&self) -> bool {
        self.0.kind == ErrorKind::TooLarge
    }

    /// Returns whether the call was refused on this side, before anything was sent: a required
    /// parameter is missing, or a value is invalid.
    pub fn is_refused_locally(&self) -> bool {
        self.0.kind == ErrorKind::Request
    }

    /// Returns all values of a [refused](Self::is_refused_locally) call that do not match the
    /// schemas: each path begins with the name of a parameter or with `body`. Empty if the call
    /// was refused for another reason.
    pub fn violations(&self) -> &[Violation] {
        self.0.violations.as_slice()
    }

    /// Returns whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport
        ) || matches!(self.api_status(), Some(408 | 429 | 500 | 502 | 503 | 504))
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.api_status() == Some(status.as_u16().into())
    }

    /// Returns the `error.type` of OpenTelemetry: the status if there is one, otherwise the kind.
    pub(crate) fn type_name(&self) -> String {
        match (self.0.kind, self.status()) {
            (ErrorKind::Api | ErrorKind::Redirect, Some(status)) => status.as_u16().to_string(),
            (kind, _) => kind.name().to_owned(),
        }
    }

    /// Returns the status of the response, or the code of an error that came as an event.
    fn api_status(&self) -> Option<i64> {
        match self.0.kind {
            ErrorKind::Api => self.status().map(|status| status.as_u16().into()),
            ErrorKind::Event => self.code(),
            _ => None,
        }
    }
}

/// Returns whether the whole body was received but cannot be decompressed. Reqwest reports a body
/// that broke off in the same way, but only that one is worth another attempt.
fn is_damaged(error: &reqwest::Error) -> bool {
    let causes = iter::successors(error.source(), |cause| (*cause).source());
    let mut io_errors = causes.filter_map(|cause| cause.downcast_ref::<io::Error>());
    error.is_decode()
        && io_errors.any(|error| {
            matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
            )
        })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        let is_about_status = matches!(self.0.kind, ErrorKind::Api | ErrorKind::Redirect);
        if let Some(status) = self.status().filter(|_| is_about_status) {
            write!(f, "{} ", status.as_u16())?;
        }
        f.write_str(self.message())?;
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        if let Some(help) = self.help() {
            write!(f, " ({help})")?;
        }
        if self.attempts() > 1 {
            write!(f, ", after {} attempts", self.attempts())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} [kind: {:?}", self.0.kind)?;
        if let Some(status) = self.status() {
            write!(f, ", status: {}", status.as_u16())?;
        }
        f.write_str("]")?;
        let mut causes = iter::successors(self.source(), |cause| (*cause).source()).peekable();
        if causes.peek().is_some() {
            f.write_str("\n\nCaused by:")?;
        }
        for cause in causes {
            write!(f, "\n    {cause}")?;
        }
        Ok(())
    }
}

/// The error of a body that does not match its schema, for code that decodes bodies itself.
impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::new(
            ErrorKind::Decode,
            "the body does not match its documented schema",
        )
        .with_source(error)
    }
}

/// The error of a value that is not sent because it does not match its schema.
impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let all = violations.as_slice().iter();
        let all = all.map(|violation| format!("`{}` {}", violation.path, violation.message));
        let mut error = Self::new(ErrorKind::Request, all.collect::<Vec<_>>().join("; "));
        error.inner().violations = violations;
        error
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The text of the direct cause is part of this error's own.
        self.0.source.as_deref().and_then(std::error::Error::source)
    }
}
