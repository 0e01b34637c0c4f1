//! What the benchmarks share: bodies as GitBook answers them, and a server that sends them.

pub mod bodies;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The server, in a process of its own, so that its CPU time is not counted.
pub struct Server {
    process: Child,
    /// Its address, as in `http://127.0.0.1:4242`.
    pub url: String,
}

impl Server {
    /// Starts the program `server`, which stands at `path`.
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
