//! Encodes the bodies of requests, after checking them.

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use crate::{
    decode,
    json::{Assertion, Body, Map, Violations, check},
    transport::request::Payload,
    transport::url,
};

/// The body of a request and its media type.
#[derive(Clone)]
pub(crate) struct Encoded {
    pub(crate) media_type: HeaderValue,
    pub(crate) payload: Payload,
}

/// Why something cannot be sent.
#[derive(Clone)]
pub(crate) enum Refusal {
    /// It does not match the schemas.
    Violations(Violations),
    /// Another reason.
    Other(String),
}

/// Returns a body as JSON. Fails if it does not match its schema or cannot be encoded.
pub(crate) fn json<T: Body>(body: &T, assertions: &[Assertion]) -> Result<Encoded, Refusal> {
    Ok(Encoded {
        media_type: HeaderValue::from_static("application/json"),
        payload: Payload::Bytes(checked(body, assertions)?.into()),
    })
}

/// Returns a body as JSON. Fails if it cannot be encoded.
pub(crate) fn unchecked_json<T: Serialize + ?Sized>(body: &T) -> Result<Encoded, Refusal> {
    let json = serde_json::to_vec(body).map_err(|error| not_json(&error))?;
    Ok(Encoded {
        media_type: HeaderValue::from_static("application/json"),
        payload: Payload::Bytes(json.into()),
    })
}

fn not_json(error: &serde_json::Error) -> Refusal {
    Refusal::Other(format!("`body` cannot be encoded as JSON: {error}"))
}

/// Returns a body as a form: `name=value`, encoded, with `&` in between. Fails as [`json`] does, and
/// if the body is not an object.
///
/// The items of a list repeat its name, objects are JSON text, and what is `null` is left out.
pub(crate) fn form<T: Body>(body: &T, assertions: &[Assertion]) -> Result<Encoded, Refusal> {
    let json = checked(body, assertions)?;
    let fields: Map<Value> = decode::json(&json).map_err(|_| {
        let message = "`body` is not an object, which a form is made of";
        Refusal::Other(message.to_owned())
    })?;
    let mut pairs = Vec::new();
    for (name, value) in &fields {
        let values = match value {
            Value::Array(items) => items.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values {
            let value = match value {
                Value::Null => continue,
                Value::String(text) => url::encode(text).to_string(),
                other => url::encode(&other.to_string()).to_string(),
            };
            pairs.push(format!("{}={value}", url::encode(name)));
        }
    }
    Ok(Encoded {
        media_type: HeaderValue::from_static("application/x-www-form-urlencoded"),
        payload: Payload::Bytes(pairs.join("&").into()),
    })
}

/// Returns a body that is text. Fails if it does not match its schema.
pub(crate) fn text(
    media_type: &str,
    body: String,
    assertions: &[Assertion],
) -> Result<Encoded, Refusal> {
    let mut violations = Violations::default();
    check::string(&body, assertions, &mut violations);
    match violations.of("body").into_result() {
        Ok(()) => bytes(media_type, body.into()),
        Err(violations) => Err(Refusal::Violations(violations)),
    }
}

/// Returns a body as it is. Fails if the media type is no valid value of a header.
pub(crate) fn bytes(media_type: &str, body: Bytes) -> Result<Encoded, Refusal> {
    let media_type = HeaderValue::try_from(media_type).map_err(|_| {
        Refusal::Other(format!(
            "the media type {media_type:?} contains characters not allowed in a header"
        ))
    })?;
    Ok(Encoded {
        media_type,
        payload: Payload::Bytes(body),
    })
}

/// Returns a form of parts. Its media type contains the boundary between them, which only the HTTP
/// client writes.
#[cfg(feature = "multipart")]
pub(crate) fn multipart(form: reqwest::multipart::Form) -> Encoded {
    Encoded {
        media_type: HeaderValue::from_static("multipart/form-data"),
        payload: Payload::form(form),
    }
}

/// Returns the JSON text of a body. Fails if it does not match its schema or cannot be encoded.
fn checked<T: Body>(body: &T, assertions: &[Assertion]) -> Result<Vec<u8>, Refusal> {
    let mut violations = body.check().err().unwrap_or_default();
    let json = match body.to_json() {
        Ok(json) => json,
        Err(error) if violations.is_empty() => return Err(not_json(&error)),
        Err(_) => Vec::new(),
    };
    if !assertions.is_empty() {
        check::json(&json, assertions, &mut violations);
    }
    match violations.of("body").into_result() {
        Ok(()) => Ok(json),
        Err(violations) => Err(Refusal::Violations(violations)),
    }
}

#[cfg(feature = "mock")]
impl Encoded {
    /// Returns whether `body` means the same: JSON whatever the order of its properties, a form of
    /// parts whatever they are.
    pub(crate) fn matches(&self, body: &[u8]) -> bool {
        let Some(expected) = self.payload.bytes() else {
            return true;
        };
        let value = |text: &[u8]| serde_json::from_slice::<Value>(text).ok();
        let is_json = self.media_type == "application/json";
        expected == body || is_json && value(body).is_some_and(|it| Some(it) == value(expected))
    }
}
