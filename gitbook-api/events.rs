//! Responses that are streams of events.

use std::{
    borrow::Cow,
    fmt,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::stream::{self, BoxStream, StreamExt};
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde::de::DeserializeOwned;
use sse_stream::{Sse, SseByteStream};
use tokio::time::timeout;

use crate::{
    call::Call,
    decode,
    error::{Error, ErrorKind},
    operation::Operation,
    transport::{Transport, require_runtime},
};

impl Call {
    /// Sends the call, whose response is a stream of events.
    ///
    /// # Errors
    ///
    /// Fails if the parameters are invalid, the call fails, or the response is not an event stream.
    pub fn events<T: DeserializeOwned + 'static>(self) -> EventStreamFuture<T> {
        let operation = self.operation();
        EventStreamFuture {
            operation,
            inner: Box::pin(async move {
                let request = self.request("text/event-stream")?;
                let transport = self.transport();
                let (response, attempts) = transport.send_streaming(operation, &request).await?;
                EventStream::new(response, attempts, transport, operation)
            }),
        }
    }
}

/// Future of an [`EventStream`], which `send` returns.
///
/// Nothing is sent before it is polled, and dropping it cancels the call.
#[must_use = "nothing is sent before it is awaited"]
pub struct EventStreamFuture<T> {
    operation: &'static Operation,
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
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

/// The events of a response: a [`Stream`] of `T`.
///
/// It ends when the server sends `done` or closes the connection properly, and after any error:
/// one that the server reports, an event that is not a `T`, a broken connection, or a silence
/// longer than [`idle_timeout`](crate::ClientBuilder::idle_timeout). Dropping it closes the
/// connection.
///
/// An item is an event without a name, with the name `message`, or whose name is the `type` of its
/// data. Events with other names, such as `ping`, are skipped.
///
/// ```no_run
/// use futures_util::StreamExt;
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
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    /// `None` once the stream has ended, which closes the connection.
    events: Option<SseByteStream<BoxStream<'static, Result<Bytes, Error>>>>,
    /// How many bytes have been received since the last event.
    pending: Arc<AtomicUsize>,
    is_done: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Fails if the response is not an event stream.
    fn new(
        mut response: reqwest::Response,
        attempts: u32,
        transport: &Transport,
        operation: &'static Operation,
    ) -> Result<Self, Error> {
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if !media_type.is_some_and(is_event_stream) {
            let media_type = media_type.unwrap_or("without a content type");
            let message = format!("the response is {media_type}, not an event stream");
            return Err(Error::new(ErrorKind::Decode, message)
                .with_response(status, headers, Bytes::new())
                .of(operation, attempts));
        }
        let pending = Arc::new(AtomicUsize::new(0));
        let chunks = Chunks {
            response,
            idle_timeout: transport.idle_timeout,
            limit: transport.max_body_size,
            pending: Arc::clone(&pending),
        };
        let events = SseByteStream::new(stream::try_unfold(chunks, Chunks::next).boxed());
        let item = PhantomData;
        Ok(Self {
            operation,
            status,
            headers,
            events: Some(events),
            pending,
            is_done: false,
            item,
        })
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns whether the server has sent `done`. If it has not at the end of the stream, items may
    /// be missing.
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
                .with_response(self.status, self.headers.clone(), data.into())
            })),
        }
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<T, Error>>> {
        self.events = None;
        Poll::Ready(Some(Err(error.of(self.operation, 1))))
    }
}

impl<T: DeserializeOwned> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(events) = &mut self.events {
            let event = match ready!(Pin::new(events).poll_next(context)) {
                Some(Ok(event)) => event,
                Some(Err(error)) => return self.end(broken(error)),
                None => break,
            };
            self.pending.store(0, Ordering::Relaxed);
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
    pending: Arc<AtomicUsize>,
}

impl Chunks {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        require_runtime()?;
        let Ok(chunk) = timeout(self.idle_timeout, self.response.chunk()).await else {
            let silence = format!("the event stream was silent for {:?}", self.idle_timeout);
            return Err(Error::new(ErrorKind::Timeout, silence));
        };
        let Some(chunk) = chunk.map_err(Error::from_reqwest)? else {
            return Ok(None);
        };
        if self.pending.fetch_add(chunk.len(), Ordering::Relaxed) + chunk.len() > self.limit {
            let message = format!("an event is larger than {} bytes", self.limit);
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        Ok(Some((chunk, self)))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("is_done", &self.is_done)
            .finish_non_exhaustive()
    }
}
