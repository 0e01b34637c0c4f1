//! A call that is under way.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use reqwest::StatusCode;

use crate::{call::Call, decode::DecodeError, error::Error, execute::Answer, response::Response};

/// What makes a `T` of the status and the body of an answer.
pub(crate) type Decode<T> = fn(StatusCode, &bytes::Bytes) -> Result<T, DecodeError>;

/// The answer of a call, to be awaited: what `send` returns.
///
/// Nothing is sent before it is polled, and dropping it gives the call up.
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
    answer: Answering,
    decode: Decode<T>,
}

/// The call itself: one type for all operations. What is generic over the answer comes after it.
type Answering = Pin<Box<dyn Future<Output = Result<(Call, Answer), Error>> + Send>>;

impl<T> ResponseFuture<T> {
    pub(crate) fn new(
        answer: impl Future<Output = Result<(Call, Answer), Error>> + Send + 'static,
        decode: Decode<T>,
    ) -> Self {
        Self {
            answer: Box::pin(answer),
            decode,
        }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (call, answer) = ready!(self.answer.as_mut().poll(context))?;
        Poll::Ready(match (self.decode)(answer.status, &answer.body) {
            Ok(body) => Ok(Response::new(answer.status, answer.headers, body)),
            Err(error) => Err(call.undecoded(error, answer)),
        })
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
