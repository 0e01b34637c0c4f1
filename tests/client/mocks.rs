//! Code that uses this crate, tested with mocks.

use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt};
use gitbook_api::{
    Call, Client, Error, EventStream, ListPage, NoContent, Operation, Request, Response,
    RetryPolicy,
    http::{HeaderMap, StatusCode},
    mock::MockServer,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

static GET_THING: Operation =
    Operation::new("getThing", "GET", "/things/{thingId}").with_required(&["thingId"]);
static DELETE_THING: Operation = Operation::new("deleteThing", "DELETE", "/things/{thingId}");
static PUT_THING: Operation = Operation::new("putThing", "PUT", "/things/{thingId}");
static LIST: Operation = Operation::new("listThings", "GET", "/things");
static ASK: Operation = Operation::new("streamAsk", "POST", "/ask");

/// Builders in the form of the generated ones.
struct GetThing(Call);
struct DeleteThing(Call);
struct PutThing(Call);
struct Ask(Call);
struct ListThings(Call);

#[derive(Deserialize, Serialize)]
struct Things {
    items: Vec<u32>,
    next: Option<Next>,
}

#[derive(Deserialize, Serialize)]
struct Next {
    page: String,
}

impl ListPage for Things {
    type Item = u32;

    fn cursor(&self) -> Option<&str> {
        self.next.as_ref().map(|next| next.page.as_str())
    }

    fn into_items(self) -> Vec<u32> {
        self.items
    }

    fn count(&self) -> Option<u64> {
        None
    }
}

impl Request for ListThings {
    type Output = Things;

    fn into_call(self) -> Call {
        self.0
    }
}

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

impl Request for PutThing {
    type Output = Value;

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
    let call = client.call(&GET_THING).path("thingId", id);
    GetThing(call)
}

#[tokio::test]
async fn answers_go_to_their_calls() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let with_query = get(&client, "a b/c").0.query("format", "markdown & more");
    let with_query = with_query.header("prefer", "return=minimal");
    server
        .mock(GetThing(with_query.clone()))
        .expect(1)
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
    assert_eq!(title(GetThing(with_query)).await.unwrap(), "query");
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

    let delete = client.call(&DELETE_THING).path("thingId", "a");
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
        .expect(1)
        .respond(&json!(1))
        .await;
}

/// First 429, then 200: the client retries after the time that the mock states.
#[tokio::test]
async fn responses_have_a_sequence_and_headers() {
    let server = MockServer::start().await;
    let client = Client::builder()
        .endpoint(server.endpoint())
        .token("mock")
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    server
        .mock(get(&client, "a"))
        .first(1)
        .header("Retry-After", "1")
        .respond_error(429, "Slow down")
        .await;
    server
        .mock(get(&client, "a"))
        .header("X-Request-Id", "r1")
        .respond(&json!(1))
        .await;
    let start = Instant::now();
    let response = get(&client, "a").0.json::<Value>().await.unwrap();
    assert_eq!(
        (response.meta().attempts(), response.meta().request_id()),
        (2, Some("r1"))
    );
    assert!(
        start.elapsed() >= Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn responses_can_be_late() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    server
        .mock(get(&client, "a"))
        .delay(Duration::from_secs(20))
        .respond(&json!(1))
        .await;
    let call = get(&client, "a").0.with_timeout(Duration::from_millis(100));
    assert!(call.json::<Value>().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn lists_have_pages() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let list = || client.call(&LIST);
    server
        .mock(ListThings(list()))
        .expect(1)
        .respond_pages([vec![1, 2], vec![3], vec![], vec![4]])
        .await;
    let mut items = list().items::<Things>();
    assert_eq!(
        items.by_ref().try_collect::<Vec<_>>().await.unwrap(),
        [1, 2, 3, 4]
    );
}

/// A mock of the first page does not respond to requests for another page.
#[tokio::test]
async fn pages_are_distinguished() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let list = || client.call(&LIST);
    let next = Some(Next {
        page: "p2".to_owned(),
    });
    let first = Things {
        items: vec![1],
        next,
    };
    server.mock(ListThings(list())).respond(&first).await;
    let second = list().query("page", "p2");
    let error = second
        .clone()
        .items::<Things>()
        .try_next()
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");

    let last = Things {
        items: vec![2],
        next: None,
    };
    server.mock(ListThings(second.clone())).respond(&last).await;
    assert_eq!(second.items::<Things>().collect_max(9).await.unwrap(), [2]);
    assert_eq!(
        list().items::<Things>().collect_max(9).await.unwrap(),
        [1, 2]
    );
}

#[tokio::test]
async fn event_streams_can_fail() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    server
        .mock(Ask(client.call(&ASK)))
        .respond_until_error([json!(1)], 429, "Too many questions")
        .await;
    let events: EventStream<Value> = client.call(&ASK).events().await.unwrap();
    let events: Vec<_> = events.collect().await;
    assert_eq!(*events[0].as_ref().unwrap(), 1);
    assert!(events[1].as_ref().unwrap_err().is_rate_limited());
}

#[tokio::test]
async fn headers_of_one_call_are_matched() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let with_header = || {
        let call = get(&client, "a").0.header("x-tenant", "one");
        GetThing(call)
    };
    server.mock(with_header()).respond(&json!(1)).await;
    assert_eq!(*with_header().0.json::<u32>().await.unwrap(), 1);
    let error = get(&client, "a").0.json::<u32>().await.unwrap_err();
    assert!(error.is_not_found());
}

/// Without a server: a fake behind a trait returns what the client would.
#[test]
fn responses_and_errors_can_be_made() {
    let find = |id: &str| -> Result<Response<u32>, Error> {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "r1".parse().unwrap());
        match id {
            "a" => Ok(Response::new(StatusCode::CREATED, headers, 1)),
            _ => Err(Error::from_status(
                StatusCode::NOT_FOUND,
                headers,
                r#"{"error":{"code":404,"message":"No such thing"}}"#,
            )),
        }
    };
    let response = find("a").unwrap();
    assert_eq!(
        (response.meta().status(), *response),
        (StatusCode::CREATED, 1)
    );
    assert_eq!(
        (response.meta().request_id(), response.meta().attempts()),
        (Some("r1"), 1)
    );
    let error = find("b").unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        (error.message(), error.code()),
        ("No such thing", Some(404))
    );
    assert_eq!(error.request_id(), Some("r1"));
}

#[tokio::test]
async fn bodies_that_are_not_json_are_matched() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let upload = |body: &'static [u8]| {
        let call = client
            .call(&PUT_THING)
            .path("thingId", "a")
            .body_bytes("image/png", body);
        PutThing(call)
    };
    server.mock(upload(b"[1]")).respond(&json!("list")).await;
    server.mock(upload(b"png")).respond(&json!("image")).await;
    let sent = async |body: &'static [u8]| upload(body).0.json::<String>().await;
    assert_eq!(*sent(b"png").await.unwrap(), "image");
    assert_eq!(*sent(b"[1]").await.unwrap(), "list");
    // Equal only as JSON.
    assert!(sent(b"[ 1 ]").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_call_with_any_body_is_matched() {
    let server = MockServer::start().await;
    let client = server.client().unwrap();
    let put = |body: Option<Value>| {
        let mut call = client.call(&PUT_THING).path("thingId", "a");
        if let Some(body) = body {
            call = call.body(&body);
        }
        PutThing(call)
    };
    let mock = server.mock(put(Some(json!({ "b": 1 })))).any_body();
    mock.expect(3).respond(&json!("any")).await;
    for body in [Some(json!({ "b": 2 })), Some(json!([])), None] {
        assert_eq!(*put(body).0.json::<String>().await.unwrap(), "any");
    }
    let elsewhere = client
        .call(&PUT_THING)
        .path("thingId", "b")
        .body(&json!([]));
    let error = elsewhere.json::<String>().await.unwrap_err();
    assert!(error.is_not_found());
}
