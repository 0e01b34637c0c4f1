//! Shared parts of the benchmarks: bodies of GitBook's responses, a server that sends them, and calls.

#[cfg(test)]
mod allocations;
pub mod bodies;
pub mod call;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The shortest time of a few in a row, so that none pays for the memory that another has given back.
pub fn turn(run: impl Fn()) -> Duration {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or(Duration::MAX)
}

/// The server, in a process of its own, so that its CPU time is not counted.
pub struct Server {
    process: Child,
    /// Its address, as in `http://127.0.0.1:4242`.
    pub url: String,
}

impl Server {
    /// Starts the program `server` at `path`.
    pub fn start(path: &str) -> Self {
        let mut process = Command::new(path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut url = String::new();
        let output = process.stdout.take().expect("the output is piped");
        BufReader::new(output)
            .read_line(&mut url)
            .expect("the server tells its address");
        Self {
            process,
            url: url.trim().to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
