//! Retry policies.

use std::{fmt, sync::Arc, time::Duration};

use crate::error::Error;

/// Decides on another attempt after an error.
type Decide = Arc<dyn Fn(&Error) -> bool + Send + Sync>;

/// The number of retries of failed calls, and the waits before them.
///
/// Connection errors, time-outs and the statuses 408, 429, 500, 502, 503 and 504 are retried for
/// idempotent methods; for others only 429 and connections that could not be established, because
/// then nothing has happened yet. Forms of parts (the feature `multipart`) are never sent again.
///
/// The wait is random, between nothing and a backoff that grows exponentially. If the response has
/// `Retry-After`, or is a 429 with `X-RateLimit-Reset`, the client waits at least as long as it says,
/// by the server's clock, and up to the backoff or a tenth longer, so that many calls do not return
/// at the same moment.
///
/// ```
/// use std::time::Duration;
/// use gitbook_api::RetryPolicy;
///
/// let patient = RetryPolicy::new().max_attempts(8).max_retry_after(Duration::from_secs(300));
/// let none = RetryPolicy::none();
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    retry_if: Option<Decide>,
}

impl RetryPolicy {
    /// Returns a policy of four attempts, with a backoff from half a second up to eight, and waits
    /// of up to 90 seconds if the server asks for them.
    pub const fn new() -> Self {
        Self {
            max_attempts: 4,
            base: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(90),
            retry_if: None,
        }
    }

    /// Returns a policy of one attempt.
    pub const fn none() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets the number of attempts, including the first one.
    pub const fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// Sets the longest backoff after the first attempt, doubled after each further one up to
    /// `max`.
    pub const fn backoff(mut self, first: Duration, max: Duration) -> Self {
        self.base = first;
        self.max_backoff = max;
        self
    }

    /// Sets the longest wait that the server may ask for, without the jitter on top of it.
    ///
    /// If it asks for more after a failure, the call fails at once, and the error has the
    /// [wait](crate::Error::retry_after). If it asks for more before a call, because the rate limit
    /// is used up, the call does not wait.
    pub const fn max_retry_after(mut self, max_retry_after: Duration) -> Self {
        self.max_retry_after = max_retry_after;
        self
    }

    /// Sets which failures are retried besides those that always are, for calls with an effect that the
    /// program knows to be safe to repeat. The number of attempts, the waits and the time-out of the call
    /// are the same.
    ///
    /// ```
    /// use gitbook_api::RetryPolicy;
    ///
    /// // Of all calls of a client, searches, which have the method POST.
    /// let policy = RetryPolicy::new().retry_if(|error| {
    ///     error.is_retryable() && error.operation() == Some("searchOrganizationContent")
    /// });
    /// // A single call, with `with_retry`.
    /// let policy = RetryPolicy::new().retry_if(|error| error.is_retryable());
    /// ```
    ///
    /// The function is called with the error of each failed attempt that would not be retried. It decides
    /// neither about responses that do not match their schema, nor about forms of parts.
    pub fn retry_if(mut self, decide: impl Fn(&Error) -> bool + Send + Sync + 'static) -> Self {
        self.retry_if = Some(Arc::new(decide));
        self
    }

    /// Returns whether the program allows another attempt after this error.
    pub(crate) fn allows(&self, error: &Error) -> bool {
        self.retry_if.as_ref().is_some_and(|decide| decide(error))
    }

    /// Returns the wait before the next attempt, or `None` if there is none.
    pub(crate) fn wait(&self, attempts: u32, asked: Option<Duration>) -> Option<Duration> {
        if attempts >= self.max_attempts {
            return None;
        }
        self.until(asked.unwrap_or_default(), attempts)
    }

    /// Returns a wait that is `asked` for before the attempt that follows `attempts`, with jitter;
    /// `None` if it is too long.
    pub(crate) fn until(&self, asked: Duration, attempts: u32) -> Option<Duration> {
        if asked > self.max_retry_after {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let backoff = self.base.saturating_mul(doubled).min(self.max_backoff);
        // On top of what is asked for, so that the wait is never shorter than either of them.
        let jitter = backoff.max(asked / 10).mul_f64(fastrand::f64());
        Some(asked.saturating_add(jitter))
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_attempts", &self.max_attempts)
            .field("base", &self.base)
            .field("max_backoff", &self.max_backoff)
            .field("max_retry_after", &self.max_retry_after)
            .finish_non_exhaustive()
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn waits(policy: &RetryPolicy, attempts: u32, asked: Option<Duration>) -> Vec<Duration> {
        (0..200)
            .filter_map(|_| policy.wait(attempts, asked))
            .collect()
    }

    #[test]
    fn backoff_grows_to_its_limit() {
        let policy = RetryPolicy::new()
            .max_attempts(u32::MAX)
            .backoff(SECOND, 10 * SECOND);
        for (attempts, most) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (1000, 10)] {
            // A time that is past is no reason to be faster.
            for asked in [None, Some(Duration::ZERO)] {
                let waits = waits(&policy, attempts, asked);
                assert_eq!(waits.len(), 200);
                let (least, longest) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
                // Of a uniform jitter, all 200 waits are below half the limit once in 2^200 runs.
                assert!(
                    *longest <= most * SECOND && *longest > most * SECOND / 2,
                    "{longest:?} after {attempts} attempts"
                );
                assert!(*longest > *least * 2, "no jitter: {least:?} to {longest:?}");
            }
        }
    }

    #[test]
    fn attempts_end() {
        let policy = RetryPolicy::new().max_attempts(2);
        assert!(policy.wait(1, None).is_some());
        assert!(policy.wait(2, None).is_none());
        assert!(RetryPolicy::none().wait(1, Some(SECOND)).is_none());
    }

    /// Jitter is added even if there is no backoff, and more of it to longer waits.
    #[test]
    fn the_server_is_obeyed_and_calls_return_one_by_one() {
        let without_backoff = RetryPolicy::new().backoff(Duration::ZERO, Duration::ZERO);
        for (policy, asked, spread) in [
            (RetryPolicy::new(), SECOND, SECOND / 2),
            (RetryPolicy::new(), 60 * SECOND, 6 * SECOND),
            (without_backoff, SECOND, SECOND / 10),
        ] {
            let waits = waits(&policy, 1, Some(asked));
            assert_eq!(waits.len(), 200);
            let (least, longest) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
            assert!(*least >= asked && *longest <= asked + spread, "{longest:?}");
            assert!(*longest - *least > spread / 2, "{least:?} to {longest:?}");
        }
    }

    #[test]
    fn waits_have_a_limit_that_a_window_of_a_minute_fits_into() {
        assert!(RetryPolicy::new().wait(1, Some(61 * SECOND)).is_some());
        assert!(RetryPolicy::new().wait(1, Some(91 * SECOND)).is_none());
        let policy = RetryPolicy::new().max_retry_after(60 * SECOND);
        assert!(policy.wait(1, Some(60 * SECOND)).is_some());
        assert!(policy.wait(1, Some(61 * SECOND)).is_none());
        assert!(policy.wait(1, Some(Duration::MAX)).is_none());
        let endless = RetryPolicy::new().max_retry_after(Duration::MAX);
        assert_eq!(endless.wait(1, Some(Duration::MAX)), Some(Duration::MAX));
    }
}
