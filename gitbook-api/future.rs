//! A call in flight.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::StatusCode;

use crate::{
    decode::DecodeError, error::Error, json::with_missing, operation::Called, response::Response,
    transport::RawResponse,
};

/// Decodes the status and the body of a response.
pub(crate) type Decode<T> = fn(StatusCode, &Bytes) -> Result<T, DecodeError>;

/// Future of the response to a call, which `send` returns.
///
/// Nothing is sent before it is polled, and dropping it cancels the call.
///
/// ```no_run
/// use gitbook_api::{Client, Error, Response, ResponseFuture, types::User};
///
/// # async fn whoami(client: Client) -> Result<(), Error> {
/// let call: ResponseFuture<User> = client.get_authenticated_user().send();
/// let user: Response<User> = call.await?;
/// println!("{}", user.display_name);
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent before it is awaited"]
pub struct ResponseFuture<T> {
    inner: RawFuture,
    called: Called,
    decode: Decode<T>,
}

/// The call itself: one type for all operations. Only decoding is generic over the response.
pub(crate) type RawFuture = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send>>;

impl<T> ResponseFuture<T> {
    pub(crate) fn new(inner: RawFuture, called: Called, decode: Decode<T>) -> Self {
        Self {
            inner,
            called,
            decode,
        }
    }
}

/// Decodes a response to a call of this operation.
#[inline]
pub(crate) fn decoded<T>(
    raw: RawResponse,
    called: &Called,
    decode: Decode<T>,
) -> Result<Response<T>, Error> {
    let (decoded, missing) = with_missing(|| decode(raw.status, &raw.body));
    match decoded {
        Ok(body) => Ok(Response::with_meta(
            body,
            raw.into_meta().with_missing(missing),
        )),
        Err(error) => Err(raw.decode_error(called, error)),
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let raw = ready!(self.inner.as_mut().poll(context))?;
        Poll::Ready(decoded(raw, &self.called, self.decode))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture")
            .field("operation", &self.called.name())
            .finish_non_exhaustive()
    }
}
