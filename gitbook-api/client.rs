//! The client and its settings.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{
    Url,
    header::{HeaderMap, USER_AGENT},
    redirect,
};
use tokio::sync::Semaphore;

use crate::{
    call::Call,
    error::Error,
    operation::{Called, Operation, raw},
    transport::Transport,
    transport::auth::{Auth, Token, TokenProvider},
    transport::hook::{AttemptHook, Hooks},
    transport::limits::TokenLimit,
    transport::request::{CallOptions, header},
    transport::retry::RetryPolicy,
    transport::tls::with_tls,
    transport::url,
};

/// A client of the API. Cloning it is cheap, and clones share their connections.
///
/// ```no_run
/// use gitbook_api::{Client, Error};
///
/// # fn main() -> Result<(), Error> {
/// let client = Client::from_env()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Transport>);

impl Client {
    /// Creates a client that authenticates with `token`.
    ///
    /// # Errors
    ///
    /// Fails if the token has characters that no token has, or TLS cannot be set up.
    pub fn new(token: impl Into<Token>) -> Result<Self, Error> {
        Self::builder().token(token).build()
    }

    /// Creates a client from environment variables: the token from `GITBOOK_TOKEN` (or else
    /// `GITBOOK_API_TOKEN`), and optionally the endpoint from `GITBOOK_ENDPOINT`.
    ///
    /// # Errors
    ///
    /// Fails if no token is set, or a value is invalid.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Returns a builder, to create a client with other settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Returns a client with another token that has the same connections, limits and settings. Only
    /// the rate limit is its own, because it is that of a token.
    ///
    /// ```
    /// # fn main() -> Result<(), gitbook_api::Error> {
    /// let integration = gitbook_api::Client::new("gb_api_...")?;
    /// let installation = integration.with_token("gb_inst_...")?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the token has characters that no token has.
    pub fn with_token(&self, token: impl Into<Token>) -> Result<Self, Error> {
        let auth = Auth::fixed(&token.into()).map_err(Error::config)?;
        Ok(Self(Arc::new(self.0.with_auth(auth))))
    }

    /// Returns a client with another provider of tokens, as [`with_token`](Self::with_token) does.
    pub fn with_token_provider(&self, provider: impl TokenProvider + 'static) -> Self {
        let auth = Auth::provided(Arc::new(provider));
        Self(Arc::new(self.0.with_auth(auth)))
    }

    /// Starts a call to an operation that has no generated method.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::with_transport(Arc::clone(&self.0), operation.into())
    }

    /// Starts a call with the method GET of a path that has no generated method, as do
    /// [`post`](Self::post), [`put`](Self::put), [`patch`](Self::patch) and [`delete`](Self::delete).
    ///
    /// The path is that of GitBook's documentation without `/v1`. Its parameters are in braces, and
    /// [`Call::path`] sets them; values that are formatted into it would neither be encoded nor kept out
    /// of errors and traces, which name the call by its method and path.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), gitbook_api::Error> {
    /// let client = gitbook_api::Client::new("gb_api_...")?;
    /// let call = client.get("/orgs/{organizationId}/weather").query("days", 3);
    /// let error = call.json::<serde_json::Value>().await.unwrap_err();
    /// assert!(error.is_refused_locally());
    /// assert!(error.to_string().contains("the path parameter `organizationId` is not set"));
    /// # Ok(()) }
    /// ```
    ///
    /// Sending the call fails, before any I/O, if the path does not begin with `/`, has a query, or would
    /// lead elsewhere than it says (`/../`), and if one of its parameters is not set.
    pub fn get(&self, path: impl AsRef<str>) -> Call {
        self.raw(&raw::GET, path.as_ref())
    }

    /// Starts a call with the method POST of a path that has no generated method. It is retried only where
    /// nothing has happened yet, unless a policy [says otherwise](RetryPolicy::retry_if).
    ///
    /// ```no_run
    /// # async fn run(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let body = serde_json::json!({ "city": "Berlin" });
    /// let call = client.post("/orgs/{organizationId}/weather").path("organizationId", "acme");
    /// call.body(&body).empty().await?;
    /// # Ok(()) }
    /// ```
    pub fn post(&self, path: impl AsRef<str>) -> Call {
        self.raw(&raw::POST, path.as_ref())
    }

    /// Starts a call with the method PUT of a path that has no generated method.
    pub fn put(&self, path: impl AsRef<str>) -> Call {
        self.raw(&raw::PUT, path.as_ref())
    }

    /// Starts a call with the method PATCH of a path that has no generated method.
    pub fn patch(&self, path: impl AsRef<str>) -> Call {
        self.raw(&raw::PATCH, path.as_ref())
    }

    /// Starts a call with the method DELETE of a path that has no generated method.
    pub fn delete(&self, path: impl AsRef<str>) -> Call {
        self.raw(&raw::DELETE, path.as_ref())
    }

    fn raw(&self, operation: &'static Operation, path: &str) -> Call {
        Call::with_transport(Arc::clone(&self.0), Called::path_of(operation, path))
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.0
    }
}

impl Call {
    /// Returns the client that sends the call.
    pub fn client(&self) -> Client {
        Client(Arc::clone(self.transport()))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url.as_str())
            .field("auth", &self.0.auth)
            .finish_non_exhaustive()
    }
}

/// Builder of a [`Client`].
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
    allows_http: bool,
    credentials: Credentials,
    headers: Vec<(String, String)>,
    user_agent: String,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    timeout: Duration,
    idle_timeout: Duration,
    max_body_size: usize,
    max_concurrent: Option<usize>,
    retry: RetryPolicy,
    hooks: Hooks,
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
            endpoint: url::DEFAULT_ENDPOINT.to_owned(),
            allows_http: false,
            credentials: Credentials::None,
            headers: Vec::new(),
            user_agent: concat!("gitbook-api-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(60),
            timeout: Duration::from_secs(300),
            idle_timeout: Duration::from_secs(60),
            max_body_size: 64 * 1024 * 1024,
            max_concurrent: None,
            retry: RetryPolicy::new(),
            hooks: Hooks::default(),
            http: None,
        }
    }

    /// Creates a builder with the token and the endpoint that [`Client::from_env`] has.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), gitbook_api::Error> {
    /// let client = gitbook_api::ClientBuilder::from_env()?.max_concurrent(4).build()?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if no token is set.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// Returns the settings of `Client::from_env`, whose values `variable` returns.
    pub(crate) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let set = |name| variable(name).filter(|value| !value.trim().is_empty());
        let token = set("GITBOOK_TOKEN")
            .or_else(|| set("GITBOOK_API_TOKEN"))
            .ok_or_else(|| {
                Error::config(
                    "the environment variable GITBOOK_TOKEN is not set; tokens are created in GitBook's \
                     developer settings",
                )
            })?;
        let builder = Self::new().token(token.trim());
        Ok(match set("GITBOOK_ENDPOINT") {
            Some(endpoint) => builder.endpoint(endpoint),
            None => builder,
        })
    }

    /// Sets the token to authenticate with. Without one, only public operations can be called.
    pub fn token(mut self, token: impl Into<Token>) -> Self {
        self.credentials = Credentials::Token(token.into());
        self
    }

    /// Sets the provider of tokens that expire, such as those of an integration's installation.
    ///
    /// When the API responds with 401, the provider is asked for another token, and the call is
    /// repeated once.
    pub fn token_provider(mut self, provider: impl TokenProvider + 'static) -> Self {
        self.credentials = Credentials::Provider(Arc::new(provider));
        self
    }

    /// Sets the endpoint of the API, with or without `/v1` at its end. The default is
    /// `https://api.gitbook.com`.
    ///
    /// Endpoints without TLS (`http://`) have to be on this machine, unless they are
    /// [allowed](Self::allow_http).
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// Allows an endpoint on another machine that is not encrypted (`http://`). Whoever can read
    /// the traffic then sees the token.
    pub fn allow_http(mut self) -> Self {
        self.allows_http = true;
        self
    }

    /// Sets the `User-Agent` of every request.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Adds a header to every request. A header set on the call takes precedence.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Limits the time to connect. The default is 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Limits the time of one attempt, including the body. The default is 60 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Limits the time of a call with all its attempts and the waits between them. The default is
    /// 5 minutes. Event streams may go on for longer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits the time without data from an event stream. The default is 60 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Limits the size of a response, and of a single event, in bytes after decompression. The
    /// default is 64 MiB.
    ///
    /// While a body is decoded, there are also its tokens and the value that is made of it. For GitBook's
    /// responses the tokens take about as much memory as the body, at most six times as much (a list of
    /// digits). The value takes as much as its type: each number of a list that is kept as JSON has 24
    /// bytes or more, though it may have only 2 in the body. Allow for 20 times this size where the
    /// server is not to be trusted.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// Limits how many attempts are made at the same time, by all clones of the client together. By
    /// default there is no limit.
    ///
    /// Over HTTP/1, that is also the number of connections, except that one more may be opened while
    /// another becomes free. Other calls wait for their turn, which counts against
    /// [`timeout`](Self::timeout). Calls that wait to be retried, or for the next window of the rate
    /// limit, do not count. An event stream counts until it ends or is dropped, because it keeps its
    /// connection busy: a program that makes calls while it reads `n` streams has to allow more than `n`.
    ///
    /// ```
    /// # fn main() -> Result<(), gitbook_api::Error> {
    /// let client = gitbook_api::Client::builder().token("gb_api_...").max_concurrent(8).build()?;
    /// # Ok(()) }
    /// ```
    pub fn max_concurrent(mut self, attempts: usize) -> Self {
        self.max_concurrent = Some(attempts);
        self
    }

    /// Sets which failures are retried, and how often.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds a hook that is called before and after each attempt. Of several, each sees the headers that
    /// the ones before it have set.
    pub fn hook(mut self, hook: impl AttemptHook + 'static) -> Self {
        self.hooks.0.push(Arc::new(hook));
        self
    }

    /// Sets the HTTP client to send with, for proxies, certificates, or a shared connection pool.
    ///
    /// It decides how to connect: `connect_timeout` has no effect. Redirects that it does not follow
    /// itself are followed within the endpoint, as by other clients. So it should follow none: with
    /// its default policy, reqwest sends a POST that is redirected as a GET.
    ///
    /// The features `rustls` and `rustls-no-provider` give reqwest no provider of cryptography:
    /// `reqwest::Client::new()` panics unless the program enables reqwest's own feature `rustls`, or
    /// installs a provider with `rustls::crypto::CryptoProvider::install_default`.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Creates the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Fails if the endpoint, the token or a header is invalid, `max_concurrent` is 0, or TLS cannot
    /// be set up. Without a feature that brings TLS, an `https` endpoint needs an
    /// [HTTP client](Self::http_client).
    pub fn build(self) -> Result<Client, Error> {
        let auth = match self.credentials {
            Credentials::None => Auth::None,
            Credentials::Provider(provider) => Auth::provided(provider),
            Credentials::Token(token) => Auth::fixed(&token).map_err(Error::config)?,
        };
        // With room for the headers of a call.
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
        let base_url = url::base_url(&self.endpoint, self.allows_http).map_err(Error::config)?;
        let permits = match self.max_concurrent {
            Some(0) => return Err(Error::config("`max_concurrent` allows no calls at all")),
            Some(attempts) => Some(Arc::new(Semaphore::new(
                attempts.min(Semaphore::MAX_PERMITS),
            ))),
            None => None,
        };
        let http = match self.http {
            Some(http) => http,
            None => http_client(self.connect_timeout, &base_url)?,
        };
        Ok(Client(Arc::new(Transport {
            http,
            base_url,
            auth,
            hooks: self.hooks,
            limit: TokenLimit::default(),
            permits,
            headers,
            options: CallOptions {
                attempt_timeout: self.attempt_timeout,
                timeout: self.timeout,
                retry: self.retry,
            },
            idle_timeout: self.idle_timeout,
            max_body_size: self.max_body_size,
        })))
    }
}

/// Returns the HTTP client of an endpoint. One on this machine is not reached through the proxy that
/// the environment sets.
fn http_client(connect_timeout: Duration, base_url: &Url) -> Result<reqwest::Client, Error> {
    let mut http = with_tls(reqwest::Client::builder(), base_url)
        .map_err(Error::config)?
        .connect_timeout(connect_timeout)
        // The transport follows them, because it knows the method.
        .redirect(redirect::Policy::none());
    if url::is_loopback(base_url) {
        http = http.no_proxy();
    }
    http.build()
        .map_err(|error| Error::config("the HTTP client could not be set up").with_source(error))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
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
            assert_eq!(
                client.transport().base_url.as_str(),
                base_url,
                "{variables:?}"
            );
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
            builder().endpoint("https://secret@api.gitbook.com"),
            builder().endpoint("http://api.gitbook.com"),
            builder().header("authorization", "secret"),
            builder().header("Content-Length", "5"),
            builder().header("a b", "secret"),
            builder().header("x-key", "secret\n"),
            builder().user_agent("\n"),
            builder().max_concurrent(0),
        ] {
            let error = builder.build().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let builder = Client::builder().token("hush").header("x-key", "hush");
        let with_password = builder.clone().endpoint("https://me:hush@api.gitbook.com");
        assert!(!format!("{with_password:?}").contains("hush"));
        assert!(!format!("{builder:?}").contains("hush"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("hush"));
    }
}
