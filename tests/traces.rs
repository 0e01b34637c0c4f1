//! Tests the spans and events of `tracing`. These are in a separate test program because `tracing` caches
//! the interest of subscribers: a thread without one could disable the events of another test.
#![cfg(feature = "tracing")]

#[allow(dead_code, reason = "it serves the tests of the client too")]
#[path = "client/server.rs"]
mod server;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use gitbook_api::{ListPage, Operation};
use serde_json::Value;
use tracing::{Instrument, Level};
use tracing_subscriber::{fmt::format::FmtSpan, layer::SubscriberExt, util::SubscriberInitExt};

use server::{GET, Server, json};

static LIST: Operation = Operation::new("listThings", "GET", "/things");

#[derive(serde::Deserialize)]
struct Things {
    items: Vec<u32>,
    next: Option<Value>,
}

impl ListPage for Things {
    type Item = u32;

    fn cursor(&self) -> Option<&str> {
        self.next.as_ref()?["page"].as_str()
    }

    fn into_items(self) -> Vec<u32> {
        self.items
    }

    fn count(&self) -> Option<u64> {
        None
    }
}

/// A writer that keeps the lines of a log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Records the events of this thread until the guard is dropped.
    fn listen(&self, level: Level) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        tracing_subscriber::fmt()
            .with_max_level(level)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish()
            .set_default()
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn call(server: &Server) {
    let mut call = server
        .client()
        .call(&GET)
        .path("thingId", "hush-id")
        .query("q", "hush-query");
    call = call.header("x-key", "hush-key");
    let _ = call.json::<Value>().await;
}

/// The line of the span when it closed.
fn closed(text: &str) -> &str {
    text.lines().find(|line| line.contains("close")).unwrap()
}

#[tokio::test]
async fn calls_are_spans_and_retries_are_events() {
    let log = Log::default();
    let _guard = log.listen(Level::INFO);
    call(&Server::answering(vec![json(503, "{}"), json(200, "{}")]).await).await;

    let text = log.text();
    let span = closed(&text);
    for field in [
        "operation=\"getThing\"",
        "http.request.method=\"GET\"",
        "server.address=\"127.0.0.1\"",
        "server.port=",
        "url.template=\"/things/{thingId}\"",
        "http.response.status_code=200",
        "attempts=2",
        "elapsed_ms=",
    ] {
        assert!(span.contains(field), "{field} is not in {span}");
    }
    let retry = text.lines().find(|line| line.contains("wait_ms=")).unwrap();
    assert!(
        retry.contains("WARN") && retry.contains("status=503"),
        "{retry}"
    );
}

#[tokio::test]
async fn failures_say_of_what_kind() {
    let log = Log::default();
    let _guard = log.listen(Level::INFO);
    call(&Server::answering(vec![json(404, "{}")]).await).await;

    let text = log.text();
    let span = closed(&text);
    assert!(span.contains("http.response.status_code=404"), "{span}");
    for field in [
        "error.type=\"404\"",
        "otel.status_code=\"ERROR\"",
        "attempts=1",
    ] {
        assert!(span.contains(field), "{field} is not in {span}");
    }
}

#[tokio::test]
async fn nothing_secret_is_recorded() {
    let log = Log::default();
    let _guard = log.listen(Level::INFO);
    for answers in [vec![json(503, "{}")], vec![json(200, "hush-body")]] {
        call(&Server::answering(answers).await).await;
    }
    assert!(log.text().contains("getThing"));
    assert!(!log.text().contains("hush"), "{}", log.text());
}

/// At the levels of those who look for faults, the HTTP client tells where it connects to.
#[tokio::test]
async fn the_token_is_recorded_at_no_level() {
    let log = Log::default();
    let _guard = log.listen(Level::TRACE);
    call(&Server::answering(vec![json(503, "{}"), json(200, "{}")]).await).await;
    assert!(log.text().contains("getThing"));
    assert!(!log.text().contains("Bearer"), "{}", log.text());
}

/// Records belong to the span of the call, also if that one is filtered out.
#[tokio::test]
async fn the_span_of_the_caller_is_left_alone() {
    let log = Log::default();
    let writer = log.clone();
    let _guard = tracing_subscriber::fmt()
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish()
        .with(tracing_subscriber::filter::filter_fn(|metadata| {
            !metadata.target().starts_with("gitbook_api")
        }))
        .set_default();
    let span = tracing::info_span!("request", http.response.status_code = tracing::field::Empty);
    call(&Server::answering(vec![json(404, "{}")]).await)
        .instrument(span)
        .await;
    let text = log.text();
    assert!(text.contains("request") && !text.contains("404"), "{text}");
}

/// A page that is fetched ahead belongs to the span in which the list is read.
#[tokio::test]
async fn prefetched_pages_keep_the_span() {
    let log = Log::default();
    let _guard = log.listen(Level::INFO);
    let server = Server::answering(vec![
        json(200, r#"{"items": [1], "next": {"page": "b"}}"#),
        json(200, r#"{"items": [2]}"#),
    ])
    .await;
    let items = async {
        let call = server.client().call(&LIST);
        let items = call.items::<Things>().prefetch();
        items.try_collect().await.unwrap()
    };
    let items = items.instrument(tracing::info_span!("import")).await;
    assert_eq!(items, [1, 2]);
    let text = log.text();
    let pages: Vec<_> = text
        .lines()
        .filter(|line| line.contains("listThings"))
        .collect();
    assert_eq!(pages.len(), 2, "{text}");
    assert!(
        pages.iter().all(|line| line.contains("import:gitbook")),
        "{text}"
    );
}
