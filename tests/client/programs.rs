//! Programs of `examples/` against the mock server.

use std::fs;

use gitbook_api::mock::MockServer;
use gitbook_api::types::{DocumentFormat, RevisionPage, Space};
use gitbook_api::{Body, decode};

#[allow(dead_code, reason = "`main`")]
#[path = "../../examples/backup_organization.rs"]
mod backup_organization;
#[allow(dead_code, reason = "`main`")]
#[path = "../../examples/redirects_from_csv.rs"]
mod redirects_from_csv;

fn space(id: &str) -> Space {
    let mut space = Space::default();
    space.id = id.into();
    space.title = id.to_uppercase();
    space
}

#[tokio::test]
async fn a_backup_has_what_can_be_read() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let list = client.list_spaces_in_organization_by_id("acme");
    let spaces = [vec![space("broken"), space("docs")]];
    server.mock(list).respond_pages(spaces).await;
    let broken = client.list_pages("broken");
    server.mock(broken).respond_error(403, "No access").await;
    let page = r#"{"type":"document","id":"p1","title":"Start","slug":"start","path":"guides/start","pages":[],
        "urls":{},"layout":{},"tags":[],"markdown":"Hello"}"#;
    let page: RevisionPage = decode::json(page.as_bytes()).unwrap();
    let contents = serde_json::json!({ "pages": [page] });
    let docs = client.list_pages("docs");
    server.mock(docs).respond_json(200, &contents).await;
    let content = client
        .get_page_by_id("docs", "p1")
        .format(DocumentFormat::Markdown);
    server.mock(content).respond(&page).await;

    let folder = std::env::temp_dir().join(format!("gitbook-api-backup-{}", std::process::id()));
    let backup = backup_organization::backup(&client, "acme", &folder).await;

    let written = fs::read_to_string(folder.join("docs/guides/start.md")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(written, "Hello");
    assert_eq!(backup.unwrap_err().to_string(), "the backup lacks BROKEN");
}

#[test]
fn lines_are_redirects() {
    let csv = "/old,https://example.com/new\n\n /a , https://example.com/b \n";
    let redirects = redirects_from_csv::parse(csv).unwrap();
    assert_eq!(redirects.len(), 2);
    assert_eq!(redirects[1].source, "/a");
    assert!(redirects.iter().all(|redirect| redirect.check().is_ok()));

    let error = redirects_from_csv::parse("/a,b\n/old\n").unwrap_err();
    assert!(error.to_string().starts_with("line 2 "), "{error}");
}
