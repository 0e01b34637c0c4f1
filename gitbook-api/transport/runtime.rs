//! The Tokio runtime that calls need.

use std::{
    any::Any,
    future::Future,
    panic::{AssertUnwindSafe, resume_unwind},
};

use futures_util::FutureExt;
use tokio::runtime::Handle;

use crate::error::{Error, ErrorKind};

/// Runs a future that uses timers and sockets.
///
/// # Errors
///
/// Fails outside of a Tokio runtime, and in one that was built without timers or I/O. Tokio does not
/// say whether a runtime has them, but panics when they are used.
pub(crate) async fn with_runtime<T>(
    future: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    if Handle::try_current().is_err() {
        return Err(missing());
    }
    // No state of the future is used after a panic.
    match AssertUnwindSafe(future).catch_unwind().await {
        Ok(result) => result,
        Err(panic) if is_about_runtime(&*panic) => Err(missing()),
        Err(panic) => resume_unwind(panic),
    }
}

fn missing() -> Error {
    Error::new(
        ErrorKind::Runtime,
        "the call needs a Tokio runtime with its time and I/O drivers, such as that of \
         `#[tokio::main]` or one built with `enable_all`; outside of one, use the feature `blocking`",
    )
}

/// Returns whether Tokio panicked because of a driver that the runtime does not have.
fn is_about_runtime(panic: &(dyn Any + Send)) -> bool {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.is_some_and(|text| {
        text.starts_with("A Tokio 1.x context was found, but ") && text.contains("disabled")
    })
}
