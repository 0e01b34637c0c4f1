//! A request that is ready to be sent.

use std::time::Duration;

use bytes::Bytes;
use reqwest::{
    Method, Request, Url,
    header::{self, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};

use super::retry::RetryPolicy;

/// The longest URL that the HTTP client can send.
const MAX_URL: usize = u16::MAX as usize - 1;

/// A request without its token, which each attempt adds.
pub(crate) struct HttpRequest {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// Whether the token is sent with it.
    pub(crate) is_authenticated: bool,
    pub(crate) options: CallOptions,
}

/// How long a call may take, and how often it is tried.
#[derive(Clone)]
pub(crate) struct CallOptions {
    /// Limit of one attempt, including its body.
    pub(crate) attempt_timeout: Duration,
    /// Limit of all attempts and the waits between them.
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
}

impl HttpRequest {
    /// Fails if the HTTP client cannot send the request.
    pub(crate) fn check(&self) -> Result<(), String> {
        let length = self.url.as_str().len();
        if length > MAX_URL {
            return Err(format!(
                "the URL has {length} characters, but can have at most {MAX_URL}; \
                 shorten the query"
            ));
        }
        Ok(())
    }

    /// Returns the request of one attempt.
    pub(super) fn attempt(&self, token: Option<&HeaderValue>) -> Request {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = self.body.clone().map(Into::into);
        if let Some(token) = token {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        request
    }
}

/// Returns the header field `name: value`.
///
/// # Errors
///
/// Fails if it is not a header field, or one that only the client sets. The error does not contain
/// the value, which may be a secret.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| format!("invalid header name {name:?}"))?;
    if name == AUTHORIZATION {
        return Err(format!(
            "header `{name}` cannot be set; pass the token to the `ClientBuilder`"
        ));
    }
    if is_reserved(&name) {
        return Err(format!(
            "header `{name}` cannot be set, because it depends on the connection and the body"
        ));
    }
    let value = HeaderValue::try_from(value).map_err(|_| {
        format!("the value of header `{name}` contains characters not allowed in a header")
    })?;
    Ok((name, value))
}

/// Returns whether another value than the one that the HTTP client sets would break the request.
fn is_reserved(name: &HeaderName) -> bool {
    let reserved = [
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::EXPECT,
        header::HOST,
        header::TE,
        header::TRAILER,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
    ];
    reserved.contains(name) || matches!(name.as_str(), "keep-alive" | "proxy-connection")
}
