//! The programs under `examples/`, as people run them.
//!
//! `cargo test` builds them; for this test alone, `cargo build --examples` does.

use std::{env, fs, path::PathBuf, process::Output};

use tokio::process::Command;

use crate::server::{Received, Server, Step, answer, json};

/// The program of an example.
fn program(name: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let examples = test.ancestors().nth(2).unwrap().join("examples");
    let program = examples.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "cargo build --examples makes {program:?}");
    program
}

/// Runs an example against a server with these answers, and tells what it printed.
async fn run(server: &Server, name: &str, arguments: &[&str]) -> Output {
    Command::new(program(name))
        .args(arguments)
        .env("GITBOOK_ENDPOINT", server.url())
        .env("GITBOOK_TOKEN", "hush")
        .env_remove("RUST_BACKTRACE")
        .output()
        .await
        .unwrap()
}

/// Returns the output of an example that succeeds.
async fn printed(server: &Server, name: &str, arguments: &[&str]) -> String {
    let output = run(server, name, arguments).await;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the error of an example that fails.
async fn failure(server: &Server, name: &str, arguments: &[&str]) -> String {
    let output = run(server, name, arguments).await;
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// A server that answers by what is asked for; anything else gets a 404.
async fn serving(answers: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(|_, request: &Received| {
        let found = answers.iter().find(|(line, _)| *line == request.line);
        vec![Step::Send(match found {
            Some((_, body)) => json(200, body),
            None => json(404, r#"{"error":{"code":404,"message":"Not here"}}"#),
        })]
    })
    .await
}

/// A new folder for the files of one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test]
async fn whoami() {
    let server = serving(&[
        (
            "GET /v1/user",
            r#"{"object":"user","id":"u1","displayName":"Ada","email":"ada@example.com"}"#,
        ),
        (
            "GET /v1/orgs",
            r#"{"items":[{"object":"organization","id":"o1","title":"Acme"}]}"#,
        ),
    ])
    .await;
    let text = printed(&server, "whoami", &[]).await;
    assert_eq!(text, "Ada <ada@example.com>, u1\n  o1  Acme\n");

    let server = Server::answering(vec![json(401, "{}")]).await;
    let text = failure(&server, "whoami", &[]).await;
    assert!(text.contains("401") && !text.contains("hush"), "{text}");
}

#[tokio::test]
async fn list_spaces() {
    let server = serving(&[
        (
            "GET /v1/orgs/o1/spaces?limit=100",
            r#"{"count":2,"next":{"page":"p2"},"items":[{"object":"space","id":"s1",
            "title":"Docs","urls":{"app":"https://a","published":"https://docs"}}]}"#,
        ),
        (
            "GET /v1/orgs/o1/spaces?limit=100&page=p2",
            r#"{"count":2,"items":[{"object":"space","id":"s2","title":"Blog",
            "urls":{"app":"https://b"}}]}"#,
        ),
    ])
    .await;
    let text = printed(&server, "list_spaces", &["o1"]).await;
    assert_eq!(
        text,
        "s1  Docs  https://docs\ns2  Blog  https://b\n2 spaces\n"
    );
    let text = failure(&server, "list_spaces", &["o2"]).await;
    assert!(text.contains("Not here"), "{text}");
}

#[tokio::test]
async fn export_space() {
    const PAGES: &[(&str, &str)] = &[
        (
            "GET /v1/spaces/s1/content/pages",
            r#"{"pages":[{"id":"a","type":"document","path":"a","pages":[
            {"id":"b","type":"document","path":"a/b","pages":[]}]}]}"#,
        ),
        (
            "GET /v1/spaces/s1/content/page/a?format=markdown",
            r##"{"id":"a","type":"document","path":"a","markdown":"# A"}"##,
        ),
        (
            "GET /v1/spaces/s1/content/page/b?format=markdown",
            r##"{"id":"b","type":"document","path":"a/b","markdown":"# B"}"##,
        ),
        (
            "GET /v1/spaces/s2/content/pages",
            r#"{"pages":[{"id":"c","type":"document","path":"../c","pages":[]}]}"#,
        ),
        (
            "GET /v1/spaces/s2/content/page/c?format=markdown",
            r##"{"id":"c","type":"document","path":"../c","markdown":"# C"}"##,
        ),
    ];
    let server = serving(PAGES).await;
    let parent = folder("export_space");
    let folder = parent.join("docs");
    printed(&server, "export_space", &["s1", folder.to_str().unwrap()]).await;
    assert_eq!(fs::read_to_string(folder.join("a.md")).unwrap(), "# A");
    assert_eq!(fs::read_to_string(folder.join("a/b.md")).unwrap(), "# B");

    // Paths written by others do not lead out of the folder.
    printed(&server, "export_space", &["s2", folder.to_str().unwrap()]).await;
    assert_eq!(fs::read_to_string(folder.join("-/c.md")).unwrap(), "# C");
    assert!(!parent.join("c.md").exists());
}

#[tokio::test]
async fn publish_openapi() {
    let file = folder("publish_openapi").join("openapi.yaml");
    fs::write(&file, "openapi: 3.1.0").unwrap();
    let arguments = ["o1", "pets", file.to_str().unwrap()];
    let pending = r#"{"id":"1","slug":"pets","processingState":"pending"}"#;
    let complete = r#"{"id":"1","slug":"pets","processingState":"complete",
        "urls":{"app":"https://app"}}"#;
    let broken = r#"{"id":"1","slug":"pets","processingState":"complete",
        "lastProcessErrorCode":"PARSE_ERROR","lastProcessedErrors":[{"message":"no paths"}]}"#;

    let server = Server::answering(vec![json(200, pending), json(200, complete)]).await;
    let text = printed(&server, "publish_openapi", &arguments).await;
    assert_eq!(text, "pets is published: https://app\n");
    let received = server.received();
    assert_eq!(received[0].line, "PUT /v1/orgs/o1/openapi/pets");
    assert_eq!(received[0].body, br#"{"source":{"text":"openapi: 3.1.0"}}"#);
    assert_eq!(received[1].line, "GET /v1/orgs/o1/openapi/pets");

    let server = Server::answering(vec![json(200, broken)]).await;
    let text = failure(&server, "publish_openapi", &arguments).await;
    assert!(
        text.contains("no paths") && text.contains("PARSE_ERROR"),
        "{text}"
    );
}

#[tokio::test]
async fn ask() {
    let event = |text: &str| {
        format!(
            "data: {{\"type\":\"answer\",\"answer\":{{\"answer\":{{\"markdown\":\"{text}\"}},\
             \"followupQuestions\":[],\"sources\":[]}}}}\n\n"
        )
    };
    let answered =
        |events: &[String]| answer(200, &["content-type: text/event-stream"], events.concat());
    let done = "event: done\ndata: done\n\n".to_owned();
    let events = [event("Click"), event("Click on Invite."), done];

    let server = Server::answering(vec![answered(&events)]).await;
    let text = printed(&server, "ask", &["o1", "How do I invite?"]).await;
    assert_eq!(text, "Click on Invite.\n");
    assert_eq!(
        server.received()[0].line,
        "GET /v1/orgs/o1/ask/stream?query=How%20do%20I%20invite%3F&format=markdown"
    );

    let server = Server::answering(vec![answered(&events[..1])]).await;
    failure(&server, "ask", &["o1", "How?"]).await;
}

#[tokio::test]
async fn change_request() {
    let file = folder("change_request").join("page.md");
    fs::write(&file, "# Hi").unwrap();
    let arguments = ["s1", "Hi", file.to_str().unwrap()];
    let opened = r#"{"object":"change-request","id":"c1","urls":{"app":"https://app"}}"#;
    let merged = |result| json(200, &format!(r#"{{"revision":"r1","result":"{result}"}}"#));

    let answers = |result| vec![json(201, opened), json(200, opened), merged(result)];
    let server = Server::answering(answers("merge")).await;
    let text = printed(&server, "change_request", &arguments).await;
    assert_eq!(text, "opened https://app\nmerged as r1\n");
    let received = server.received();
    let lines: Vec<_> = received
        .iter()
        .map(|request| {
            (
                request.line.as_str(),
                String::from_utf8_lossy(&request.body),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("POST /v1/spaces/s1/change-requests", r#"{"subject":"Add Hi"}"#.into()),
            (
                "POST /v1/spaces/s1/change-requests/c1/content",
                r##"{"changes":[{"title":"Hi","operation":"insert_page","document":{"markdown":"# Hi"}}]}"##
                    .into()
            ),
            ("POST /v1/spaces/s1/change-requests/c1/merge", "".into()),
        ]
    );

    let server = Server::answering(answers("conflicts")).await;
    let text = failure(&server, "change_request", &arguments).await;
    assert!(text.contains("conflicts"), "{text}");
}

#[tokio::test]
async fn invite_members() {
    let answer = r#"{"users":["u1"],"invited":1,"failedSSOEmails":["c@d.com"]}"#;
    let server = Server::answering(vec![json(200, answer)]).await;
    let arguments = ["o1", "read", "a@b.com", "c@d.com"];
    let text = failure(&server, "invite_members", &arguments).await;
    assert!(text.contains("c@d.com"), "{text}");
    let received = server.received();
    assert_eq!(received[0].line, "POST /v1/orgs/o1/invites");
    assert_eq!(
        received[0].body,
        br#"{"emails":["a@b.com","c@d.com"],"role":"read"}"#
    );

    failure(&server, "invite_members", &["o1", "rea", "a@b.com"]).await;
    assert_eq!(
        server.received().len(),
        1,
        "nothing is sent for a wrong role"
    );
}

/// The server accepts events with a valid signature, and nothing else.
#[cfg(all(feature = "webhooks", feature = "mock"))]
#[tokio::test]
async fn webhook() {
    use crate::server::reqwest_client;
    use gitbook_api::webhooks::Verifier;
    use tokio::io::{AsyncBufReadExt, BufReader};

    let verifier = Verifier::new("hush");
    let sign = |body: &str| Some(verifier.sign(body.as_bytes()));

    let mut server = Command::new(program("webhook"))
        .arg("127.0.0.1:0")
        .env("GITBOOK_WEBHOOK_SECRET", "hush")
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap()).lines();
    let url = output.next_line().await.unwrap().unwrap();
    let url = url.trim_start_matches("listening on ").to_owned();

    let body = r#"{"eventId":"e1","type":"space_content_updated","spaceId":"s1",
        "installationId":"i1","revisionId":"r1"}"#;
    // Signed with the same secret, on the first day of 2022.
    let old = "t=1640995200,v1=69bc8cb6e514cbed0dbbaa76fe8ad5c811454032787af64ac3f34294d2fd5ae0";
    let http = reqwest_client();
    for (signature, body, status) in [
        (sign(body), body, 204),
        (sign(body), "{}", 401),
        (Some(old.to_owned()), body, 401),
        (Some("t=1".to_owned()), body, 401),
        (None, body, 401),
        (sign("{oops"), "{oops", 400),
    ] {
        let mut request = http.post(&url).body(body);
        if let Some(signature) = &signature {
            request = request.header("X-GitBook-Signature", signature);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{signature:?} {body}");
    }
    let line = output.next_line().await.unwrap().unwrap();
    assert_eq!(line, "space s1 has revision r1");
}
