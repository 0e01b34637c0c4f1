//! Responses, and the pages of lists.

use serde_json::json;

use super::{assert_has, client_at, content, flat, reference};

#[test]
fn answers_decide_what_send_returns() {
    let space = || json!({"description": "One", "content": content("Space")});
    let site = || json!({"description": "Other", "content": content("Site")});
    let list = || json!({"description": "", "content": {"application/json": {"schema": {"type": "array", "items": reference("Site")}}}});
    let empty = || json!({"description": "None"});
    let error = || json!({"$ref": "#/components/responses/Error"});
    let media =
        |name: &str| json!({"description": "", "content": {name: {"schema": reference("Space")}}});
    for (responses, output, ending) in [
        (json!({"200": space()}), "types::Space", "json"),
        (
            json!({"200": space(), "201": space(), "404": error()}),
            "types::Space",
            "json",
        ),
        (json!({"201": list()}), "Vec<types::Site>", "json"),
        (
            json!({"200": space(), "default": error()}),
            "types::Space",
            "json",
        ),
        (json!({"default": site()}), "types::Site", "json"),
        (
            json!({"2XX": site(), "4XX": error()}),
            "types::Site",
            "json",
        ),
        (
            json!({"204": empty(), "205": empty(), "default": error()}),
            "NoContent",
            "empty",
        ),
        (
            json!({"200": space(), "204": empty()}),
            "Option<types::Space>",
            "optional",
        ),
        (
            json!({"204": empty(), "201": space()}),
            "Option<types::Space>",
            "optional",
        ),
        (
            json!({"200": media("text/event-stream")}),
            "types::Space",
            "events",
        ),
        (
            json!({"200": media("application/pdf")}),
            "bytes::Bytes",
            "bytes",
        ),
        (json!({}), "bytes::Bytes", "bytes"),
        (
            json!({"200": space(), "202": list(), "204": empty()}),
            "GetThingResponse",
            "response",
        ),
    ] {
        let code = client_at("/things", "get", json!({"responses": responses})).unwrap();
        let future = if ending == "events" {
            "EventStreamFuture"
        } else {
            "ResponseFuture"
        };
        let send = flat(&format!(", {future}<{output}>, {ending});"));
        assert!(flat(&code).contains(&send), "no {send} in\n{code}");
    }
}

#[test]
fn differing_answers_are_an_enum_by_status() {
    let responses = json!({
        "204": {"description": "Nothing new"},
        "201": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": reference("Site")}}}},
        "200": {"description": "There", "content": content("Space")},
        "207": {"description": "", "content": content("Space")},
    });
    let code = client_at("/things", "put", json!({"responses": responses})).unwrap();
    assert_has(
        &code,
        "pub enum GetThingResponse {
            /// 200: There.
            Ok(types::Space),
            /// 201
            Created(Vec<types::Site>),
            /// 204: Nothing new.
            NoContent,
            /// 207
            MultiStatus(types::Space),
        }",
    );
    assert_has(
        &code,
        "200 => decode::json(body).map(Self::Ok),
        201 => decode::json(body).map(Self::Created),
        204 => Ok(Self::NoContent),
        207 => decode::json(body).map(Self::MultiStatus),
        _ => Err(DecodeError::unexpected_status(status)),",
    );
}

#[test]
fn lists_whose_body_is_a_form_of_parts_have_no_pages() {
    let operation = |media_type: &str| {
        json!({
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "string"}}],
            "requestBody": {"content": {media_type: {}}},
            "responses": {"200": {"description": "", "content": content("Spaces")}},
        })
    };
    for (media_type, has_pages) in [("text/plain", true), ("multipart/form-data", false)] {
        let code = client_at("/things", "post", operation(media_type)).unwrap();
        assert_eq!(code.contains("fn pages"), has_pages, "{code}");
    }
}

#[test]
fn lists_lead_from_page_to_page() {
    let responses = json!({"200": {"description": "", "content": content("Spaces")}});
    let page = json!([{"name": "page", "in": "query", "schema": {"type": "string"}}]);
    let paged = json!({"parameters": page, "responses": responses});
    let code = client_at("/things", "get", paged).unwrap();
    assert_has(
        &code,
        "pub fn pages(self) -> Pages<types::Space> {\nself.call.pages()",
    );
    assert_has(
        &code,
        "pub fn items(self) -> Items<types::Space> {\nself.call.items::<crate::Page<types::Space>>()",
    );
    assert!(!code.contains("list_page!"), "{code}");
    let unpaged = client_at("/things", "get", json!({"responses": responses})).unwrap();
    assert!(!unpaged.contains("fn pages"));
}

#[test]
fn pages_with_more_properties_are_types_of_their_own() {
    let page = json!([{"name": "page", "in": "query", "schema": {"type": "string"}}]);
    let responses = json!({"200": {"description": "", "content": content("Hits")}});
    let code = client_at(
        "/things",
        "get",
        json!({"parameters": page, "responses": responses}),
    )
    .unwrap();
    assert_has(
        &code,
        "pub fn pages(self) -> Pages<types::Space, types::Hits> {\nself.call.pages()",
    );
    assert_has(
        &code,
        "pub fn items(self) -> Items<types::Space> {\nself.call.items::<types::Hits>()",
    );
    let page = "list_page!(types::Hits => types::Space, [items], [next?.page], [count?]);";
    assert!(flat(&code).contains(&flat(page)), "no {page} in\n{code}");
}
