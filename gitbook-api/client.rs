//! The client, which all calls go through.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{Url, header::HeaderMap};

use crate::{
    call::Call,
    config::ClientBuilder,
    error::Error,
    operation::Operation,
    transport::auth::{Auth, Token},
    transport::retry::RetryPolicy,
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
pub struct Client(Arc<Shared>);

/// What clones of a client share.
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: Url,
    pub(crate) auth: Auth,
    pub(crate) headers: HeaderMap,
    pub(crate) attempt_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_body_size: usize,
    pub(crate) retry: RetryPolicy,
}

impl Client {
    /// A client that authenticates with `token`.
    ///
    /// # Errors
    ///
    /// The token cannot be a token, or TLS cannot be set up.
    pub fn new(token: impl Into<Token>) -> Result<Self, Error> {
        Self::builder().token(token).build()
    }

    /// A client as the environment has it: the token in `GITBOOK_TOKEN` (or else
    /// `GITBOOK_API_TOKEN`), and optionally the host of the API in `GITBOOK_ENDPOINT`.
    ///
    /// # Errors
    ///
    /// No token is set, or what is set cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_variables(|name| std::env::var(name).ok())?.build()
    }

    /// A client with other settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A call of an operation by its description, for what has no method of its own.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self, operation)
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
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
