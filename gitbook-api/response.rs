//! The response to a successful call.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use crate::{
    decode::{self, DecodeError},
    rate_limit::{RateLimit, now, request_id},
};

/// A decoded body with its [metadata](ResponseMeta).
///
/// It dereferences to the body: `response.title` is the title of a space, and `response.status` the
/// state of an import. The status of HTTP is `response.meta().status()`.
#[derive(Clone, Debug)]
pub struct Response<T> {
    body: T,
    meta: ResponseMeta,
}

impl<T> Response<T> {
    /// Creates a response to one attempt, for tests of code that takes responses.
    ///
    /// ```
    /// use gitbook_api::{Response, http::{HeaderMap, StatusCode}};
    ///
    /// let response = Response::new(StatusCode::OK, HeaderMap::new(), "body");
    /// assert_eq!(response.into_body(), "body");
    /// ```
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self::with_meta(body, ResponseMeta::new(status, headers))
    }

    pub(crate) fn with_meta(body: T, meta: ResponseMeta) -> Self {
        Self { body, meta }
    }

    /// Returns the status, the headers and what else is known about the response.
    pub fn meta(&self) -> &ResponseMeta {
        &self.meta
    }

    /// Returns the body alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns the same response with another body.
    pub fn map_body<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            body: f(self.body),
            meta: self.meta,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

/// The metadata of a response.
#[derive(Clone, Debug)]
pub struct ResponseMeta {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    missing: Vec<String>,
    /// When it was received, by the local clock.
    received: Timestamp,
}

impl ResponseMeta {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            status,
            headers,
            body: Bytes::new(),
            attempts: 1,
            missing: Vec::new(),
            received: now(),
        }
    }

    pub(crate) fn with_body(self, body: Bytes) -> Self {
        Self { body, ..self }
    }

    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    pub(crate) fn with_missing(self, missing: Vec<String>) -> Self {
        Self { missing, ..self }
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as it was received, without its compression. It is empty for a response that was
    /// made by [`Response::new`], and for an event stream.
    ///
    /// ```no_run
    /// # async fn run(client: gitbook_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let user = client.get_authenticated_user().await?;
    /// let json: serde_json::Value = serde_json::from_slice(user.meta().body())?;
    /// assert_eq!(json["displayName"], user.display_name);
    /// # Ok(()) }
    /// ```
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the rate limit after this call.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::from_headers(&self.headers, self.received)
    }

    /// Returns the id of the request, which GitBook's support can look up.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns how many attempts the call took.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the paths of the required properties that have no value, such as `.items[3].title`: they
    /// are absent from the body, or `null` although the schema has none.
    ///
    /// Their fields have the default values of their types. A body with more than a few of them is
    /// hardly GitBook's: a proxy that responds with `200` and `{}` is decoded as any struct.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }
}

/// The body of a response that consists of its status only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoContent {
    /// 202: accepted, to be done later.
    Accepted,
    /// 204, or any other success: done.
    NoContent,
    /// 205: done, and the view of it in the application is out of date.
    ResetContent,
}

impl NoContent {
    pub(crate) fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::ACCEPTED => Self::Accepted,
            StatusCode::RESET_CONTENT => Self::ResetContent,
            _ => Self::NoContent,
        }
    }
}

/// A response whose type depends on its status.
pub trait FromResponse: Sized {
    /// Decodes the body of a successful response.
    ///
    /// # Errors
    ///
    /// Fails if the status is not documented, or the body does not match its schema.
    fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError>;
}

/// Decodes the body as untyped JSON, whatever the status.
impl FromResponse for serde_json::Value {
    fn from_response(_status: u16, body: &[u8]) -> Result<Self, DecodeError> {
        decode::json(body)
    }
}
