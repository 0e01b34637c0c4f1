//! Tokens and their providers.

use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderValue;
use tokio::{sync::Mutex, task_local, time::Instant};

use crate::{error::BoxError, rate_limit::now};

/// The time before its expiry at which a token is replaced.
const LEEWAY: Duration = Duration::from_secs(60);

task_local! {
    /// The credentials whose providers are working on behalf of this task.
    static PROVIDING: Vec<usize>;
}

/// An API token. It is never printed and never part of an error.
///
/// ```
/// use gitbook_api::Token;
///
/// let token = Token::from("gb_api_secret");
/// assert!(!format!("{token:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct Token {
    secret: Arc<str>,
    expires: Option<Timestamp>,
    /// When it expires by the clock of the process, which is not set to another time.
    deadline: Option<Instant>,
}

impl Token {
    /// Sets when the token expires. A [`TokenProvider`] is asked for another one a minute earlier.
    pub fn expires_at(mut self, moment: Timestamp) -> Self {
        self.expires = Some(moment);
        self
    }

    /// Sets for how long the token can be used from now on. A [`TokenProvider`] is asked for another one a
    /// minute earlier.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.deadline = Instant::now().checked_add(lifetime);
        self
    }

    /// Returns the value of the `Authorization` header, or `None` if the token is invalid.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let token = &*self.secret;
        if token.is_empty() || token.contains(char::is_whitespace) {
            return None;
        }
        let mut value = HeaderValue::try_from(format!("Bearer {token}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    fn is_fresh(&self) -> bool {
        self.is_valid_for(LEEWAY)
    }

    /// Returns whether it expires after more than `time`.
    fn is_valid_for(&self, time: Duration) -> bool {
        let is_longer =
            |left: SignedDuration| Duration::try_from(left).is_ok_and(|left| left > time);
        self.expires
            .is_none_or(|moment| is_longer(now().duration_until(moment)))
            && self
                .deadline
                .is_none_or(|deadline| Instant::now() + time < deadline)
    }
}

impl<T: Into<String>> From<T> for Token {
    fn from(token: T) -> Self {
        Self {
            secret: token.into().into(),
            expires: None,
            deadline: None,
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// A source of tokens that expire.
///
/// It is implemented for async closures:
///
/// ```
/// use gitbook_api::{Client, Error, Token};
///
/// # fn main() -> Result<(), Error> {
/// let client = Client::builder()
///     .token_provider(|| async {
///         let token = std::fs::read_to_string("/run/secrets/gitbook")?;
///         Ok::<_, std::io::Error>(Token::from(token.trim()))
///     })
///     .build()?;
/// # Ok(()) }
/// ```
///
/// A token is requested on the first call, and again when it is about to
/// [expire](Token::expires_at). When the API responds with 401, a new token is requested and the
/// call is repeated once. Calls that need a token at the same time share one request for it.
///
/// A provider that requests its tokens from GitBook uses another client, because it would wait for
/// itself: a call of the client that it belongs to fails with the kind
/// [`Token`](crate::ErrorKind::Token).
pub trait TokenProvider: Send + Sync {
    /// Returns a token.
    fn token(&self) -> TokenFuture<'_>;
}

/// Future returned by [`TokenProvider::token`].
pub type TokenFuture<'a> = Pin<
    Box<dyn Future<Output = Result<Token, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>,
>;

impl<F, Fut, E> TokenProvider for F
where
    F: Fn() -> Fut + Send + Sync,
    Fut: Future<Output = Result<Token, E>> + Send + 'static,
    E: Into<BoxError>,
{
    fn token(&self) -> TokenFuture<'_> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

/// The credentials of a client.
pub(crate) enum Auth {
    /// Not at all.
    None,
    /// With the same header on every call.
    Fixed(HeaderValue),
    /// With the token of a provider.
    Provided(Provided),
}

/// A provider and its token, kept until it expires.
pub(crate) struct Provided {
    provider: Arc<dyn TokenProvider>,
    kept: Mutex<Option<Token>>,
}

impl Auth {
    /// Fails if the token is invalid. The error does not contain it.
    pub(crate) fn fixed(token: &Token) -> Result<Self, &'static str> {
        let header = token.header();
        header
            .map(Self::Fixed)
            .ok_or("the token is empty or contains characters not allowed in a token")
    }

    pub(crate) fn provided(provider: Arc<dyn TokenProvider>) -> Self {
        Self::Provided(Provided {
            provider,
            kept: Mutex::new(None),
        })
    }

    /// Returns whether the token of an attempt that was not sent has expired, or is being renewed.
    ///
    /// It does not wait, because the caller has a permit, which the provider may need.
    pub(crate) fn has_expired(&self, header: &HeaderValue) -> bool {
        let Self::Provided(Provided { kept, .. }) = self else {
            return false;
        };
        let Ok(kept) = kept.try_lock() else {
            return true;
        };
        kept.as_ref().is_some_and(|token| {
            !token.is_valid_for(Duration::ZERO) && token.header().as_ref() == Some(header)
        })
    }

    /// Returns whether another token can replace one that the API has refused.
    pub(crate) fn is_renewable(&self) -> bool {
        matches!(self, Self::Provided(_))
    }

    /// Drops a token that the API has refused, unless it was replaced in the meantime.
    pub(crate) async fn refused(&self, header: &HeaderValue) {
        let Self::Provided(Provided { kept, .. }) = self else {
            return;
        };
        let mut kept = kept.lock().await;
        if kept.as_ref().and_then(Token::header).as_ref() == Some(header) {
            *kept = None;
        }
    }
}

impl Provided {
    /// Returns the `Authorization` header for the next attempt.
    pub(crate) async fn header(&self) -> Result<HeaderValue, BoxError> {
        // The credentials do not move while they are borrowed.
        let this = std::ptr::from_ref(self).addr();
        let mut providing = PROVIDING.try_with(Vec::clone).unwrap_or_default();
        if providing.contains(&this) {
            return Err(
                "the token provider called the client that it belongs to, which waits for \
                        the provider; use another client there"
                    .into(),
            );
        }
        providing.push(this);
        // Held while the provider works, so that many calls cause one request for a token.
        let mut kept = self.kept.lock().await;
        let token = match kept.as_ref().filter(|token| token.is_fresh()) {
            Some(token) => token,
            None => kept.insert(PROVIDING.scope(providing, self.provider.token()).await?),
        };
        let invalid =
            "the token of the provider is empty or contains characters not allowed in a token";
        token.header().ok_or_else(|| invalid.into())
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Fixed(_) => "Token",
            Self::Provided(_) => "TokenProvider",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_carry_only_tokens() {
        assert_eq!(Token::from("abc").header().unwrap(), "Bearer abc");
        assert!(Token::from("abc").header().unwrap().is_sensitive());
        for token in ["", "a b", "abc\n", "a\0b"] {
            assert!(Token::from(token).header().is_none(), "{token:?}");
        }
    }

    #[test]
    fn tokens_are_replaced_before_they_expire() {
        let in_seconds = |seconds| Timestamp::now() + Duration::from_secs(seconds);
        assert!(Token::from("a").is_fresh());
        assert!(Token::from("a").expires_at(in_seconds(3600)).is_fresh());
        assert!(!Token::from("a").expires_at(in_seconds(30)).is_fresh());
    }
}
