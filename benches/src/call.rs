//! One call of `getOrganizationById`, with this crate and without.

use std::time::Duration;

use gitbook_api::{Client, reqwest, reqwest::header::ACCEPT, types::Organization};

/// Nobody should go without one.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The `User-Agent` of both clients, so that they send the same bytes.
const USER_AGENT: &str = "gitbook-api-benches";

/// A client of the server at this address.
pub fn client(server: &str) -> Client {
    Client::builder()
        .endpoint(server)
        .user_agent(USER_AGENT)
        .token("token")
        .build()
        .expect("the client is configured")
}

/// The call with this crate.
pub async fn ours(client: &Client) -> Organization {
    let call = client.get_organization_by_id("org1");
    call.send().await.expect("the call succeeds").into_body()
}

/// A client of `reqwest` alone.
pub fn bare_client() -> reqwest::Client {
    let provider = rustls::crypto::ring::default_provider();
    // It is installed already if there are several such clients.
    let _ = provider.install_default();
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .build()
        .expect("the client is configured")
}

/// The same call with `reqwest` and `serde_json` alone.
pub async fn bare(client: &reqwest::Client, url: &str) -> Organization {
    let request = client
        .get(url)
        .header(ACCEPT, "application/json")
        .bearer_auth("token")
        .timeout(TIMEOUT);
    let answer = request.send().await.expect("the call succeeds");
    let body = answer.bytes().await.expect("the body arrives");
    serde_json::from_slice(&body).expect("the body is an organization")
}
