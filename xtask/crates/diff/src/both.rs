//! Two documents at once.

use std::panic;
use std::thread;

/// What `base` and `head` give, worked out beside each other.
pub fn both<T: Send>(base: impl FnOnce() -> T + Send, head: impl FnOnce() -> T) -> [T; 2] {
    thread::scope(|scope| {
        let base = scope.spawn(base);
        let head = head();
        let base = base
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic));
        [base, head]
    })
}
