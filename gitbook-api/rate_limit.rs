//! Header fields of a response about the call: its id, the rate limit, and when to retry.

use std::time::{Duration, SystemTime};

use http::{
    StatusCode,
    header::{DATE, HeaderMap, RETRY_AFTER},
};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::Offset};
use serde::{Deserialize, Serialize};

/// The greatest number in `X-RateLimit-Reset` that is a time from now on: as a Unix time it would be
/// in 2001.
const MAX_DELTA: f64 = 1e9;

/// The greatest number in `X-RateLimit-Reset` that is a Unix time in seconds. Greater ones are
/// milliseconds.
const MAX_SECONDS: f64 = 1e11;

/// The months of HTTP dates.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The rate limit according to the headers of a response; `None` where a header is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of calls that a window allows (`X-RateLimit-Limit`).
    pub limit: Option<u64>,
    /// The number of calls that are left in this window (`X-RateLimit-Remaining`).
    pub remaining: Option<u64>,
    /// When the next window starts, by the clock of the server (`X-RateLimit-Reset`).
    #[serde(with = "as_text")]
    pub resets_at: Option<Timestamp>,
}

/// A point in time as text, which is how serde has it.
mod as_text {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::json::DateTime;

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

/// Returns the current time.
///
/// Unlike `Timestamp::now`, it does not panic with an error of `jiff`, so that a program has not the
/// texts of them all.
pub(crate) fn now() -> Timestamp {
    Timestamp::try_from(SystemTime::now()).unwrap_or_default()
}

impl RateLimit {
    /// Returns the limit of a response that was received at `received` by the local clock.
    pub(crate) fn from_headers(headers: &HeaderMap, received: Timestamp) -> Self {
        Self {
            limit: number(headers, "x-ratelimit-limit"),
            remaining: number(headers, "x-ratelimit-remaining"),
            resets_at: number(headers, "x-ratelimit-reset")
                .and_then(|reset| resets_at(reset, sent_at(headers, received))),
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

/// Returns how long the server asks to wait after a response that was received at `received`:
/// `Retry-After` in seconds or as a date; otherwise, if there were too many calls, until the next
/// window of the rate limit starts.
pub(crate) fn retry_after(
    status: StatusCode,
    headers: &HeaderMap,
    received: Timestamp,
) -> Option<Duration> {
    let asked = text(headers, RETRY_AFTER.as_str()).and_then(|value| {
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // Longer than any limit, if it is more than a `u64`.
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        Some(until(http_date(value)?, headers, received))
    });
    asked.or_else(|| {
        let limit = RateLimit::from_headers(headers, received);
        let is_used_up = limit.remaining.is_none_or(|remaining| remaining == 0);
        let resets_at = limit.resets_at.filter(|_| is_used_up)?;
        (status == StatusCode::TOO_MANY_REQUESTS).then(|| until(resets_at, headers, received))
    })
}

/// Returns for how long there are no calls left after a response that was received at `received`.
/// `None` if it does not say, zero if there are some.
pub(crate) fn used_up(
    status: StatusCode,
    headers: &HeaderMap,
    received: Timestamp,
) -> Option<Duration> {
    if status == StatusCode::TOO_MANY_REQUESTS {
        return retry_after(status, headers, received);
    }
    let limit = RateLimit::from_headers(headers, received);
    match limit.remaining? {
        0 => Some(until(limit.resets_at?, headers, received)),
        _ => Some(Duration::ZERO),
    }
}

/// Returns the time from the response to `moment`, both by the server's clock. Zero if it is past.
fn until(moment: Timestamp, headers: &HeaderMap, received: Timestamp) -> Duration {
    let time = sent_at(headers, received).duration_until(moment);
    Duration::try_from(time).unwrap_or_default()
}

/// Returns when the response was sent, by the server's clock. Without a `Date`, that is the best
/// guess: when it was received.
fn sent_at(headers: &HeaderMap, received: Timestamp) -> Timestamp {
    text(headers, DATE.as_str())
        .and_then(http_date)
        .unwrap_or(received)
}

/// Returns the time that a reset is: a Unix time in seconds or milliseconds, or a time from
/// `sent_at` on. `None` if it is none of them.
fn resets_at(reset: f64, sent_at: Timestamp) -> Option<Timestamp> {
    let (start, seconds) = if !reset.is_finite() || reset < 0.0 {
        return None;
    } else if reset <= MAX_DELTA {
        (sent_at.as_duration(), reset)
    } else if reset <= MAX_SECONDS {
        (SignedDuration::ZERO, reset)
    } else {
        (SignedDuration::ZERO, reset / 1000.0)
    };
    let seconds = SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::from_duration(start.checked_add(seconds)?).ok()
}

/// Returns the time of an HTTP date, in the current form or in one of the two obsolete ones that
/// recipients have to accept (RFC 9110, section 5.6.7).
///
/// The forms have the same parts. The parsers of `jiff` take others as well, with zones and in other
/// calendars, and would be in every program.
fn http_date(value: &str) -> Option<Timestamp> {
    let parts: Vec<&str> = value
        .split([' ', ',', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day, time) = match parts[..] {
        [_, day, month, year, time, "GMT" | "UTC" | "+0000"] => (year, month, day, time),
        [_, month, day, time, year] => (year, month, day, time),
        _ => return None,
    };
    let year: i16 = match (year.len(), year.parse().ok()?) {
        (2, year @ ..69) => 2000 + year,
        (2, year) => 1900 + year,
        (_, year) => year,
    };
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let mut time = time.split(':').map(|part| part.parse().ok());
    let [hour, minute, second] = [time.next()??, time.next()??, time.next()??];
    if time.next().is_some() {
        return None;
    }
    // A leap second, which `jiff` does not have.
    let second = if second == 60 { 59 } else { second };
    let time = DateTime::new(year, month, day.parse().ok()?, hour, minute, second, 0);
    Offset::UTC.to_timestamp(time.ok()?).ok()
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    text(headers, name)?.parse().ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn http_dates_have_three_forms() {
        for (value, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"),
            ("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z"),
            ("Monday, 01-Jan-68 00:00:00 GMT", "2068-01-01T00:00:00Z"),
            ("Wednesday, 01-Jan-69 00:00:00 GMT", "1969-01-01T00:00:00Z"),
            ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"),
            // Not HTTP dates, but sent.
            ("Sun, 06 Nov 1994 08:49:37 UTC", "1994-11-06T08:49:37Z"),
            ("Sun, 06 Nov 1994 08:49:37 +0000", "1994-11-06T08:49:37Z"),
        ] {
            assert_eq!(http_date(value), Some(expected.parse().unwrap()), "{value}");
        }
        for value in [
            "",
            "soon",
            "Thu, 29 Feb 2025 00:00:00 GMT",
            "Sun, 06 November 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 06 Nov 1994 08:49:37 +0100",
            "Sun, 06 Nov 1994 08:49:37",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(http_date(value), None, "{value}");
        }
    }

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

    fn start() -> Timestamp {
        "2026-01-01T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn waits_in_every_form() {
        let reset = ("x-ratelimit-reset", "1767225630"); // half a minute later
        for (pairs, seconds) in [
            (&[("retry-after", "7")][..], Some(7)),
            (&[("retry-after", " 0 ")], Some(0)),
            (
                &[("retry-after", "Thu, 01 Jan 2026 00:01:00 GMT")],
                Some(60),
            ),
            (
                &[("retry-after", "Thursday, 01-Jan-26 00:01:00 GMT")],
                Some(60),
            ),
            (&[("retry-after", "Thu Jan  1 00:01:00 2026")], Some(60)),
            (&[("retry-after", "Wed, 31 Dec 2025 00:00:00 GMT")], Some(0)),
            (&[("retry-after", "99999999999999999999")], Some(u64::MAX)),
            (&[("retry-after", "soon")], None),
            (&[("retry-after", "")], None),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "soon"), reset], Some(30)),
            (&[reset], Some(30)),
            (&[reset, ("x-ratelimit-remaining", "0")], Some(30)),
            (&[reset, ("x-ratelimit-remaining", "5")], None),
            (&[reset, ("retry-after", "2")], Some(2)),
            (&[("x-ratelimit-reset", "1767225630000")], Some(30)),
            (&[("x-ratelimit-reset", "1767225630.0")], Some(30)),
            (&[("x-ratelimit-reset", "1700000000")], Some(0)),
            (&[("x-ratelimit-reset", "45")], Some(45)),
            (&[("x-ratelimit-reset", "0")], Some(0)),
            (&[("x-ratelimit-reset", "-30")], None),
            (&[("x-ratelimit-reset", "NaN")], None),
            (&[("x-ratelimit-reset", "inf")], None),
            (&[("x-ratelimit-reset", "1767225630000000")], None),
            (&[("x-ratelimit-reset", "99999999999999999999")], None),
            (&[("x-ratelimit-reset", "2026-01-01T00:00:30Z")], None),
            (&[], None),
        ] {
            let headers = headers(pairs);
            let wait = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers, start());
            assert_eq!(wait, seconds.map(Duration::from_secs), "{pairs:?}");
        }
    }

    /// The local clock may be minutes off; only the difference of two times of the server counts.
    #[test]
    fn waits_are_by_the_clock_of_the_server() {
        let date = ("date", "Thu, 01 Jan 2026 00:00:00 GMT");
        for minutes in [-60, -1, 0, 1, 60] {
            let local = start() + SignedDuration::from_mins(minutes);
            for (pairs, seconds) in [
                ([date, ("x-ratelimit-reset", "1767225660")], 60),
                ([date, ("x-ratelimit-reset", "1767225600")], 0),
                ([date, ("x-ratelimit-reset", "60")], 60),
                ([date, ("retry-after", "Thu, 01 Jan 2026 00:01:00 GMT")], 60),
            ] {
                let headers = headers(&pairs);
                let wait = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers, local);
                assert_eq!(wait, Some(Duration::from_secs(seconds)), "{pairs:?}");
            }
        }
        let broken = headers(&[("date", "today"), ("x-ratelimit-reset", "1767225660")]);
        let wait = retry_after(StatusCode::TOO_MANY_REQUESTS, &broken, start());
        assert_eq!(wait, Some(Duration::from_secs(60)));
    }

    #[test]
    fn only_too_many_calls_wait_for_the_next_window() {
        let headers = headers(&[
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1767225660"),
        ]);
        let wait = retry_after(StatusCode::SERVICE_UNAVAILABLE, &headers, start());
        assert_eq!(wait, None);
        let wait = used_up(StatusCode::SERVICE_UNAVAILABLE, &headers, start());
        assert_eq!(wait, Some(Duration::from_secs(60)));
        let wait = used_up(StatusCode::OK, &headers, start());
        assert_eq!(wait, Some(Duration::from_secs(60)));
    }

    #[test]
    fn limits_are_read() {
        let headers = headers(&[
            ("x-ratelimit-limit", "100"),
            ("x-ratelimit-remaining", "3"),
            ("x-ratelimit-reset", "30"),
        ]);
        assert_eq!(
            RateLimit::from_headers(&headers, start()),
            RateLimit {
                limit: Some(100),
                remaining: Some(3),
                resets_at: Some("2026-01-01T00:00:30Z".parse().unwrap()),
            }
        );
        let wait = used_up(StatusCode::OK, &headers, start());
        assert_eq!(wait, Some(Duration::ZERO));
        assert_eq!(used_up(StatusCode::OK, &HeaderMap::new(), start()), None);
    }
}
