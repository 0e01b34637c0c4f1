//! A server whose responses are given byte by byte.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use gitbook_api::{Client, ClientBuilder, Operation, RetryPolicy};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) static GET: Operation =
    Operation::new("getThing", "GET", "/things/{thingId}").with_required(&["thingId"]);
pub(crate) static POST: Operation = Operation::new("createThing", "POST", "/things");

/// The action of the server on a connection after it has read a request.
#[derive(Clone)]
pub(crate) enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// Ends the connection without the goodbyes of TCP.
    Reset,
    /// Waits for the client to hang up, and notes that it has.
    AwaitClose,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// The method and the target, as in `GET /v1/things/a`.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let of_name = self.headers.iter().filter(|(header, _)| header == name);
        of_name.map(|(_, value)| value.as_str()).collect()
    }
}

pub(crate) struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    hung_up: Arc<AtomicBool>,
}

impl Server {
    /// Answers the n-th request, counted from 0, with the steps of `script(n, request)`.
    pub(crate) async fn start(
        script: impl Fn(usize, &Received) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            received: Arc::default(),
            hung_up: Arc::default(),
        };
        let (received, hung_up) = (Arc::clone(&server.received), Arc::clone(&server.hung_up));
        let (script, count) = (Arc::new(script), Arc::new(AtomicUsize::new(0)));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (received, hung_up) = (Arc::clone(&received), Arc::clone(&hung_up));
                let (script, count) = (Arc::clone(&script), Arc::clone(&count));
                tokio::spawn(async move {
                    let Some(request) = read(&mut stream).await else {
                        return;
                    };
                    let steps = script(count.fetch_add(1, Ordering::SeqCst), &request);
                    received.lock().unwrap().push(request);
                    play(stream, steps, &hung_up).await;
                });
            }
        });
        server
    }

    /// Answers the requests with these in turn, and with the last one from then on.
    pub(crate) async fn answering(answers: Vec<Vec<u8>>) -> Self {
        Self::start(move |n, _| vec![Step::Send(answers[n.min(answers.len() - 1)].clone())]).await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client that retries without much waiting.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let millisecond = Duration::from_millis(1);
        Client::builder()
            .endpoint(self.url())
            .token("hush")
            .retry(RetryPolicy::new().backoff(millisecond, millisecond))
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Returns whether the client has closed a connection that was waiting for it.
    pub(crate) async fn was_hung_up(&self) -> bool {
        for _ in 0..200 {
            if self.hung_up.load(Ordering::SeqCst) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    }
}

async fn play(mut stream: TcpStream, steps: Vec<Step>, hung_up: &AtomicBool) {
    for step in steps {
        match step {
            Step::Send(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Reset => stream.set_zero_linger().unwrap(),
            Step::AwaitClose => {
                let end = stream.read(&mut [0]).await;
                hung_up.store(matches!(end, Ok(0) | Err(_)), Ordering::SeqCst);
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let mut lines = text.split("\r\n");
    let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Received {
        line,
        headers,
        body,
    })
}

/// A whole answer: status, further header lines, body.
pub(crate) fn answer(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = format!("content-length: {}", body.len());
    let mut answer = head(status, &[headers, &[length.as_str()]].concat());
    answer.extend_from_slice(body);
    answer
}

/// The beginning of an answer.
pub(crate) fn head(status: u16, headers: &[&str]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// A whole answer of JSON.
pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, &["content-type: application/json"], body)
}

/// Returns a client of reqwest, which has no provider of cryptography of its own here.
pub(crate) fn reqwest_client() -> gitbook_api::reqwest::Client {
    // Another test may have installed this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    gitbook_api::reqwest::Client::new()
}
