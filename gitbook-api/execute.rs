//! Sending, and sending again.

use std::{future::Future, pin::Pin, time::Duration};

use bytes::Bytes;
use reqwest::{
    Request, Response, StatusCode,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};
use tokio::time::{Instant, sleep, timeout};

use crate::{
    call::Outgoing,
    client::{Client, Shared},
    error::{Error, Kind},
    operation::Operation,
    transport::body,
    transport::trace,
};

/// A successful answer with its whole body.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}

/// One attempt; boxed, so that the futures of the operations stay small.
type Attempt<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Sends the request and reads the whole body of the answer.
pub(crate) async fn whole(
    client: &Client,
    operation: &'static Operation,
    outgoing: &Outgoing,
) -> Result<Answer, Error> {
    let exchange = retrying(client, operation, outgoing, |client, outgoing| {
        Box::pin(async {
            let mut response = send(client, outgoing).await?;
            let body = body::read(&mut response, client.shared().max_body_size).await?;
            Ok((response, body))
        })
    });
    let ((mut response, body), attempts) = trace::call(operation, exchange).await?;
    let headers = std::mem::take(response.headers_mut());
    Ok(Answer {
        status: response.status(),
        headers,
        body,
        attempts,
    })
}

/// Sends the request and leaves the body of the answer to be read.
pub(crate) async fn open(
    client: &Client,
    operation: &'static Operation,
    outgoing: &Outgoing,
) -> Result<Response, Error> {
    let exchange = retrying(client, operation, outgoing, |client, outgoing| {
        Box::pin(send(client, outgoing))
    });
    let (response, _) = trace::call(operation, exchange).await?;
    Ok(response)
}

/// Attempts until one succeeds, or the policy or the time-out of the call says enough.
async fn retrying<'a, T>(
    client: &'a Client,
    operation: &'static Operation,
    outgoing: &'a Outgoing,
    attempt: fn(&'a Client, &'a Outgoing) -> Attempt<'a, T>,
) -> Result<(T, u32), Error> {
    let settings = client.shared();
    let deadline = Instant::now() + settings.timeout;
    let mut attempts = 0;
    loop {
        attempts += 1;
        let left = deadline.saturating_duration_since(Instant::now());
        let limit = settings.attempt_timeout.min(left);
        let error = match timeout(limit, attempt(client, outgoing)).await {
            Ok(Ok(answer)) => return Ok((answer, attempts)),
            Ok(Err(error)) => error,
            Err(_) => Error::new(Kind::Timeout, format!("no answer within {limit:?}")),
        };
        let error = error.of(operation, attempts);
        let wait = wait(settings, operation, &error);
        let Some(wait) = wait.filter(|wait| Instant::now() + *wait < deadline) else {
            return Err(error);
        };
        trace::retry(&error, wait);
        sleep(wait).await;
    }
}

/// How long to wait before the next attempt, if there should be one.
fn wait(settings: &Shared, operation: &Operation, error: &Error) -> Option<Duration> {
    let safe = operation.is_idempotent() || error.is_before_effect();
    if !safe || !error.is_retryable() {
        return None;
    }
    settings.retry.wait(error.attempts(), error.retry_after())
}

/// One attempt, up to the headers of a success.
async fn send(client: &Client, outgoing: &Outgoing) -> Result<Response, Error> {
    let settings = client.shared();
    let token = match outgoing.has_token {
        true => settings.auth.header().await.map_err(|cause| {
            Error::new(Kind::Token, "the token provider gave no token").with_source(cause)
        })?,
        false => None,
    };
    let mut response = settings
        .http
        .execute(request(outgoing, token.as_ref()))
        .await
        .map_err(Error::from_reqwest)?;
    let status = response.status();
    trace::status(status);
    if status.is_success() {
        return Ok(response);
    }
    if let Some(token) = token.filter(|_| status == StatusCode::UNAUTHORIZED) {
        settings.auth.refused(&token).await;
    }
    let body = body::read_error(&mut response).await;
    Err(Error::from_status(
        status,
        std::mem::take(response.headers_mut()),
        body,
    ))
}

fn request(outgoing: &Outgoing, token: Option<&HeaderValue>) -> Request {
    let mut request = Request::new(outgoing.method.clone(), outgoing.url.clone());
    *request.headers_mut() = outgoing.headers.clone();
    *request.body_mut() = outgoing.body.clone().map(Into::into);
    if let Some(token) = token {
        request.headers_mut().insert(AUTHORIZATION, token.clone());
    }
    request
}
