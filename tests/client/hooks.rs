//! Hooks around the attempts of calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gitbook_api::http::{HeaderMap, HeaderValue};
use gitbook_api::{Attempt, AttemptHook, AttemptResult, Client, ErrorKind, RetryPolicy, Token};
use serde_json::{Value, json as value};

use crate::server::{GET, POST, Server, Step, answer, json};

/// Notes what it is called with, and lets `change` change the headers.
struct Recorder {
    events: Arc<Mutex<Vec<String>>>,
    change: fn(&Attempt<'_>, &mut HeaderMap),
}

type Events = Arc<Mutex<Vec<String>>>;

fn recorder(change: fn(&Attempt<'_>, &mut HeaderMap)) -> (Recorder, Events) {
    let events = Events::default();
    let recorder = Recorder {
        events: Arc::clone(&events),
        change,
    };
    (recorder, events)
}

impl AttemptHook for Recorder {
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        assert!(!headers.contains_key("authorization"));
        assert!(!format!("{attempt:?}").contains("hush"));
        let (operation, number) = (attempt.operation(), attempt.number());
        let (method, path) = (attempt.method(), attempt.path());
        let event = format!("before {operation} {method} {path} {number}");
        self.events.lock().unwrap().push(event);
        (self.change)(attempt, headers);
    }

    fn after(&self, attempt: &Attempt<'_>, result: &AttemptResult<'_>) {
        let status = result.status().map(|status| status.as_u16());
        let tag = result.headers().and_then(|headers| headers.get("x-tag"));
        let error = result.error().map(|error| error.kind());
        let number = attempt.number();
        assert!(result.elapsed() < Duration::from_secs(20));
        let event = format!("after {number} {status:?} {tag:?} {error:?}");
        self.events.lock().unwrap().push(event);
    }
}

fn taken(events: &Events) -> Vec<String> {
    std::mem::take(&mut events.lock().unwrap())
}

async fn get(client: &Client) -> Result<Value, gitbook_api::Error> {
    let call = client.call(&GET).path("thingId", "hush");
    call.json::<Value>().await.map(|thing| thing.into_body())
}

#[tokio::test]
async fn each_attempt_has_its_own_headers() {
    let server = Server::answering(vec![
        json(503, "{}"),
        answer(307, &["location: /v1/moved"], ""),
        answer(200, &["x-tag: t"], "{}"),
    ])
    .await;
    let (hook, events) = recorder(|attempt, headers| {
        headers.insert("traceparent", HeaderValue::from(attempt.number()));
    });
    let client = server.builder().hook(hook).build().unwrap();
    get(&client).await.unwrap();
    assert_eq!(
        taken(&events),
        [
            "before getThing GET /things/{thingId} 1",
            "after 1 Some(503) None None",
            "before getThing GET /things/{thingId} 2",
            "after 2 Some(200) Some(\"t\") None",
        ]
    );
    let received = server.received();
    let parents: Vec<_> = received.iter().map(|it| it.header("traceparent")).collect();
    // The redirect belongs to the second attempt.
    assert_eq!(parents, [["1"], ["2"], ["2"]]);
    assert_eq!(received[2].line, "GET /v1/moved");

    let other = client.with_token("other").unwrap();
    other
        .get("/x/{y}")
        .path("y", "hush")
        .json::<Value>()
        .await
        .unwrap();
    assert_eq!(
        taken(&events),
        [
            "before GET /x/{y} GET /x/{y} 1",
            "after 1 Some(200) Some(\"t\") None"
        ]
    );
}

#[tokio::test]
async fn hooks_see_what_the_others_have_set_in_their_order() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let (first, _) = recorder(|_, headers| {
        headers.insert("x-order", HeaderValue::from_static("a"));
    });
    let (second, _) = recorder(|_, headers| {
        let before = headers["x-order"].to_str().unwrap();
        let both = HeaderValue::try_from(format!("{before}b")).unwrap();
        headers.insert("x-order", both);
        headers.append("x-many", HeaderValue::from_static("1"));
        headers.append("x-many", HeaderValue::from_static("2"));
    });
    let client = server.builder().hook(first).hook(second).build().unwrap();
    get(&client).await.unwrap();
    let received = server.received().remove(0);
    assert_eq!(received.header("x-order"), ["ab"]);
    assert_eq!(received.header("x-many"), ["1", "2"]);
}

#[tokio::test]
async fn headers_of_the_client_stay_its_own() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let (hook, _) = recorder(|_, headers| {
        for name in [
            "authorization",
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
        ] {
            headers.append(name, HeaderValue::from_static("hush-wrong"));
        }
        headers.insert("content-type", HeaderValue::from_static("application/x"));
    });
    let client = server.builder().hook(hook).build().unwrap();
    client
        .call(&POST)
        .body(&value!({ "a": 1 }))
        .empty()
        .await
        .unwrap();
    let received = server.received().remove(0);
    assert_eq!(received.header("authorization"), ["Bearer hush"]);
    assert_eq!(
        received.header("host"),
        [server.url().replace("http://", "")]
    );
    assert_eq!(received.header("content-length"), ["7"]);
    assert!(received.header("transfer-encoding").is_empty());
    assert!(
        received
            .headers
            .iter()
            .all(|(_, value)| value != "hush-wrong")
    );
    assert_eq!(received.header("content-type"), ["application/x"]);

    let (hook, _) = recorder(|_, headers| headers.clear());
    let client = server.builder().hook(hook).build().unwrap();
    client.call(&POST).empty().await.unwrap();
    let received = server.received().remove(1);
    assert_eq!(received.header("authorization"), ["Bearer hush"]);
    assert_eq!(received.header("content-length"), ["0"]);

    // Without a token, a hook cannot add one either.
    let (hook, _) = recorder(|_, headers| {
        headers.insert("authorization", HeaderValue::from_static("Bearer x"));
    });
    let anonymous = Client::builder().endpoint(server.url()).hook(hook);
    get(&anonymous.build().unwrap()).await.unwrap();
    assert!(server.received()[2].header("authorization").is_empty());
}

#[tokio::test]
async fn failures_are_seen() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\nx-tag: t\r\n\r\n{".to_vec();
    let server = Server::start(move |n, _| match n {
        0 => vec![Step::Reset],
        1 => vec![Step::Wait(Duration::from_secs(30))],
        2 => vec![Step::Send(cut.clone())],
        _ => vec![Step::Send(json(404, "{}"))],
    })
    .await;
    let (hook, events) = recorder(|_, _| {});
    let builder = server.builder().hook(hook);
    let client = builder
        .attempt_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    assert!(get(&client).await.unwrap_err().is_not_found());
    let events = taken(&events);
    let after: Vec<_> = events
        .iter()
        .filter(|event| event.starts_with("after"))
        .collect();
    assert_eq!(
        after,
        [
            "after 1 None None Some(Transport)",
            "after 2 None None Some(Timeout)",
            "after 3 Some(200) Some(\"t\") Some(Transport)",
            "after 4 Some(404) None None",
        ]
    );
    assert_eq!(events.len(), 8);
}

#[tokio::test]
async fn what_is_not_sent_is_no_attempt() {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let (hook, events) = recorder(|_, _| {});
    let client = server.builder().hook(hook).build().unwrap();
    assert!(
        client
            .call(&GET)
            .empty()
            .await
            .unwrap_err()
            .is_refused_locally()
    );
    let failing = client.with_token_provider(|| async { Err::<Token, _>("no token") });
    assert_eq!(get(&failing).await.unwrap_err().kind(), ErrorKind::Token);
    assert!(taken(&events).is_empty());
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_attempt_of_an_event_stream_ends_when_it_begins() {
    let stream = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-tag: t\r\n\r\n";
    let server = Server::start(move |_, _| {
        vec![
            Step::Send(stream.into()),
            Step::Wait(Duration::from_secs(30)),
        ]
    })
    .await;
    let (hook, events) = recorder(|_, _| {});
    let client = server.builder().hook(hook).build().unwrap();
    let open = client.call(&POST).events::<Value>().await.unwrap();
    assert_eq!(open.meta().status(), 200);
    let events = taken(&events);
    assert_eq!(events[1..], ["after 1 Some(200) Some(\"t\") None"]);
}

#[tokio::test]
async fn calls_that_are_known_to_be_safe_are_retried() {
    let failing = || Server::answering(vec![json(503, "{}"), json(503, "{}"), json(200, "{}")]);
    let millisecond = Duration::from_millis(1);
    let policy = RetryPolicy::new().backoff(millisecond, millisecond);

    let server = failing().await;
    let error = server.client().call(&POST).empty().await.unwrap_err();
    assert_eq!(error.attempts(), 1);

    let server = failing().await;
    let safe = policy
        .clone()
        .retry_if(|error| error.is_server_error() && error.operation() == Some("createThing"));
    let client = server.builder().retry(safe.clone()).build().unwrap();
    assert_eq!(
        client.call(&POST).empty().await.unwrap().meta().attempts(),
        3
    );
    // Another operation, and the limit of attempts.
    let server = failing().await;
    let call = server.client().post("/things").with_retry(safe.clone());
    assert_eq!(call.empty().await.unwrap_err().attempts(), 1);
    let call = server.client().call(&POST).with_retry(safe.max_attempts(1));
    assert_eq!(call.empty().await.unwrap_err().attempts(), 1);
    // What is retried anyway still is.
    let server = failing().await;
    let nothing = policy.retry_if(|_| false);
    let client = server.builder().retry(nothing).build().unwrap();
    get(&client).await.unwrap();
}
