//! The `tracing` feature: a span per call, an event per retry. Without the feature, nothing. Ids,
//! queries and tokens are not recorded.

#[cfg(feature = "tracing")]
pub(crate) use enabled::{CallSpan, in_current_span, retry, throttled};

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::{CallSpan, in_current_span, retry, throttled};

#[cfg(feature = "tracing")]
mod enabled {
    use std::{future::Future, time::Duration};

    use reqwest::{StatusCode, Url};
    use tokio::time::Instant;
    use tracing::{Instrument, Span, field::Empty, info_span};

    use crate::{error::Error, operation::Called};

    /// The span of a call. Fields are recorded on it and not on the current span, which is the
    /// caller's if this one is filtered out.
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn new(called: &Called, url: &Url) -> Self {
            Self(info_span!(
                "gitbook",
                otel.name = called.name(),
                otel.kind = "client",
                otel.status_code = Empty,
                operation = called.name(),
                http.request.method = called.method(),
                http.response.status_code = Empty,
                url.template = called.path(),
                server.address = url.host_str(),
                server.port = url.port_or_known_default(),
                error.type = Empty,
                attempts = Empty,
                elapsed_ms = Empty,
            ))
        }

        /// Runs the call.
        pub(crate) async fn run<T>(
            &self,
            call: impl Future<Output = Result<(T, u32), Error>>,
        ) -> Result<(T, u32), Error> {
            // The clock is read for nobody then.
            if self.0.is_disabled() {
                return call.await;
            }
            let start = Instant::now();
            let result = call.instrument(self.0.clone()).await;
            self.0.record("elapsed_ms", millis(start.elapsed()));
            match &result {
                Ok((_, attempts)) => self.0.record("attempts", attempts),
                Err(error) => self
                    .0
                    .record("attempts", error.attempts())
                    .record("error.type", error.type_name())
                    .record("otel.status_code", "ERROR"),
            };
            result
        }

        /// Records the status of the last response.
        pub(crate) fn status(&self, status: StatusCode) {
            self.0.record("http.response.status_code", status.as_u16());
        }
    }

    /// Records another attempt.
    pub(crate) fn retry(error: &Error, wait: Duration) {
        let status = error.status().map(|status| status.as_u16());
        let (attempt, error_type) = (error.attempts(), error.type_name());
        let wait_ms = millis(wait);
        tracing::warn!(attempt, status, error.type = error_type, wait_ms, "trying again");
    }

    /// Records a wait for the next window of the rate limit.
    pub(crate) fn throttled(wait: Duration) {
        tracing::info!(wait_ms = millis(wait), "the rate limit is used up");
    }

    /// Runs the future, in a task of its own for instance, within the span of the caller.
    pub(crate) fn in_current_span<F: Future>(future: F) -> impl Future<Output = F::Output> {
        future.in_current_span()
    }

    fn millis(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use std::{future::Future, time::Duration};

    use reqwest::{StatusCode, Url};

    use crate::{error::Error, operation::Called};

    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_called: &Called, _url: &Url) -> Self {
            Self
        }

        pub(crate) fn run<F: Future>(&self, call: F) -> F {
            call
        }

        pub(crate) fn status(&self, _status: StatusCode) {}
    }

    pub(crate) fn retry(_error: &Error, _wait: Duration) {}

    pub(crate) fn throttled(_wait: Duration) {}

    pub(crate) fn in_current_span<F: Future>(future: F) -> F {
        future
    }
}
