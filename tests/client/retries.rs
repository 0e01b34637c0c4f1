//! Retries and their waits.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use gitbook_api::{Client, Error, ErrorKind, Operation, Response, RetryPolicy};
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::server::{GET, POST, Server, Step, answer, head, json};

fn get(client: &Client) -> impl Future<Output = Result<Response<Value>, Error>> + use<> {
    let call = client.call(&GET).path("thingId", "a");
    call.json()
}

#[tokio::test]
async fn busy_servers_are_called_again() {
    for status in [408, 429, 500, 502, 503, 504] {
        let busy = json(status, "{}");
        let server = Server::answering(vec![busy.clone(), busy, json(200, "{}")]).await;
        get(&server.client()).await.unwrap();
        assert_eq!(server.received().len(), 3, "{status}");
    }
}

#[tokio::test]
async fn other_failures_are_not() {
    for status in [400, 401, 403, 404, 409, 412, 501] {
        let server = Server::answering(vec![json(status, "{}")]).await;
        let error = get(&server.client()).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(!error.is_retryable());
        assert_eq!(server.received().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn attempts_end_and_are_counted() {
    let server = Server::answering(vec![json(503, "{}")]).await;
    let error = get(&server.client()).await.unwrap_err();
    assert_eq!((error.attempts(), server.received().len()), (4, 4));
    assert!(error.is_retryable());

    let never = server.builder().retry(RetryPolicy::none()).build().unwrap();
    assert_eq!(get(&never).await.unwrap_err().attempts(), 1);
    assert_eq!(server.received().len(), 5);
}

#[tokio::test]
async fn what_may_have_had_an_effect_is_not_repeated() {
    static PATCH: Operation = Operation::new("updateThing", "PATCH", "/things");
    for operation in [&POST, &PATCH] {
        for (status, attempts) in [(429, 2), (503, 1), (408, 1), (500, 1)] {
            let server = Server::answering(vec![json(status, "{}"), json(200, "{}")]).await;
            let result = server.client().call(operation).json::<Value>().await;
            assert_eq!(result.is_ok(), attempts == 2);
            assert_eq!(
                server.received().len(),
                attempts,
                "{} {status}",
                operation.id
            );
        }
        let server = Server::start(|_, _| vec![Step::Reset]).await;
        let error = server
            .client()
            .call(operation)
            .json::<Value>()
            .await
            .unwrap_err();
        assert!(error.is_retryable() && !error.is_connect(), "{error}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn connections_that_cannot_be_made_are_tried_again() {
    for operation in [&POST, &GET] {
        let client = Client::builder()
            .endpoint("http://127.0.0.1:1")
            .retry(RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO))
            .build()
            .unwrap();
        let mut call = client.call(operation);
        if !operation.required.is_empty() {
            call = call.path("thingId", "a");
        }
        let error = call.json::<Value>().await.unwrap_err();
        assert!(error.is_connect(), "{error}");
        assert_eq!(error.attempts(), 4);
    }
}

/// A server that accepts connections and says nothing: no connection of TLS is established.
#[tokio::test]
async fn connections_that_take_too_long_are_tried_again() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}", silent.local_addr().unwrap()))
        .connect_timeout(Duration::from_millis(20))
        .retry(RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO))
        .build()
        .unwrap();
    let error = client.call(&POST).json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.is_connect() && error.is_retryable());
    assert_eq!(error.attempts(), 4);
}

/// The status decides, also if the body does not come.
#[tokio::test]
async fn errors_keep_their_status() {
    let stalled = |status| {
        let beginning = head(status, &["content-length: 100"]);
        vec![
            Step::Send(beginning),
            Step::Send(b"{".to_vec()),
            Step::AwaitClose,
        ]
    };
    for (status, attempts) in [(404, 1), (401, 1), (503, 2)] {
        let server = Server::start(move |_, _| stalled(status)).await;
        let client = server
            .builder()
            .attempt_timeout(Duration::from_millis(100))
            .retry(
                RetryPolicy::new()
                    .max_attempts(2)
                    .backoff(Duration::ZERO, Duration::ZERO),
            )
            .build()
            .unwrap();
        let error = get(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{error}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body(), Some(&b"{"[..]));
        assert_eq!(
            (error.attempts(), server.received().len()),
            (attempts, attempts as usize)
        );
    }
}

#[tokio::test]
async fn resets_before_and_during_the_body_are_survived() {
    let half = answer(200, &[], "{}")[..].split_last().unwrap().1.to_vec();
    for broken in [
        vec![Step::Reset],
        vec![Step::Send(half.clone()), Step::Reset],
        vec![Step::Send(half)],
    ] {
        let server = Server::start(move |n, _| match n {
            0 | 1 => broken.clone(),
            _ => vec![Step::Send(json(200, "{}"))],
        })
        .await;
        get(&server.client()).await.unwrap();
        assert_eq!(server.received().len(), 3);
    }
}

#[tokio::test]
async fn slow_drips_time_out() {
    let drip: Vec<_> = [Step::Send(crate::server::head(
        200,
        &["content-length: 500"],
    ))]
    .into_iter()
    .chain((0..500).flat_map(|_| {
        [
            Step::Send(b" ".into()),
            Step::Wait(Duration::from_millis(20)),
        ]
    }))
    .collect();
    let server = Server::start(move |_, _| drip.clone()).await;
    let client = server
        .builder()
        .attempt_timeout(Duration::from_millis(100))
        .retry(
            RetryPolicy::new()
                .max_attempts(2)
                .backoff(Duration::ZERO, Duration::ZERO),
        )
        .build()
        .unwrap();
    let start = Instant::now();
    let error = get(&client).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    assert_eq!(error.attempts(), 2);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn the_whole_call_has_an_end() {
    let server = Server::start(|_, _| vec![Step::Wait(Duration::from_secs(30))]).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(150))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = get(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn waits_are_as_long_as_the_server_asks() {
    type Header = fn(Timestamp) -> String;
    let headers: [Header; 3] = [
        |_| "retry-after: 1".to_owned(),
        |soon| {
            format!(
                "retry-after: {}",
                soon.strftime("%a, %d %b %Y %H:%M:%S GMT")
            )
        },
        |soon| format!("x-ratelimit-reset: {}", soon.as_second()),
    ];
    let waits = headers.map(|header| async move {
        let header = header(Timestamp::now() + Duration::from_secs(2));
        let limited = answer(429, &[&header, "x-ratelimit-remaining: 0"], "");
        let server = Server::answering(vec![limited, json(200, "{}")]).await;
        let start = Instant::now();
        get(&server.client()).await.unwrap();
        let waited = start.elapsed();
        assert!(waited > Duration::from_millis(500), "{header}: {waited:?}");
        assert!(waited < Duration::from_secs(4), "{header}: {waited:?}");
    });
    join_all(waits).await;
}

/// The server's clock may be hours from the local one.
#[tokio::test]
async fn waits_are_by_the_clock_of_the_server() {
    let headers = [
        "date: Thu, 01 Jan 2026 00:00:00 GMT",
        "x-ratelimit-reset: 1767225601",
    ];
    let server = Server::answering(vec![answer(429, &headers, ""), json(200, "{}")]).await;
    let start = Instant::now();
    assert_eq!(get(&server.client()).await.unwrap().meta().attempts(), 2);
    assert!(
        start.elapsed() >= Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
}

/// Only 429 is about the number of calls.
#[tokio::test]
async fn failures_do_not_wait_for_the_next_window() {
    let headers = ["x-ratelimit-remaining: 0", "x-ratelimit-reset: 3600"];
    let failed = answer(503, &headers, "");
    let server = Server::answering(vec![failed, json(200, "{}")]).await;
    assert_eq!(get(&server.client()).await.unwrap().meta().attempts(), 2);
}

#[tokio::test]
async fn waits_that_are_too_long_are_left_to_the_caller() {
    let headers = [
        "retry-after: 3600",
        "x-ratelimit-limit: 100",
        "x-ratelimit-remaining: 0",
    ];
    let server = Server::answering(vec![answer(429, &headers, "")]).await;
    let start = Instant::now();
    let error = get(&server.client()).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2));
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(error.rate_limit().unwrap().limit, Some(100));
    assert!(error.to_string().contains("3600"), "{error}");

    // Waiting ten seconds makes no sense if the call has to end after five.
    let server = Server::answering(vec![answer(429, &["retry-after: 10"], "")]).await;
    let client = server
        .builder()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let start = Instant::now();
    assert!(get(&client).await.unwrap_err().is_rate_limited());
    assert!(start.elapsed() < Duration::from_secs(2));
}
