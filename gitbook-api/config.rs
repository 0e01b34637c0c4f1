//! How a client is made.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{
    header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT},
    redirect,
};

use crate::{
    client::{Client, Shared},
    error::Error,
    transport::auth::{Auth, Token, TokenProvider},
    transport::endpoint,
    transport::retry::RetryPolicy,
};

/// Makes a [`Client`].
///
/// ```
/// use std::time::Duration;
/// use gitbook_api::{Client, Error, RetryPolicy};
///
/// # fn main() -> Result<(), Error> {
/// let client = Client::builder()
///     .token("gb_api_...")
///     .user_agent("docs-bot/1.4")
///     .timeout(Duration::from_secs(90))
///     .retry(RetryPolicy::new().max_attempts(6))
///     .build()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    endpoint: String,
    credentials: Credentials,
    headers: Vec<(String, String)>,
    user_agent: String,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    timeout: Duration,
    idle_timeout: Duration,
    max_body_size: usize,
    retry: RetryPolicy,
    http: Option<reqwest::Client>,
}

#[derive(Clone)]
enum Credentials {
    None,
    Token(Token),
    Provider(Arc<dyn TokenProvider>),
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            endpoint: endpoint::DEFAULT.to_owned(),
            credentials: Credentials::None,
            headers: Vec::new(),
            user_agent: concat!("gitbook-api-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(60),
            timeout: Duration::from_secs(300),
            idle_timeout: Duration::from_secs(60),
            max_body_size: 64 * 1024 * 1024,
            retry: RetryPolicy::new(),
            http: None,
        }
    }

    /// The settings of `Client::from_env`, read with `variable`.
    pub(crate) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let set = |name| variable(name).filter(|value| !value.trim().is_empty());
        let token = set("GITBOOK_TOKEN")
            .or_else(|| set("GITBOOK_API_TOKEN"))
            .ok_or_else(|| {
                Error::config(
                    "GITBOOK_TOKEN is not set; GitBook's developer settings give out tokens",
                )
            })?;
        let builder = Self::new().token(token.trim());
        Ok(match set("GITBOOK_ENDPOINT") {
            Some(endpoint) => builder.endpoint(endpoint),
            None => builder,
        })
    }

    /// The token to authenticate with. Without one, only public operations can be called.
    pub fn token(mut self, token: impl Into<Token>) -> Self {
        self.credentials = Credentials::Token(token.into());
        self
    }

    /// Where to get tokens that expire, those of an integration's installation for instance.
    pub fn token_provider(mut self, provider: impl TokenProvider + 'static) -> Self {
        self.credentials = Credentials::Provider(Arc::new(provider));
        self
    }

    /// The host of the API, `https://api.gitbook.com` unless told otherwise, with or without
    /// `/v1` at its end.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// The `User-Agent` of every request.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// A header of every request. A call's own header of the same name goes before.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// How long connecting may take: 10 s unless told otherwise.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, its body included: 60 s unless told otherwise.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a call may take, with all its attempts and the waits between them: 5 minutes
    /// unless told otherwise. Event streams may go on for longer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long an event stream may be silent: 60 s unless told otherwise.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// The largest answer, and the largest single event, in bytes after decompression: 64 MiB
    /// unless told otherwise.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// Which failures are tried again, and how often.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sends with this client: for proxies, certificates, or a shared connection pool.
    ///
    /// Connecting and redirects are then up to it: `connect_timeout` has no effect.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// The endpoint, the token or a header cannot be used, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let auth = match self.credentials {
            Credentials::None => Auth::None,
            Credentials::Provider(provider) => Auth::provided(provider),
            Credentials::Token(token) => Auth::Fixed(token.header().ok_or_else(|| {
                Error::config("the token is empty or has characters that no token has")
            })?),
        };
        // With room for what is added to every call.
        let mut headers = HeaderMap::with_capacity(self.headers.len() + 8);
        let user_agent = (USER_AGENT.as_str(), self.user_agent.as_str());
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain([user_agent]) {
            let (name, value) = header(name, value).map_err(Error::config)?;
            headers.insert(name, value);
        }
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .connect_timeout(self.connect_timeout)
                .redirect(same_origin())
                .build()
                .map_err(|error| {
                    Error::config("the HTTP client could not be set up").with_source(error)
                })?,
        };
        Ok(Client::from_shared(Shared {
            http,
            base_url: endpoint::base_url(&self.endpoint).map_err(Error::config)?,
            auth,
            headers,
            attempt_timeout: self.attempt_timeout,
            timeout: self.timeout,
            idle_timeout: self.idle_timeout,
            max_body_size: self.max_body_size,
            retry: self.retry,
        }))
    }
}

/// The header `name: value`; the value stays out of the error, because it may be a secret.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let header = HeaderName::try_from(name).map_err(|_| format!("{name:?} is no header's name"))?;
    let value = HeaderValue::try_from(value)
        .map_err(|_| format!("the value of header {name} has characters that no header has"))?;
    Ok((header, value))
}

/// Follows redirects only to where the token may go as well.
fn same_origin() -> redirect::Policy {
    redirect::Policy::custom(|attempt| {
        let from = attempt.previous().last().map(reqwest::Url::origin);
        if from != Some(attempt.url().origin()) {
            return attempt.stop();
        }
        redirect::Policy::default().redirect(attempt)
    })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
        ClientBuilder::from_variables(|name| {
            let (_, value) = variables.iter().find(|(variable, _)| *variable == name)?;
            Some((*value).to_owned())
        })?
        .build()
    }

    #[test]
    fn the_environment_is_enough() {
        for (variables, base_url) in [
            (&[("GITBOOK_TOKEN", "t")][..], "https://api.gitbook.com/v1"),
            (
                &[("GITBOOK_API_TOKEN", "t\n")],
                "https://api.gitbook.com/v1",
            ),
            (
                &[("GITBOOK_TOKEN", ""), ("GITBOOK_API_TOKEN", "t")],
                "https://api.gitbook.com/v1",
            ),
            (
                &[("GITBOOK_TOKEN", "t"), ("GITBOOK_ENDPOINT", "")],
                "https://api.gitbook.com/v1",
            ),
            (
                &[
                    ("GITBOOK_TOKEN", "t"),
                    ("GITBOOK_ENDPOINT", "http://localhost:1/v1"),
                ],
                "http://localhost:1/v1",
            ),
        ] {
            let client = from_variables(variables).unwrap();
            assert_eq!(client.shared().base_url.as_str(), base_url, "{variables:?}");
        }
        let error = from_variables(&[("GITBOOK_ENDPOINT", "http://localhost:1")]).unwrap_err();
        assert!(error.to_string().contains("GITBOOK_TOKEN"), "{error}");
    }

    #[test]
    fn bad_settings_are_refused_without_their_secrets() {
        let builder = || Client::builder().token("secret");
        for builder in [
            builder().token("two secrets"),
            builder().endpoint("nowhere"),
            builder().header("a b", "secret"),
            builder().header("x-key", "secret\n"),
            builder().user_agent("\n"),
        ] {
            let error = builder.build().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let builder = Client::builder().token("hush").header("x-key", "hush");
        assert!(!format!("{builder:?}").contains("hush"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("hush"));
    }
}
