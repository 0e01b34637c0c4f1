//! Retry policies.

use std::time::Duration;

/// How often failed calls are retried, and after which waits.
///
/// Connection errors, time-outs and the statuses 408, 429, 500, 502, 503 and 504 are retried for
/// idempotent methods; for others only 429 and connections that could not be established, because
/// then nothing has happened yet. Waits grow exponentially, with full jitter; what the server asks
/// for in `Retry-After` or `X-RateLimit-Reset` takes precedence. Forms of parts (the feature
/// `multipart`) are never sent again.
///
/// ```
/// use std::time::Duration;
/// use gitbook_api::RetryPolicy;
///
/// let patient = RetryPolicy::new().max_attempts(8).max_wait(Duration::from_secs(300));
/// let none = RetryPolicy::never();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    max_backoff: Duration,
    max_wait: Duration,
}

impl RetryPolicy {
    /// Returns a policy of four attempts, with a backoff from half a second up to eight, and waits
    /// of up to a minute if the server asks for them.
    pub const fn new() -> Self {
        Self {
            max_attempts: 4,
            base: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            max_wait: Duration::from_secs(60),
        }
    }

    /// Returns a policy of one attempt.
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets the number of attempts, including the first one.
    pub const fn max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts,
            ..self
        }
    }

    /// Sets the longest backoff after the first attempt, doubled after each further one up to
    /// `max`.
    pub const fn backoff(self, first: Duration, max: Duration) -> Self {
        Self {
            base: first,
            max_backoff: max,
            ..self
        }
    }

    /// Sets the longest wait that the server may ask for.
    ///
    /// If it asks for more, the call fails at once, and the error has the
    /// [wait](crate::Error::retry_after).
    pub const fn max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait, ..self }
    }

    /// Returns the wait before the next attempt, or `None` if there is none.
    pub(crate) fn wait(&self, attempts: u32, asked: Option<Duration>) -> Option<Duration> {
        if attempts >= self.max_attempts {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let backoff = self.base.saturating_mul(doubled).min(self.max_backoff);
        match asked {
            Some(asked) => Some(asked).filter(|asked| *asked <= self.max_wait),
            None => Some(backoff.mul_f64(fastrand::f64())),
        }
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

    #[test]
    fn backoff_grows_to_its_limit() {
        let policy = RetryPolicy::new()
            .max_attempts(u32::MAX)
            .backoff(SECOND, 10 * SECOND);
        for (attempts, most) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (1000, 10)] {
            let waits: Vec<_> = (0..200)
                .filter_map(|_| policy.wait(attempts, None))
                .collect();
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

    #[test]
    fn attempts_end() {
        let policy = RetryPolicy::new().max_attempts(2);
        assert!(policy.wait(1, None).is_some());
        assert!(policy.wait(2, None).is_none());
        assert!(RetryPolicy::never().wait(1, Some(SECOND)).is_none());
    }

    #[test]
    fn the_server_is_obeyed_within_bounds() {
        let policy = RetryPolicy::new().max_wait(60 * SECOND);
        assert_eq!(policy.wait(1, Some(30 * SECOND)), Some(30 * SECOND));
        assert_eq!(policy.wait(1, Some(61 * SECOND)), None);
    }
}
