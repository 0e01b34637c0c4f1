//! What goes out.

use gitbook_api::types::UpdateUserByIdRequest;
use gitbook_api::{Body, Client, Error, Operation, Token, Violation, Violations};
use serde::Serialize;
use serde_json::Value;

use crate::server::{GET, POST, Server, answer, json};

#[derive(Serialize)]
struct Thing {
    title: String,
}

impl Body for Thing {
    fn check(&self) -> Result<(), Violations> {
        if self.title.is_empty() {
            let violation = Violation {
                path: ".title".into(),
                message: "must not be empty".into(),
            };
            return Err(violation.into());
        }
        Ok(())
    }
}

static SEARCH: Operation = Operation::new("search", "GET", "/search");

#[tokio::test]
async fn parameters_are_encoded_and_replaced() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server
        .builder()
        .user_agent("test/1")
        .header("x-key", "a")
        .build()
        .unwrap();

    let mut call = client.call(&GET);
    call.path("thingId", "other")
        .path("thingId", "../ü?#")
        .query("q", "a&b c")
        .query("n", 3);
    call.json::<Value>().await.unwrap();

    let mut call = client.call(&SEARCH);
    call.query_list("id", ["a,b", "c"], true)
        .query_list("tag", ["a,b", "c"], false);
    call.query_list("gone", [""; 0], true)
        .query("empty", "")
        .header("x-key", "b");
    call.json::<Value>().await.unwrap();

    let received = server.received();
    assert_eq!(
        received[0].line,
        "GET /v1/things/..%2F%C3%BC%3F%23?q=a%26b%20c&n=3"
    );
    assert_eq!(received[0].header("authorization"), ["Bearer hush"]);
    assert_eq!(received[0].header("accept"), ["application/json"]);
    assert_eq!(received[0].header("user-agent"), ["test/1"]);
    assert_eq!(received[0].header("x-key"), ["a"]);
    assert_eq!(
        received[1].line,
        "GET /v1/search?id=a%2Cb&id=c&tag=a%2Cb,c&empty="
    );
    assert_eq!(received[1].header("x-key"), ["b"]);
}

#[tokio::test]
async fn bodies_are_json() {
    let server = Server::answering(vec![json(201, "{}")]).await;
    let mut call = server.client().call(&POST);
    call.body(&Thing { title: "Ü".into() });
    assert_eq!(call.json::<Value>().await.unwrap().status(), 201);

    let received = server.received();
    assert_eq!(received[0].header("content-type"), ["application/json"]);
    assert_eq!(received[0].body, r#"{"title":"Ü"}"#.as_bytes());
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_sent() {
    static STRICT: Operation =
        Operation::new("putThing", "PUT", "/things/{thingId}").with_required(&["thingId", "body"]);
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.client();
    let thing = Thing { title: "a".into() };

    let no_path = client.call(&GET);
    let mut dots = client.call(&GET);
    dots.path("thingId", "..");
    let mut no_body = client.call(&STRICT);
    no_body.path("thingId", "a");
    let mut bad_body = client.call(&STRICT);
    bad_body.path("thingId", "a").body(&Thing {
        title: String::new(),
    });
    let mut bad_header = client.call(&STRICT);
    bad_header
        .path("thingId", "a")
        .body(&thing)
        .header("prefer", "a\nb");

    for (call, name) in [
        (no_path, "thingId"),
        (dots, "thingId"),
        (no_body, "body"),
        (bad_body, "body.title"),
        (bad_header, "prefer"),
    ] {
        let error = call.json::<Value>().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error}");
        assert!(
            error.to_string().contains(&format!("`{name}`")) || name == "prefer",
            "{error}"
        );
        assert_eq!(error.attempts(), 0);
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn tokens_are_provided_once_and_again_when_refused() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static ASKED: AtomicUsize = AtomicUsize::new(0);

    let server = Server::start(|_, request| {
        let refused = request.header("authorization") == ["Bearer token0"];
        vec![crate::server::Step::Send(json(
            if refused { 401 } else { 200 },
            "{}",
        ))]
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

    assert!(call().await.unwrap_err().is_unauthorized());
    call().await.unwrap();
    call().await.unwrap();
    assert_eq!(ASKED.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_failing_provider_is_told() {
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
    let own = gitbook_api::reqwest::Client::new();
    let client = server.builder().http_client(own).build().unwrap();
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

#[tokio::test]
async fn nothing_secret_is_printed() {
    let server = Server::answering(vec![json(401, "{}")]).await;
    let mut call = server.client().call(&SEARCH);
    call.query("q", "hush-query")
        .header("x-partner-key", "hush-key");
    assert!(!format!("{call:?}").contains("hush"));
    let error = call.json::<Value>().await.unwrap_err();
    assert!(
        !format!("{error} {error:?} {error:#?}").contains("hush"),
        "{error:?}"
    );
}

/// Everything that is wrong with a call is told at once, and nothing is sent.
#[tokio::test]
async fn all_violations_of_a_call_are_told_at_once() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.client();
    let call = client.list_spaces_in_organization_by_id("a/b?c").limit(-5);
    let error = call.send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    let paths: Vec<_> = error
        .violations()
        .iter()
        .map(|violation| violation.path.as_str())
        .collect();
    assert_eq!(paths, ["organizationId", "limit"]);
    assert!(
        error
            .to_string()
            .contains("`limit` is -5, has to be at least 0"),
        "{error}"
    );

    let call = client.update_user_by_id("u", UpdateUserByIdRequest::new());
    let error = call.await.unwrap_err();
    let paths: Vec<_> = error
        .violations()
        .iter()
        .map(|violation| violation.path.as_str())
        .collect();
    assert_eq!(paths, ["body"], "{error}");

    // The last value counts.
    let call = client
        .list_spaces_in_organization_by_id("acme")
        .limit(-5)
        .limit(1000);
    assert!(call.send().await.is_ok() || server.received().len() == 1);
    assert_eq!(server.received().len(), 1);
}
