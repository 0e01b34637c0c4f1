//! What a successful call gives.

use std::ops::{Deref, DerefMut};

use reqwest::{StatusCode, header::HeaderMap};

use crate::{
    decode::{self, DecodeError},
    transport::rate_limit::RateLimit,
};

/// A decoded body with the status and headers it came with.
///
/// It dereferences to the body, so that `response.title` is `response.body().title`.
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The rate limit after this call.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::from_headers(&self.headers)
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body, without status and headers.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The same response with another body.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: f(self.body),
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

/// The answer of an operation that has nothing to say beyond its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoContent {
    /// 202: accepted, to be done later.
    Accepted,
    /// 204, or any other success: done.
    NoContent,
    /// 205: done, and what the caller shows of it is out of date.
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

/// An answer whose type depends on its status.
pub trait FromResponse: Sized {
    /// Decodes the body of a successful response.
    ///
    /// # Errors
    ///
    /// The status is not documented, or the body is not what is documented for it.
    fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError>;
}

/// What came is needed as JSON of any kind.
impl FromResponse for serde_json::Value {
    fn from_response(_status: u16, body: &[u8]) -> Result<Self, DecodeError> {
        decode::json(body)
    }
}
