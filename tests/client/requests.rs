//! Requests as they are sent.

use gitbook_api::types::{
    DocumentEvaluated, UpdateSiteExternalLinkByIdRequest, UpdateSpaceByIdRequest,
    UpdateUserByIdRequest,
};
use std::time::{Duration, Instant};

use gitbook_api::{
    Body, Client, ErrorKind, Operation, QueryStyle, RetryPolicy, Violation, Violations,
};
use serde::Serialize;
use serde_json::Value;

use crate::server::{GET, POST, Server, Step, answer, json};

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
async fn parameters_of_booleans_and_texts_are_enums() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.builder().build().unwrap();
    let page = || client.get_page_by_id("space", "page");
    let _ = page().evaluated(true).await;
    let call = page().evaluated(false).dereferenced("new-one");
    let _ = call.with_unknown_values().await;
    let only = DocumentEvaluated::DeterministicOnly;
    let _ = page().evaluated(only).dereferenced(true).await;
    let queries: Vec<String> = server.received().into_iter().map(|it| it.line).collect();
    let path = "GET /v1/spaces/space/content/page/page";
    assert_eq!(
        queries,
        [
            format!("{path}?evaluated=true"),
            format!("{path}?evaluated=false&dereferenced=new-one"),
            format!("{path}?evaluated=deterministic-only&dereferenced=true"),
        ]
    );
}

#[tokio::test]
async fn misspelled_values_of_parameters_are_refused() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.builder().build().unwrap();
    let page = client.get_page_by_id("space", "page").format("html");
    let error = page.clone().await.unwrap_err();
    assert!(error.is_refused_locally(), "{error}");
    let message = error.to_string();
    let expected = r#"`format` is "html", has to be one of "document", "markdown""#;
    assert!(message.contains(expected), "{message}");
    assert!(message.contains("with_unknown_values"), "{message}");

    // The items of a list, and a header.
    let answered = ["yes", "maybe"];
    let questions = client.list_site_questions("org", "site").answered(answered);
    let error = questions.await.unwrap_err().to_string();
    assert!(error.contains(r#"`answered[1]` is "maybe""#), "{error}");
    assert!(!error.contains("answered[0]"), "{error}");
    let body = UpdateSiteExternalLinkByIdRequest::new();
    let link = client.update_site_external_link_by_id("org", "site", "link", body);
    let error = link.prefer("return=nothing").await.unwrap_err().to_string();
    assert!(error.contains(r#"`prefer` is "return=nothing""#), "{error}");
    assert!(server.received().is_empty());

    // Other violations are reported still.
    let list = client
        .list_spaces_in_organization_by_id("org")
        .limit(100_000);
    assert!(list.with_unknown_values().await.is_err());
    let _ = page.with_unknown_values().await;
    let _ = client
        .get_page_by_id("space", "page")
        .format("markdown")
        .await;
    let lines: Vec<String> = server.received().into_iter().map(|it| it.line).collect();
    let path = "GET /v1/spaces/space/content/page/page?format=";
    assert_eq!(
        lines,
        ["html", "markdown"].map(|value| format!("{path}{value}"))
    );
}

#[tokio::test]
async fn bodies_are_made_of_json_if_they_fit() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.builder().build().unwrap();
    let value = serde_json::json!({"title": "Handbook", "newSetting": [1]});
    let body = UpdateSpaceByIdRequest::try_from(value.clone()).unwrap();
    assert_eq!(body.title.as_deref(), Some("Handbook"));
    let _ = client.update_space_by_id("space", body).await;
    let sent: Value = serde_json::from_slice(&server.received()[0].body).unwrap();
    assert_eq!(sent, value);

    let error = UpdateSpaceByIdRequest::try_from(serde_json::json!({"title": 1})).unwrap_err();
    assert!(error.to_string().contains(".title"), "{error}");
}

#[tokio::test]
async fn parameters_are_encoded_and_replaced() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server
        .builder()
        .user_agent("test/1")
        .header("x-key", "a")
        .build()
        .unwrap();

    let call = client
        .call(&GET)
        .path("thingId", "other")
        .path("thingId", "../ü?#")
        .query("q", "a&b c")
        .query("n", 3);
    call.json::<Value>().await.unwrap();

    let call = client
        .call(&SEARCH)
        .query_list("id", ["a,b", "c"], QueryStyle::Repeat)
        .query_list("tag", ["a,b", "c"], QueryStyle::Commas)
        .query_list("gone", [""; 0], QueryStyle::Repeat)
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
    let call = server
        .client()
        .call(&POST)
        .body(&Thing { title: "Ü".into() });
    assert_eq!(call.json::<Value>().await.unwrap().meta().status(), 201);

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
    let dots = client.call(&GET).path("thingId", "..");
    let no_body = client.call(&STRICT).path("thingId", "a");
    let bad_body = client.call(&STRICT).path("thingId", "a").body(&Thing {
        title: String::new(),
    });
    let bad_header = client
        .call(&STRICT)
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
        assert!(error.is_refused_locally(), "{error}");
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
        assert_eq!(error.attempts(), 0);
    }
    assert!(server.received().is_empty());
}

/// A client of this machine does not use the proxy of the environment. The environment is set for
/// another process, in which this test is run again.
#[cfg(feature = "mock")]
#[test]
fn mocks_are_not_behind_a_proxy() {
    use gitbook_api::mock::MockServer;

    const VARIABLES: [&str; 3] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"];
    if std::env::var(VARIABLES[0]).is_ok_and(|proxy| proxy == "http://127.0.0.1:9") {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let server = MockServer::start().await;
            let own = Client::builder().endpoint(server.endpoint()).build();
            for client in [server.client().unwrap(), own.unwrap()] {
                let error = client.call(&SEARCH).json::<Value>().await.unwrap_err();
                assert!(error.is_not_found(), "{error}");
            }
        });
        return;
    }
    let mut this = std::process::Command::new(std::env::current_exe().unwrap());
    this.args(["--exact", "requests::mocks_are_not_behind_a_proxy"]);
    for variable in VARIABLES {
        this.env(variable, "http://127.0.0.1:9");
    }
    this.env_remove("NO_PROXY").env_remove("no_proxy");
    assert!(this.status().unwrap().success());
}

/// All violations of a call are reported together, and nothing is sent.
#[tokio::test]
async fn all_violations_of_a_call_are_reported_together() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.client();
    let call = client.list_spaces_in_organization_by_id("a/b?c").limit(-5);
    let error = call.send().await.unwrap_err();
    assert!(error.is_refused_locally(), "{error}");
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

/// RFC 9110, section 8.6: methods whose requests are expected to have a body state that it is empty.
#[tokio::test]
async fn requests_without_a_body_say_so() {
    static PUT: Operation = Operation::new("putThing", "PUT", "/things");
    static PATCH: Operation = Operation::new("patchThing", "PATCH", "/things");
    static DELETE: Operation = Operation::new("deleteThing", "DELETE", "/things");
    let server = Server::answering(vec![json(200, "{}")]).await;
    for (operation, expected) in [
        (&POST, &["0"][..]),
        (&PUT, &["0"]),
        (&PATCH, &["0"]),
        (&DELETE, &[]),
        (&SEARCH, &[]),
    ] {
        let call = server.client().call(operation);
        call.empty().await.unwrap();
        let received = server.received();
        let length = received.last().unwrap().header("content-length");
        assert_eq!(length, expected, "{}", operation.method);
    }
    let call = server
        .client()
        .call(&PUT)
        .body(&Thing { title: "a".into() });
    call.empty().await.unwrap();
    let received = server.received();
    assert_eq!(received.last().unwrap().header("content-length"), ["13"]);
}

#[tokio::test]
async fn one_call_can_have_other_options() {
    let server = Server::answering(vec![json(503, "{}")]).await;
    let client = server.builder().header("x-key", "a").build().unwrap();
    let call = client
        .call(&SEARCH)
        .with_retry(RetryPolicy::none())
        .header("x-key", "b")
        .header("X-Key", "c")
        .header("traceparent", "00-1-2-01");
    let error = call.json::<Value>().await.unwrap_err();
    assert!(error.is_server_error() && error.attempts() == 1, "{error}");
    let received = server.received();
    assert_eq!(received[0].header("x-key"), ["c"]);
    assert_eq!(received[0].header("traceparent"), ["00-1-2-01"]);
    // The next call has the options of the client.
    let error = client.call(&SEARCH).json::<Value>().await.unwrap_err();
    assert_eq!(error.attempts(), 4);
    assert_eq!(server.received()[1].header("x-key"), ["a"]);

    // What is set last replaces the others, whatever the case of the name.
    let call = client
        .call(&SEARCH)
        .header("x-key", "b")
        .header("X-Key", "c");
    let _ = call.json::<Value>().await;
    assert_eq!(server.received().last().unwrap().header("x-key"), ["c"]);
}

#[tokio::test]
async fn one_call_can_have_another_timeout() {
    let server = Server::start(|_, _| vec![Step::Wait(Duration::from_secs(30))]).await;
    let start = Instant::now();
    let call = server
        .client()
        .call(&SEARCH)
        .with_timeout(Duration::from_millis(200));
    let error = call.json::<Value>().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));

    // A longer one also applies to a single attempt.
    let slow = vec![
        Step::Wait(Duration::from_millis(400)),
        Step::Send(json(200, "{}")),
    ];
    let server = Server::start(move |_, _| slow.clone()).await;
    let client = server
        .builder()
        .attempt_timeout(Duration::from_millis(100))
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    assert!(client.call(&SEARCH).json::<Value>().await.is_err());
    let mut call = client.call(&SEARCH).with_timeout(Duration::from_secs(20));
    assert_eq!(
        call.clone()
            .json::<Value>()
            .await
            .unwrap()
            .meta()
            .attempts(),
        1
    );
    call = call.with_timeout(Duration::MAX);
    assert_eq!(call.json::<Value>().await.unwrap().meta().attempts(), 1);
}

#[tokio::test]
async fn responses_name_their_request_and_attempts() {
    let headers = ["content-type: application/json", "x-request-id: r1"];
    let server = Server::answering(vec![
        json(503, "{}"),
        json(429, "{}"),
        answer(200, &headers, "{}"),
    ])
    .await;
    let response = server.client().call(&SEARCH).json::<Value>().await.unwrap();
    assert_eq!(response.meta().request_id(), Some("r1"));
    assert_eq!(response.meta().attempts(), 3);
    assert_eq!(response.map_body(|_| ()).meta().attempts(), 3);
}

/// A request that cannot be built is refused once and not retried.
#[tokio::test]
async fn requests_that_are_too_long_are_not_tried() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    for (length, is_ok) in [(60_000, true), (66_000, false), (1_000_000, false)] {
        let call = server.client().call(&SEARCH).query("q", "a".repeat(length));
        match call.json::<Value>().await {
            Ok(_) => assert!(is_ok, "{length}"),
            Err(error) => {
                assert!(!is_ok, "{length}: {error}");
                assert!(
                    error.is_refused_locally() && !error.is_retryable(),
                    "{error}"
                );
                assert_eq!(error.attempts(), 0);
                assert_eq!(error.kind(), ErrorKind::Request);
            }
        }
    }
    assert_eq!(server.received().len(), 1);
}

/// An operation that is declared by hand is checked as strictly as a generated one.
#[tokio::test]
async fn calls_are_strict() {
    static STRICT: Operation = Operation::new("search", "GET", "/{orgId}/search")
        .with_required(&["orgId", "q"])
        .with_required_headers(&["X-Key"]);
    static WITH_QUERY: Operation = Operation::new("search", "GET", "/search?limit=1");
    static RELATIVE: Operation = Operation::new("search", "GET", "search");
    static UPWARDS: Operation = Operation::new("search", "GET", "/../admin");

    let server = Server::answering(vec![json(200, "{}")]).await;
    let client = server.client();
    let complete = || {
        client
            .call(&STRICT)
            .path("orgId", "o")
            .query("q", "a")
            .header("x-key", "k")
    };
    complete().json::<Value>().await.unwrap();
    let with_header = client
        .call(&STRICT)
        .path("orgId", "o")
        .query("q", "a")
        .header("X-KEY", "k");
    with_header.json::<Value>().await.unwrap();
    assert_eq!(server.received().len(), 2);

    let misspelled = complete().path("ordId", "o");
    let header_as_query = client
        .call(&STRICT)
        .path("orgId", "o")
        .header("q", "a")
        .header("x-key", "k");
    let query_as_header = client
        .call(&STRICT)
        .path("orgId", "o")
        .query("q", "a")
        .query("X-Key", "k");
    let path_as_query = client
        .call(&STRICT)
        .query("orgId", "o")
        .query("q", "a")
        .header("x-key", "k");
    let length = complete().header("Content-Length", 1_000);
    let own_length = complete().header("content-length", "1000");
    let token = complete().header("authorization", "hush");
    let host = complete().header("Host", "example.com");
    let encoding = complete().header("transfer-encoding", "chunked");
    for (call, part) in [
        (misspelled, "`ordId` is not a parameter"),
        (header_as_query, "`q` is required"),
        (query_as_header, "`X-Key` is required"),
        (path_as_query, "`orgId` is required"),
        (length, "`content-length`"),
        (own_length, "`content-length`"),
        (token, "`authorization`"),
        (host, "`host`"),
        (encoding, "`transfer-encoding`"),
        (client.call(&WITH_QUERY), "query"),
        (client.call(&RELATIVE), "begin with `/`"),
        (client.call(&UPWARDS), ".."),
    ] {
        let error = call.json::<Value>().await.unwrap_err();
        assert!(
            error.is_refused_locally() && error.attempts() == 0,
            "{error}"
        );
        assert!(error.to_string().contains(part), "no {part} in {error}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    assert_eq!(server.received().len(), 2);
}

/// Times in a query have the form that they have in a body.
#[tokio::test]
async fn times_have_one_form() {
    use gitbook_api::{DateTime, jiff::Timestamp};

    let time: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let body = serde_json::to_string(&DateTime::from(time)).unwrap();
    let server = Server::answering(vec![json(200, "{}")]).await;
    let call = server
        .client()
        .call(&SEARCH)
        .query("from", DateTime::from(time));
    call.json::<Value>().await.unwrap();
    let encoded = body.trim_matches('"').replace(':', "%3A");
    assert_eq!(
        server.received()[0].line,
        format!("GET /v1/search?from={encoded}")
    );
}

/// Without a runtime, an error says so; nothing panics.
#[test]
fn calls_outside_of_a_runtime_are_errors() {
    let client = Client::builder()
        .endpoint("http://localhost:9")
        .token("hush")
        .build()
        .unwrap();
    let error = futures_util::FutureExt::now_or_never(client.call(&SEARCH).json::<Value>());
    let error = error.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    assert!(error.to_string().contains("Tokio runtime"), "{error}");
    let stream = futures_util::FutureExt::now_or_never(client.call(&SEARCH).events::<Value>());
    assert_eq!(stream.unwrap().unwrap_err().kind(), ErrorKind::Runtime);
}

/// Endpoints without TLS are refused unless they are on this machine or allowed.
#[test]
fn unencrypted_endpoints_have_to_be_allowed() {
    let builder = || {
        Client::builder()
            .token("hush")
            .endpoint("http://proxy.internal:8080")
    };
    let error = builder().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("allow_http"), "{error}");
    assert!(builder().allow_http().build().is_ok());
}
