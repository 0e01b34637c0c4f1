//! Responses that are streams of events.

use std::{
    borrow::Cow,
    fmt,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::stream::{self, BoxStream, StreamExt};
use http::{StatusCode, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;
use sse_stream::{Sse, SseByteStream};
use tokio::{sync::OwnedSemaphorePermit, time::timeout};

use crate::{
    call::Call,
    decode,
    error::{Error, ErrorKind},
    event_size::EventSize,
    operation::Called,
    response::ResponseMeta,
    transport::{StreamingResponse, Transport, runtime::with_runtime},
};

impl Call {
    /// Sends the call, whose response is a stream of events.
    ///
    /// # Errors
    ///
    /// Fails if the parameters are invalid, the call fails, or the response is not an event stream.
    pub fn events<T: DeserializeOwned + 'static>(self) -> EventStreamFuture<T> {
        let called = self.called().clone();
        EventStreamFuture {
            called,
            inner: Box::pin(async move {
                let request = self.request("text/event-stream")?;
                let transport = self.transport();
                let response = transport.send_streaming(self.called(), &request).await?;
                EventStream::new(response, transport, self.called())
            }),
        }
    }
}

/// Future of an [`EventStream`], which `send` returns.
///
/// Nothing is sent before it is polled, and dropping it cancels the call.
#[must_use = "nothing is sent before it is awaited"]
pub struct EventStreamFuture<T> {
    called: Called,
    inner: Pin<Box<dyn Future<Output = Result<EventStream<T>, Error>> + Send>>,
}

impl<T> Future for EventStreamFuture<T> {
    type Output = Result<EventStream<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.inner.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for EventStreamFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStreamFuture")
            .field("operation", &self.called.name())
            .finish_non_exhaustive()
    }
}

/// The events of a response: a [`Stream`] of `T`.
///
/// It ends when the server sends `done`, and after any error: one that the server reports, an event
/// that is not a `T`, a connection that breaks or ends without `done`, or a silence longer than
/// [`idle_timeout`](crate::ClientBuilder::idle_timeout). Dropping it closes the connection.
///
/// The API description does not mention `done`; GitBook's server ends all its streams with it. A
/// stream that does not is declared by [`Operation::without_done`](crate::Operation::without_done).
///
/// An item is an event without a name, with the name `message`, or whose name is the `type` of its
/// data. Events with other names, such as `ping`, are skipped.
///
/// ```no_run
/// use gitbook_api::{Error, EventStream};
///
/// async fn print(mut events: EventStream<serde_json::Value>) -> Result<(), Error> {
///     while let Some(event) = events.next().await {
///         println!("{}", event?);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct EventStream<T> {
    called: Called,
    meta: ResponseMeta,
    /// `None` once the stream has ended, which closes the connection.
    events: Option<SseByteStream<BoxStream<'static, Result<Bytes, Error>>>>,
    is_done: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Fails if the response is not an event stream.
    fn new(
        response: StreamingResponse,
        transport: &Transport,
        called: &Called,
    ) -> Result<Self, Error> {
        let StreamingResponse {
            mut response,
            attempts,
            permit,
        } = response;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        if status == StatusCode::NOT_MODIFIED {
            return Err(Error::from_status(status, headers, Bytes::new()).of(called, attempts));
        }
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if !media_type.is_some_and(is_event_stream) {
            let media_type = media_type.unwrap_or("without a content type");
            let message = format!("the response is {media_type}, not an event stream");
            return Err(Error::new(ErrorKind::Decode, message)
                .with_response(status, headers, Bytes::new())
                .of(called, attempts));
        }
        let chunks = Chunks {
            response,
            idle_timeout: transport.idle_timeout,
            limit: transport.max_body_size,
            size: EventSize::new(),
            _permit: permit,
        };
        let events = SseByteStream::new(stream::try_unfold(chunks, Chunks::next).boxed());
        let item = PhantomData;
        Ok(Self {
            called: called.clone(),
            meta: ResponseMeta::new(status, headers).with_attempts(attempts),
            events: Some(events),
            is_done: false,
            item,
        })
    }

    /// Returns the next event; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Fails if the server reports an error, or the event cannot be received or decoded.
    #[allow(clippy::should_implement_trait, reason = "it is async")]
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        StreamExt::next(self).await
    }

    /// Returns the status, the headers and what else is known about the response.
    pub fn meta(&self) -> &ResponseMeta {
        &self.meta
    }

    /// Returns whether the server has sent `done`.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Returns the item of an event: `None` after the last one, `Some(Ok(None))` if the event is not
    /// an item.
    fn read(&mut self, event: Sse) -> Option<Result<Option<T>, Error>> {
        let data = event.data.unwrap_or_default();
        match event.event.as_deref() {
            Some("done") => {
                self.is_done = true;
                None
            }
            Some("error") => Some(Err(Error::from_event(&data))),
            // A block of comments or settings only.
            _ if data.is_empty() => Some(Ok(None)),
            Some(name) if !is_item(name, &data) => Some(Ok(None)),
            _ => Some(decode::json(data.as_bytes()).map(Some).map_err(|error| {
                Error::new(
                    ErrorKind::Decode,
                    "an event does not match its documented schema",
                )
                .with_source(error)
                .with_response(
                    self.meta.status(),
                    self.meta.headers().clone(),
                    data.into(),
                )
            })),
        }
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<T, Error>>> {
        self.events = None;
        Poll::Ready(Some(Err(error.of(&self.called, 1))))
    }
}

impl<T: DeserializeOwned> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(events) = &mut self.events {
            let event = match ready!(Pin::new(events).poll_next(context)) {
                Some(Ok(event)) => event,
                Some(Err(error)) => return self.end(broken(error)),
                None if self.called.operation().sends_done => {
                    let message = "the event stream ended without `done`; events may be missing";
                    return self.end(Error::new(ErrorKind::Transport, message));
                }
                None => break,
            };
            match self.read(event) {
                Some(Ok(Some(item))) => return Poll::Ready(Some(Ok(item))),
                Some(Ok(None)) => {}
                Some(Err(error)) => return self.end(error),
                None => break,
            }
        }
        self.events = None;
        Poll::Ready(None)
    }
}

/// Returns whether an event of this name is an item. Items of GitBook's streams have no name, or
/// the name that is the `type` of their data.
fn is_item(name: &str, data: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Item<'a> {
        #[serde(borrow, rename = "type")]
        kind: Cow<'a, str>,
    }
    matches!(name, "" | "message")
        || serde_json::from_str(data).is_ok_and(|item: Item<'_>| item.kind == name)
}

/// Returns whether a content type is that of event streams, whatever its case and parameters.
fn is_event_stream(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("text/event-stream")
}

/// Unwraps our own errors, which the parser has wrapped.
fn broken(error: sse_stream::Error) -> Error {
    match error {
        sse_stream::Error::Body(cause) => match cause.downcast::<Error>() {
            Ok(error) => *error,
            Err(cause) => {
                Error::new(ErrorKind::Transport, "the event stream broke").with_source(cause)
            }
        },
        error => Error::new(ErrorKind::Decode, "the event stream is malformed").with_source(error),
    }
}

/// The bytes of an event stream, with limits to silence and to the size of an event.
struct Chunks {
    response: reqwest::Response,
    idle_timeout: Duration,
    limit: usize,
    size: EventSize,
    /// Held as long as the connection is used.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Chunks {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        let chunk = with_runtime(async {
            match timeout(self.idle_timeout, self.response.chunk()).await {
                Ok(chunk) => chunk.map_err(Error::from_reqwest),
                Err(_) => {
                    let silence =
                        format!("the event stream was silent for {:?}", self.idle_timeout);
                    Err(Error::new(ErrorKind::Timeout, silence))
                }
            }
        });
        let Some(chunk) = chunk.await? else {
            return Ok(None);
        };
        if self.size.add(&chunk) > self.limit {
            let message = format!("an event is larger than {} bytes", self.limit);
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        Ok(Some((chunk, self)))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("operation", &self.called.name())
            .field("status", &self.meta.status())
            .field("is_done", &self.is_done)
            .finish_non_exhaustive()
    }
}
