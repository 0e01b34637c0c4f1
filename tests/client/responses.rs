//! Responses, and errors of responses.

use std::{collections::BTreeMap, io::Write};

use flate2::{Compression, write::GzEncoder};
use gitbook_api::{Call, FromResponse, NoContent, decode};
use serde_json::{Value, json as value};

use crate::server::{GET, Server, Step, answer, head, json};

type Pages = BTreeMap<String, Vec<u32>>;

fn call(server: &Server) -> Call {
    server.client().call(&GET).path("thingId", "a")
}

#[tokio::test]
async fn responses_have_status_headers_and_body() {
    let headers = [
        "content-type: application/json",
        "x-ratelimit-remaining: 7",
        "etag: abc",
    ];
    let server = Server::answering(vec![answer(201, &headers, r#"{"a": [1]}"#)]).await;
    let response = call(&server).json::<Pages>().await.unwrap();
    assert_eq!(response.meta().status(), 201);
    assert_eq!(response.meta().headers()["etag"], "abc");
    assert_eq!(response.meta().rate_limit().remaining, Some(7));
    assert_eq!(response.meta().body(), br#"{"a": [1]}"#);
    assert_eq!(response["a"], [1]);
    assert_eq!(response.into_body()["a"], [1]);
}

/// Fields of a body are found on the response, whatever they are called.
#[tokio::test]
async fn metadata_hides_nothing_of_the_body() {
    #[derive(serde::Deserialize)]
    struct Run {
        status: String,
        body: String,
    }
    impl Run {
        fn status(&self) -> &str {
            &self.status
        }
        fn body(&self) -> &str {
            &self.body
        }
        fn headers(&self) -> u8 {
            1
        }
        fn attempts(&self) -> u8 {
            2
        }
        fn missing(&self) -> u8 {
            3
        }
        fn request_id(&self) -> u8 {
            4
        }
        fn rate_limit(&self) -> u8 {
            5
        }
        fn map(&self) -> u8 {
            6
        }
    }
    let server = Server::answering(vec![json(200, r#"{"status": "done", "body": "text"}"#)]).await;
    let run = call(&server).json::<Run>().await.unwrap();
    assert_eq!((&*run.status, run.status()), ("done", "done"));
    assert_eq!((&*run.body, run.body()), ("text", "text"));
    let others = [run.headers(), run.attempts(), run.missing()];
    assert_eq!(others, [1, 2, 3]);
    assert_eq!([run.request_id(), run.rate_limit(), run.map()], [4, 5, 6]);
    assert_eq!(run.meta().status(), 200);
}

#[tokio::test]
async fn mismatches_have_a_path() {
    for (answer, parts) in [
        (
            json(200, r#"{"pages": [1, "two"]}"#),
            &["column", "getThing"][..],
        ),
        (json(200, r#"{"pages": [1, "#), &["EOF"]),
        (
            answer(200, &["content-type: text/html"], "<html>Sign in</html>"),
            &["text/html"],
        ),
        (answer(200, &[], ""), &["200", "no body"]),
        (head(204, &[]), &["204", "no body"]),
    ] {
        let body = answer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap()
            + 4;
        let server = Server::answering(vec![answer.clone()]).await;
        let error = call(&server).json::<Pages>().await.unwrap_err();
        assert!(error.is_decode() && !error.is_retryable());
        for part in parts {
            assert!(error.to_string().contains(part), "no {part} in {error}");
        }
        assert_eq!(error.body(), Some(&answer[body..]));
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn the_content_type_matters_only_if_the_body_does_not_fit() {
    let server = Server::answering(vec![answer(200, &["content-type: text/html"], "{}")]).await;
    call(&server).json::<Pages>().await.unwrap();
}

#[tokio::test]
async fn nothing_is_tolerated_with_and_without_a_body() {
    for (answer, meaning) in [
        (head(204, &[]), NoContent::NoContent),
        (answer(205, &[], ""), NoContent::ResetContent),
        (answer(202, &[], ""), NoContent::Accepted),
        (json(200, r#"{"a": [1]}"#), NoContent::NoContent),
        (answer(200, &[], ""), NoContent::NoContent),
    ] {
        let server = Server::answering(vec![answer]).await;
        assert_eq!(*call(&server).empty().await.unwrap(), meaning);
    }
}

#[tokio::test]
async fn optional_bodies_are_optional() {
    for (answer, body) in [
        (head(204, &[]), None),
        (answer(205, &[], ""), None),
        (json(200, ""), None),
        (json(200, "{}"), Some(Pages::new())),
    ] {
        let server = Server::answering(vec![answer]).await;
        assert_eq!(*call(&server).optional::<Pages>().await.unwrap(), body);
    }
}

#[tokio::test]
async fn answers_can_depend_on_the_status() {
    #[derive(Debug, PartialEq)]
    enum Merge {
        Done(Value),
        Later,
    }
    impl FromResponse for Merge {
        fn from_response(status: u16, body: &[u8]) -> Result<Self, decode::DecodeError> {
            match status {
                200 => decode::json(body).map(Self::Done),
                202 => Ok(Self::Later),
                other => Err(decode::DecodeError::unexpected_status(other)),
            }
        }
    }
    let server = Server::answering(vec![json(200, "{}"), head(202, &[]), json(201, "{}")]).await;
    assert_eq!(
        *call(&server).response::<Merge>().await.unwrap(),
        Merge::Done(value!({}))
    );
    let server = Server::answering(vec![answer(202, &[], "")]).await;
    assert_eq!(
        *call(&server).response::<Merge>().await.unwrap(),
        Merge::Later
    );
    let server = Server::answering(vec![json(201, "{}")]).await;
    let error = call(&server).response::<Merge>().await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("201"),
        "{error}"
    );
}

#[tokio::test]
async fn bytes_are_left_alone() {
    let server = Server::answering(vec![answer(200, &[], [0, 159, 146, 150])]).await;
    assert_eq!(**call(&server).bytes().await.unwrap(), [0, 159, 146, 150]);
}

#[tokio::test]
async fn errors_tell_what_the_server_says() {
    let body = r#"{"error":{"code":404,"message":"Space not found"}}"#;
    let server = Server::answering(vec![answer(404, &["x-request-id: r1"], body)]).await;
    let error = call(&server).json::<Value>().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some(404));
    assert_eq!(error.message(), "Space not found");
    assert_eq!(error.operation(), Some("getThing"));
    assert_eq!(error.request_id(), Some("r1"));

    let page = "<html>".repeat(100_000);
    let server = Server::answering(vec![answer(403, &["content-type: text/html"], page)]).await;
    let error = call(&server).json::<Value>().await.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
}

#[tokio::test]
async fn large_responses_are_refused() {
    const LIMIT: usize = 1024 * 1024;
    let large = "a".repeat(10 * LIMIT);
    let chunked = [
        head(200, &["transfer-encoding: chunked"]),
        format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len()).into_bytes(),
    ]
    .concat();
    for answer in [
        answer(200, &[], &large),
        chunked,
        answer(200, &["content-encoding: gzip"], bomb()),
        #[cfg(feature = "brotli")]
        answer(200, &["content-encoding: br"], BROTLI_BOMB),
    ] {
        let server = Server::answering(vec![answer]).await;
        let client = server.builder().max_body_size(LIMIT).build().unwrap();
        let call = client.call(&GET).path("thingId", "a");
        let error = call.bytes().await.unwrap_err();
        assert!(error.is_too_large() && !error.is_retryable(), "{error}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn compressed_responses_are_decompressed() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(br#"{"a": [1]}"#).unwrap();
    let answer = answer(200, &["content-encoding: gzip"], gzip.finish().unwrap());
    let server = Server::answering(vec![answer]).await;
    assert_eq!(call(&server).json::<Pages>().await.unwrap()["a"], [1]);
    let received = server.received();
    let accepted = received[0].header("accept-encoding")[0];
    assert!(accepted.contains("gzip"), "{accepted}");
    assert_eq!(
        accepted.contains("br"),
        cfg!(feature = "brotli"),
        "{accepted}"
    );
}

#[tokio::test]
async fn damaged_compression_is_an_error() {
    let answer = answer(200, &["content-encoding: gzip"], "not compressed at all");
    let server = Server::start(move |_, _| vec![Step::Send(answer.clone())]).await;
    assert!(call(&server).bytes().await.unwrap_err().is_decode());
}

/// 4 MiB of zeros.
#[cfg(feature = "brotli")]
const BROTLI_BOMB: [u8; 14] = [155, 255, 255, 63, 248, 39, 0, 226, 177, 64, 32, 247, 254, 7];

/// 20 MB of zeros in 20 kB.
fn bomb() -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1_000_000];
    for _ in 0..20 {
        gzip.write_all(&zeros).unwrap();
    }
    gzip.finish().unwrap()
}
