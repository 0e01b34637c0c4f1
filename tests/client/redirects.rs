//! Responses with the statuses 300 to 399.

use gitbook_api::{ErrorKind, Operation};
use serde_json::{Value, json as value};

use crate::server::{Server, answer, json, reqwest_client};

static SEARCH: Operation = Operation::new("search", "GET", "/search");
static CREATE: Operation = Operation::new("create", "POST", "/things");
static REPLACE: Operation = Operation::new("replace", "PUT", "/things");
static DELETE: Operation = Operation::new("delete", "DELETE", "/things");

#[tokio::test]
async fn loops_end_and_are_not_retried() {
    for operation in [&SEARCH, &CREATE] {
        let server = Server::answering(vec![answer(307, &["location: /v1/again"], "")]).await;
        let error = server
            .client()
            .call(operation)
            .json::<Value>()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
        assert!(error.is_redirect() && !error.is_retryable());
        assert_eq!(error.status().unwrap(), 307);
        assert_eq!((error.attempts(), server.received().len()), (1, 11));
    }
}

/// A method with an effect is repeated as it is, or not at all.
#[tokio::test]
async fn methods_with_an_effect_are_never_changed() {
    for operation in [&CREATE, &REPLACE, &DELETE] {
        for status in [300, 301, 302, 303, 305, 306, 307, 308] {
            let moved = answer(status, &["location: /v1/moved"], "");
            let server = Server::answering(vec![moved, json(200, "{}")]).await;
            let call = server
                .client()
                .call(operation)
                .body(&value!({ "title": "a" }));
            let result = call.json::<Value>().await;
            let received = server.received();
            if matches!(status, 307 | 308) {
                result.unwrap();
                assert_eq!(received[1].line, format!("{} /v1/moved", operation.method));
                assert_eq!(received[1].body, br#"{"title":"a"}"#);
                assert_eq!(received[1].header("content-type"), ["application/json"]);
                assert_eq!(received[1].header("authorization"), ["Bearer hush"]);
            } else {
                let error = result.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
                assert_eq!(error.status().unwrap(), status);
                assert_eq!((error.attempts(), received.len()), (1, 1), "{status}");
            }
        }
    }
}

#[tokio::test]
async fn get_is_followed_within_the_endpoint() {
    for status in [301, 302, 303, 307, 308] {
        let moved = answer(status, &["location: ../v1/moved?a=b"], "");
        let server = Server::answering(vec![moved, json(200, "{}")]).await;
        let response = server.client().call(&SEARCH).json::<Value>().await.unwrap();
        assert_eq!(response.meta().attempts(), 1);
        assert_eq!(server.received()[1].line, "GET /v1/moved?a=b");
    }
    for headers in [&["location: http://["][..], &["location: data:,"], &[]] {
        let server = Server::answering(vec![answer(302, headers, "")]).await;
        let error = server
            .client()
            .call(&SEARCH)
            .json::<Value>()
            .await
            .unwrap_err();
        assert!(error.is_redirect(), "{error}");
        assert_eq!(server.received().len(), 1);
    }
}

/// Whoever asks whether something has changed can read that it has not.
#[tokio::test]
async fn unchanged_resources_are_responses() {
    for header in ["if-none-match", "if-modified-since"] {
        let headers = ["etag: \"v1\"", "x-ratelimit-remaining: 5"];
        let server = Server::answering(vec![answer(304, &headers, "")]).await;
        let client = server.client();
        let call = || client.call(&SEARCH).header(header, "\"v1\"");
        let response = call().bytes().await.unwrap();
        assert_eq!(
            (response.meta().status().as_u16(), response.len()),
            (304, 0)
        );
        assert_eq!(response.meta().headers()["etag"], "\"v1\"");
        let response = call().optional::<Value>().await.unwrap();
        assert!(response.is_none());
        assert_eq!(call().empty().await.unwrap().meta().status(), 304);

        let error = call().json::<Value>().await.unwrap_err();
        assert!(error.is_not_modified() && !error.is_decode(), "{error}");
        assert!(!error.is_retryable() && !error.is_redirect());
        assert_eq!(error.headers().unwrap()["etag"], "\"v1\"");
        assert_eq!(error.rate_limit().unwrap().remaining, Some(5));
        assert_eq!(error.to_string(), "search: 304 Not Modified");
        let error = call().events::<Value>().await.unwrap_err();
        assert!(error.is_not_modified(), "{error}");
        assert_eq!(server.received().len(), 5);
    }
    // Nobody has asked for this one.
    let server = Server::answering(vec![answer(304, &[], "")]).await;
    let error = server.client().call(&SEARCH).bytes().await.unwrap_err();
    assert!(error.is_not_modified() && error.attempts() == 1);
    assert!(!error.to_string().contains("redirect"), "{error}");
}

#[tokio::test]
async fn redirects_do_not_take_the_token_elsewhere() {
    let elsewhere = Server::answering(vec![json(200, "{}")]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/login", elsewhere.url());
        let server = Server::answering(vec![answer(status, &[&location], "")]).await;
        let error = server
            .client()
            .call(&SEARCH)
            .json::<Value>()
            .await
            .unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(error.to_string().contains(&elsewhere.url()), "{error}");
        assert!(!error.to_string().contains("/login"), "{error}");
    }
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn clients_that_follow_redirects_leave_the_token_behind() {
    let elsewhere = Server::answering(vec![json(200, "{}")]).await;
    let location = format!("location: {}/login", elsewhere.url());
    let server = Server::answering(vec![answer(302, &[&location], "")]).await;
    let client = server
        .builder()
        .http_client(reqwest_client())
        .build()
        .unwrap();
    client.call(&SEARCH).json::<Value>().await.unwrap();
    assert!(elsewhere.received()[0].header("authorization").is_empty());
}

#[tokio::test]
async fn redirects_on_the_same_host_are_followed() {
    let moved = answer(307, &["location: /v1/search/"], "");
    let server = Server::answering(vec![moved, json(200, "{}")]).await;
    server.client().call(&SEARCH).json::<Value>().await.unwrap();
    assert_eq!(server.received()[1].line, "GET /v1/search/");
    assert_eq!(
        server.received()[1].header("authorization"),
        ["Bearer hush"]
    );
}
