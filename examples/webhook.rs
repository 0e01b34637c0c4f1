//! Receives webhooks, and prints the events that have a valid signature.
//!
//!     GITBOOK_WEBHOOK_SECRET=... cargo run --example webhook --features webhooks -- 127.0.0.1:3000

use std::env;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Router, routing::post};
use gitbook_api::ErrorKind;
use gitbook_api::types::Event;
use gitbook_api::webhooks::{SIGNATURE, Verifier};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let address = env::args().nth(1).context("usage: webhook ADDRESS")?;
    let secret = env::var("GITBOOK_WEBHOOK_SECRET").context("GITBOOK_WEBHOOK_SECRET is not set")?;
    let app = Router::new()
        .route("/", post(receive))
        .with_state(Arc::new(Verifier::new(secret)));
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}/", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

/// Handles one webhook. The signature is that of the body as it was received, so it is not parsed
/// by an extractor before.
async fn receive(
    State(verifier): State<Arc<Verifier>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let signature = headers
        .get(SIGNATURE)
        .map_or(&b""[..], |value| value.as_bytes());
    match verifier.event(signature, &body) {
        Ok(Event::SpaceContentUpdated(event)) => {
            println!(
                "space {} has revision {}",
                event.space_id, event.revision_id
            );
            StatusCode::NO_CONTENT
        }
        // Other events, also those of later versions of the API.
        Ok(_) => StatusCode::NO_CONTENT,
        Err(error) => {
            eprintln!("{error}");
            match error.kind() {
                ErrorKind::Signature => StatusCode::UNAUTHORIZED,
                _ => StatusCode::BAD_REQUEST,
            }
        }
    }
}
