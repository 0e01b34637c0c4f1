//! The `tracing` feature: a span per call, an event per retry. Without the feature, nothing. Ids,
//! queries and tokens are not recorded.

#[cfg(feature = "tracing")]
pub(crate) use enabled::{call, retry, status};

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::{call, retry, status};

#[cfg(feature = "tracing")]
mod enabled {
    use std::{future::Future, time::Duration};

    use reqwest::StatusCode;
    use tokio::time::Instant;
    use tracing::{Instrument, Span, field::Empty, info_span};

    use crate::{error::Error, operation::Operation};

    /// Runs a call in its span.
    pub(crate) async fn call<T>(
        operation: &'static Operation,
        future: impl Future<Output = Result<(T, u32), Error>>,
    ) -> Result<(T, u32), Error> {
        let span = info_span!(
            "gitbook",
            otel.name = operation.id,
            otel.kind = "client",
            operation = operation.id,
            http.request.method = operation.method,
            url.template = operation.path,
            http.response.status_code = Empty,
            attempts = Empty,
            elapsed_ms = Empty,
            error = Empty,
        );
        let start = Instant::now();
        let result = future.instrument(span.clone()).await;
        span.record(
            "elapsed_ms",
            u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        );
        match &result {
            Ok((_, attempts)) => span.record("attempts", attempts),
            Err(error) => span
                .record("attempts", error.attempts())
                .record("error", error.kind().name()),
        };
        result
    }

    /// Records another attempt.
    pub(crate) fn retry(error: &Error, wait: Duration) {
        let status = error.status().map(|status| status.as_u16());
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let (attempt, kind) = (error.attempts(), error.kind().name());
        tracing::warn!(attempt, status, kind, wait_ms, "trying again");
    }

    /// Records the status in the span of the call.
    pub(crate) fn status(status: StatusCode) {
        Span::current().record("http.response.status_code", status.as_u16());
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use std::{future::Future, time::Duration};

    use reqwest::StatusCode;

    use crate::{error::Error, operation::Operation};

    pub(crate) fn call<T>(
        _operation: &'static Operation,
        future: impl Future<Output = T>,
    ) -> impl Future<Output = T> {
        future
    }

    pub(crate) fn retry(_error: &Error, _wait: Duration) {}

    pub(crate) fn status(_status: StatusCode) {}
}
