//! Limits that the calls of one client share.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use gitbook_api::{Client, EventStream, RetryPolicy};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::server::{GET, POST, Server, Step, answer, head, json};

async fn get(client: &Client) -> Result<gitbook_api::Response<Value>, gitbook_api::Error> {
    let call = client.call(&GET).path("thingId", "a");
    call.json::<Value>().await
}

/// The second call waits instead of being refused, whether the first one succeeded or not, and
/// whatever the local clock says.
#[tokio::test]
async fn calls_wait_until_there_are_some_left() {
    let date = "date: Thu, 01 Jan 2026 00:00:00 GMT";
    let reset = "x-ratelimit-reset: 1767225601"; // a second later
    for status in [200, 404] {
        let used_up = answer(status, &["x-ratelimit-remaining: 0", date, reset], "{}");
        let server = Server::answering(vec![used_up, json(200, "{}")]).await;
        let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
        let _ = get(&client).await;
        let start = Instant::now();
        get(&client.clone()).await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(1), "{status}");
        let start = Instant::now();
        get(&client).await.unwrap();
        assert!(start.elapsed() < Duration::from_millis(900), "{status}");
        assert_eq!(server.received().len(), 3);
    }
}

/// A call that cannot wait for so long is sent, and the server decides.
#[tokio::test]
async fn calls_do_not_wait_for_too_long() {
    for reset in [
        "x-ratelimit-reset: 3600",
        "x-ratelimit-reset: 1700000000",
        "x-ratelimit-reset: -1",
    ] {
        let used_up = answer(200, &["x-ratelimit-remaining: 0", reset], "{}");
        let server = Server::answering(vec![used_up]).await;
        let client = server.client();
        let start = Instant::now();
        for _ in 0..3 {
            get(&client).await.unwrap();
        }
        assert!(start.elapsed() < Duration::from_secs(1), "{reset}");
    }
    // The time-out of the call is a limit as well.
    let used_up = answer(
        200,
        &["x-ratelimit-remaining: 0", "x-ratelimit-reset: 30"],
        "{}",
    );
    let server = Server::answering(vec![used_up]).await;
    let client = server
        .builder()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let start = Instant::now();
    for _ in 0..2 {
        get(&client).await.unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(2));
}

/// The connections that a server has accepted, and the requests that it is answering.
#[derive(Default)]
struct Connections {
    accepted: AtomicUsize,
    requests: AtomicUsize,
    most_requests: AtomicUsize,
}

impl Connections {
    async fn serve(self: Arc<Self>, mut stream: TcpStream) {
        self.accepted.fetch_add(1, Ordering::SeqCst);
        let mut received = Vec::new();
        while stream
            .read_buf(&mut received)
            .await
            .is_ok_and(|read| read > 0)
        {
            if !received.ends_with(b"\r\n\r\n") {
                continue;
            }
            received.clear();
            let requests = self.requests.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_requests.fetch_max(requests, Ordering::SeqCst);
            tokio::task::yield_now().await;
            self.requests.fetch_sub(1, Ordering::SeqCst);
            let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            if stream.write_all(response).await.is_err() {
                break;
            }
        }
    }
}

/// A connection may become free too late to be found by the next call, which is rare.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tasks_open_few_connections() {
    const MOST: usize = 8;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(Connections::default());
    let served = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(Arc::clone(&served).serve(stream));
        }
    });
    let client = Client::builder()
        .endpoint(endpoint)
        .max_concurrent(MOST)
        .build()
        .unwrap();
    let calls = (0..10_000).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { get(&client).await.map(drop) })
    });
    for result in join_all(calls).await {
        result.unwrap().unwrap();
    }
    let most = connections.most_requests.load(Ordering::SeqCst);
    assert!(most <= MOST, "{most}");
    let accepted = connections.accepted.load(Ordering::SeqCst);
    assert!(accepted <= 2 * MOST, "{accepted}");
}

/// Another token is another rate limit, on the same connections.
#[tokio::test]
async fn tokens_share_all_but_the_rate_limit() {
    let server = Server::start(|_, request| {
        let used_up = ["x-ratelimit-remaining: 0", "x-ratelimit-reset: 60"];
        vec![if request.header("authorization") == ["Bearer first"] {
            Step::Send(answer(200, &used_up, "{}"))
        } else {
            Step::Send(json(200, "{}"))
        }]
    })
    .await;
    let first = server.builder().token("first").header("x-key", "kept");
    let first = first.timeout(Duration::from_secs(30)).build().unwrap();
    get(&first).await.unwrap();
    let second = first.with_token("second").unwrap();
    let third = first.with_token_provider(|| async {
        Ok::<_, std::io::Error>(gitbook_api::Token::from("third"))
    });
    let start = Instant::now();
    for client in [&second, &third, &second] {
        get(client).await.unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(5));
    let tokens = [
        "Bearer first",
        "Bearer second",
        "Bearer third",
        "Bearer second",
    ];
    for (request, token) in server.received().iter().zip(tokens) {
        assert_eq!(request.header("authorization"), [token]);
        assert_eq!(request.header("x-key"), ["kept"]);
    }
    let error = first.with_token("two words").unwrap_err();
    assert!(!error.to_string().contains("words"), "{error}");
}

/// A call returns its permit if it is retried, refused, or sent to a server that hangs up.
#[tokio::test]
async fn permits_are_returned() {
    let server = Server::start(|n, _| match n % 3 {
        0 => vec![Step::Send(json(503, "{}"))],
        1 => vec![Step::Reset],
        _ => vec![Step::Send(json(404, "{}"))],
    })
    .await;
    let client = server.builder().max_concurrent(1).build().unwrap();
    for _ in 0..3 {
        assert!(get(&client).await.unwrap_err().is_not_found());
    }
    let calls = join_all((0..5).map(|_| get(&client))).await;
    assert!(calls.iter().all(Result::is_err));
}

/// An event stream counts as long as it uses its connection.
#[tokio::test]
async fn event_streams_count_until_they_end() {
    let server = Server::start(|_, request| {
        let stream = head(200, &["content-type: text/event-stream"]);
        if request.line.contains("POST") {
            vec![
                Step::Send(stream),
                Step::Send(b"data: 1\n\nevent: done\ndata: done\n\n".to_vec()),
                Step::AwaitClose,
            ]
        } else {
            vec![Step::Send(json(200, "{}"))]
        }
    })
    .await;
    let client = server
        .builder()
        .max_concurrent(1)
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    for is_dropped in [true, false] {
        let mut stream: EventStream<u32> = client.call(&POST).events().await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), 1);
        let error = get(&client).await.unwrap_err();
        assert!(error.is_timeout() && error.attempts() == 0, "{error}");
        assert!(error.to_string().contains("max_concurrent"), "{error}");
        if is_dropped {
            drop(stream);
        } else {
            assert!(stream.next().await.is_none());
            get(&client).await.unwrap();
        }
        get(&client).await.unwrap();
    }
}
