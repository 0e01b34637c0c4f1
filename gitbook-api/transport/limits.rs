//! Limits that the calls of one client share.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use reqwest::{Response, StatusCode, header::HeaderMap};
use tokio::time::{Instant, sleep};

use super::{retry::RetryPolicy, trace};
use crate::rate_limit::{RateLimit, now, used_up};

/// The rate limit of a token according to the last responses.
#[derive(Default)]
pub(crate) struct TokenLimit(Mutex<Option<UsedUp>>);

/// A window in which no calls are left.
#[derive(Clone, Copy)]
struct UsedUp {
    until: Instant,
    resets_at: Option<Timestamp>,
}

impl TokenLimit {
    /// Takes what a response says.
    pub(crate) fn observe(&self, response: &Response) {
        self.observe_headers(response.status(), response.headers(), now());
    }

    fn observe_headers(&self, status: StatusCode, headers: &HeaderMap, received: Timestamp) {
        let Some(wait) = used_up(status, headers, received) else {
            return;
        };
        let resets_at = RateLimit::from_headers(headers, received).resets_at;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if wait.is_zero() {
            // A response that was overtaken by the last one of the same window says nothing new.
            let is_same = |used: &UsedUp| resets_at.is_some() && used.resets_at == resets_at;
            if !kept.as_ref().is_some_and(is_same) {
                *kept = None;
            }
        } else if let Some(until) = Instant::now().checked_add(wait) {
            *kept = Some(UsedUp { until, resets_at });
        }
    }

    /// Returns how long no calls are left.
    fn wait(&self) -> Option<Duration> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = kept
            .as_ref()?
            .until
            .saturating_duration_since(Instant::now());
        if left.is_zero() {
            *kept = None;
            return None;
        }
        Some(left)
    }

    /// Returns whether a call that may wait for `left` has to.
    pub(crate) fn has_to_wait(&self, policy: &RetryPolicy, left: &impl Fn() -> Duration) -> bool {
        self.allowed_wait(policy, left).is_some()
    }

    fn allowed_wait(&self, policy: &RetryPolicy, left: &impl Fn() -> Duration) -> Option<Duration> {
        let wait = policy.until(self.wait()?, 1)?;
        // A call that cannot wait is sent, and the server decides.
        (wait < left()).then_some(wait)
    }

    /// Waits until there are calls left, if the policy and the time that is left allow it.
    pub(crate) async fn ready(&self, policy: &RetryPolicy, left: &impl Fn() -> Duration) {
        while let Some(wait) = self.allowed_wait(policy, left) {
            trace::throttled(wait);
            sleep(wait).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: StatusCode = StatusCode::OK;
    const MINUTE: Duration = Duration::from_secs(60);

    fn observe(limit: &TokenLimit, status: StatusCode, remaining: Option<u64>, reset: &str) {
        let mut headers = HeaderMap::new();
        let date = "Thu, 01 Jan 2026 00:00:00 GMT";
        headers.insert("date", date.parse().unwrap());
        headers.insert("x-ratelimit-reset", reset.parse().unwrap());
        if let Some(remaining) = remaining {
            headers.insert("x-ratelimit-remaining", remaining.into());
        }
        limit.observe_headers(status, &headers, now());
    }

    /// Returns how long a call waits.
    async fn wait(limit: &TokenLimit, policy: &RetryPolicy, left: Duration) -> Duration {
        let start = Instant::now();
        let left = || left.saturating_sub(start.elapsed());
        limit.ready(policy, &left).await;
        start.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn calls_wait_for_the_next_window() {
        let limit = TokenLimit::default();
        let policy = RetryPolicy::new();
        assert_eq!(wait(&limit, &policy, Duration::MAX).await, Duration::ZERO);
        for (status, remaining) in [
            (OK, Some(0)),
            (StatusCode::NOT_FOUND, Some(0)),
            (StatusCode::TOO_MANY_REQUESTS, None),
        ] {
            observe(&limit, status, remaining, "1767225660");
            let waited = wait(&limit, &policy, Duration::MAX).await;
            assert!(
                waited >= MINUTE && waited <= MINUTE + MINUTE / 10,
                "{waited:?}"
            );
            assert_eq!(wait(&limit, &policy, Duration::MAX).await, Duration::ZERO);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn waits_have_bounds() {
        let limit = TokenLimit::default();
        let policy = RetryPolicy::new();
        observe(&limit, OK, Some(0), "1767225660");
        let short = policy.clone().max_retry_after(Duration::from_secs(59));
        assert_eq!(wait(&limit, &short, Duration::MAX).await, Duration::ZERO);
        assert_eq!(wait(&limit, &policy, MINUTE).await, Duration::ZERO);
        assert!(wait(&limit, &policy, 2 * MINUTE).await >= MINUTE);

        observe(&limit, OK, Some(0), "1798761600"); // a year later
        assert_eq!(wait(&limit, &policy, Duration::MAX).await, Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_response_counts() {
        let limit = TokenLimit::default();
        let policy = RetryPolicy::new();
        observe(&limit, OK, Some(0), "1767225660");
        observe(&limit, OK, Some(99), "1767225720");
        assert_eq!(wait(&limit, &policy, Duration::MAX).await, Duration::ZERO);

        // This one was overtaken.
        observe(&limit, OK, Some(0), "1767225665");
        observe(&limit, OK, Some(1), "1767225665");
        observe(&limit, OK, None, "1767225670");
        assert!(wait(&limit, &policy, 5 * MINUTE).await >= MINUTE);
    }
}
