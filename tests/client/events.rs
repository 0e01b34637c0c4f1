//! Streams of events.

use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt};
use gitbook_api::{Error, ErrorKind, EventStream, Operation};
use serde_json::{Value, json as value};

use crate::server::{Server, Step, answer, head, json};

static ASK: Operation = Operation::new("streamAsk", "GET", "/ask");
const STREAM: &str = "content-type: text/event-stream; charset=utf-8";

async fn ask(server: &Server) -> Result<EventStream<Value>, Error> {
    server.client().call(&ASK).events().await
}

/// Returns the events of a stream of pieces that are sent one by one, and whether it ended with `done`.
async fn events_of(pieces: &[&[u8]]) -> (Vec<Result<Value, Error>>, bool) {
    let mut steps = vec![Step::Send(head(200, &[STREAM]))];
    for piece in pieces {
        steps.extend([
            Step::Send(piece.to_vec()),
            Step::Wait(Duration::from_millis(5)),
        ]);
    }
    let server = Server::start(move |_, _| steps.clone()).await;
    let mut stream = ask(&server).await.unwrap();
    let events = stream.by_ref().collect().await;
    assert!(stream.next().await.is_none());
    (events, stream.is_done())
}

#[tokio::test]
async fn events_come_however_they_are_cut() {
    let text =
        ": hello\r\n\r\nretry: 100\n\nid: 1\nevent: answer\ndata: {\"type\": \"answer\", \"t\":\n\
        data: \"größe 🎉\"}\n\n\
        data: 2\r\n\r\nevent: done\ndata: done\n\ndata: 3\n\n"
            .as_bytes();
    let expected = [value!({ "type": "answer", "t": "größe 🎉" }), value!(2)];
    let bytes: Vec<_> = text.chunks(1).collect();
    let sevens: Vec<_> = text.chunks(7).collect();
    for pieces in [&[text][..], &sevens, &bytes] {
        let (events, is_done) = events_of(pieces).await;
        let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
        assert_eq!(events, expected);
        assert!(is_done);
    }
}

#[tokio::test]
async fn errors_of_the_server_are_errors() {
    let event = r#"event: error
data: {"error":{"code":429,"message":"Too many questions"}}

"#;
    let (events, is_done) = events_of(&[b"data: 1\n\n", event.as_bytes(), b"data: 2\n\n"]).await;
    assert_eq!(events.len(), 2);
    let error = events[1].as_ref().unwrap_err();
    assert!(error.is_rate_limited() && !is_done);
    assert_eq!(error.message(), "Too many questions");
    assert_eq!(error.operation(), Some("streamAsk"));
}

/// Only events that are documented are items: those without a name or with that of their type.
#[tokio::test]
async fn events_with_unknown_names_are_skipped() {
    let text = "event: ping\ndata: {}\n\nevent: ping\ndata: {\"type\": \"answer\"}\n\n\
        event: progress\ndata: 50 %\n\nevent: ping\n\nevent: message\ndata: 1\n\n\
        event\ndata: 2\n\nevent: answer\ndata: {\"a\": \"\\n\", \"type\": \"an\\u0073wer\"}\n\n\
        event: done\ndata: done\n\n";
    let (events, is_done) = events_of(&[text.as_bytes()]).await;
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    let answer = value!({ "a": "\n", "type": "answer" });
    assert_eq!(events, [value!(1), value!(2), answer]);
    assert!(is_done);
}

/// Media types have no case (RFC 9110, section 8.3.1).
#[tokio::test]
async fn content_types_of_streams_have_no_case() {
    for (content_type, is_stream) in [
        ("Text/Event-Stream", true),
        ("TEXT/EVENT-STREAM;charset=UTF-8", true),
        ("text/event-stream ; charset=utf-8", true),
        ("text/event-streams", false),
        ("application/json", false),
    ] {
        let header = format!("content-type: {content_type}");
        let response = answer(200, &[&header], "data: 1\n\nevent: done\n\n");
        let server = Server::answering(vec![response]).await;
        match ask(&server).await {
            Ok(events) => {
                assert!(is_stream, "{content_type}");
                assert_eq!(events.try_collect::<Vec<_>>().await.unwrap().len(), 1);
            }
            Err(error) => assert!(!is_stream && error.is_decode(), "{content_type}: {error}"),
        }
    }
}

#[tokio::test]
async fn other_errors_end_the_stream_too() {
    let (events, _) = events_of(&[b"data: {oops\n\ndata: 2\n\n"]).await;
    assert_eq!(events.len(), 1);
    let error = events[0].as_ref().unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.body(), Some(&b"{oops"[..]));

    let (events, _) = events_of(&[b"data: \xff\n\n"]).await;
    assert!(events[0].as_ref().unwrap_err().is_decode());
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_noticed() {
    let chunked = head(200, &[STREAM, "transfer-encoding: chunked"]);
    let broken = vec![
        Step::Send(chunked),
        Step::Send(b"9\r\ndata: 1\n\n\r\n".to_vec()),
    ];
    let server = Server::start(move |_, _| broken.clone()).await;
    let events: Vec<_> = ask(&server).await.unwrap().collect().await;
    assert_eq!(events.len(), 2);
    assert_eq!(*events[0].as_ref().unwrap(), 1);
    assert!(events[1].as_ref().unwrap_err().is_retryable());
}

/// Without chunks, the end of the connection looks like the end of the stream.
#[tokio::test]
async fn streams_that_end_without_done_are_incomplete() {
    for text in [
        "data: 1\n\n",
        "data: 1\n\ndata: 2",
        "data: 1\n\nevent: done",
        "data: 1\n\n: done\n\n",
    ] {
        let (events, is_done) = events_of(&[text.as_bytes()]).await;
        assert_eq!(events.len(), 2, "{text:?}");
        assert_eq!(*events[0].as_ref().unwrap(), 1);
        let error = events[1].as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains("`done`") && !is_done, "{error}");
    }
    for text in ["", "\n", ": hello\n\n"] {
        let (events, _) = events_of(&[text.as_bytes()]).await;
        assert!(events.len() == 1 && events[0].is_err(), "{text:?}");
    }
    let (events, is_done) = events_of(&[b"data: 1\n\nevent: done\n\n"]).await;
    assert!(events.len() == 1 && is_done);
}

#[tokio::test]
async fn streams_without_done_are_declared() {
    static WATCH: Operation = Operation::new("watch", "GET", "/watch").without_done();
    let stream = answer(200, &[STREAM], "data: 1\n\n");
    let server = Server::answering(vec![stream]).await;
    let mut events = server
        .client()
        .call(&WATCH)
        .events::<Value>()
        .await
        .unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    assert!(events.next().await.is_none() && !events.is_done());
}

/// Comments keep a quiet stream open for hours. Together they are larger than any event.
#[tokio::test]
async fn comments_are_not_part_of_an_event() {
    let ping = ": ping\n\n".repeat(1_000);
    let long = format!(": {}\n", "a".repeat(10_000));
    for comments in [
        ping.as_str(),
        &": ping\n".repeat(1_000),
        &long,
        &ping.replace('\n', "\r\n"),
    ] {
        let text = format!("{comments}data: 1\n{comments}\ndata: 2\n\nevent: done\ndata: done\n\n");
        let text = text.replace("\n: ping\n\n: ping", "\n: ping\n: ping");
        let server = Server::answering(vec![answer(200, &[STREAM], text)]).await;
        let client = server.builder().max_body_size(40).build().unwrap();
        let events: EventStream<Value> = client.call(&ASK).events().await.unwrap();
        let events: Vec<_> = events.try_collect().await.unwrap();
        assert_eq!(events, [1, 2]);
    }
}

#[tokio::test]
async fn silence_ends_but_signs_of_life_do_not() {
    let mut steps = vec![Step::Send(head(200, &[STREAM]))];
    for _ in 0..8 {
        steps.extend([
            Step::Wait(Duration::from_millis(100)),
            Step::Send(b": alive\n\n".to_vec()),
        ]);
    }
    steps.extend([
        Step::Send(b"data: 1\n\n".to_vec()),
        Step::Wait(Duration::from_secs(30)),
    ]);
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(500))
        .idle_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let start = Instant::now();
    let stream: EventStream<Value> = client.call(&ASK).events().await.unwrap();
    let events: Vec<_> = stream.collect().await;
    assert_eq!(*events[0].as_ref().unwrap(), 1);
    assert!(events[1].as_ref().unwrap_err().is_timeout());
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn events_have_a_largest_size() {
    let steps = vec![
        Step::Send(head(200, &[STREAM])),
        Step::Send(format!("data: \"{}", "a".repeat(10_000_000)).into_bytes()),
    ];
    let server = Server::start(move |_, _| steps.clone()).await;
    let client = server.builder().max_body_size(1_000_000).build().unwrap();
    let mut stream: EventStream<Value> = client.call(&ASK).events().await.unwrap();
    assert!(stream.next().await.unwrap().unwrap_err().is_too_large());
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn dropping_the_stream_hangs_up() {
    let steps = vec![
        Step::Send(head(200, &[STREAM])),
        Step::Send(b"data: 1\n\n".to_vec()),
        Step::AwaitClose,
    ];
    let server = Server::start(move |_, _| steps.clone()).await;
    let mut stream = ask(&server).await.unwrap();
    stream.next().await.unwrap().unwrap();
    drop(stream);
    assert!(server.was_hung_up().await);
}

#[tokio::test]
async fn only_event_streams_are_streamed() {
    for answer in [json(200, "{}"), answer(200, &[], "data: 1\n\n")] {
        let server = Server::answering(vec![answer]).await;
        assert!(ask(&server).await.unwrap_err().is_decode());
    }
    let server =
        Server::answering(vec![json(503, "{}"), answer(200, &[STREAM], "data: 1\n\n")]).await;
    let mut stream = ask(&server).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    assert_eq!(server.received()[1].header("accept"), ["text/event-stream"]);
}

#[test]
fn streams_go_anywhere() {
    fn check<T: Send + Unpin + 'static>() {}
    check::<EventStream<Value>>();
}
