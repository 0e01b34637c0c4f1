//! Code that uses this crate, tested with mocks.

use futures_util::StreamExt;
use gitbook_api::{Call, Client, EventStream, NoContent, Operation, Request, mock::MockServer};
use serde_json::{Value, json};

static GET_THING: Operation =
    Operation::new("getThing", "GET", "/things/{thingId}").with_required(&["thingId"]);
static DELETE_THING: Operation = Operation::new("deleteThing", "DELETE", "/things/{thingId}");
static ASK: Operation = Operation::new("streamAsk", "POST", "/ask");

/// Builders in the form of the generated ones.
struct GetThing(Call);
struct DeleteThing(Call);
struct Ask(Call);

impl Request for GetThing {
    type Output = Value;

    fn into_call(self) -> Call {
        self.0
    }
}

impl Request for DeleteThing {
    type Output = NoContent;

    fn into_call(self) -> Call {
        self.0
    }
}

impl Request for Ask {
    type Output = EventStream<Value>;

    fn into_call(self) -> Call {
        self.0
    }
}

fn get(client: &Client, id: &str) -> GetThing {
    let mut call = client.call(&GET_THING);
    call.path("thingId", id);
    GetThing(call)
}

#[tokio::test]
async fn answers_go_to_their_calls() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let mut with_query = get(&client, "a b/c");
    with_query
        .0
        .query("format", "markdown & more")
        .header("prefer", "return=minimal");
    server
        .mock(GetThing(with_query.0.clone()))
        .times(1)
        .respond(&json!("query"))
        .await;
    server
        .mock(get(&client, "none"))
        .respond_error(404, "No such thing")
        .await;
    server
        .mock(GetThing(client.call(&GET_THING)))
        .respond(&json!("any"))
        .await;

    let title = async |request: GetThing| request.0.json::<String>().await.map(|it| it.into_body());
    assert_eq!(title(with_query).await.unwrap(), "query");
    assert_eq!(title(get(&client, "a b/c")).await.unwrap(), "any");
    let error = title(get(&client, "none")).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), "No such thing");
}

#[tokio::test]
async fn every_kind_of_answer_can_be_given() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    server
        .mock(DeleteThing(client.call(&DELETE_THING)))
        .respond(NoContent::ResetContent)
        .await;
    server
        .mock(Ask(client.call(&ASK)))
        .respond([json!(1), json!({ "a": 2 })])
        .await;

    let mut delete = client.call(&DELETE_THING);
    delete.path("thingId", "a");
    assert_eq!(*delete.empty().await.unwrap(), NoContent::ResetContent);
    let events: EventStream<Value> = client.call(&ASK).events().await.unwrap();
    let events: Vec<_> = events.map(Result::unwrap).collect().await;
    assert_eq!(events, [json!(1), json!({ "a": 2 })]);
}

#[tokio::test]
#[should_panic]
async fn calls_that_are_missing_are_noticed() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    server
        .mock(get(&client, "a"))
        .times(1)
        .respond(&json!(1))
        .await;
}
