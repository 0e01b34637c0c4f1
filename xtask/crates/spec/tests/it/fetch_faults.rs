//! Tests of `cargo xtask fetch` with failing servers and invalid content.

use std::{
    fs,
    io::Write,
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use crate::common::{fetch, source, spec};
use crate::server::{Answer, Server};
use flate2::{Compression, write::GzEncoder};
use gitbook_spec::{
    fetch::{Limits, Options, run},
    yaml,
};
use serde_json::Value;

const DOCUMENT: &str = r#"{"openapi":"3.1.0","paths":{"/a":{"get":{}},"/b":{"get":{},"put":{}}}}"#;

/// Fetches `/openapi.json` from a server with these answers.
fn fetch_document(
    answers: impl Fn(&str, usize) -> Answer + Send + Sync + 'static,
) -> Result<Value, String> {
    let server = Server::new(answers);
    let location = format!("{}/openapi.json", server.url());
    let spec = spec(&source("api", "document", &location));
    fetch(spec.path(), false).map_err(|error| format!("{error:#}"))?;
    let text = fs::read_to_string(spec.path().join("fragments/api/openapi.yaml")).unwrap();
    Ok(yaml::parse(&text).unwrap())
}

fn document() -> Value {
    serde_json::from_str(DOCUMENT).unwrap()
}

#[test]
fn temporary_failures_are_retried() {
    for status in [429, 500, 503] {
        let got = fetch_document(move |_, number| match number {
            0 | 1 => Answer::new(status, ""),
            _ => Answer::new(200, DOCUMENT),
        });
        assert_eq!(got.unwrap(), document(), "{status}");
    }
}

#[test]
fn a_connection_that_breaks_is_tried_again() {
    let got = fetch_document(|_, number| match number {
        0 => Answer::broken("{\"openapi\":"),
        _ => Answer::new(200, DOCUMENT),
    });
    assert_eq!(got.unwrap(), document());
}

#[test]
fn retry_after_is_honoured() {
    let started = Instant::now();
    let got = fetch_document(|_, number| match number {
        0 => Answer::new(429, "").header("retry-after", "1"),
        _ => Answer::new(200, DOCUMENT),
    });
    assert_eq!(got.unwrap(), document());
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_server_that_asks_for_too_long_a_wait_is_given_up_at_once() {
    for after in ["3600", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let got = fetch_document(move |_, number| match number {
            0 => Answer::new(503, "").header("retry-after", after),
            _ => Answer::new(200, DOCUMENT),
        });
        assert!(got.unwrap_err().contains("503"));
    }
}

#[test]
fn permanent_failures_are_errors() {
    let broken = [
        ("missing", 404, "".to_owned()),
        ("always failing", 500, "".to_owned()),
        ("html", 200, "<!DOCTYPE html><html></html>".to_owned()),
        ("truncated", 200, DOCUMENT[..40].to_owned()),
        ("swagger", 200, r#"{"swagger":"2.0","paths":{}}"#.to_owned()),
        (
            "too new",
            200,
            r#"{"openapi":"3.2.0","paths":{}}"#.to_owned(),
        ),
        (
            "too large",
            200,
            format!("{DOCUMENT}{}", " ".repeat(1024 * 1024)),
        ),
        (
            "too deep",
            200,
            format!("{{\"openapi\":{}", "[".repeat(100_000)),
        ),
        (
            "a key twice",
            200,
            r#"{"openapi":"3.0.3","openapi":"3.0.3"}"#.to_owned(),
        ),
    ];
    for (what, status, body) in broken {
        let got = fetch_document(move |_, _| Answer::new(status, body.clone()));
        let error = got.expect_err(what);
        assert!(error.contains("api: http"), "{what}: {error}");
    }
}

#[test]
fn the_size_counts_after_decompression() {
    let compressed = |text: &str| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let fetch_compressed = |text: &str| {
        let body = compressed(text);
        fetch_document(move |_, _| {
            Answer::new(200, body.clone()).header("content-encoding", "gzip")
        })
    };
    assert_eq!(fetch_compressed(DOCUMENT).unwrap(), document());
    let padded = format!("{DOCUMENT}{}", " ".repeat(1024 * 1024));
    assert!(compressed(&padded).len() < 10_000);
    assert!(fetch_compressed(&padded).is_err());
}

#[test]
fn a_server_that_is_slow_is_an_error() {
    let server = Server::new(|_, _| Answer::endless());
    let spec = spec(&source(
        "api",
        "document",
        &format!("{}/openapi.json", server.url()),
    ));
    let limits = Limits {
        total: Duration::from_millis(200),
        ..crate::common::limits()
    };
    assert!(run(spec.path(), &Options::default(), &limits).is_err());
    server.answer(|_, _| Answer::new(200, DOCUMENT));
    fetch(spec.path(), false).unwrap();
}

#[test]
fn a_server_that_is_not_there_is_an_error() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let spec = spec(&source(
        "api",
        "document",
        &format!("http://{nobody}/openapi.json"),
    ));
    let error = fetch(spec.path(), false).unwrap_err().to_string();
    assert!(error.contains(&nobody.to_string()), "{error}");
}

#[test]
fn redirects_to_other_hosts_have_to_be_allowed() {
    let other = Server::new(|_, _| Answer::new(200, DOCUMENT));
    let target = format!("{}/openapi.json", other.url()).replace("127.0.0.1", "localhost");
    let location = target.clone();
    let server = Server::new(move |_, _| Answer::new(302, "").header("location", &*location));
    let location = format!("{}/openapi.json", server.url());
    let spec = spec(&source("api", "document", &location));
    let refused = fetch(spec.path(), false).unwrap_err().to_string();
    assert!(
        refused.contains(&format!("redirects to {target}")),
        "{refused}"
    );
    let allowed = Options {
        redirect_hosts: vec!["localhost".to_owned()],
        ..Options::default()
    };
    run(spec.path(), &allowed, &crate::common::limits()).unwrap();
    assert_eq!(other.requests("/openapi.json"), 1);
}

#[test]
fn redirects_on_the_same_host_are_followed_a_few_times() {
    let got = fetch_document(|path, _| match path {
        "/openapi.json" => Answer::new(301, "").header("location", "other.json"),
        _ => Answer::new(200, DOCUMENT),
    });
    assert_eq!(got.unwrap(), document());
    let got = fetch_document(|_, _| Answer::new(307, "").header("location", "/openapi.json"));
    assert!(got.unwrap_err().contains("more than 5 times"));
    for target in [
        "ftp://127.0.0.1/a",
        "file:///etc/hosts",
        "http://10.0.0.1/a",
    ] {
        let got = fetch_document(move |_, _| Answer::new(302, "").header("location", target));
        assert!(got.unwrap_err().contains("redirects to"), "{target}");
    }
}

#[test]
fn all_attempts_together_have_a_time_limit() {
    let server = Server::new(|_, _| Answer::new(500, ""));
    let location = format!("{}/openapi.json", server.url());
    let spec = spec(&source("api", "document", &location));
    let limits = Limits {
        attempts: 1_000,
        first_wait: Duration::from_millis(50),
        longest_wait: Duration::from_secs(3600),
        overall: Duration::from_millis(400),
        ..crate::common::limits()
    };
    let start = Instant::now();
    let error = run(spec.path(), &Options::default(), &limits).unwrap_err();
    assert!(
        error.to_string().contains("not done within 400ms"),
        "{error}"
    );
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let server = Server::new(|_, _| Answer::new(200, DOCUMENT));
    let location = format!("{}/openapi.json", server.url());
    let spec = spec(&source("api", "document", &location));
    let path = spec.path();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| fetch(path, false))).collect();
        for run in runs {
            run.join().unwrap().unwrap();
        }
    });
    fetch(path, true).unwrap();
}
