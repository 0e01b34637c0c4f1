//! Sends requests and receives their responses.
//!
//! A [`Transport`] is what all clones of a client share. [`send`](Transport::send) and
//! [`send_streaming`](Transport::send_streaming) take an [`HttpRequest`], add the token, and make
//! attempts until one succeeds or the retry policy ends them.

pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod rate_limit;
pub(crate) mod request;
pub(crate) mod retry;
pub(crate) mod tls;
pub(crate) mod trace;
pub(crate) mod url;

use std::{future::Future, pin::Pin, time::Duration};

use bytes::Bytes;
use reqwest::{
    Response, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderMap},
};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

use crate::{
    decode::DecodeError,
    error::{Error, ErrorKind},
    operation::Operation,
};
use auth::Auth;
use request::{CallOptions, HttpRequest};

/// The connections, credentials and settings of a client.
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: Url,
    pub(crate) auth: Auth,
    /// The header fields of every request.
    pub(crate) headers: HeaderMap,
    pub(crate) options: CallOptions,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_body_size: usize,
}

/// A successful response with its whole body, not decoded.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}

/// One attempt; boxed, so that the futures of the operations stay small.
type Attempt<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

impl Transport {
    /// Sends the request and reads the whole body of the response.
    pub(crate) async fn send(
        &self,
        operation: &'static Operation,
        request: &HttpRequest,
    ) -> Result<RawResponse, Error> {
        let exchange = self.retrying(operation, request, |transport, request| {
            Box::pin(async {
                let mut response = transport.attempt(request).await?;
                let body = body::read(&mut response, transport.max_body_size).await?;
                Ok((response, body))
            })
        });
        let ((mut response, body), attempts) = trace::call(operation, exchange).await?;
        let headers = std::mem::take(response.headers_mut());
        Ok(RawResponse {
            status: response.status(),
            headers,
            body,
            attempts,
        })
    }

    /// Sends the request and leaves the body of the response to be read.
    pub(crate) async fn send_streaming(
        &self,
        operation: &'static Operation,
        request: &HttpRequest,
    ) -> Result<(Response, u32), Error> {
        let exchange = self.retrying(operation, request, |transport, request| {
            Box::pin(transport.attempt(request))
        });
        trace::call(operation, exchange).await
    }

    /// Makes attempts until one succeeds, or the policy or the time-out of the call ends them.
    async fn retrying<'a, T>(
        &'a self,
        operation: &'static Operation,
        request: &'a HttpRequest,
        attempt: fn(&'a Self, &'a HttpRequest) -> Attempt<'a, T>,
    ) -> Result<(T, u32), Error> {
        require_runtime().map_err(|error| error.of(operation, 0))?;
        let options = &request.options;
        // Compared as durations, because any time-out can be set.
        let start = Instant::now();
        let mut attempts = 0;
        let mut is_token_renewed = false;
        loop {
            attempts += 1;
            let left = options.timeout.saturating_sub(start.elapsed());
            let limit = options.attempt_timeout.min(left);
            let error = match timeout(limit, attempt(self, request)).await {
                Ok(Ok(response)) => return Ok((response, attempts)),
                Ok(Err(error)) => error,
                Err(_) => Error::new(ErrorKind::Timeout, format!("no response within {limit:?}")),
            };
            let error = error.of(operation, attempts);
            let wait = if !request.is_repeatable() {
                None
            } else if !is_token_renewed && self.may_renew_token(request, &error) {
                is_token_renewed = true;
                Some(Duration::ZERO)
            } else {
                wait(options, operation, &error)
            };
            let left = options.timeout.saturating_sub(start.elapsed());
            let Some(wait) = wait.filter(|wait| *wait < left) else {
                return Err(error);
            };
            trace::retry(&error, wait);
            sleep(wait).await;
        }
    }

    /// Returns whether a call that failed like this may succeed with another token. Nothing has
    /// been done for a request that was refused with 401, so any method can be repeated.
    fn may_renew_token(&self, request: &HttpRequest, error: &Error) -> bool {
        request.is_authenticated && self.auth.is_renewable() && error.is_unauthorized()
    }

    /// Makes one attempt, up to the headers of a successful response.
    async fn attempt(&self, request: &HttpRequest) -> Result<Response, Error> {
        let token = match request.is_authenticated {
            true => self.auth.header().await.map_err(|cause| {
                Error::new(ErrorKind::Token, "the token provider failed").with_source(cause)
            })?,
            false => None,
        };
        let mut response = self
            .http
            .execute(request.attempt(&self.http, token.as_ref())?)
            .await
            .map_err(Error::from_reqwest)?;
        let status = response.status();
        trace::status(status);
        if status.is_success() {
            return Ok(response);
        }
        if let Some(token) = token.filter(|_| status == StatusCode::UNAUTHORIZED) {
            self.auth.refused(&token).await;
        }
        let body = body::read_error(&mut response).await;
        let headers = std::mem::take(response.headers_mut());
        Err(Error::from_status(status, headers, body))
    }
}

/// Fails outside of a Tokio runtime, where its timers and sockets would panic.
pub(crate) fn require_runtime() -> Result<(), Error> {
    match Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::new(
            ErrorKind::Runtime,
            "the call needs a Tokio runtime with its time and I/O drivers, such as that of \
             `#[tokio::main]`; outside of one, use the feature `blocking`",
        )),
    }
}

/// Returns how long to wait before the next attempt, or `None` if there is none.
fn wait(options: &CallOptions, operation: &Operation, error: &Error) -> Option<Duration> {
    let is_safe = operation.is_idempotent() || error.is_before_effect();
    if !is_safe || !error.is_retryable() {
        return None;
    }
    options.retry.wait(error.attempts(), error.retry_after())
}

impl RawResponse {
    /// Returns the error of a response that does not match the operation's schema.
    pub(crate) fn decode_error(self, operation: &'static Operation, error: DecodeError) -> Error {
        let media_type = self
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let message = match media_type {
            _ if self.body.is_empty() => {
                format!("the response {} has no body", self.status.as_u16())
            }
            Some(other) if !other.to_ascii_lowercase().contains("json") => {
                format!("the response is {other}, not JSON")
            }
            _ => "the response does not match its documented schema".to_owned(),
        };
        Error::new(ErrorKind::Decode, message)
            .with_source(error)
            .with_response(self.status, self.headers, self.body)
            .of(operation, self.attempts)
    }
}
