//! Tests of errors.

use super::*;

#[test]
fn results_stay_small() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
}

#[test]
fn errors_travel() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Error>();
}

fn responded(status: u16, body: &'static str) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    Error::from_status(status, HeaderMap::new(), body)
}

#[test]
fn bodies_of_every_kind_are_read() {
    for (body, code, message) in [
        (
            r#"{"error":{"code":404,"message":"Space not found"}}"#,
            Some(404),
            "Space not found",
        ),
        (
            r#"{"error":{"message":"Space not found"}}"#,
            None,
            "Space not found",
        ),
        (r#"{"error":"Space not found"}"#, None, "Not Found"),
        ("<html>nginx</html>", None, "Not Found"),
        ("", None, "Not Found"),
    ] {
        let error = responded(404, body);
        assert!(error.is_not_found());
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[test]
fn statuses_have_their_predicates() {
    let predicates = |status| {
        let error = responded(status, "");
        [
            error.is_unauthorized(),
            error.is_forbidden(),
            error.is_not_found(),
            error.is_conflict(),
            error.is_rate_limited(),
            error.is_timeout(),
            error.is_retryable(),
            error.is_server_error(),
            error.is_unprocessable(),
        ]
        .map(u8::from)
    };
    assert_eq!(predicates(400), [0, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(predicates(401), [1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(predicates(403), [0, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(predicates(404), [0, 0, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(predicates(408), [0, 0, 0, 0, 0, 1, 1, 0, 0]);
    assert_eq!(predicates(409), [0, 0, 0, 1, 0, 0, 0, 0, 0]);
    assert_eq!(predicates(429), [0, 0, 0, 0, 1, 0, 1, 0, 0]);
    assert_eq!(predicates(422), [0, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(predicates(500), [0, 0, 0, 0, 0, 0, 1, 1, 0]);
    assert_eq!(predicates(501), [0, 0, 0, 0, 0, 0, 0, 1, 0]);
    assert_eq!(predicates(504), [0, 0, 0, 0, 0, 1, 1, 1, 0]);
}

/// An error with its cause.
#[derive(Debug)]
struct Chain(&'static str, Option<Box<Chain>>);

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Chain {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.1.as_deref()?)
    }
}

#[test]
fn errors_of_main_are_readable() {
    let refused = Chain("refused", None);
    let tunnel = Chain("no tunnel", Some(Box::new(refused)));
    let connect = Chain("connect", Some(Box::new(tunnel)));
    let error = responded(401, "").with_source(connect);
    assert_eq!(
        format!("{error:?}"),
        "401 Unauthorized: connect (check the token) [kind: Api, status: 401]\n\n\
         Caused by:\n    no tunnel\n    refused"
    );
    let error = Error::config("GITBOOK_TOKEN is not set");
    assert_eq!(
        format!("{error:?}"),
        "GITBOOK_TOKEN is not set [kind: Config]"
    );
}

#[test]
fn clones_are_equal_and_independent() {
    let error = responded(404, r#"{"error":{"code":404,"message":"gone"}}"#)
        .with_source(Chain("cause", None));
    let clone = error.clone();
    assert_eq!(format!("{clone:?}"), format!("{error:?}"));
    let clone = clone.with_source(Chain("another", None));
    assert!(clone.to_string().contains("another"));
    assert!(!error.to_string().contains("another"));
}

#[test]
fn problems_of_values_become_errors() {
    let violations: Violations = [Violation::missing("spaceId")].into_iter().collect();
    let error = Error::from(violations);
    assert!(error.is_refused_locally() && error.is_unprocessable());
    assert_eq!(error.violations()[0].path, "spaceId");
    let error = Error::from(decode_error());
    assert!(error.is_decode());
    assert!(error.to_string().contains("invalid type"), "{error}");
}

fn decode_error() -> DecodeError {
    crate::decode::json::<u32>(b"\"text\"").unwrap_err()
}

/// The wait counts from the response on, not from when it is asked for.
#[test]
fn waits_do_not_change_with_the_clock() {
    let mut headers = HeaderMap::new();
    let reset = Timestamp::now() + Duration::from_secs(60);
    headers.insert("x-ratelimit-reset", reset.as_second().into());
    let error = Error::from_status(StatusCode::TOO_MANY_REQUESTS, headers, "");
    let (wait, text) = (error.retry_after(), error.to_string());
    assert!(wait.is_some_and(|wait| wait > Duration::from_secs(50)));
    for _ in 0..1000 {
        assert_eq!(
            (error.retry_after(), error.to_string()),
            (wait, text.clone())
        );
    }
}

#[test]
fn redirects_are_no_answers_of_the_api() {
    for (status, kind) in [
        (301, ErrorKind::Redirect),
        (302, ErrorKind::Redirect),
        (308, ErrorKind::Redirect),
        (304, ErrorKind::Api),
    ] {
        let error = responded(status, "");
        assert_eq!(error.kind(), kind, "{status}");
        assert_eq!(error.is_not_modified(), status == 304);
        assert!(!error.is_retryable());
        assert_eq!(error.is_redirect(), status != 304, "{error}");
        assert!(!error.to_string().contains("token"), "{error}");
    }
}

#[test]
fn kinds_are_public() {
    let error = Error::new(ErrorKind::Timeout, "too slow");
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.kind().to_string(), "timeout");
    assert_eq!(responded(500, "").kind(), ErrorKind::Api);
}
