//! Bodies as GitBook answers them: shaped by the schemas, with as much text as people write.

use gitbook_api::{Body, decode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Returns a response of `getPageById` whose document has about `size` bytes.
pub fn page(size: usize) -> Value {
    let mut nodes = Vec::new();
    let mut written = 0;
    for index in 0.. {
        if written >= size {
            break;
        }
        let node = block(index);
        written += node.to_string().len();
        nodes.push(node);
    }
    with_document(&nodes)
}

/// Returns a response of `getPageById` with lists in lists, so many levels deep.
pub fn nested(depth: usize) -> Value {
    with_document(&[bullets(0, depth)])
}

/// The text of a body, with its keys in the order of the schema `T`.
pub fn in_order<T: DeserializeOwned + Body>(body: &Value) -> Vec<u8> {
    let typed: T = decode::json(&alphabetical(body)).expect("the body fits its type");
    typed.to_json().expect("a type of the API is JSON")
}

/// The text of a body with its keys in alphabetical order, so that what tells a block's type comes last:
/// the worst case for decoders that select a type while they read.
pub fn alphabetical(body: &Value) -> Vec<u8> {
    serde_json::to_vec(body).expect("a value is JSON")
}

fn with_document(nodes: &[Value]) -> Value {
    json!({
        "id": "pBs1x9", "title": "Getting started", "kind": "sheet", "type": "document",
        "createdAt": "2025-03-01T09:30:00.000Z", "updatedAt": "2025-11-20T17:05:12.345Z",
        "urls": {"app": "https://app.gitbook.com/s/abc/getting-started"},
        "slug": "getting-started", "path": "guides/getting-started", "pages": [],
        "layout": {
            "width": "default", "cover": true, "coverSize": "hero", "coverMask": "none",
            "title": true, "description": true, "tableOfContents": true, "outline": true,
            "pagination": true, "metadata": true, "tags": true, "actions": true, "anchors": true,
        },
        "tags": [],
        "document": {"object": "document", "data": {"schemaVersion": 8}, "nodes": nodes},
    })
}

/// Items of `listIntegrations`.
pub fn integrations(count: usize) -> Value {
    list((0..count).map(integration))
}

/// Items of `listChangeRequestsForSpace`.
pub fn change_requests(count: usize) -> Value {
    list((0..count).map(change_request))
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.collect();
    json!({"count": items.len(), "items": items, "next": {"page": "LaXoiR2g"}})
}

fn block(index: usize) -> Value {
    match index % 8 {
        0 => node("heading-2", &format!("h{index}"), vec![text(1)], json!({})),
        1 | 2 | 6 => paragraph(index),
        3 => bullets(index, 3),
        4 => table(index),
        5 => tabs(index),
        _ => code(index),
    }
}

fn node(kind: &str, key: &str, nodes: Vec<Value>, data: Value) -> Value {
    json!({"object": "block", "type": kind, "isVoid": false, "data": data, "nodes": nodes, "key": key})
}

fn paragraph(index: usize) -> Value {
    let link = json!({
        "object": "inline", "type": "link", "isVoid": false, "key": format!("i{index}"),
        "data": {"ref": {"kind": "url", "url": "https://docs.example.com/reference#section"}},
        "nodes": [text(1)],
    });
    node(
        "paragraph",
        &format!("p{index}"),
        vec![text(3), link, text(2)],
        json!({}),
    )
}

/// Text of some leaves, every second with marks.
fn text(leaves: usize) -> Value {
    let leaves: Vec<Value> = (0..leaves)
        .map(|index| {
            let marks = match index % 2 {
                0 => json!([]),
                _ => {
                    json!([{"object": "mark", "type": "bold"}, {"object": "mark", "type": "code"}])
                }
            };
            json!({
                "object": "leaf", "marks": marks,
                "text": "Spaces hold pages, and pages hold “blocks”.\nA site publishes them. ",
            })
        })
        .collect();
    json!({"object": "text", "leaves": leaves, "key": "t1Xk29"})
}

fn bullets(index: usize, depth: usize) -> Value {
    let items = (0..3).map(|item| {
        let mut nodes = vec![paragraph(item)];
        if depth > 1 && item == 1 {
            nodes.push(bullets(index, depth - 1));
        }
        node("list-item", &format!("li{item}"), nodes, json!({}))
    });
    node(
        "list-unordered",
        &format!("l{index}"),
        items.collect(),
        json!({}),
    )
}

fn tabs(index: usize) -> Value {
    let items = (0..3).map(|item| {
        node(
            "tabs-item",
            &format!("ti{item}"),
            vec![paragraph(item), bullets(item, 1)],
            json!({"title": format!("Tab {item}")}),
        )
    });
    node("tabs", &format!("ts{index}"), items.collect(), json!({}))
}

fn code(index: usize) -> Value {
    let lines =
        (0..6).map(|line| node("code-line", &format!("cl{line}"), vec![text(1)], json!({})));
    node(
        "code",
        &format!("c{index}"),
        lines.collect(),
        json!({"syntax": "rust", "title": "main.rs", "lineNumbers": true}),
    )
}

fn table(index: usize) -> Value {
    let columns = ["name", "amount", "note"];
    let definition: Map<String, Value> = columns
        .iter()
        .map(|id| {
            let column = match *id {
                "amount" => json!({"id": id, "title": id, "type": "number"}),
                _ => json!({"id": id, "title": id, "type": "text", "textAlignment": "left"}),
            };
            ((*id).to_owned(), column)
        })
        .collect();
    let records: Map<String, Value> = (0..5)
        .map(|row| {
            let values =
                json!({"name": format!("f{row}"), "amount": row, "note": format!("f{row}n")});
            (
                format!("r{row}"),
                json!({"orderIndex": format!("a{row}"), "values": values}),
            )
        })
        .collect();
    let fragments: Vec<Value> = (0..5)
        .map(|row| {
            json!({
                "object": "fragment", "type": "table-cell", "fragment": format!("f{row}"),
                "key": format!("fk{row}"), "nodes": [paragraph(row)],
            })
        })
        .collect();
    json!({
        "object": "block", "type": "table", "isVoid": true, "key": format!("tb{index}"),
        "data": {
            "view": {"type": "grid", "columns": columns, "hideHeader": false},
            "records": records, "definition": definition,
        },
        "fragments": fragments,
    })
}

fn integration(index: usize) -> Value {
    json!({
        "object": "integration", "name": format!("integration-{index}"), "version": 3,
        "title": format!("Integration {index}"), "summary": "Brings what you have elsewhere into your docs.",
        "description": "Connects GitBook with a service that many teams use, and keeps both in step.",
        "previewImages": ["https://files.gitbook.com/a.png", "https://files.gitbook.com/b.png"],
        "target": "all", "verified": index.is_multiple_of(2), "visibility": "public",
        "scopes": ["space:content:read", "space:metadata:read", "site:metadata:read"],
        "categories": ["analytics", "content"],
        "blocks": [{"id": "embed", "title": "Embed", "description": "A page of elsewhere"}],
        "externalLinks": [{"label": "Documentation", "url": "https://www.gitbook.com/integrations"}],
        "owner": organization(),
        "urls": {
            "location": "https://api.gitbook.com/v1/integrations/x",
            "app": "https://app.gitbook.com/integrations/x", "icon": "https://files.gitbook.com/i.svg",
            "assets": "https://files.gitbook.com/x", "publicEndpoint": "https://x.gitbook.com",
            "publicContentEndpoint": "https://x.gitbook.com/content",
        },
        "permissions": {"admin": false},
        "contentSecurityPolicy": "default-src none; script-src self",
    })
}

/// Returns a response of `getOrganizationById`.
pub fn organization() -> Value {
    json!({
        "object": "organization", "id": "org1", "title": "GitBook",
        "createdAt": "2021-01-01T00:00:00.000Z", "emailDomains": ["gitbook.com", "gitbook.io"],
        "type": "business", "inviteLinks": true, "plan": "enterprise_2024",
        "mergeRules": {"type": "none"},
        "urls": {
            "location": "https://api.gitbook.com/v1/orgs/org1", "app": "https://app.gitbook.com/o/org1",
        },
        "trial": {"status": "none", "count": 0},
        "permissions": {
            "view": true, "access": true, "admin": false, "ownTeam": false, "createContent": true,
            "createOpenAPISpec": false, "viewBilling": false, "listMembers": true, "listTeams": true,
            "listIntegrations": true, "listInstallations": true, "installIntegration": false,
        },
    })
}

fn change_request(index: usize) -> Value {
    json!({
        "object": "change-request", "id": format!("cr{index}"), "number": index, "status": "open",
        "subject": format!("Explain how spaces are put together ({index})"),
        "createdBy": user("Ada"), "createdAt": "2025-10-01T08:00:00.000Z",
        "updatedAt": "2025-10-02T08:00:00.000Z", "mergedBy": user("Grace"),
        "mergedAt": "2025-10-03T08:00:00.000Z", "space": "sp4ce", "revision": "r3v1s10n",
        "revisionInitial": "r0", "comments": 4, "outdated": false,
        "urls": {
            "app": "https://app.gitbook.com/s/sp4ce/~/changes/1",
            "location": "https://api.gitbook.com/v1/spaces/sp4ce/change-requests/1",
        },
    })
}

fn user(name: &str) -> Value {
    json!({
        "object": "user", "id": format!("u{name}"), "displayName": name,
        "email": "someone@example.com", "photoURL": "https://files.gitbook.com/photo.png",
        "urls": {"location": "https://api.gitbook.com/v1/users/u"},
    })
}
