//! Header fields of a response about the call: its id, the rate limit, and when to retry.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::{Deserialize, Serialize};

/// The rate limit according to the headers of a response; `None` where a header is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many calls a window allows (`X-RateLimit-Limit`).
    pub limit: Option<u64>,
    /// How many are left in this window (`X-RateLimit-Remaining`).
    pub remaining: Option<u64>,
    /// When the next window starts (`X-RateLimit-Reset`).
    #[serde(with = "as_text")]
    pub reset: Option<Timestamp>,
}

/// A point in time as text, which is how serde has it.
mod as_text {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::DateTime;

    pub(super) fn serialize<S: Serializer>(
        time: &Option<Timestamp>,
        output: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(DateTime::from).serialize(output)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        let time = Option::<DateTime>::deserialize(input)?;
        Ok(time.and_then(|time| time.timestamp()))
    }
}

impl RateLimit {
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        Self {
            limit: number(headers, "x-ratelimit-limit"),
            remaining: number(headers, "x-ratelimit-remaining"),
            reset: number(headers, "x-ratelimit-reset")
                .and_then(|seconds| Timestamp::from_second(seconds.try_into().ok()?).ok()),
        }
    }
}

/// Returns the id of the request, which GitBook's support can look up.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    [
        "x-request-id",
        "x-gitbook-request-id",
        "cf-ray",
        "x-cloud-trace-context",
    ]
    .iter()
    .find_map(|name| text(headers, name))
}

/// Returns how long the server asks to wait from `now` on: `Retry-After` in seconds or as a date,
/// otherwise until the next rate-limit window starts if this one is used up.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let until =
        |moment: Timestamp| Duration::try_from(now.duration_until(moment)).unwrap_or_default();
    if let Some(value) = text(headers, RETRY_AFTER.as_str()) {
        return match value.parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            Err(_) => rfc2822::DateTimeParser::new()
                .parse_timestamp(value)
                .ok()
                .map(until),
        };
    }
    let limit = RateLimit::from_headers(headers);
    limit
        .reset
        .filter(|_| limit.remaining.is_none_or(|remaining| remaining == 0))
        .map(until)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn waits_in_every_form() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let reset = ("x-ratelimit-reset", "1767225630"); // half a minute later
        for (pairs, seconds) in [
            (&[("retry-after", "7")][..], Some(7)),
            (&[("retry-after", " 0 ")], Some(0)),
            (
                &[("retry-after", "Thu, 01 Jan 2026 00:01:00 GMT")],
                Some(60),
            ),
            (&[("retry-after", "Wed, 31 Dec 2025 00:00:00 GMT")], Some(0)),
            (&[("retry-after", "soon")], None),
            (&[("retry-after", "-1")], None),
            (&[reset], Some(30)),
            (&[reset, ("x-ratelimit-remaining", "0")], Some(30)),
            (&[reset, ("x-ratelimit-remaining", "5")], None),
            (&[reset, ("retry-after", "2")], Some(2)),
            (&[("x-ratelimit-reset", "99999999999999999999")], None),
            (&[], None),
        ] {
            let wait = retry_after(&headers(pairs), now);
            assert_eq!(wait, seconds.map(Duration::from_secs), "{pairs:?}");
        }
    }

    #[test]
    fn limits_are_read() {
        let limit = RateLimit::from_headers(&headers(&[
            ("x-ratelimit-limit", "100"),
            ("x-ratelimit-remaining", "3"),
        ]));
        assert_eq!(
            limit,
            RateLimit {
                limit: Some(100),
                remaining: Some(3),
                reset: None
            }
        );
    }
}
