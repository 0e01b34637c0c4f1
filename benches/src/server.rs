//! A server with one organization and 10,000 integrations, in pages of 100. It prints its address
//! and serves until it is stopped.

use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use gitbook_api_benches::bodies;

const PAGES: usize = 100;

struct Answers {
    organization: Vec<u8>,
    pages: Vec<Vec<u8>>,
}

fn main() -> Result<()> {
    let answers = Arc::new(Answers {
        organization: answer(&bodies::organization()),
        pages: (0..PAGES).map(|page| answer(&list(page))).collect(),
    });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for connection in listener.incoming() {
        let answers = answers.clone();
        let connection = connection?;
        // A client that goes away ends its connection, and nothing else.
        thread::spawn(move || serve(&connection, &answers));
    }
    Ok(())
}

fn list(page: usize) -> serde_json::Value {
    let next = if page + 1 < PAGES {
        serde_json::json!({"page": (page + 1).to_string()})
    } else {
        serde_json::Value::Null
    };
    let mut list = bodies::integrations(100);
    list["next"] = next;
    list["count"] = (PAGES * 100).into();
    list
}

fn answer(body: &serde_json::Value) -> Vec<u8> {
    let body = body.to_string();
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn serve(mut connection: &TcpStream, answers: &Answers) -> Result<()> {
    connection.set_nodelay(true)?;
    let mut requests = BufReader::new(connection);
    loop {
        let mut request = String::new();
        while requests.read_line(&mut request)? > 2 {}
        let Some(target) = request.split(' ').nth(1) else {
            return Ok(());
        };
        let page = target.rsplit_once("page=").map(|(_, page)| {
            let digits = page.split('&').next().unwrap_or_default();
            digits.parse().unwrap_or(0)
        });
        let answer = if target.contains("/integrations") {
            &answers.pages[page.unwrap_or(0).min(PAGES - 1)]
        } else {
            &answers.organization
        };
        connection.write_all(answer)?;
    }
}
