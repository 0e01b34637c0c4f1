//! Webhooks: events that GitBook sends to a server of the application.
//!
//! GitBook signs every request in the header [`SIGNATURE`], as `t=…,v1=…`: the Unix time, and the
//! HMAC-SHA256 of the time, a dot and the body. A [`Verifier`] checks it:
//!
//! ```
//! use gitbook_api::{Error, types::Event, webhooks::{SIGNATURE, Verifier}};
//! use gitbook_api::http::HeaderMap;
//!
//! fn receive(verifier: &Verifier, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
//!     let signature = headers.get(SIGNATURE).map_or(&b""[..], |value| value.as_bytes());
//!     match verifier.event(signature, body)? {
//!         Event::SpaceContentUpdated(event) => println!("revision {}", event.revision_id),
//!         _ => {} // other events, also those of later versions of the API
//!     }
//!     Ok(())
//! }
//! ```
//!
//! GitBook delivers an event again when the response is not a success, with the same signature:
//! use the event's id to process it once. `examples/webhook.rs` is a complete server.

use std::{fmt, str, sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::{
    decode,
    error::{Error, ErrorKind},
    types::Event,
};

/// The name of the header with the signature.
pub const SIGNATURE: &str = "x-gitbook-signature";

/// Checks the signatures of webhooks, in constant time.
#[derive(Clone)]
pub struct Verifier {
    secret: Arc<str>,
    tolerance: Duration,
}

impl Verifier {
    /// Creates a verifier with the secret of the webhook. It accepts signatures that are up to five
    /// minutes old.
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into().into(),
            tolerance: Duration::from_secs(5 * 60),
        }
    }

    /// Sets how far the time of a signature may differ from the clock, in either direction.
    ///
    /// Deliveries that GitBook repeats have the time of the first one.
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Returns the event of a webhook, after checking its signature. `body` has to be the body as
    /// it was received. Any JSON that this version of the crate does not know as an event is
    /// [`Event::Unknown`].
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Signature`] if the signature is missing, malformed, wrong or too
    /// old, and with [`ErrorKind::Decode`] if the body is not JSON.
    pub fn event(&self, signature: impl AsRef<[u8]>, body: &[u8]) -> Result<Event, Error> {
        self.verify(signature, body)?;
        decode::json(body).map_err(|error| {
            Error::new(
                ErrorKind::Decode,
                "the body of the webhook could not be decoded",
            )
            .with_source(error)
        })
    }

    /// Checks the signature of a webhook without decoding its body, which has to be as it was received.
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Signature`] if the signature is missing, malformed, wrong or too old.
    pub fn verify(&self, signature: impl AsRef<[u8]>, body: &[u8]) -> Result<(), Error> {
        self.check(signature.as_ref(), body, Timestamp::now())
            .map_err(|problem| Error::new(ErrorKind::Signature, problem))
    }

    /// Returns the signature of a body, as GitBook sends it, for the tests of a receiver.
    ///
    /// ```
    /// use gitbook_api::{types::Event, webhooks::Verifier};
    ///
    /// let body = br#"{"type": "space_content_updated", "revisionId": "r1"}"#;
    /// let verifier = Verifier::new("secret");
    /// let Event::SpaceContentUpdated(event) = verifier.event(verifier.sign(body), body)? else {
    ///     panic!("another event");
    /// };
    /// assert_eq!(event.revision_id, "r1");
    /// # Ok::<(), gitbook_api::Error>(())
    /// ```
    #[cfg(feature = "mock")]
    #[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
    pub fn sign(&self, body: &[u8]) -> String {
        let time = Timestamp::now().as_second();
        let mac = self.mac(&time.to_string(), body);
        let digest = mac
            .map(|mac| mac.finalize().into_bytes())
            .unwrap_or_default();
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("t={time},v1={digest}")
    }

    /// Returns the state of the hash function behind the time and the body.
    fn mac(&self, time: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).ok()?;
        mac.update(time.as_bytes());
        mac.update(b".");
        mac.update(body);
        Some(mac)
    }

    /// Fails if the signature is not that of the body, or not of about this time.
    fn check(&self, signature: &[u8], body: &[u8], now: Timestamp) -> Result<(), &'static str> {
        if signature.is_empty() {
            return Err("the webhook has no signature");
        }
        let (time, digests) =
            parse(signature).ok_or("the signature of the webhook is malformed")?;
        // The body is hashed once, however many digests there are; each is compared in constant time.
        let mac = self.mac(time, body);
        let mac = mac.ok_or("the secret of the webhook cannot be used")?;
        let is_valid = digests
            .iter()
            .any(|digest| mac.clone().verify_slice(digest).is_ok());
        if !is_valid {
            return Err("the signature of the webhook is wrong; check the secret");
        }
        let time = time
            .parse()
            .ok()
            .and_then(|time| Timestamp::from_second(time).ok());
        let age = time.map(|time| now.duration_since(time).unsigned_abs());
        if age.is_some_and(|age| age <= self.tolerance) {
            Ok(())
        } else {
            Err("the signature of the webhook is too old, or the clock is wrong")
        }
    }
}

/// Returns the time and the digests of a signature.
fn parse(signature: &[u8]) -> Option<(&str, Vec<[u8; 32]>)> {
    let mut time = None;
    let mut digests = Vec::new();
    for part in str::from_utf8(signature).ok()?.split(',') {
        match part.trim().split_once('=')? {
            ("t", value) if time.is_none() => time = Some(value),
            ("t", _) => return None,
            ("v1", value) => digests.push(digest(value)?),
            // Future schemes may be beside the known one.
            _ => {}
        }
    }
    let time = time.filter(|time| time.bytes().all(|byte| byte.is_ascii_digit()))?;
    (!digests.is_empty()).then_some((time, digests))
}

/// Returns the bytes of a digest in hexadecimal.
fn digest(text: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if text.len() != 2 * digest.len() || !is_hexadecimal {
        return None;
    }
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(digest)
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"type":"space_content_updated"}"#;

    /// `printf '1640995200.{"type":"space_content_updated"}' | openssl dgst -sha256 -hmac secret`
    const DIGEST: &str = "d2fa86334f9519f9b3868cdbab2648c0704efb176eff4048c046e063ef1ff3a0";

    fn verify(signature: &str, body: &[u8], seconds: i64) -> Result<(), &'static str> {
        let now = Timestamp::from_second(1_640_995_200 + seconds).unwrap();
        Verifier::new("secret").check(signature.as_bytes(), body, now)
    }

    #[test]
    fn signatures_are_verified() {
        let signature = format!("t=1640995200,v1={DIGEST}");
        for seconds in [0, 1, -1, 300, -300] {
            assert_eq!(verify(&signature, BODY, seconds), Ok(()), "{seconds}");
        }
        for seconds in [301, -301, 1_000_000, -1_000_000] {
            assert!(verify(&signature, BODY, seconds).is_err(), "{seconds}");
        }
        let uppercase = format!("v1={}, t=1640995200", DIGEST.to_uppercase());
        assert_eq!(verify(&uppercase, BODY, 0), Ok(()));
        let rotated = format!("t=1640995200,v0=ab,v1={},v1={DIGEST}", "0".repeat(64));
        assert_eq!(verify(&rotated, BODY, 0), Ok(()));
    }

    #[cfg(feature = "mock")]
    #[test]
    fn a_signed_body_is_verified() {
        let verifier = Verifier::new("secret");
        let signature = verifier.sign(BODY);
        verifier.verify(&signature, BODY).unwrap();
        for (other, body) in [(&verifier, &b"{}"[..]), (&Verifier::new("other"), BODY)] {
            let error = other.verify(&signature, body).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Signature);
        }
    }

    #[cfg(feature = "mock")]
    #[test]
    fn json_that_is_no_known_event_is_unknown() {
        let verifier = Verifier::new("secret");
        for body in [r#"{}"#, "5", "null", "[]", r#"{"type": "moon_rose"}"#] {
            let event = verifier.event(verifier.sign(body.as_bytes()), body.as_bytes());
            assert!(matches!(event, Ok(Event::Unknown(_))), "{body}: {event:?}");
        }
        for body in ["", "event", r#"{"type": "#, "{} {}"] {
            let error = verifier.event(verifier.sign(body.as_bytes()), body.as_bytes());
            assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode, "{body}");
        }
    }

    #[test]
    fn other_signatures_are_refused() {
        for signature in [
            String::new(),
            DIGEST.to_owned(),
            format!("sha256={DIGEST}"),
            format!("v1={DIGEST}"),
            "t=1640995200".to_owned(),
            format!("t=1640995200,v1={}", &DIGEST[1..]),
            format!("t=1640995200,v1={DIGEST}00"),
            format!("t=1640995200,v1={}ä", &DIGEST[2..]),
            format!("t=1640995200,v1={}", "0".repeat(64)),
            format!("t=1640995201,v1={DIGEST}"),
            format!("t=01640995200,v1={DIGEST}"),
            format!("t=+1640995200,v1={DIGEST}"),
            format!("t=1640995200,t=1640995200,v1={DIGEST}"),
            format!("t=99999999999999999999,v1={DIGEST}"),
            format!("t=,v1={DIGEST}"),
        ] {
            assert!(verify(&signature, BODY, 0).is_err(), "{signature}");
        }
        let signature = format!("t=1640995200,v1={DIGEST}");
        assert!(verify(&signature, b"{}", 0).is_err());
        let other = Verifier::new("other");
        let now = Timestamp::from_second(1_640_995_200).unwrap();
        assert!(other.check(signature.as_bytes(), BODY, now).is_err());
        assert!(!format!("{other:?}").contains("other"));
    }
}
