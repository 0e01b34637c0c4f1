//! The kinds of errors.

use std::fmt;

/// The kind of an [`Error`](crate::Error), for logs and metrics, and to construct errors in tests.
///
/// To decide what to do about an error, its predicates are more precise:
/// [`is_not_found`](crate::Error::is_not_found) for instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The settings of the client are invalid.
    Config,
    /// The request is invalid. It was not sent.
    Request,
    /// The token provider failed.
    Token,
    /// No connection could be established, or not in time. Nothing was sent.
    Connect,
    /// A time-out expired.
    Timeout,
    /// The connection broke after something was sent.
    Transport,
    /// The API responded with a status that is not a success.
    Api,
    /// The response is a redirect that is not followed.
    Redirect,
    /// An event stream reported an error.
    Event,
    /// The response does not match its documented schema.
    Decode,
    /// The response or the list is larger than allowed.
    TooLarge,
    /// The cursors of a list form a loop: its pages repeat.
    CursorLoop,
    /// The call needs a Tokio runtime with its drivers, was made inside of one that it would block,
    /// or the runtime was shut down.
    Runtime,
    /// The signature of a webhook is invalid.
    Signature,
}

impl ErrorKind {
    /// Returns the name of the kind.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Request => "request",
            Self::Token => "token",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Api => "api",
            Self::Redirect => "redirect",
            Self::Event => "event",
            Self::Decode => "decode",
            Self::TooLarge => "too large",
            Self::CursorLoop => "cursor loop",
            Self::Runtime => "runtime",
            Self::Signature => "signature",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
