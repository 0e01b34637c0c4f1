//! What `tracing` is told. This is a program of its own: a thread that nobody listens to, and that is
//! the first to tell something just when another begins to listen, would keep it from hearing any.
#![cfg(feature = "tracing")]

#[allow(dead_code, reason = "it serves the tests of the client too")]
#[path = "client/server.rs"]
mod server;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tracing::Level;
use tracing_subscriber::{fmt::format::FmtSpan, util::SubscriberInitExt};

use server::{GET, Server, json};

/// What was written, line by line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens to what is told on this thread for as long as the guard is kept.
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
    let mut call = server.client().call(&GET);
    call.path("thingId", "hush-id").query("q", "hush-query");
    call.header("x-key", "hush-key");
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
    assert!(
        span.contains("error=") && span.contains("attempts=1"),
        "{span}"
    );
}

#[tokio::test]
async fn nothing_secret_is_told() {
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
async fn the_token_is_told_at_no_level() {
    let log = Log::default();
    let _guard = log.listen(Level::TRACE);
    call(&Server::answering(vec![json(503, "{}"), json(200, "{}")]).await).await;
    assert!(log.text().contains("getThing"));
    assert!(!log.text().contains("Bearer"), "{}", log.text());
}
