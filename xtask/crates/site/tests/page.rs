//! The page of a small document with hostile text.

use gitbook_api_codegen::{Value, generate};
use operations_site::{Example, page};
use serde_json::json;

const HOSTILE: &str = "</p><script>alert(1)</script> \" onload='x' {{operations}} & \u{202e}";

fn document() -> Value {
    let space =
        json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}});
    let page = json!({
        "type": "object",
        "required": ["items"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Space"}},
            "next": {"type": "object", "properties": {"page": {"type": "string"}}},
        }
    });
    let answer = |media: &str, name: &str| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"200": {"description": "OK", "content": {media: {"schema": schema}}}})
    };
    let parameter = |name: &str, place: &str| json!({"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "tags": [{"name": "spaces", "x-page-title": "Spaces", "x-page-description": HOSTILE}, {"name": "ask"}],
        "security": [{"oauth": ["space:read"]}],
        "paths": {
            "/spaces/{spaceId}": {
                "parameters": [parameter("spaceId", "path")],
                "get": {
                    "operationId": "getSpaceById",
                    "tags": ["spaces"],
                    "summary": HOSTILE,
                    "description": HOSTILE,
                    "deprecated": true,
                    "security": [{"oauth": [HOSTILE]}],
                    "parameters": [parameter("shareKey", "query")],
                    "responses": answer("application/json", "Space"),
                },
                "delete": {
                    "operationId": "deleteSpaceById",
                    "tags": ["spaces"],
                    "x-internal": true,
                    "responses": {"204": {"description": "Deleted"}},
                },
            },
            "/spaces/<b>": {
                "get": {
                    "operationId": "listSpaces",
                    "tags": ["spaces"],
                    "parameters": [parameter("page", "query")],
                    "responses": answer("application/json", "Spaces"),
                },
            },
            "/ask": {
                "post": {
                    "operationId": "ask",
                    "tags": ["ask"],
                    "responses": answer("text/event-stream", "Space"),
                },
            },
        },
        "components": {"schemas": {"Space": space, "Spaces": page}},
    })
}

fn html() -> String {
    let example = Example {
        name: "show".to_owned(),
        source: "client.get_space_by_id(&id).await?".to_owned(),
    };
    page(&document(), &[example]).unwrap()
}

/// Returns the entry of an operation.
fn entry<'a>(html: &'a str, method: &str) -> &'a str {
    let start = html.find(&format!("<article id=\"{method}\"")).unwrap();
    let end = html[start..].find("</article>").unwrap();
    &html[start..start + end]
}

#[test]
fn an_entry_has_the_signature_and_facts_of_a_call() {
    let html = html();
    let entry = entry(&html, "get_space_by_id");
    for part in [
        "<a href=\"gitbook_api/builder/type.GetSpaceById.html\"><code>client.get_space_by_id(space_id)</code></a>",
        "<b>GET</b> <code>/spaces/{spaceId}</code>",
        "<small title=\"OAuth scopes\">&lt;/p&gt;",
        "<dt>Operation</dt><dd><code>getSpaceById</code></dd>",
        "<dt>Optional</dt><dd><code>share_key: ",
        "<dt>Result</dt><dd><code>types::Space</code></dd>",
        "<dt>Feature</dt><dd><code>spaces</code></dd>",
        "/examples/show.rs\">show</a>",
    ] {
        assert!(entry.contains(part), "{part} is not in {entry}");
    }
}

#[test]
fn marks_name_special_properties_of_an_operation() {
    let html = html();
    let marks = |method: &str| {
        let marks = entry(&html, method).split("class=\"mark ").skip(1);
        marks
            .map(|mark| mark.split('"').next().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(marks("get_space_by_id"), ["deprecated"]);
    assert_eq!(marks("list_spaces"), ["paginated"]);
    assert_eq!(marks("ask"), ["streamed"]);
}

#[test]
fn internal_operations_are_left_out() {
    let html = html();
    assert!(!html.contains("deleteSpaceById") && !html.contains("delete_space_by_id"));
    assert!(html.contains("3 operations"));
}

#[test]
fn text_of_the_document_is_only_text() {
    let html = html();
    let escaped = "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&#39;x&#39; \
                   &#123;{operations}} &amp; \\u{202e}";
    // The description of the feature; summary, description and scope of the operation.
    assert_eq!(html.matches(escaped).count(), 4);
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains("<code>/spaces/&lt;b&gt;</code>"));
    assert!(!html.contains("{{") && !html.contains('\u{202e}'));
}

#[test]
fn every_link_within_the_page_has_its_target() {
    let html = html();
    let targets = html.split("href=\"#").skip(1);
    for target in targets.map(|rest| rest.split('"').next().unwrap()) {
        assert!(html.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[test]
fn links_lead_to_the_builders_of_the_client() {
    let (document, html) = (document(), html());
    let api = generate(&document).unwrap().api();
    for link in html.split("gitbook_api/builder/type.").skip(1) {
        let name = link.split(".html").next().unwrap();
        assert!(api.contains_key(&format!("builder::{name}")), "{name}");
    }
}
