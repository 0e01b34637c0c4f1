//! The examples in the documentation of the methods: each call is sent to a server that checks the
//! request against the document.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use gitbook_api::{Call, Client, OPERATIONS, Operation, RetryPolicy};
use schema_sample::{Dialect, Validator};
use serde_json::Value;

use crate::checks::escape;
use crate::sampled::document;

/// Returns the call of an example, not sent.
type Example = fn(&Client) -> Call;

mod calls {
    use gitbook_api::{Request, types};

    use super::Example;

    /// The calls of all examples.
    #[allow(deprecated)]
    pub(super) const EXAMPLES: &[(&str, Example)] =
        &include!(concat!(env!("OUT_DIR"), "/examples.rs"));
}

/// The operations whose bodies need one of several properties, which a struct does not say.
const ALTERNATIVES: [&str; 1] = ["searchSiteContent"];

/// A request as the server receives it.
struct Received {
    method: String,
    path: String,
    query: Vec<String>,
    headers: Vec<String>,
    body: Vec<u8>,
}

/// Starts a server that responds with 404 to everything. Returns its address, and the requests.
fn server() -> (String, mpsc::Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (sender, received) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let request = read(stream.expect("a connection"));
            if sender.send(request).is_err() {
                break;
            }
        }
    });
    (format!("http://{address}"), received)
}

/// Reads a request, and responds.
fn read(stream: TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    };
    let first = line();
    let headers: Vec<String> = std::iter::repeat_with(line)
        .take_while(|line| !line.is_empty())
        .map(|line| line.to_lowercase())
        .collect();
    let length = headers
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().expect("a number"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body");
    let response = b"HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    reader.get_mut().write_all(response).expect("a connection");

    let mut words = first.split(' ');
    let method = words.next().expect("a method").to_owned();
    let target = words.next().expect("a target");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    Received {
        method,
        path: path.to_owned(),
        query: names.map(str::to_owned).collect(),
        headers,
        body,
    }
}

/// The schemas of the bodies of all operations.
struct Bodies {
    /// The JSON pointers of the schemas, by operation.
    pointers: HashMap<&'static str, String>,
    validator: Validator,
}

impl Bodies {
    fn new(document: &Value) -> Self {
        let pointers = OPERATIONS.iter().filter_map(|operation| {
            let method = operation.method.to_lowercase();
            let pointer = format!("/paths/{}/{method}/requestBody", escape(operation.path));
            let pointer = match document.pointer(&pointer)?["$ref"].as_str() {
                Some(reference) => reference.trim_start_matches('#').to_owned(),
                None => pointer,
            };
            let pointer = format!("{pointer}/content/application~1json/schema");
            Some((operation.id, pointer))
        });
        let pointers: HashMap<_, _> = pointers.collect();
        let schemas = pointers.values().cloned();
        let validator = Validator::new(Dialect::OpenApi30, document.clone(), schemas);
        Self {
            pointers,
            validator,
        }
    }
}

/// Returns the difference between a request and its operation, if there is one.
fn difference(request: &Received, operation: &Operation, bodies: &Bodies) -> Option<String> {
    if request.method != operation.method {
        return Some(format!("the method {}", request.method));
    }
    let path = format!("/v1{}", operation.path);
    let (template, segments) = (path.split('/'), request.path.split('/'));
    let is_segment = |(template, segment): (&str, &str)| {
        template == segment || template.contains('{') && !segment.is_empty()
    };
    if template.clone().count() != segments.clone().count()
        || !template.zip(segments).all(is_segment)
    {
        return Some(format!("the path {}", request.path));
    }
    let in_path = |name: &str| operation.path.contains(&format!("{{{name}}}"));
    let mut required = operation.required.iter().filter(|name| !in_path(name));
    let missing = required.find(|name| match **name {
        "body" => request.body.is_empty(),
        name => !request.query.iter().any(|given| given == name),
    });
    if let Some(missing) = missing {
        return Some(format!("`{missing}` is missing"));
    }
    let mut required = operation.required_headers.iter();
    let has = |name: &str| {
        let start = format!("{}: ", name.to_lowercase());
        request.headers.iter().any(|line| line.starts_with(&start))
    };
    if let Some(missing) = required.find(|name| !has(name)) {
        return Some(format!("the header `{missing}` is missing"));
    }
    if request.body.is_empty() {
        return None;
    }
    let body: Value = serde_json::from_slice(&request.body).expect("JSON");
    let pointer = &bodies.pointers[operation.id];
    bodies.validator.validate(pointer, &body).err()
}

#[test]
fn the_request_of_every_example_is_valid() {
    let bodies = Bodies::new(&document("spec/openapi.yaml"));
    let (endpoint, received) = server();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = Client::builder()
        .endpoint(endpoint)
        .token("token")
        .retry(RetryPolicy::none())
        .build()
        .expect("a client");
    let documented = OPERATIONS.iter().filter(|operation| !operation.internal);
    let mut wrong = Vec::new();
    for operation in documented {
        let id = operation.id;
        let (_, example) = calls::EXAMPLES
            .iter()
            .find(|(example, _)| *example == id)
            .unwrap_or_else(|| panic!("{id} has no example"));
        let call = example(&client);
        assert_eq!(call.operation().map(|it| it.id), Some(id));
        let result = runtime.block_on(async { call.json::<Value>().await });
        let error = result.expect_err("the server has nothing");
        if error.is_not_found() {
            let request = received.recv().expect("a request");
            let difference = difference(&request, operation, &bodies);
            let difference = difference.filter(|_| !ALTERNATIVES.contains(&id));
            let body = String::from_utf8_lossy(&request.body);
            wrong.extend(difference.map(|difference| format!("{id}: {difference} in {body}")));
        } else {
            wrong.push(format!("{id}: {error}"));
        }
    }
    assert!(calls::EXAMPLES.len() > 300);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
