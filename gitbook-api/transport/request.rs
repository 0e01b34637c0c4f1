//! A request that is ready to be sent.

#[cfg(feature = "multipart")]
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use reqwest::{
    Client, Method, Request, Url,
    header::{self, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
#[cfg(feature = "multipart")]
use reqwest::{RequestBuilder, header::CONTENT_TYPE, multipart::Form};

use super::retry::RetryPolicy;
use crate::error::Error;
#[cfg(feature = "multipart")]
use crate::error::ErrorKind;

/// The longest URL that the HTTP client can send.
const MAX_URL: usize = u16::MAX as usize - 1;

/// A request without its token, which each attempt adds.
pub(crate) struct HttpRequest {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    /// Whether the token is sent with it.
    pub(crate) is_authenticated: bool,
    pub(crate) options: CallOptions,
}

/// The body of a request, encoded.
#[derive(Clone)]
pub(crate) enum Payload {
    Bytes(Bytes),
    /// A form of parts, until it is sent. Its parts may be streams, which can be read once.
    #[cfg(feature = "multipart")]
    Form(Arc<Mutex<Option<Form>>>),
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

    /// Returns whether there can be another attempt.
    pub(super) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(|body| body.bytes().is_some())
    }

    /// Returns the request of one attempt, which `client` sends.
    ///
    /// # Errors
    ///
    /// Fails if the body was sent before and cannot be sent again.
    pub(super) fn attempt(
        &self,
        client: &Client,
        token: Option<&HeaderValue>,
    ) -> Result<Request, Error> {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        *request.headers_mut() = self.headers.clone();
        if let Some(token) = token {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        match &self.body {
            Some(body) => body.attach(client, request),
            None => Ok(request),
        }
    }
}

impl Payload {
    #[cfg(feature = "multipart")]
    pub(crate) fn form(form: Form) -> Self {
        Self::Form(Arc::new(Mutex::new(Some(form))))
    }

    /// Returns the bytes of a body that can be sent any number of times.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            #[cfg(feature = "multipart")]
            Self::Form(_) => None,
        }
    }

    #[cfg_attr(
        not(feature = "multipart"),
        expect(
            clippy::unnecessary_wraps,
            unused_variables,
            reason = "bytes never fail"
        )
    )]
    fn attach(&self, client: &Client, mut request: Request) -> Result<Request, Error> {
        match self {
            Self::Bytes(bytes) => *request.body_mut() = Some(bytes.clone().into()),
            #[cfg(feature = "multipart")]
            Self::Form(form) => {
                let form = form.lock().unwrap_or_else(PoisonError::into_inner).take();
                let form = form.ok_or_else(|| {
                    let message = "the form has been sent before; make another for each call";
                    Error::new(ErrorKind::Request, message)
                })?;
                // The form writes its own, with the boundary between the parts.
                request.headers_mut().remove(CONTENT_TYPE);
                let builder = RequestBuilder::from_parts(client.clone(), request).multipart(form);
                return builder.build().map_err(Error::from_reqwest);
            }
        }
        Ok(request)
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
