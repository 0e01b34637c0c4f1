//! Bodies that are not JSON, as they are sent.

use gitbook_api::types::UpdateUserByIdRequest;
use gitbook_api::{Body, Call, Error, Operation, Violations};
use serde::Serialize;
use serde_json::Value;

use crate::server::{POST, Received, Server, json};

/// A body without assertions.
#[derive(Serialize)]
struct Anything(Value);

impl Body for Anything {
    fn check(&self) -> Result<(), Violations> {
        Ok(())
    }
}

/// Returns the request of a call whose body `set` sets.
async fn sent(set: impl FnOnce(Call) -> Call) -> Result<Received, Error> {
    let server = Server::answering(vec![json(200, "{}")]).await;
    let call = set(server.client().call(&POST));
    call.json::<Value>().await?;
    Ok(server.received().remove(0))
}

async fn form(value: Value) -> Result<String, Error> {
    let received = sent(|call| call.body_form(&Anything(value))).await?;
    let media_type = received.header("content-type");
    assert_eq!(media_type, ["application/x-www-form-urlencoded"]);
    Ok(String::from_utf8(received.body).unwrap())
}

#[tokio::test]
async fn forms_have_a_field_for_each_value() {
    for (value, expected) in [
        (serde_json::json!({}), ""),
        (serde_json::json!({"a": "b"}), "a=b"),
        (
            serde_json::json!({"text": "ü & =+\n%", "int": -3, "float": 1.5, "yes": true}),
            "text=%C3%BC%20%26%20%3D%2B%0A%25&int=-3&float=1.5&yes=true",
        ),
        (serde_json::json!({"a[b]&c": ""}), "a%5Bb%5D%26c="),
        (
            serde_json::json!({"gone": null, "tags": ["x", 2, null, ["y"]], "none": []}),
            "tags=x&tags=2&tags=%5B%22y%22%5D",
        ),
        (
            serde_json::json!({"at": {"x": 1, "y": [null]}, "all": [{"b": "ü"}]}),
            "at=%7B%22x%22%3A1%2C%22y%22%3A%5Bnull%5D%7D&all=%7B%22b%22%3A%22%C3%BC%22%7D",
        ),
    ] {
        assert_eq!(form(value).await.unwrap(), expected);
    }
    for value in [serde_json::json!([]), serde_json::json!("a"), Value::Null] {
        let error = form(value).await.unwrap_err();
        assert!(error.is_refused_locally(), "{error}");
    }
}

#[tokio::test]
async fn forms_are_checked_like_json() {
    let name = UpdateUserByIdRequest::new().display_name("Ada Lovelace");
    let received = sent(|call| call.body_form(&name)).await.unwrap();
    assert_eq!(received.body, b"displayName=Ada%20Lovelace");
    let nothing = UpdateUserByIdRequest::new();
    let error = sent(|call| call.body_form(&nothing)).await;
    let error = error.unwrap_err();
    assert!(error.to_string().contains("at least 1"), "{error}");
}

#[tokio::test]
async fn text_and_bytes_have_the_media_type_of_the_document() {
    let text = "text/plain; charset=utf-8";
    let received = sent(|call| call.body_text(text, "Grüße")).await;
    let received = received.unwrap();
    assert_eq!(received.header("content-type"), [text]);
    assert_eq!(received.body, "Grüße".as_bytes());

    let bytes = vec![0, 159, 146, 150];
    let received = sent(|call| call.body_bytes("image/png", bytes.clone())).await;
    let received = received.unwrap();
    assert_eq!(received.header("content-type"), ["image/png"]);
    assert_eq!(received.header("content-length"), ["4"]);
    assert_eq!(received.body, bytes);

    let set = |call: Call| {
        call.body_bytes("application/octet-stream", &b"{}"[..])
            .header("Content-Type", "image/webp")
    };
    let received = sent(set).await.unwrap();
    assert_eq!(received.header("content-type"), ["image/webp"]);

    let error = sent(|call| call.body_bytes("image/\n", &b""[..])).await;
    let error = error.unwrap_err();
    assert!(error.is_refused_locally(), "{error}");
}

#[tokio::test]
async fn bytes_are_sent_again() {
    static PUT: Operation = Operation::new("putThing", "PUT", "/things");
    let server = Server::answering(vec![json(503, "{}"), json(200, "{}")]).await;
    let call = server
        .client()
        .call(&PUT)
        .body_bytes("image/png", &b"png"[..]);
    assert_eq!(call.json::<Value>().await.unwrap().meta().attempts(), 2);
    assert_eq!(server.received()[1].body, b"png");
}

#[cfg(feature = "multipart")]
mod multipart {
    use gitbook_api::reqwest::multipart::{Form, Part};
    use gitbook_api::{ErrorKind, Operation, Token, TokenFuture, TokenProvider};
    use serde_json::Value;

    use super::{POST, Server, json, sent};

    fn form() -> Form {
        let file = Part::bytes(&b"\x00png"[..]).file_name("a.png");
        let file = file.mime_str("image/png").unwrap();
        Form::new().text("purpose", "ü").part("file", file)
    }

    #[tokio::test]
    async fn forms_have_parts() {
        let set = |call: gitbook_api::Call| {
            call.body_multipart(form())
                .header("content-type", "text/plain")
        };
        let received = sent(set).await.unwrap();
        let media_types = received.header("content-type");
        let [media_type] = media_types[..] else {
            panic!("{media_types:?}");
        };
        let boundary = media_type.strip_prefix("multipart/form-data; boundary=");
        let boundary = boundary.unwrap();
        let expected = format!(
            "--{boundary}\r\n\
             Content-Disposition: form-data; name=\"purpose\"\r\n\r\nü\r\n\
             --{boundary}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
             Content-Type: image/png\r\n\r\n\0png\r\n\
             --{boundary}--\r\n"
        );
        let length = expected.len().to_string();
        assert_eq!(received.header("content-length"), [length]);
        assert_eq!(received.header("authorization"), ["Bearer hush"]);
        assert_eq!(String::from_utf8(received.body).unwrap(), expected);
    }

    #[tokio::test]
    async fn forms_are_sent_once() {
        static PUT: Operation = Operation::new("putThing", "PUT", "/things");
        let server = Server::answering(vec![json(503, "{}"), json(200, "{}")]).await;
        let call = server.client().call(&PUT).body_multipart(form());
        let copy = call.clone();
        let error = call.json::<Value>().await.unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (503, 1)
        );
        let error = copy.json::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains("sent before"), "{error}");
        assert_eq!(server.received().len(), 1);
    }

    struct Tokens;

    impl TokenProvider for Tokens {
        fn token(&self) -> TokenFuture<'_> {
            Box::pin(async { Ok(Token::from("fresh")) })
        }
    }

    #[tokio::test]
    async fn forms_are_not_sent_again_with_another_token() {
        let server = Server::answering(vec![json(401, "{}"), json(200, "{}")]).await;
        let client = server.builder().token_provider(Tokens).build().unwrap();
        let call = client.call(&POST).body_multipart(form());
        assert!(call.json::<Value>().await.unwrap_err().is_unauthorized());
        assert_eq!(server.received().len(), 1);
    }
}
