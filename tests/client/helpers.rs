//! Helpers made of several calls.

use std::sync::{Arc, Mutex};

use futures_util::Stream;
use gitbook_api::{
    FileUpload, MarkdownPage,
    types::{ContentImportTarget, StorageUploadKind},
};

use crate::server::{Server, Step, answer, json};

fn file(content: &'static str) -> FileUpload {
    FileUpload::from_bytes("a.txt", content)
}

#[tokio::test]
async fn files_go_to_the_storage_without_the_token() {
    let storage = Server::answering(vec![answer(503, &[], ""), answer(200, &[], "")]).await;
    let url = format!("{}/bucket/a.txt?signature=hush", storage.url());
    let signed = format!(r#"{{"object":"storage-signed-url","url":"{url}","key":"k1"}}"#);
    let server = Server::answering(vec![json(201, &signed)]).await;

    let upload = server.builder().header("x-key", "hush").build().unwrap();
    let key = upload.upload_file("org", StorageUploadKind::ImportFile, file("hello"));
    assert_eq!(key.await.unwrap(), "k1");

    assert_eq!(
        server.received()[0].line,
        "POST /v1/orgs/org/storage/upload"
    );
    let uploaded = &storage.received()[1];
    assert_eq!(uploaded.line, "PUT /bucket/a.txt?signature=hush");
    assert_eq!(uploaded.body, b"hello");
    assert_eq!(uploaded.header("content-type"), ["text/plain"]);
    assert!(uploaded.header("authorization").is_empty() && uploaded.header("x-key").is_empty());
}

#[tokio::test]
async fn a_storage_that_refuses_is_reported() {
    let storage = Server::answering(vec![answer(403, &[], "<Error>Expired</Error>")]).await;
    let signed = format!(
        r#"{{"object":"storage-signed-url","url":"{}","key":"k1"}}"#,
        storage.url()
    );
    let server = Server::answering(vec![json(201, &signed)]).await;
    let client = server.client();
    let result = client
        .upload_file("org", StorageUploadKind::ImportFile, file(""))
        .await;
    let error = result.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(error.operation(), Some("uploadToStorage"));
    assert_eq!(error.body(), Some(&b"<Error>Expired</Error>"[..]));
    assert!(!error.to_string().contains("token"), "{error}");
}

/// Nothing is sent to a URL that does not keep the file to itself, and that is no fault of the
/// request.
#[tokio::test]
async fn signed_urls_are_checked() {
    for url in [
        "",
        "bucket/a.txt",
        "http://storage.example.com/a",
        "ftp://127.0.0.1/a",
        "file:///tmp/a",
    ] {
        let signed = format!(r#"{{"object":"storage-signed-url","url":"{url}","key":"k1"}}"#);
        let server = Server::answering(vec![json(201, &signed)]).await;
        let client = server.client();
        let upload = client.upload_file("org", StorageUploadKind::ImportFile, file("a"));
        let error = upload.await.unwrap_err();
        assert!(
            error.is_decode() && !error.is_refused_locally(),
            "{url}: {error}"
        );
        assert!(error.to_string().contains("signed URL"), "{error}");
        assert_eq!(server.received().len(), 1);
    }
}

#[test]
fn the_extension_of_a_file_is_its_media_type() {
    for (path, name, media_type) in [
        (
            "docs/Handbook.DOCX",
            "Handbook.DOCX",
            "wordprocessingml.document",
        ),
        ("a.md", "a.md", "text/markdown"),
        ("a/b.tar.gz", "b.tar.gz", "application/octet-stream"),
        ("README", "README", "application/octet-stream"),
    ] {
        let text = format!("{:?}", FileUpload::from_path(path));
        assert!(
            text.contains(&format!("{name:?}")) && text.contains(media_type),
            "{text}"
        );
    }
}

#[tokio::test]
async fn the_progress_of_bytes_is_reported() {
    let storage = Server::answering(vec![answer(200, &[], "")]).await;
    let url = storage.url();
    let signed = format!(r#"{{"object":"storage-signed-url","url":"{url}","key":"k1"}}"#);
    let server = Server::answering(vec![json(201, &signed)]).await;
    let reports = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&reports);
    let file = FileUpload::from_bytes("a.bin", vec![7; 150_000]);
    let file = file
        .media_type("application/x")
        .on_progress(move |sent, size| {
            reported.lock().unwrap().push((sent, size));
        });
    let client = server.client();
    client
        .upload_file("org", StorageUploadKind::ImportFile, file)
        .await
        .unwrap();
    let expected = [(65_536, 150_000), (131_072, 150_000), (150_000, 150_000)];
    assert_eq!(*reports.lock().unwrap(), expected);
    assert_eq!(storage.received()[0].body, [7; 150_000]);
    assert_eq!(
        storage.received()[0].header("content-type"),
        ["application/x"]
    );
    assert_eq!(storage.received()[0].header("content-length"), ["150000"]);
    let request: serde_json::Value = serde_json::from_slice(&server.received()[0].body).unwrap();
    assert_eq!(request["file"]["type"], "application/x");
}

/// A file is read from disk, for each attempt again, and its size is that of the content.
#[tokio::test]
async fn files_are_uploaded_from_disk() {
    let path = std::env::temp_dir().join(format!("gitbook-upload-{}", std::process::id()));
    for size in [0, 1, 300_000] {
        let content: Vec<u8> = (0..size).map(|index| (index % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let storage = Server::answering(vec![answer(503, &[], ""), answer(200, &[], "")]).await;
        let url = storage.url();
        let signed = format!(r#"{{"object":"storage-signed-url","url":"{url}","key":"k1"}}"#);
        let server = Server::answering(vec![json(201, &signed)]).await;
        let client = server.builder().user_agent("docs-bot/1").build().unwrap();
        let kind = StorageUploadKind::ImportFile;
        let reports = Arc::new(Mutex::new(Vec::new()));
        let reported = Arc::clone(&reports);
        let file = FileUpload::from_path(&path)
            .name("a.md")
            .on_progress(move |sent, size| reported.lock().unwrap().push((sent, size)));
        let key = client.upload_file("org", kind, file).await;
        assert_eq!(key.unwrap(), "k1");
        let reports = std::mem::take(&mut *reports.lock().unwrap());
        let last = u64::from(size as u32);
        assert!(reports.iter().all(|report| report.1 == last), "{reports:?}");
        // It grows to the size, once for each attempt.
        let attempts = reports.iter().filter(|(sent, _)| *sent == last).count();
        assert_eq!(attempts, if size == 0 { 0 } else { 2 }, "{reports:?}");
        let metadata: serde_json::Value =
            serde_json::from_slice(&server.received()[0].body).unwrap();
        assert_eq!(
            metadata["file"]["size"].as_f64(),
            Some(f64::from(size)),
            "{metadata}"
        );
        for uploaded in storage.received() {
            assert!(uploaded.body == content, "{size}");
            assert_eq!(uploaded.header("content-length"), [size.to_string()]);
            assert_eq!(uploaded.header("user-agent"), ["docs-bot/1"]);
        }
        assert_eq!(storage.received().len(), 2);
    }
    std::fs::remove_file(&path).unwrap();

    let server = Server::answering(vec![json(201, "{}")]).await;
    let client = server.client();
    for path in [path, std::env::temp_dir()] {
        let kind = StorageUploadKind::ImportFile;
        let error = client
            .upload_file("org", kind, path.clone())
            .await
            .unwrap_err();
        assert!(error.is_refused_locally(), "{error}");
        assert!(
            error.to_string().contains(path.to_str().unwrap()),
            "{error}"
        );
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn files_are_imported() {
    let storage = Server::answering(vec![answer(200, &[], "")]).await;
    let url = storage.url();
    let server = Server::start(move |n, _| {
        let body = match n {
            2 => r#"{"id":"r1","status":"pending"}"#.to_owned(),
            n => format!(r#"{{"object":"storage-signed-url","url":"{url}","key":"k{n}"}}"#),
        };
        vec![Step::Send(json(201, &body))]
    })
    .await;
    let files = [file("hello"), file("you")];
    let client = server.client();
    let target = ContentImportTarget::new("s1");
    let run = client.import_files("org", files, target).await.unwrap();
    assert_eq!(run.id, "r1");

    let uploaded: Vec<_> = storage
        .received()
        .into_iter()
        .map(|file| file.body)
        .collect();
    assert_eq!(uploaded, [b"hello".to_vec(), b"you".to_vec()]);
    let request = &server.received()[2];
    assert_eq!(request.line, "POST /v1/org/org/imports");
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&request.body).unwrap(),
        serde_json::json!({
            "source": { "type": "file", "files": ["k0", "k1"] },
            "target": { "space": "s1" },
        })
    );
}

fn page(id: &str, below: &str, markdown: &str) -> String {
    format!(
        r#"{{"id":"{id}","title":"T{id}","kind":"sheet","type":"document","slug":"{id}",
        "path":"p/{id}","urls":{{"app":"https://example.com"}},"layout":{{}},"tags":[],
        "pages":[{below}]{markdown}}}"#
    )
}

#[tokio::test]
async fn pages_are_exported_in_order() {
    let server = Server::start(|_, request| {
        let id = request
            .line
            .rsplit('/')
            .next()
            .unwrap()
            .trim_end_matches("?format=markdown");
        let body = match id {
            "pages" => {
                let link = r#"{"id":"l","title":"L","kind":"link","type":"link"}"#;
                let first = page("a", &format!("{link},{}", page("b", "", "")), "");
                // A group in a group is not in the API description.
                let within = page("d", "", "");
                let within =
                    format!(r#"{{"id":"h","title":"H","type":"group","pages":[{within}]}}"#);
                let group = format!("{},{within}", page("c", "", ""));
                format!(
                    r#"{{"pages":[{first},{{"id":"g","title":"G","kind":"group","type":"group",
                    "slug":"g","path":"g","pages":[{group}]}}]}}"#
                )
            }
            "c" => return vec![Step::Send(json(403, "{}"))],
            id => page(id, "", &format!(r##","markdown":"# {id}""##)),
        };
        vec![Step::Send(json(200, &body))]
    })
    .await;
    let client = server.client();
    let mut pages = client.export_markdown("s").await.unwrap();
    assert_eq!(pages.size_hint(), (4, Some(4)));
    let texts = |page: MarkdownPage| {
        [page.id.into_string(), page.title, page.path, page.markdown].join(" ")
    };
    assert_eq!(
        pages.next().await.unwrap().map(texts).unwrap(),
        "a Ta p/a # a"
    );
    assert_eq!(
        pages.next().await.unwrap().map(texts).unwrap(),
        "b Tb p/b # b"
    );
    assert_eq!(pages.remaining(), 2);
    // The others follow after one that fails.
    assert!(pages.next().await.unwrap().unwrap_err().is_forbidden());
    assert_eq!(
        pages.next().await.unwrap().map(texts).unwrap(),
        "d Td p/d # d"
    );
    assert_eq!(pages.remaining(), 0);
    assert!(pages.next().await.is_none());

    let all = client.export_markdown("s").await.unwrap();
    assert!(all.try_collect().await.unwrap_err().is_forbidden());
}
