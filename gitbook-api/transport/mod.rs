//! Sends requests and receives their responses.
//!
//! A [`Transport`] is what all clones of a client share. [`send`](Transport::send) and
//! [`send_streaming`](Transport::send_streaming) take an [`HttpRequest`], add the token, and make
//! attempts until one succeeds or the retry policy ends them.

pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod hook;
pub(crate) mod limits;
pub(crate) mod redirect;
pub(crate) mod request;
pub(crate) mod retry;
pub(crate) mod runtime;
pub(crate) mod tls;
pub(crate) mod trace;
pub(crate) mod url;

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use reqwest::{
    Response, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

use crate::{
    decode::DecodeError,
    error::{Error, ErrorKind},
    operation::Called,
    response::ResponseMeta,
};
use auth::Auth;
use hook::{Hooks, Watch};
use limits::TokenLimit;
use redirect::MAX_REDIRECTS;
use request::{CallOptions, HttpRequest};
use runtime::with_runtime;
use trace::CallSpan;

/// The time for the body of an error, whose status is known already.
const ERROR_BODY_TIME: Duration = Duration::from_secs(2);

/// The number of times that other tasks run, among them that of a connection, before a permit is returned.
const FREE_CONNECTION_YIELDS: usize = 8;

/// The connections, credentials and settings of a client.
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: Url,
    pub(crate) auth: Auth,
    pub(crate) hooks: Hooks,
    pub(crate) limit: TokenLimit,
    /// One permit for each attempt that may be made at the same time, if they are limited.
    pub(crate) permits: Option<Arc<Semaphore>>,
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

/// A successful response whose body has not been read.
pub(crate) struct StreamingResponse {
    pub(crate) response: Response,
    pub(crate) attempts: u32,
    /// Kept until the connection is not used any more.
    pub(crate) permit: Option<OwnedSemaphorePermit>,
}

/// Reads a successful response, whose body has a limit; boxed, so that the futures of the operations
/// stay small.
type Read<T> = fn(Response, usize) -> Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// The `Authorization` header of an attempt, if it has one.
type TokenResult = Result<Option<HeaderValue>, Error>;

/// The end of an attempt that received a response.
enum Outcome<T> {
    Success(T),
    /// A status that is not a success.
    Refused(Response),
}

impl Transport {
    /// Returns a transport with the same connections and settings, and other credentials.
    pub(crate) fn with_auth(&self, auth: Auth) -> Self {
        Self {
            http: self.http.clone(),
            base_url: self.base_url.clone(),
            auth,
            hooks: self.hooks.clone(),
            limit: TokenLimit::default(),
            permits: self.permits.clone(),
            headers: self.headers.clone(),
            options: self.options.clone(),
            idle_timeout: self.idle_timeout,
            max_body_size: self.max_body_size,
        }
    }

    /// Sends the request and reads the whole body of the response.
    pub(crate) async fn send(
        &self,
        called: &Called,
        request: &HttpRequest,
    ) -> Result<RawResponse, Error> {
        let read: Read<_> = |mut response, limit| {
            Box::pin(async move {
                let body = body::read(&mut response, limit).await?;
                Ok((response, body))
            })
        };
        let ((success, permit), attempts) = self.retrying(called, request, read).await?;
        if permit.is_some() {
            // The connection becomes free a moment after its body was read. The next call should
            // find it, and not open another one.
            for _ in 0..FREE_CONNECTION_YIELDS {
                yield_now().await;
            }
        }
        drop(permit);
        let (mut response, body) = success;
        Ok(RawResponse {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body,
            attempts,
        })
    }

    /// Sends the request and leaves the body of the response to be read.
    pub(crate) async fn send_streaming(
        &self,
        called: &Called,
        request: &HttpRequest,
    ) -> Result<StreamingResponse, Error> {
        let read: Read<_> = |response, _| Box::pin(async { Ok(response) });
        let ((response, permit), attempts) = self.retrying(called, request, read).await?;
        Ok(StreamingResponse {
            response,
            attempts,
            permit,
        })
    }

    /// Makes attempts until one succeeds, or the policy or the time-out of the call ends them.
    /// Returns what was read, the permit of the attempt, and the number of attempts.
    async fn retrying<T>(
        &self,
        called: &Called,
        request: &HttpRequest,
        read: Read<T>,
    ) -> Result<((T, Option<OwnedSemaphorePermit>), u32), Error> {
        let span = CallSpan::new(called, &request.url);
        let call = self.attempts(called, request, read, &span);
        let call = async {
            with_runtime(call)
                .await
                .map_err(|error| error.of_operation(called))
        };
        span.run(call).await
    }

    async fn attempts<T>(
        &self,
        called: &Called,
        request: &HttpRequest,
        read: Read<T>,
        span: &CallSpan,
    ) -> Result<((T, Option<OwnedSemaphorePermit>), u32), Error> {
        let options = &request.options;
        // Compared as durations, because any time-out can be set.
        let start = Instant::now();
        let left = || options.timeout.saturating_sub(start.elapsed());
        let mut attempts = 0;
        let mut is_token_renewed = false;
        loop {
            let admitted = self.token_and_permit(request, &left).await;
            let (token, permit) = admitted.map_err(|error| error.of(called, attempts))?;
            attempts += 1;
            let mut watch = self.hooks.watch(called, attempts);
            let result = match &token {
                Ok(token) => {
                    let token = token.as_ref();
                    let attempt = self.attempt(request, token, left(), read, span, &mut watch);
                    attempt.await
                }
                Err(error) => Err(error.clone()),
            };
            let result = result.map_err(|error| error.of(called, attempts));
            watch.after(result.as_ref().err());
            let error = match result {
                Ok(success) => return Ok(((success, permit), attempts)),
                Err(error) => error,
            };
            // The provider of the next token may need the permit.
            drop(permit);
            if let Ok(Some(token)) = token
                && error.is_unauthorized()
            {
                self.auth.refused(&token).await;
            }
            let wait = if !request.is_repeatable() {
                None
            } else if !is_token_renewed && self.may_renew_token(request, &error) {
                is_token_renewed = true;
                Some(Duration::ZERO)
            } else {
                wait(options, called, &error)
            };
            let Some(wait) = wait.filter(|wait| *wait < left()) else {
                return Err(error);
            };
            trace::retry(&error, wait);
            sleep(wait).await;
        }
    }

    /// Returns the token for the next attempt, or the error of its provider, and the permit for it.
    async fn token_and_permit(
        &self,
        request: &HttpRequest,
        left: &impl Fn() -> Duration,
    ) -> Result<(TokenResult, Option<OwnedSemaphorePermit>), Error> {
        let mut is_renewed = false;
        loop {
            let token = self.token(request, left).await;
            if token.is_err() {
                return Ok((token, None));
            }
            let permit = self.admit(request, left).await?;
            let header = token.as_ref().ok().and_then(Option::as_ref);
            // The call may have waited for longer than the token could be used.
            let has_expired = header.is_some_and(|header| self.auth.has_expired(header));
            if is_renewed || !has_expired {
                return Ok((token, permit));
            }
            is_renewed = true;
        }
    }

    /// Returns the token for an attempt of a call that may take `left`.
    ///
    /// It is requested before the attempt is admitted: a provider that requests it from the API does so
    /// over the same connections, and may need the only permit.
    async fn token(&self, request: &HttpRequest, left: &impl Fn() -> Duration) -> TokenResult {
        if !request.is_authenticated {
            return Ok(None);
        }
        let provided = match &self.auth {
            Auth::None => return Ok(None),
            Auth::Fixed(header) => return Ok(Some(header.clone())),
            Auth::Provided(provided) => provided,
        };
        let limit = request.options.attempt_timeout.min(left());
        match timeout(limit, provided.header()).await {
            Ok(token) => token.map(Some).map_err(|cause| {
                Error::new(ErrorKind::Token, "the token provider failed").with_source(cause)
            }),
            Err(_) => {
                let message = format!("the token provider had no token within {limit:?}");
                Err(Error::new(ErrorKind::Timeout, message))
            }
        }
    }

    /// Waits until the rate limit and the number of attempts at the same time allow another one.
    async fn admit(
        &self,
        request: &HttpRequest,
        left: &impl Fn() -> Duration,
    ) -> Result<Option<OwnedSemaphorePermit>, Error> {
        loop {
            let policy = &request.options.retry;
            if request.is_authenticated {
                self.limit.ready(policy, left).await;
            }
            let Some(permits) = &self.permits else {
                return Ok(None);
            };
            let limit = left();
            let Ok(Ok(permit)) = timeout(limit, Arc::clone(permits).acquire_owned()).await else {
                let message = format!(
                    "no other call ended within {limit:?}, and `max_concurrent` allows no more"
                );
                return Err(Error::new(ErrorKind::Timeout, message));
            };
            // The limit may have been used up by the calls that were waited for.
            if !(request.is_authenticated && self.limit.has_to_wait(policy, left)) {
                return Ok(Some(permit));
            }
        }
    }

    /// Returns whether a call that failed like this may succeed with another token. Nothing has
    /// been done for a request that was refused with 401, so any method can be repeated.
    fn may_renew_token(&self, request: &HttpRequest, error: &Error) -> bool {
        request.is_authenticated && self.auth.is_renewable() && error.is_unauthorized()
    }

    /// Makes one attempt of a call that may take `left`.
    async fn attempt<T>(
        &self,
        request: &HttpRequest,
        token: Option<&HeaderValue>,
        left: Duration,
        read: Read<T>,
        span: &CallSpan,
        watch: &mut Watch<'_>,
    ) -> Result<T, Error> {
        let limit = request.options.attempt_timeout.min(left);
        let attempt = async {
            let response = self.exchange(request, token, span, watch).await?;
            let status = response.status();
            let is_not_modified = status == StatusCode::NOT_MODIFIED && request.is_conditional();
            if status.is_success() || is_not_modified {
                return Ok(Outcome::Success(read(response, self.max_body_size).await?));
            }
            Ok(Outcome::Refused(response))
        };
        match timeout(limit, attempt).await {
            Ok(Ok(Outcome::Success(success))) => Ok(success),
            // The status decides, however long its body takes.
            Ok(Ok(Outcome::Refused(response))) => Err(self.refusal(request, response, limit).await),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::new(
                ErrorKind::Timeout,
                format!("no response within {limit:?}"),
            )),
        }
    }

    /// Sends the request and follows redirects. Returns the headers of the response.
    async fn exchange(
        &self,
        request: &HttpRequest,
        token: Option<&HeaderValue>,
        span: &CallSpan,
        watch: &mut Watch<'_>,
    ) -> Result<Response, Error> {
        let changed = request
            .is_authenticated
            .then(|| watch.before(&request.headers));
        let changed = changed.flatten();
        let headers = changed.as_ref().unwrap_or(&request.headers);
        let mut url = request.url.clone();
        for redirects in 0.. {
            let attempt = request.attempt(&self.http, url, headers, token);
            let attempt = attempt.await?;
            let response = self.http.execute(attempt).await;
            let mut response = response.map_err(Error::from_reqwest)?;
            span.status(response.status());
            watch.received(response.status(), response.headers());
            if request.is_authenticated {
                self.limit.observe(&response);
            }
            match redirect::target(&request.method, request.is_repeatable(), &response) {
                None => return Ok(response),
                Some(_) if redirects == MAX_REDIRECTS => {
                    let message = format!("there are more than {MAX_REDIRECTS} redirects");
                    let headers = std::mem::take(response.headers_mut());
                    return Err(Error::new(ErrorKind::Redirect, message).with_response(
                        response.status(),
                        headers,
                        Bytes::new(),
                    ));
                }
                Some(target) => url = target,
            }
        }
        unreachable!("the number of redirects is limited")
    }

    /// Returns the error of a response whose status is not a success.
    async fn refusal(
        &self,
        request: &HttpRequest,
        mut response: Response,
        limit: Duration,
    ) -> Error {
        let status = response.status();
        let body = body::read_error(&mut response, limit.min(ERROR_BODY_TIME)).await;
        let headers = std::mem::take(response.headers_mut());
        let error = Error::from_status(status, headers, body);
        if request.is_authenticated {
            error
        } else {
            error.anonymous()
        }
    }
}

/// Returns how long to wait before the next attempt, or `None` if there is none.
fn wait(options: &CallOptions, called: &Called, error: &Error) -> Option<Duration> {
    let is_safe = called.operation().is_idempotent() || error.is_before_effect();
    if !(is_safe && error.is_retryable() || options.retry.allows(error)) {
        return None;
    }
    options.retry.wait(error.attempts(), error.retry_after())
}

impl RawResponse {
    pub(crate) fn into_meta(self) -> ResponseMeta {
        ResponseMeta::new(self.status, self.headers)
            .with_body(self.body)
            .with_attempts(self.attempts)
    }

    /// Returns the error of a response that does not match the operation's schema. A response that
    /// is 304, which the caller has asked for, has no body to match it.
    pub(crate) fn decode_error(self, called: &Called, error: DecodeError) -> Error {
        if self.status == StatusCode::NOT_MODIFIED {
            return Error::from_status(self.status, self.headers, self.body)
                .of(called, self.attempts);
        }
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
            .of(called, self.attempts)
    }
}
