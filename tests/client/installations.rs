//! Clients of the installations of an integration.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use gitbook_api::{Client, Error, ErrorKind, InstallationTokens};
use serde_json::Value;

use crate::server::{Received, Server, Step, json};

/// Numbers the tokens that it gives, and accepts those but the refused one.
async fn start(refuses_first: bool) -> (Server, Arc<AtomicUsize>) {
    let tokens = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&tokens);
    let server = Server::start(move |_, request: &Received| {
        let [authorization] = request.header("authorization")[..] else {
            panic!("no token: {request:?}");
        };
        if request.line.starts_with("POST") {
            assert_eq!(authorization, "Bearer hush");
            let installation = request.line.split('/').nth(5).unwrap();
            let number = count.fetch_add(1, Ordering::SeqCst);
            let body = format!(r#"{{"token":"{installation}-{number}"}}"#);
            return vec![
                Step::Wait(Duration::from_millis(20)),
                Step::Send(json(200, &body)),
            ];
        }
        let is_refused = refuses_first && authorization.ends_with("-0");
        let status = if is_refused { 401 } else { 200 };
        vec![Step::Send(json(status, &format!("{authorization:?}")))]
    })
    .await;
    (server, tokens)
}

/// Returns the token that a call is sent with.
async fn token(client: &Client) -> Result<String, Error> {
    let token = client.get("/orgs").json::<Value>().await?;
    let token = token.as_str().unwrap();
    Ok(token.strip_prefix("Bearer ").unwrap().to_owned())
}

#[tokio::test]
async fn installations_share_connections_and_have_their_own_tokens() {
    let (server, tokens) = start(false).await;
    // A single permit is enough, although tokens are requested in between.
    let integration = server.builder().max_concurrent(1).build().unwrap();
    let one = integration.installation("app", "one");
    let two = integration.installation("app", "two");
    let calls = (0..10).map(|number| {
        let client = if number % 2 == 0 { &one } else { &two };
        token(client)
    });
    let sent = futures_util::future::try_join_all(calls).await.unwrap();
    assert_eq!(tokens.load(Ordering::SeqCst), 2, "{sent:?}");
    for (number, token) in sent.iter().enumerate() {
        let expected = if number % 2 == 0 { "one-" } else { "two-" };
        assert!(token.starts_with(expected), "{sent:?}");
    }
    // A clone has the same token.
    assert_eq!(token(&one.clone()).await.unwrap(), sent[0]);
    let requests = server.received();
    let of_tokens: Vec<_> = requests
        .iter()
        .filter(|it| it.line.starts_with("POST"))
        .collect();
    assert!(
        of_tokens[0]
            .line
            .starts_with("POST /v1/integrations/app/installations/")
    );
    assert!(of_tokens[0].line.ends_with("/tokens"));
}

#[tokio::test]
async fn a_refused_token_is_replaced() {
    let (server, tokens) = start(true).await;
    let client = server.client().installation("app", "one");
    assert_eq!(token(&client).await.unwrap(), "one-1");
    assert_eq!(tokens.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn tokens_are_renewed_before_they_expire() {
    let (server, tokens) = start(false).await;
    let integration = server.client();
    let installation = || InstallationTokens::new(&integration, "app", "one");
    for (provider, lifetime) in [
        (installation(), 30 * 60),
        (installation().lifetime(Duration::from_secs(600)), 600),
    ] {
        let client = integration.with_token_provider(provider);
        let first = token(&client).await.unwrap();
        let before = tokens.load(Ordering::SeqCst);
        for (seconds, renewed) in [(lifetime - 90, 0), (60, 1), (60, 1), (lifetime - 60, 2)] {
            // Only the clock moves: the connections are real.
            tokio::time::pause();
            tokio::time::advance(Duration::from_secs(seconds)).await;
            tokio::time::resume();
            let now = token(&client).await.unwrap();
            assert_eq!(tokens.load(Ordering::SeqCst) - before, renewed, "{seconds}");
            assert_eq!(now == first, renewed == 0);
        }
    }
}

#[tokio::test]
async fn the_failure_of_a_renewal_is_that_of_the_call() {
    let fails = Arc::new(AtomicBool::new(true));
    let is_failing = Arc::clone(&fails);
    let server = Server::start(move |_, request| {
        let is_failing = is_failing.load(Ordering::SeqCst);
        let error = r#"{"error":{"code":404,"message":"No such installation"}}"#;
        vec![Step::Send(match request.line.split_once(' ') {
            Some(("POST", _)) if is_failing => json(404, error),
            Some(("POST", _)) => json(200, r#"{"token":"one"}"#),
            _ => json(200, r#""Bearer one""#),
        })]
    })
    .await;
    let client = server.client().installation("app", "one");
    let error = token(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    assert!(
        error.to_string().contains("No such installation"),
        "{error}"
    );
    assert!(!format!("{error}{error:?}{client:?}").contains("hush"));
    assert_eq!(server.received().len(), 1);
    // The next call tries again.
    fails.store(false, Ordering::SeqCst);
    assert_eq!(token(&client).await.unwrap(), "one");
}

/// The token is created again if its creation fails, although that has the method POST.
#[tokio::test]
async fn the_request_of_a_token_is_retried() {
    let server = Server::start(|number, _| {
        vec![Step::Send(match number {
            0 => json(503, "{}"),
            1 => json(200, r#"{"token":"one"}"#),
            _ => json(200, r#""Bearer one""#),
        })]
    })
    .await;
    let client = server.client().installation("app", "one");
    assert_eq!(token(&client).await.unwrap(), "one");
}
