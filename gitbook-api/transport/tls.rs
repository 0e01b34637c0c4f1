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

/// Allows only endpoints without TLS.
///
/// # Errors
///
/// Fails for an endpoint with TLS.
#[cfg(not(any(
    feature = "native-tls",
    feature = "rustls",
    feature = "rustls-no-provider"
)))]
pub(crate) fn with_tls(client: ClientBuilder, endpoint: &Url) -> Result<ClientBuilder, String> {
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
    use crate::{Client, Error};

    fn build(endpoint: &str) -> Result<Client, Error> {
        Client::builder().token("t").endpoint(endpoint).build()
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[test]
    fn https_needs_nothing_from_the_program() {
        build("https://api.gitbook.com").unwrap();
        #[cfg(feature = "rustls")]
        assert!(
            rustls::crypto::CryptoProvider::get_default().is_none(),
            "a provider was installed for the whole process"
        );
    }

    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    #[test]
    fn a_provider_has_to_be_installed() {
        let error = build("https://api.gitbook.com").unwrap_err().to_string();
        assert!(error.contains("`rustls-no-provider`"), "{error}");
        assert!(error.contains("install_default"), "{error}");
        let provider = rustls::crypto::ring::default_provider();
        provider.install_default().unwrap();
        build("https://api.gitbook.com").unwrap();
    }

    #[cfg(not(any(
        feature = "native-tls",
        feature = "rustls",
        feature = "rustls-no-provider"
    )))]
    #[test]
    fn https_without_tls_is_refused() {
        let error = build("https://api.gitbook.com").unwrap_err().to_string();
        for feature in ["rustls", "rustls-no-provider", "native-tls", "http_client"] {
            assert!(error.contains(feature), "{error}");
        }
        build("http://localhost:1").unwrap();
        let own = reqwest::Client::new();
        Client::builder()
            .token("t")
            .http_client(own)
            .build()
            .unwrap();
    }
}
