//! Tests code that uses this crate without GitBook, with the feature `mock`.

use futures_util::{StreamExt, TryStreamExt};
use gitbook_api::{
    Client, Error, NoContent, Page,
    jiff::Timestamp,
    mock::MockServer,
    types::{
        ChangeRequest, ChangeRequestUrls, InviteUsersToOrganization,
        InviteUsersToOrganizationEmail, InviteUsersToOrganizationResponse, MarkdownDocument,
        MemberRole, SearchAiAnswer, SearchAiAnswerStream, Space, User,
    },
};
use serde_json::json;

/// The code to test: who it is, if the token is good.
async fn name(client: &Client) -> Result<Option<String>, Error> {
    match client.get_authenticated_user().send().await {
        Ok(user) => Ok(Some(user.into_body().display_name)),
        Err(error) if error.is_unauthorized() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The code to test: the titles of all spaces.
async fn titles(client: &Client, organization: &str) -> Result<Vec<String>, Error> {
    let spaces = client.list_spaces_in_organization_by_id(organization);
    spaces
        .items()
        .map_ok(|space| space.title)
        .try_collect()
        .await
}

/// The code to test: how many of these people are new.
async fn invite(client: &Client, emails: &[&str]) -> Result<i64, Error> {
    let emails = emails
        .iter()
        .map(|email| InviteUsersToOrganizationEmail::Email((*email).to_owned()));
    let call = client.invite_users_to_organization(
        "acme",
        InviteUsersToOrganization::new(emails).role(MemberRole::Read),
    );
    Ok(call.send().await?.invited)
}

#[tokio::test]
async fn an_answer_is_a_value_of_the_type_of_the_operation() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let user = User::default().display_name("Ada");
    server
        .mock(client.get_authenticated_user())
        .expect(1)
        .respond(&user)
        .await;
    assert_eq!(name(&client).await.unwrap().as_deref(), Some("Ada"));
}

#[tokio::test]
async fn errors_are_distinguished_by_their_status() {
    for (status, is_unauthorized) in [(401, true), (403, false), (500, false)] {
        let server = MockServer::start().await;
        let client = server.client().unwrap();
        server
            .mock(client.get_authenticated_user())
            .respond_error(status, "No")
            .await;
        assert_eq!(name(&client).await.is_ok(), is_unauthorized, "{status}");
    }
}

#[tokio::test]
async fn parameters_tell_calls_apart() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let page =
        |titles: &[&str]| Page::new(titles.iter().map(|title| Space::default().title(*title)));
    let spaces = || client.list_spaces_in_organization_by_id("acme");
    let second = page(&["Blog"]);
    server.mock(spaces().page("p2")).respond(&second).await;
    let first = page(&["Docs", "API"]).next("p2");
    server.mock(spaces()).respond(&first).await;

    assert_eq!(
        titles(&client, "acme").await.unwrap(),
        ["Docs", "API", "Blog"]
    );
    assert!(titles(&client, "other").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn bodies_tell_calls_apart() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let answer = InviteUsersToOrganizationResponse::default().invited(1);
    let body = InviteUsersToOrganization::new([InviteUsersToOrganizationEmail::Email(
        "a@example.com".into(),
    )]);
    let call = client.invite_users_to_organization("acme", body.role(MemberRole::Read));
    server.mock(call).respond(&answer).await;

    assert_eq!(invite(&client, &["a@example.com"]).await.unwrap(), 1);
    assert!(invite(&client, &["b@example.com"]).await.is_err());
}

#[tokio::test]
async fn answers_can_be_plain_json_events_or_nothing() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();

    let json = json!({ "object": "user", "id": "u1", "displayName": "Ada" });
    server
        .mock(client.get_authenticated_user())
        .respond_json(200, &json)
        .await;
    assert_eq!(name(&client).await.unwrap().as_deref(), Some("Ada"));

    let ask = || client.stream_ask_in_organization("acme", "Really?");
    let answer = SearchAiAnswer::default().answer(MarkdownDocument::new("Yes"));
    let event = SearchAiAnswerStream::default().answer(answer);
    server.mock(ask()).respond([event.clone()]).await;
    let events = ask().await.unwrap();
    let events: Vec<_> = events.map(Result::unwrap).collect().await;
    assert_eq!(events, [event]);

    let delete = || client.delete_space_by_id("s1");
    server.mock(delete()).respond(NoContent::ResetContent).await;
    assert_eq!(*delete().send().await.unwrap(), NoContent::ResetContent);
}

#[tokio::test]
async fn nested_responses_are_made_with_setters() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let request = ChangeRequest::default()
        .id("c1")
        .number(7)
        .status("open")
        .created_by(User::default().id("u1").display_name("Ada"))
        .created_at("2026-01-02T03:04:05Z".parse::<Timestamp>().unwrap())
        .merged_by(User::default())
        .outdated(true)
        .urls(ChangeRequestUrls::default().app("https://app.gitbook.com/c1"));
    let call = || client.get_change_request_by_id("s1", "c1");
    server.mock(call()).respond(&request).await;

    let received = call().await.unwrap().into_body();
    assert_eq!(received, request);
    assert_eq!(received.created_by.display_name, "Ada");
    assert_ne!(received, request.number(8));
}
