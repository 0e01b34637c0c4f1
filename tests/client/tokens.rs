//! Tokens and their providers.

use gitbook_api::{Client, Error, ErrorKind, Operation, RetryPolicy, Token};
use serde_json::{Value, json as value};

use crate::server::{POST, Server, Step, answer, json};

static SEARCH: Operation = Operation::new("search", "GET", "/search");

#[tokio::test]
async fn tokens_are_provided_once_and_again_when_refused() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static ASKED: AtomicUsize = AtomicUsize::new(0);

    let server = Server::start(|_, request| {
        let refused = request.header("authorization") == ["Bearer token0"];
        vec![Step::Send(json(if refused { 401 } else { 200 }, "{}"))]
    })
    .await;
    let client = Client::builder()
        .endpoint(server.url())
        .token_provider(async || {
            let n = ASKED.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Error>(Token::from(format!("token{n}")))
        })
        .build()
        .unwrap();
    let call = || client.call(&SEARCH).json::<Value>();

    assert_eq!(call().await.unwrap().meta().attempts(), 2);
    assert_eq!(call().await.unwrap().meta().attempts(), 1);
    assert_eq!(ASKED.load(Ordering::SeqCst), 2);
}

/// A call is repeated with another token once, whatever its method and retry policy.
#[tokio::test]
async fn refused_tokens_are_renewed_once() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    for (status, expected) in [(200, 1), (401, 2), (403, 1)] {
        let server = Server::answering(vec![json(status, "{}")]).await;
        let asked = std::sync::Arc::new(AtomicUsize::new(0));
        let count = std::sync::Arc::clone(&asked);
        let client = server
            .builder()
            .retry(RetryPolicy::none())
            .token_provider(move || {
                let n = count.fetch_add(1, Ordering::SeqCst);
                async move { Ok::<_, Error>(Token::from(format!("token{n}"))) }
            })
            .build()
            .unwrap();
        let call = client.call(&POST).body(&value!({"title": "a"}));
        let result = call.json::<Value>().await;
        assert_eq!(result.is_ok(), status == 200);
        let received = server.received();
        assert_eq!(received.len(), expected, "{status}");
        assert_eq!(asked.load(Ordering::SeqCst), expected);
        for (n, request) in received.iter().enumerate() {
            let token = format!("Bearer token{n}");
            assert_eq!(request.header("authorization"), [token.as_str()]);
            assert_eq!(request.body, br#"{"title":"a"}"#);
        }
    }

    // A fixed token cannot be renewed.
    let server = Server::answering(vec![json(401, "{}")]).await;
    let result = server.client().call(&SEARCH).json::<Value>().await;
    assert_eq!(result.unwrap_err().attempts(), 1);
}

/// The token of an event stream is renewed as well.
#[tokio::test]
async fn tokens_of_event_streams_are_renewed() {
    let stream = answer(200, &["content-type: text/event-stream"], "data: 1\n\n");
    let server = Server::answering(vec![json(401, "{}"), stream]).await;
    let client = server
        .builder()
        .token_provider(async || Ok::<_, Error>(Token::from("token")))
        .build()
        .unwrap();
    assert!(client.call(&SEARCH).events::<Value>().await.is_ok());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_failing_provider_is_reported() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = Client::builder()
        .endpoint(server.url())
        .token_provider(async || Err::<Token, _>(std::io::Error::other("vault is sealed")))
        .build()
        .unwrap();
    let error = client.call(&SEARCH).json::<Value>().await.unwrap_err();
    assert!(error.to_string().contains("vault is sealed"), "{error}");
    assert!(server.received().is_empty());
}

/// A provider that calls the client it belongs to would wait for itself.
#[tokio::test]
async fn providers_that_call_their_own_client_are_reported() {
    use std::sync::{Arc, OnceLock};

    let server = Server::answering(vec![json(200, r#""token""#)]).await;
    let own = Arc::new(OnceLock::<Client>::new());
    let other = server.client();
    for is_own in [true, false] {
        let (own, other) = (Arc::clone(&own), other.clone());
        let cell = Arc::clone(&own);
        let client = server
            .builder()
            .token_provider(move || {
                let client = if is_own {
                    own.get().unwrap().clone()
                } else {
                    other.clone()
                };
                async move {
                    let token = client.call(&SEARCH).json::<String>().await?;
                    Ok::<_, Error>(Token::from(token.into_body()))
                }
            })
            .build()
            .unwrap();
        cell.get_or_init(|| client.clone());
        let result = client.call(&SEARCH).json::<Value>().await;
        if is_own {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Token);
            assert_eq!(error.attempts(), 1);
            assert!(error.to_string().contains("use another client"), "{error}");
            assert!(server.received().is_empty());
        } else {
            result.unwrap();
            assert_eq!(server.received().len(), 2);
        }
    }
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let server = Server::answering(vec![json(401, "{}")]).await;
    let call = server
        .client()
        .call(&SEARCH)
        .query("q", "hush-query")
        .header("x-partner-key", "hush-key");
    assert!(!format!("{call:?}").contains("hush"));
    let error = call.json::<Value>().await.unwrap_err();
    assert!(
        !format!("{error} {error:?} {error:#?}").contains("hush"),
        "{error:?}"
    );
}
