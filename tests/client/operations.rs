//! Generated operations of every kind, as the server sees them and as their answers are decoded.

use futures_util::StreamExt;
use gitbook_api::{Error, NoContent, Response, types};
use serde_json::{Value, json};

use crate::server::{Received, Server, answer, json as json_answer};

const SPACE: &str = r#"{"object": "space", "id": "s1", "title": "Guides", "visibility": "public"}"#;

/// Returns the request that a server received, and the result of its fixed response.
async fn call<T>(
    with: Vec<u8>,
    send: impl AsyncFnOnce(gitbook_api::Client) -> Result<Response<T>, Error>,
) -> (Received, Result<Response<T>, Error>) {
    let server = Server::answering(vec![with]).await;
    let answer = send(server.client()).await;
    (server.received().remove(0), answer)
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn path_parameters_are_segments() {
    let (request, space) = call(json_answer(200, SPACE), async |client| {
        client.get_space_by_id("a_b-C").send().await
    })
    .await;
    assert_eq!(request.line, "GET /v1/spaces/a_b-C");
    assert_eq!(request.header("authorization"), ["Bearer hush"]);
    assert_eq!(request.header("accept"), ["application/json"]);
    let space = space.unwrap();
    assert_eq!(space.meta().status(), 200);
    assert_eq!(space.title, "Guides");
    assert_eq!(space.visibility, types::ContentVisibility::Public);
}

#[tokio::test]
async fn path_parameters_are_encoded() {
    let (request, _) = call(json_answer(200, "{}"), async |client| {
        client.get_user_by_id("a b/c").send().await
    })
    .await;
    assert_eq!(request.line, "GET /v1/users/a%20b%2Fc");
}

#[tokio::test]
async fn what_the_client_does_not_know_is_kept() {
    let unknown = SPACE.replace("public", "by-the-moon");
    let (_, space) = call(json_answer(200, &unknown), async |client| {
        client.get_space_by_id("s1").send().await
    })
    .await;
    assert_eq!(space.unwrap().visibility.as_str(), "by-the-moon");
}

#[tokio::test]
async fn query_parameters_are_encoded() {
    let (request, list) = call(
        json_answer(200, r#"{"items": [], "count": 0, "next": {"page": "p2"}}"#),
        async |client| {
            let call = client.list_space_integrations("s1");
            call.search("a&b").send().await
        },
    )
    .await;
    assert_eq!(request.line, "GET /v1/spaces/s1/integrations?search=a%26b");
    assert_eq!(list.unwrap().next.as_ref().unwrap().page, "p2");
}

#[tokio::test]
async fn arrays_repeat_their_key() {
    let (request, _) = call(json_answer(200, r#"{"items": []}"#), async |client| {
        let call = client.list_site_findings("o", "s");
        let call = call.type_(["gap", "a new one"]);
        call.with_unknown_values().send().await
    })
    .await;
    assert_eq!(
        request.line,
        "GET /v1/orgs/o/sites/s/findings?type=gap&type=a%20new%20one"
    );
}

#[tokio::test]
async fn a_path_in_a_path_is_one_segment() {
    let page = r#"{"type": "group", "kind": "group", "id": "p", "title": "Start"}"#;
    let (request, page) = call(json_answer(200, page), async |client| {
        let call = client.get_page_by_path("s", "guides/start");
        call.metadata(true).await
    })
    .await;
    assert_eq!(
        request.line,
        "GET /v1/spaces/s/content/path/guides%2Fstart?metadata=true"
    );
    let page = page.unwrap().into_body();
    let types::GetPageByPathResponse::Group(group) = page else {
        panic!("{page:?}");
    };
    assert_eq!(group.title, "Start");
}

#[tokio::test]
async fn fields_are_left_set_or_cleared() {
    let (request, space) = call(json_answer(200, SPACE), async |client| {
        let change = types::UpdateSpaceByIdRequest::new()
            .title("Guides")
            .clear_emoji();
        client.update_space_by_id("s1", change).send().await
    })
    .await;
    assert_eq!(request.line, "PATCH /v1/spaces/s1");
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert_eq!(body(&request), json!({ "title": "Guides", "emoji": null }));
    assert_eq!(space.unwrap().id, "s1");
}

#[tokio::test]
async fn a_body_of_defaults_is_an_empty_object() {
    let (request, space) = call(json_answer(201, SPACE), async |client| {
        let call = client.create_space("o");
        call.body(types::CreateSpace::new()).send().await
    })
    .await;
    assert_eq!(request.line, "POST /v1/orgs/o/spaces");
    assert_eq!(body(&request), json!({}));
    assert_eq!(space.unwrap().meta().status(), 201);
}

#[tokio::test]
async fn empty_lists_are_sent() {
    let (request, _) = call(json_answer(201, "{}"), async |client| {
        let team = types::CreateOrganizationTeamRequest::new("Writers").members([""; 0]);
        client.create_organization_team("o", team).await
    })
    .await;
    assert_eq!(body(&request), json!({ "title": "Writers", "members": [] }));
}

#[tokio::test]
async fn the_status_of_an_empty_answer_is_a_value() {
    for (status, expected) in [(204, NoContent::NoContent), (205, NoContent::ResetContent)] {
        let (request, done) = call(answer(status, &[], ""), async |client| {
            client.delete_space_by_id("s1").send().await
        })
        .await;
        assert_eq!(request.line, "DELETE /v1/spaces/s1");
        assert_eq!(*done.unwrap(), expected);
    }
}

#[tokio::test]
async fn an_answer_that_may_be_empty_is_an_option() {
    let section = r#"{"object": "site-section", "id": "x", "title": "Guides"}"#;
    for (with, title) in [
        (json_answer(200, section), Some("Guides")),
        (answer(204, &[], ""), None),
    ] {
        let (request, section) = call(with, async |client| {
            let change = types::UpdateSiteSectionByIdRequest::new().title("Guides");
            let call = client.update_site_section_by_id("o", "s", "x", change);
            call.prefer("return=minimal").await
        })
        .await;
        assert_eq!(request.header("prefer"), ["return=minimal"]);
        let section = section.unwrap().into_body();
        assert_eq!(section.map(|section| section.title).as_deref(), title);
    }
}

#[tokio::test]
async fn documented_errors_are_errors() {
    let not_found = r#"{"error": {"code": 404, "message": "Space not found"}}"#;
    let (_, answer) = call(json_answer(404, not_found), async |client| {
        client.get_space_by_id("gone").send().await
    })
    .await;
    let error = answer.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.operation(), Some("getSpaceById"));
    assert_eq!(error.message(), "Space not found");
}

#[tokio::test]
async fn what_the_schema_forbids_is_not_sent() {
    let server = Server::answering(vec![json_answer(200, SPACE)]).await;
    let change = types::UpdateSpaceByIdRequest::new().title("x".repeat(51));
    let call = server.client().update_space_by_id("s1", change);
    let error = call.send().await.unwrap_err();
    assert!(error.to_string().contains(".title"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn events_are_typed() {
    let events = "data: {\"type\": \"answer\", \"answer\": {\"followupQuestions\": [\"Why?\"]}}\n\n\
                  event: done\ndata: done\n\n";
    let with = answer(200, &["content-type: text/event-stream"], events);
    let server = Server::answering(vec![with]).await;
    let call = server.client().stream_ask_in_organization("o", "What?");
    let stream = call.await.unwrap();
    let events: Vec<_> = stream.map(Result::unwrap).collect().await;

    let request = server.received().remove(0);
    assert_eq!(request.line, "GET /v1/orgs/o/ask/stream?query=What%3F");
    assert_eq!(request.header("accept"), ["text/event-stream"]);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].answer.followup_questions, ["Why?"]);
}

#[test]
fn every_operation_is_listed() {
    let find = |id: &str| {
        gitbook_api::OPERATIONS
            .iter()
            .find(|operation| operation.id == id)
    };
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/openapi.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let document: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    let ids = document["paths"].as_object().unwrap().values();
    let ids = ids.flat_map(|item| item.as_object().unwrap().values());
    let documented = ids.filter(|node| node.get("operationId").is_some()).count();
    assert_eq!(gitbook_api::OPERATIONS.len(), documented);
    let operation = find("listSpaceIntegrations").unwrap();
    assert_eq!(operation.method, "GET");
    assert_eq!(operation.path, "/spaces/{spaceId}/integrations");
    assert_eq!(operation.tags, ["space-integrations"]);
    assert_eq!(operation.scopes, ["space:read"]);
    assert!(!operation.deprecated);
}
