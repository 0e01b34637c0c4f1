//! A local HTTP server for the tests of `fetch`.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A response.
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    end: End,
}

/// The end of a response.
enum End {
    Complete,
    /// The connection is closed before the end of the body.
    Broken,
    /// There is always more of the body, until the client closes the connection.
    Endless,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            end: End::Complete,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn broken(body: &str) -> Self {
        Self {
            end: End::Broken,
            ..Self::new(200, body)
        }
    }

    pub(crate) fn endless() -> Self {
        Self {
            end: End::Endless,
            ..Self::new(200, "")
        }
    }

    fn send(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let missing = match self.end {
            End::Complete => 0,
            End::Broken => 1,
            End::Endless => 1_000_000,
        };
        let length = self.body.len() + missing;
        let mut head = format!("HTTP/1.1 {} Status\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("connection: close\r\ncontent-length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body)?;
        if let End::Endless = self.end {
            // Slow enough for the time-out to come before the limit of the size.
            loop {
                stream.write_all(b" ")?;
                thread::sleep(Duration::from_millis(10));
            }
        }
        Ok(())
    }
}

/// Returns the answer to a path and the number of former requests of it.
type Answers = dyn Fn(&str, usize) -> Answer + Send + Sync;

/// A server that answers `GET`.
pub(crate) struct Server {
    address: SocketAddr,
    answers: Arc<Mutex<Arc<Answers>>>,
    requests: Arc<Mutex<HashMap<String, usize>>>,
}

impl Server {
    pub(crate) fn new(answers: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            answers: Arc::new(Mutex::new(Arc::new(answers))),
            requests: Arc::default(),
        };
        let (answers, requests) = (server.answers.clone(), server.requests.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, requests) = (answers.clone(), requests.clone());
                thread::spawn(move || serve(stream, &answers, &requests));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Gives other answers from now on.
    pub(crate) fn answer(&self, answers: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) {
        *self.answers.lock().unwrap() = Arc::new(answers);
    }

    /// Returns the number of requests of a path.
    pub(crate) fn requests(&self, path: &str) -> usize {
        let requests = self.requests.lock().unwrap();
        requests.get(path).copied().unwrap_or_default()
    }
}

/// Answers one request. A client that goes away is no failure.
fn serve(
    mut stream: TcpStream,
    answers: &Mutex<Arc<Answers>>,
    requests: &Mutex<HashMap<String, usize>>,
) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let number = {
        let mut requests = requests.lock().unwrap_or_else(PoisonError::into_inner);
        let count = requests.entry(path.clone()).or_default();
        *count += 1;
        *count - 1
    };
    let answers = answers.lock().unwrap().clone();
    let _ = answers(&path, number).send(&mut stream);
}
