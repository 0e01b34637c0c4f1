//! Types nest in other serde types and support formats other than JSON text.

use gitbook_api::types::ContentRef;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A link or plain text, as somebody else's format has it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Target {
    Content(ContentRef),
    Text(String),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Bookmark {
    title: String,
    #[serde(flatten)]
    target: ContentRef,
}

#[test]
fn the_tag_of_a_union_may_come_last() {
    let first = r#"{"kind": "url", "url": "https://a.example"}"#;
    let last = r#"{"url": "https://a.example", "kind": "url"}"#;
    let [first, last] = [first, last].map(|text| serde_json::from_str::<ContentRef>(text).unwrap());
    assert_eq!(first, last);
    assert!(matches!(first, ContentRef::Url(url) if url.url == "https://a.example"));
}

#[test]
fn types_nest_in_other_serde_types() {
    let link = json!({"url": "https://a.example", "kind": "url"});
    let content: ContentRef = serde_json::from_value(link.clone()).unwrap();
    let target: Target = serde_json::from_value(link.clone()).unwrap();
    assert_eq!(target, Target::Content(content.clone()));
    let text: Target = serde_json::from_value(json!("here")).unwrap();
    assert!(
        matches!(text, Target::Content(ContentRef::Unknown(_))),
        "{text:?}"
    );

    let bookmark = json!({"title": "A", "url": "https://a.example", "kind": "url"});
    let read: Bookmark = serde_json::from_value(bookmark.clone()).unwrap();
    assert_eq!(read.target, content);
    assert_eq!(serde_json::to_value(&read).unwrap(), bookmark);
}
