//! A request that is ready to be sent.

#[cfg(feature = "multipart")]
use std::sync::{Mutex, PoisonError};
use std::{io, path::PathBuf, sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use futures_util::{FutureExt, StreamExt, TryStreamExt, future::BoxFuture, stream};
use reqwest::{
    Body, Client, Method, Request, Url,
    header::{self, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
#[cfg(feature = "multipart")]
use reqwest::{RequestBuilder, header::CONTENT_TYPE, multipart::Form};

use tokio::{fs::File, io::AsyncReadExt};

use super::retry::RetryPolicy;
use crate::error::{Error, ErrorKind};

/// The longest URL that the HTTP client can send.
const MAX_URL: usize = u16::MAX as usize - 1;

/// The size of a part of a file.
const CHUNK: usize = 64 * 1024;

/// A request without its token, which each attempt adds.
pub(crate) struct HttpRequest {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    /// Set if the token is sent with it.
    pub(crate) is_authenticated: bool,
    pub(crate) options: CallOptions,
}

/// The body of a request, encoded.
#[derive(Clone)]
pub(crate) enum Payload {
    Bytes(Bytes),
    /// A file. Its size is among the headers.
    File(OpenFile),
    /// A form of parts, until it is sent. Its parts may be streams, which can be read once.
    #[cfg(feature = "multipart")]
    Form(Arc<Mutex<Option<Form>>>),
}

/// Opens a file, for each attempt again. As a function, because programs that upload nothing then have no
/// code for files.
pub(crate) type OpenFile = Arc<dyn Fn() -> OpenedFile + Send + Sync>;

type OpenedFile = BoxFuture<'static, Result<Body, Error>>;

/// The content of a file.
#[derive(Clone)]
pub(crate) enum UploadSource {
    Bytes(Bytes),
    /// A file that is read again for each attempt.
    Path(PathBuf),
}

/// Is called with the bytes that were sent and the size.
pub(crate) type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// The time limits and retries of a call.
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

    /// Returns whether the response may be that the caller has the resource already.
    pub(super) fn is_conditional(&self) -> bool {
        self.headers.contains_key(header::IF_NONE_MATCH)
            || self.headers.contains_key(header::IF_MODIFIED_SINCE)
    }

    /// Returns whether there can be another attempt.
    pub(super) fn is_repeatable(&self) -> bool {
        self.body.as_ref().is_none_or(Payload::is_repeatable)
    }

    /// Returns the request of one attempt, which `client` sends to `url` with these headers.
    ///
    /// # Errors
    ///
    /// Fails if the body was sent before and cannot be sent again, or is a file that cannot be read.
    pub(super) async fn attempt(
        &self,
        client: &Client,
        url: Url,
        headers: &HeaderMap,
        token: Option<&HeaderValue>,
    ) -> Result<Request, Error> {
        let mut request = Request::new(self.method.clone(), url);
        *request.headers_mut() = headers.clone();
        if let Some(token) = token {
            request.headers_mut().insert(AUTHORIZATION, token.clone());
        }
        match &self.body {
            Some(body) => body.attach(client, request).await,
            None => Ok(request),
        }
    }
}

impl Payload {
    #[cfg(feature = "multipart")]
    pub(crate) fn form(form: Form) -> Self {
        Self::Form(Arc::new(Mutex::new(Some(form))))
    }

    fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::File(_) => true,
            #[cfg(feature = "multipart")]
            Self::Form(_) => false,
        }
    }

    /// Returns the bytes of a body that is in memory.
    #[cfg(feature = "mock")]
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    #[cfg_attr(
        not(feature = "multipart"),
        expect(unused_variables, reason = "only forms need the client")
    )]
    async fn attach(&self, client: &Client, mut request: Request) -> Result<Request, Error> {
        match self {
            Self::Bytes(bytes) => *request.body_mut() = Some(bytes.clone().into()),
            Self::File(open) => *request.body_mut() = Some(open().await?),
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

impl UploadSource {
    /// Returns the body of a request. The size is passed to `progress`.
    pub(crate) fn payload(self, size: u64, progress: Option<Progress>) -> Payload {
        Payload::File(Arc::new(move || {
            self.clone().open(size, progress.clone()).boxed()
        }))
    }

    /// Returns the body of one attempt.
    async fn open(self, size: u64, progress: Option<Progress>) -> Result<Body, Error> {
        let chunks = match (self, &progress) {
            (Self::Bytes(bytes), None) => return Ok(bytes.into()),
            (Self::Bytes(bytes), Some(_)) => {
                let starts = (0..bytes.len()).step_by(CHUNK);
                let chunk = move |start| bytes.slice(start..bytes.len().min(start + CHUNK));
                stream::iter(starts.map(chunk).map(Ok)).boxed()
            }
            (Self::Path(path), _) => {
                let file = File::open(&path).await.map_err(|error| {
                    let message = format!("the file {} cannot be read", path.display());
                    Error::new(ErrorKind::Request, message).with_source(error)
                })?;
                stream::try_unfold(file, next_chunk).boxed()
            }
        };
        let mut sent = 0;
        Ok(Body::wrap_stream(chunks.inspect_ok(move |chunk| {
            sent += chunk.len() as u64;
            if let Some(progress) = &progress {
                progress(sent, size);
            }
        })))
    }
}

async fn next_chunk(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut chunk = BytesMut::with_capacity(CHUNK);
    let length = file.read_buf(&mut chunk).await?;
    Ok((length > 0).then(|| (chunk.freeze(), file)))
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

/// Returns whether only the client sets the header.
pub(super) fn is_client_header(name: &HeaderName) -> bool {
    *name == AUTHORIZATION || is_reserved(name)
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
