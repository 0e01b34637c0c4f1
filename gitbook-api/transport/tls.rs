//! The TLS library of the HTTP client, which the features choose.

use reqwest::{ClientBuilder, Url};

#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
pub(crate) use rustls::with_tls;

#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
mod rustls {
    use std::sync::Arc;

    use rustls::ClientConfig;
    use rustls::crypto::CryptoProvider;
    use rustls_platform_verifier::Verifier;

    use super::{ClientBuilder, Url};

    /// Sets up rustls: the provider that the program installed, or else *ring*, and the certificates
    /// of the platform.
    ///
    /// The configuration is passed to reqwest, which has no provider of its own here and otherwise
    /// takes only one that is installed for the whole process.
    ///
    /// # Errors
    ///
    /// Fails if there is no provider, or the certificates of the platform cannot be read.
    pub(crate) fn with_tls(client: ClientBuilder, _: &Url) -> Result<ClientBuilder, String> {
        let provider = CryptoProvider::get_default().cloned().or_else(built_in);
        with_provider(client, provider)
    }

    pub(super) fn with_provider(
        client: ClientBuilder,
        provider: Option<Arc<CryptoProvider>>,
    ) -> Result<ClientBuilder, String> {
        let provider = provider.ok_or(
            "the feature `rustls-no-provider` of gitbook-api needs a provider of cryptography: \
             install one with `rustls::crypto::CryptoProvider::install_default` before the client \
             is built, or enable the feature `rustls`",
        )?;
        let failed = |error| format!("TLS could not be set up: {error}");
        let verifier = Verifier::new(Arc::clone(&provider)).map_err(failed)?;
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(failed)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(client.tls_backend_preconfigured(config))
    }

    #[cfg(feature = "rustls")]
    fn built_in() -> Option<Arc<CryptoProvider>> {
        Some(Arc::new(rustls::crypto::ring::default_provider()))
    }

    #[cfg(not(feature = "rustls"))]
    fn built_in() -> Option<Arc<CryptoProvider>> {
        None
    }
}

/// Sets the library of the platform, also where another crate has enabled rustls in reqwest.
#[cfg(all(
    feature = "native-tls",
    not(any(feature = "rustls", feature = "rustls-no-provider"))
))]
pub(crate) fn with_tls(client: ClientBuilder, _: &Url) -> Result<ClientBuilder, String> {
    Ok(client.tls_backend_native())
}

#[cfg(not(any(
    feature = "native-tls",
    feature = "rustls",
    feature = "rustls-no-provider"
)))]
pub(crate) use without_tls as with_tls;

/// Allows only endpoints without TLS.
///
/// # Errors
///
/// Fails for an endpoint with TLS.
#[cfg(any(
    test,
    not(any(
        feature = "native-tls",
        feature = "rustls",
        feature = "rustls-no-provider"
    ))
))]
pub(crate) fn without_tls(client: ClientBuilder, endpoint: &Url) -> Result<ClientBuilder, String> {
    match endpoint.scheme() {
        "https" => Err(
            "an https endpoint needs TLS: enable the feature `rustls`, `rustls-no-provider` or \
             `native-tls` of gitbook-api, or set an HTTP client with `ClientBuilder::http_client`"
                .to_owned(),
        ),
        _ => Ok(client),
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientBuilder, Url, without_tls};

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[test]
    fn https_needs_nothing_from_the_program() {
        let client = crate::Client::builder().token("t");
        client.endpoint("https://api.gitbook.com").build().unwrap();
        #[cfg(feature = "rustls")]
        assert!(
            rustls::crypto::CryptoProvider::get_default().is_none(),
            "a provider was installed for the whole process"
        );
    }

    #[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
    #[test]
    fn rustls_needs_a_provider() {
        let with = |provider| super::rustls::with_provider(ClientBuilder::new(), provider);
        let error = with(None).unwrap_err();
        assert!(error.contains("`rustls-no-provider`"), "{error}");
        assert!(error.contains("install_default"), "{error}");
        let provider = rustls::crypto::ring::default_provider();
        with(Some(provider.into())).unwrap().build().unwrap();
    }

    #[test]
    fn https_without_tls_is_refused() {
        let with = |endpoint| without_tls(ClientBuilder::new(), &Url::parse(endpoint).unwrap());
        let error = with("https://api.gitbook.com").unwrap_err();
        for feature in ["rustls", "rustls-no-provider", "native-tls", "http_client"] {
            assert!(error.contains(feature), "{error}");
        }
        assert!(with("http://localhost:1").is_ok());
    }
}
