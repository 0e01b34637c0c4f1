//! The tokens of an integration's installations.

use std::time::Duration;

use crate::{
    client::Client,
    ids::InstallationId,
    transport::auth::{Token, TokenFuture, TokenProvider},
};

/// The time for which a token is used. GitBook does not say when one expires.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// The tokens of an installation of an integration, which are requested with the token of the
/// integration and renewed before they expire.
///
/// [`Client::installation`] returns a client that has one.
///
/// ```
/// use std::time::Duration;
/// use gitbook_api::{Client, Error, InstallationTokens};
///
/// # fn main() -> Result<(), Error> {
/// let integration = Client::new("gb_int_...")?;
/// let tokens = InstallationTokens::new(&integration, "my-integration", "installation");
/// let hourly = tokens.lifetime(Duration::from_secs(3_600));
/// let installation = integration.with_token_provider(hourly);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct InstallationTokens {
    integration: Client,
    integration_name: String,
    installation_id: InstallationId,
    lifetime: Duration,
}

impl InstallationTokens {
    /// Creates a provider that requests its tokens with `integration`, a client with the token of the
    /// integration.
    pub fn new(
        integration: &Client,
        integration_name: impl ToString,
        installation_id: impl Into<InstallationId>,
    ) -> Self {
        Self {
            integration: integration.clone(),
            integration_name: integration_name.to_string(),
            installation_id: installation_id.into(),
            lifetime: LIFETIME,
        }
    }

    /// Sets for how long a token is used; it is renewed a minute earlier. The default is half an hour,
    /// because GitBook does not say when a token expires. A token that the API refuses earlier, with 401,
    /// is renewed at once, and the call is repeated.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }
}

impl TokenProvider for InstallationTokens {
    fn token(&self) -> TokenFuture<'_> {
        let call = self
            .integration
            .create_integration_installation_token(&self.integration_name, &self.installation_id);
        // A token that nobody has received does no harm, so the call can be repeated.
        let policy = self.integration.transport().options.retry.clone();
        let call = call.with_retry(policy.retry_if(crate::Error::is_retryable));
        Box::pin(async move {
            let token = call.send().await?.into_body().token;
            Ok(Token::from(token).expires_in(self.lifetime))
        })
    }
}

impl Client {
    /// Returns a client of an installation of an integration, with the same connections, limits and
    /// settings as this one, which has the token of the integration.
    ///
    /// Its token is requested with the first call, [renewed](InstallationTokens) before it expires, and
    /// shared by its clones: keep one client for each installation. Calls that need a new token at the same
    /// time wait for one request. If it fails, they fail with the kind
    /// [`Token`](crate::ErrorKind::Token) and its error as the cause.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), gitbook_api::Error> {
    /// let integration = gitbook_api::Client::new("gb_int_...")?;
    /// let installation = integration.installation("my-integration", "installation");
    /// let user = installation.get_authenticated_user().await?;
    /// println!("{}", user.id);
    /// # Ok(()) }
    /// ```
    pub fn installation(
        &self,
        integration_name: impl ToString,
        installation_id: impl Into<InstallationId>,
    ) -> Self {
        let tokens = InstallationTokens::new(self, integration_name, installation_id);
        self.with_token_provider(tokens)
    }
}
