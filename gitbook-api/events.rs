//! Answers that come as a stream of events.

use std::{
    fmt,
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
    error::{Error, Kind},
    operation::Operation,
};

/// The events of an answer: a [`Stream`] of `T`.
///
/// It ends when the server says `done` or closes the connection properly, and after any error:
/// one the server reports, an event that is no `T`, a broken connection, or a silence longer than
/// [`idle_timeout`](crate::ClientBuilder::idle_timeout). Dropping it closes the connection.
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
    /// How many bytes have come since the last event.
    pending: Arc<AtomicUsize>,
    is_done: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> EventStream<T> {
    pub(crate) fn new(mut response: reqwest::Response, call: &Call) -> Result<Self, Error> {
        let operation = call.operation();
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if !media_type.is_some_and(|media_type| media_type.starts_with("text/event-stream")) {
            let media_type = media_type.unwrap_or("without a content type");
            let message = format!("the answer is {media_type}, not an event stream");
            return Err(Error::new(Kind::Decode, message)
                .with_answer(status, headers, Bytes::new())
                .of(operation, 1));
        }
        let settings = call.client().shared();
        let pending = Arc::new(AtomicUsize::new(0));
        let chunks = Chunks {
            response,
            idle_timeout: settings.idle_timeout,
            limit: settings.max_body_size,
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

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Whether the server has said that it is done. If it has not at the end of the stream, there
    /// may have been more to come.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// What an event means; `None` for the last one.
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
            _ => Some(decode::json(data.as_bytes()).map(Some).map_err(|error| {
                Error::new(Kind::Decode, "an event is not what is documented")
                    .with_source(error)
                    .with_answer(self.status, self.headers.clone(), data.into())
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

/// The parser wraps our own errors; this unwraps them.
fn broken(error: sse_stream::Error) -> Error {
    match error {
        sse_stream::Error::Body(cause) => match cause.downcast::<Error>() {
            Ok(error) => *error,
            Err(cause) => Error::new(Kind::Transport, "the event stream broke").with_source(cause),
        },
        error => Error::new(Kind::Decode, "the event stream is malformed").with_source(error),
    }
}

/// The bytes of an event stream, with a limit to silence and to the size of an event.
struct Chunks {
    response: reqwest::Response,
    idle_timeout: Duration,
    limit: usize,
    pending: Arc<AtomicUsize>,
}

impl Chunks {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        let Ok(chunk) = timeout(self.idle_timeout, self.response.chunk()).await else {
            let silence = format!("the event stream was silent for {:?}", self.idle_timeout);
            return Err(Error::new(Kind::Timeout, silence));
        };
        let Some(chunk) = chunk.map_err(Error::from_reqwest)? else {
            return Ok(None);
        };
        if self.pending.fetch_add(chunk.len(), Ordering::Relaxed) + chunk.len() > self.limit {
            let message = format!("an event is larger than {} bytes", self.limit);
            return Err(Error::new(Kind::TooLarge, message));
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
