//! The one error of all calls.

use std::{error::Error as _, fmt, io, time::Duration};

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::{
    StatusCode, Url,
    header::{HeaderMap, LOCATION},
};

use crate::{
    json::{Violation, Violations},
    operation::Operation,
    transport::auth::BoxError,
    transport::rate_limit::{RateLimit, retry_after},
};

/// How much of the body of an answer an error keeps.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// Why a call, or the making of a client, failed.
///
/// Its text names the operation, what happened, and what to do about it; it never contains the
/// token. It is one pointer wide.
///
/// ```no_run
/// use gitbook_api::{Client, Error, types::Space};
///
/// async fn find(client: &Client, id: &str) -> Result<Option<Space>, Error> {
///     match client.get_space_by_id(id).send().await {
///         Ok(space) => Ok(Some(space.into_body())),
///         Err(error) if error.is_not_found() => Ok(None),
///         Err(error) => Err(error),
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    message: String,
    operation: Option<&'static Operation>,
    attempts: u32,
    answer: Option<Answer>,
    api: Option<ApiError>,
    source: Option<BoxError>,
    violations: Violations,
}

/// What sort of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The client cannot be made this way.
    Config,
    /// The parameters cannot be sent.
    Request,
    /// The token provider failed.
    Token,
    /// No connection could be made: nothing was sent.
    Connect,
    /// It took too long.
    Timeout,
    /// The connection broke after something was sent.
    Transport,
    /// The status is not a success.
    Status,
    /// An event stream reported an error.
    Event,
    /// The answer is not what is documented.
    Decode,
    /// The answer is larger than allowed.
    TooLarge,
    /// Pages lead in a circle.
    Pages,
}

/// The answer that an error is about.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// GitBook's own description of an error: `{"error": {"code": 404, "message": "..."}}`.
#[derive(serde::Deserialize)]
struct ApiError {
    code: Option<i64>,
    message: Option<String>,
}

impl ApiError {
    fn from_body(body: &[u8]) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Body {
            error: ApiError,
        }
        serde_json::from_slice::<Body>(body)
            .ok()
            .map(|body| body.error)
    }
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            operation: None,
            attempts: 0,
            answer: None,
            api: None,
            source: None,
            violations: Violations::default(),
        }))
    }

    /// The error that a request is not what the schemas ask for.
    pub(crate) fn from_violations(violations: Violations) -> Self {
        let all = violations.as_slice().iter();
        let all = all.map(|violation| format!("`{}` {}", violation.path, violation.message));
        let mut error = Self::new(Kind::Request, all.collect::<Vec<_>>().join("; "));
        error.0.violations = violations;
        error
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, message)
    }

    pub(crate) fn from_status(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let mut error = Self::new(Kind::Status, String::new());
        error.0.api = ApiError::from_body(&body);
        error.with_answer(status, headers, body)
    }

    pub(crate) fn from_event(data: &str) -> Self {
        let mut error = Self::new(Kind::Event, "the event stream reported an error");
        error.0.api = ApiError::from_body(data.as_bytes());
        if error.0.api.is_none() {
            error.0.message = format!("the event stream reported an error: {data:.200}");
        }
        error
    }

    pub(crate) fn from_reqwest(cause: reqwest::Error) -> Self {
        let (kind, message) = if cause.is_timeout() {
            (Kind::Timeout, "timed out")
        } else if cause.is_connect() {
            (
                Kind::Connect,
                "no connection could be made; check the endpoint and the network",
            )
        } else if is_damaged(&cause) {
            (Kind::Decode, "the answer could not be decompressed")
        } else {
            (Kind::Transport, "the connection broke")
        };
        // The URL holds ids and search terms, which are not for logs.
        Self::new(kind, message).with_source(cause.without_url())
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_answer(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        // What an error keeps is small, whatever it is about.
        let body = if body.len() > BODY_LIMIT {
            Bytes::copy_from_slice(&body[..BODY_LIMIT])
        } else {
            body
        };
        self.0.answer = Some(Answer {
            status,
            headers,
            body,
        });
        self
    }

    pub(crate) fn of(mut self, operation: &'static Operation, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// What sort of thing went wrong.
    #[cfg(feature = "tracing")]
    pub(crate) fn kind(&self) -> &'static str {
        match self.0.kind {
            Kind::Config => "config",
            Kind::Request => "request",
            Kind::Token => "token",
            Kind::Connect => "connect",
            Kind::Timeout => "timeout",
            Kind::Transport => "transport",
            Kind::Status => "status",
            Kind::Event => "event",
            Kind::Decode => "decode",
            Kind::TooLarge => "too large",
            Kind::Pages => "pages",
        }
    }

    /// Whether nothing was done by the server, so that any method may be tried again.
    pub(crate) fn is_before_effect(&self) -> bool {
        self.0.kind == Kind::Connect || self.is_rate_limited()
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// GitBook's own code of the error, usually equal to the status.
    pub fn code(&self) -> Option<i64> {
        self.0.api.as_ref()?.code
    }

    /// GitBook's own message, or what went wrong on this side.
    pub fn message(&self) -> &str {
        let api = self.0.api.as_ref().and_then(|api| api.message.as_deref());
        match (api, self.status()) {
            (Some(message), _) => message,
            (None, Some(status)) if self.0.message.is_empty() => status
                .canonical_reason()
                .unwrap_or("the API answered with an unknown status"),
            _ => &self.0.message,
        }
    }

    /// The `operationId` of what was called.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// How many attempts were made.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The headers of the answer, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The body of the answer, cut off after 64 KiB. Useful where it is not GitBook's: a proxy's
    /// page for instance.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.answer.as_ref().map(|answer| &*answer.body)
    }

    /// What to tell GitBook's support about the call.
    pub fn request_id(&self) -> Option<&str> {
        [
            "x-request-id",
            "x-gitbook-request-id",
            "cf-ray",
            "x-cloud-trace-context",
        ]
        .iter()
        .find_map(|name| self.headers()?.get(*name)?.to_str().ok())
    }

    /// The rate limit after the call, if there was an answer.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.headers().map(RateLimit::from_headers)
    }

    /// How long the server asks to wait before the next attempt.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, Timestamp::now())
    }

    /// Whether the thing does not exist, or not for this token (404).
    pub fn is_not_found(&self) -> bool {
        self.says(StatusCode::NOT_FOUND)
    }

    /// Whether the token is missing, wrong or expired (401).
    pub fn is_unauthorized(&self) -> bool {
        self.says(StatusCode::UNAUTHORIZED)
    }

    /// Whether the token may not do this (403).
    pub fn is_forbidden(&self) -> bool {
        self.says(StatusCode::FORBIDDEN)
    }

    /// Whether the state of the thing does not allow it (409).
    pub fn is_conflict(&self) -> bool {
        self.says(StatusCode::CONFLICT)
    }

    /// Whether there were too many calls (429).
    pub fn is_rate_limited(&self) -> bool {
        self.says(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether it took too long, here or on the server (408, 504).
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout
            || self.says(StatusCode::REQUEST_TIMEOUT)
            || self.says(StatusCode::GATEWAY_TIMEOUT)
    }

    /// Whether no connection could be made.
    pub fn is_connect(&self) -> bool {
        self.0.kind == Kind::Connect
    }

    /// Whether the answer came but is not what is documented.
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }

    /// Whether the answer is larger than [allowed](crate::ClientBuilder::max_body_size).
    pub fn is_too_large(&self) -> bool {
        self.0.kind == Kind::TooLarge
    }

    /// Whether the call was refused on this side, before anything was sent: a required parameter
    /// is missing, or a value cannot be sent.
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == Kind::Request
    }

    /// What the schemas do not allow of a call that was [refused](Self::is_invalid_request), all
    /// of it: the path of each begins with the name of a parameter or with `body`. What cannot be
    /// sent for another reason has none.
    pub fn violations(&self) -> &[Violation] {
        self.0.violations.as_slice()
    }

    /// Whether the same call may well succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::Timeout | Kind::Transport)
            || [408, 429, 500, 502, 503, 504]
                .iter()
                .any(|code| self.is_code(*code))
    }

    fn says(&self, status: StatusCode) -> bool {
        self.is_code(status.as_u16())
    }

    /// The status of an answer, and the code of an error that came as an event.
    fn is_code(&self, code: u16) -> bool {
        match self.0.kind {
            Kind::Status => self.status().is_some_and(|status| status.as_u16() == code),
            Kind::Event => self.code() == Some(code.into()),
            _ => false,
        }
    }

    /// The host of the redirect; what follows it in the URL is not for logs.
    fn redirect_host(&self) -> Option<String> {
        let location = self.headers()?.get(LOCATION)?.to_str().ok()?;
        Some(Url::parse(location).ok()?.origin().ascii_serialization())
    }

    /// What to do about it, where that can be known.
    fn help(&self) -> Option<String> {
        if self.status().is_some_and(|status| status.is_redirection()) {
            return Some(format!(
                "it redirects to {}, which is not followed with a token; check the endpoint",
                self.redirect_host()
                    .unwrap_or_else(|| "another place".to_owned()),
            ));
        }
        if self.is_unauthorized() {
            return Some("check the token".to_owned());
        }
        if self.is_forbidden() {
            let scopes = self
                .0
                .operation
                .map_or(&[][..], |operation| operation.scopes);
            let scopes = if scopes.is_empty() {
                String::new()
            } else {
                format!(", the scope {} for instance", scopes.join(" or "))
            };
            return Some(format!("the token lacks a permission{scopes}"));
        }
        if self.is_not_found() {
            return Some(
                "check the ids; what the token may not see is not found either".to_owned(),
            );
        }
        if self.is_rate_limited() {
            return self
                .retry_after()
                .map(|wait| format!("retry in {} s", wait.as_secs()));
        }
        None
    }
}

/// Whether the body came, but cannot be decompressed. Reqwest says the same of a body that broke
/// off, which is worth another attempt; this is not.
fn is_damaged(error: &reqwest::Error) -> bool {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let mut io_errors = causes.filter_map(|cause| cause.downcast_ref::<io::Error>());
    error.is_decode()
        && io_errors.any(|error| {
            matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
            )
        })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = self.status().filter(|_| self.0.kind == Kind::Status) {
            write!(f, "{} ", status.as_u16())?;
        }
        f.write_str(self.message())?;
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        if let Some(help) = self.help() {
            write!(f, " ({help})")?;
        }
        if self.attempts() > 1 {
            write!(f, ", after {} attempts", self.attempts())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("operation", &self.operation())
            .field("status", &self.status())
            .field("code", &self.code())
            .field("message", &self.message())
            .field("attempts", &inner.attempts)
            .field("body", &self.body().map(String::from_utf8_lossy))
            .field("source", &inner.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The text of the direct cause is part of this error's own: go on behind it.
        self.0.source.as_deref().and_then(std::error::Error::source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stay_small() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn errors_travel() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Error>();
    }

    fn answered(status: u16, body: &'static str) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        Error::from_status(
            status,
            HeaderMap::new(),
            Bytes::from_static(body.as_bytes()),
        )
    }

    #[test]
    fn bodies_of_every_kind_are_read() {
        for (body, code, message) in [
            (
                r#"{"error":{"code":404,"message":"Space not found"}}"#,
                Some(404),
                "Space not found",
            ),
            (
                r#"{"error":{"message":"Space not found"}}"#,
                None,
                "Space not found",
            ),
            (r#"{"error":"Space not found"}"#, None, "Not Found"),
            ("<html>nginx</html>", None, "Not Found"),
            ("", None, "Not Found"),
        ] {
            let error = answered(404, body);
            assert!(error.is_not_found());
            assert_eq!((error.code(), error.message()), (code, message), "{body}");
            assert_eq!(error.body(), Some(body.as_bytes()));
        }
    }

    #[test]
    fn statuses_have_their_question() {
        let asked = |status| {
            let error = answered(status, "");
            [
                error.is_unauthorized(),
                error.is_forbidden(),
                error.is_not_found(),
                error.is_conflict(),
                error.is_rate_limited(),
                error.is_timeout(),
                error.is_retryable(),
            ]
            .map(u8::from)
        };
        assert_eq!(asked(400), [0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(asked(401), [1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(asked(403), [0, 1, 0, 0, 0, 0, 0]);
        assert_eq!(asked(404), [0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(asked(408), [0, 0, 0, 0, 0, 1, 1]);
        assert_eq!(asked(409), [0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(asked(429), [0, 0, 0, 0, 1, 0, 1]);
        assert_eq!(asked(500), [0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(asked(501), [0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(asked(504), [0, 0, 0, 0, 0, 1, 1]);
    }
}
