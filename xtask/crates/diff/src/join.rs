//! Computes two values in parallel.

use std::panic;
use std::thread;

/// Runs both functions in parallel and returns their results.
pub fn join<T: Send>(base: impl FnOnce() -> T + Send, head: impl FnOnce() -> T) -> [T; 2] {
    thread::scope(|scope| {
        let base = scope.spawn(base);
        let head = head();
        let base = base
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic));
        [base, head]
    })
}
