//! Lists in pages.

use std::time::Duration;

use futures_util::StreamExt;
use gitbook_api::{Call, Items, ListPage, Operation, Page, Pages};
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::server::{Received, Server, Step, json};

static LIST: Operation = Operation::new("listThings", "GET", "/things");

#[derive(Deserialize)]
pub(crate) struct Things {
    pub items: Vec<u32>,
    next: Option<Next>,
    count: Option<u64>,
}

#[derive(Deserialize)]
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
        self.count
    }
}

/// Page n has the items 2n and 2n + 1.
pub(crate) fn page(n: usize, next: &str) -> Vec<u8> {
    let next = if next.is_empty() {
        String::new()
    } else {
        format!(r#","next":{{"page":"{next}"}}"#)
    };
    json(
        200,
        &format!(r#"{{"items":[{},{}],"count":6{next}}}"#, 2 * n, 2 * n + 1),
    )
}

fn list(server: &Server) -> Call {
    server.client().call(&LIST).query("limit", 2)
}

fn lines(server: &Server) -> Vec<String> {
    server
        .received()
        .into_iter()
        .map(|request: Received| request.line)
        .collect()
}

#[tokio::test]
async fn all_items_come_in_order() {
    let server = Server::answering(vec![page(0, "b c"), page(1, "d"), page(2, "")]).await;
    let mut items: Items<u32> = list(&server).items::<Things>();
    assert_eq!(items.total(), None);
    assert_eq!(items.next().await.unwrap().unwrap(), 0);
    assert_eq!(items.total(), Some(6));
    assert_eq!(items.try_collect().await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(
        lines(&server),
        [
            "GET /v1/things?limit=2",
            "GET /v1/things?limit=2&page=b%20c",
            "GET /v1/things?limit=2&page=d"
        ]
    );
}

/// A page is received and sent with all that it has, in any form.
#[tokio::test]
async fn pages_are_kept_as_they_were_received() {
    for body in [
        value!({ "items": [1, "b"], "next": { "page": "p2" }, "count": 7 }),
        value!({ "items": [], "next": { "page": "p2", "limit": 5 }, "took": 3 }),
        value!({ "items": null, "next": null, "count": null }),
        value!({ "next": {} }),
        value!({}),
    ] {
        let server = Server::answering(vec![json(200, &body.to_string())]).await;
        let page = list(&server).json::<Page<Value>>().await.unwrap();
        assert_eq!(serde_json::to_value(&*page).unwrap(), body);
        let items = body["items"].as_array().cloned().unwrap_or_default();
        assert_eq!(page.items, items, "{body}");
        assert_eq!(page.count, body["count"].as_i64(), "{body}");
    }
    let error = gitbook_api::decode::json::<Page<Value>>(b"[]").unwrap_err();
    assert!(error.to_string().contains("an object (Page)"), "{error}");
}

#[tokio::test]
async fn pages_of_the_library_lead_to_the_next() {
    let second = r#"{"items":["b"],"count":2}"#;
    let first = r#"{"items":["a"],"next":{"page":"p2"},"count":2}"#;
    let answers = || vec![json(200, first), json(200, second)];
    let server = Server::answering(answers()).await;
    let mut items: Items<String> = list(&server).items::<Page<String>>();
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.total(), Some(2));
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    assert!(items.next().await.is_none());

    let server = Server::answering(answers()).await;
    let mut pages: Pages<String> = list(&server).pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(
        (page.cursor(), page.meta().status().as_u16()),
        (Some("p2"), 200)
    );
    assert_eq!(*pages.next().await.unwrap().unwrap(), {
        Page::new(["b".to_owned()]).count(2)
    });
}

#[tokio::test]
async fn pages_are_fetched_when_asked_for() {
    let server = Server::answering(vec![page(0, "b"), page(1, "")]).await;
    let mut pages: Pages<u32, Things> = list(&server).pages();
    assert!(server.received().is_empty());
    assert_eq!(pages.next().await.unwrap().unwrap().items, [0, 1]);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.received().len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap().items, [2, 3]);
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_can_be_prefetched() {
    let server = Server::answering(vec![page(0, "b"), page(1, "c"), page(2, "")]).await;
    let mut items = list(&server).items::<Things>().prefetch();
    assert_eq!(items.next().await.unwrap().unwrap(), 0);
    for _ in 0..100 {
        if server.received().len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.received().len(), 2);
    assert_eq!(items.try_collect().await.unwrap(), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn prefetching_stops_when_dropped() {
    let server = Server::start(|n, _| match n {
        0 => vec![Step::Send(page(0, "b"))],
        _ => vec![Step::AwaitClose],
    })
    .await;
    let mut pages = list(&server).pages::<Things>().prefetch();
    pages.next().await.unwrap().unwrap();
    while server.received().len() < 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(pages);
    assert!(server.was_hung_up().await);
}

#[tokio::test]
async fn errors_come_after_the_items_before_them() {
    let server = Server::answering(vec![page(0, "b"), page(1, "c"), json(403, "{}")]).await;
    let results: Vec<_> = list(&server).items::<Things>().collect().await;
    let (items, last): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(
        items.into_iter().map(Result::unwrap).collect::<Vec<_>>(),
        [0, 1, 2, 3]
    );
    assert_eq!(last.len(), 1);
    assert!(last[0].as_ref().unwrap_err().is_forbidden());
}

#[tokio::test]
async fn repeated_cursors_end_the_list() {
    let server = Server::answering(vec![page(0, "b"), page(1, "c"), page(2, "b")]).await;
    let results: Vec<_> = list(&server).items::<Things>().collect().await;
    assert_eq!(results.len(), 7);
    assert!(results[..6].iter().all(Result::is_ok));
    let error = results[6].as_ref().unwrap_err().to_string();
    assert!(
        error.contains("listThings") && error.contains("cursor"),
        "{error}"
    );
    assert_eq!(server.received().len(), 3);
}

/// Starting at a cursor, the list must not lead back to that page.
#[tokio::test]
async fn lists_start_at_a_cursor() {
    let server = Server::answering(vec![page(1, "c"), page(2, "")]).await;
    let call = list(&server).query("page", "b c");
    assert_eq!(
        call.items::<Things>().collect_max(4).await.unwrap(),
        [2, 3, 4, 5]
    );
    assert_eq!(
        lines(&server),
        [
            "GET /v1/things?limit=2&page=b%20c",
            "GET /v1/things?limit=2&page=c"
        ]
    );

    let server = Server::answering(vec![page(1, "b c")]).await;
    let call = list(&server).query("page", "b c");
    let results: Vec<_> = call.pages::<Things>().collect().await;
    assert!(results.len() == 2 && results[1].is_err());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn all_items_are_collected_up_to_a_limit() {
    for (limit, is_ok) in [(4, true), (5, true), (3, false), (2, false), (0, false)] {
        let server = Server::answering(vec![page(0, "b"), page(1, "")]).await;
        let result = list(&server).items::<Things>().collect_max(limit).await;
        match result {
            Ok(items) => assert!(is_ok && items == [0, 1, 2, 3], "{limit}"),
            Err(error) => {
                assert!(!is_ok && error.is_too_large(), "{limit}: {error}");
                assert!(error.to_string().contains(&limit.to_string()), "{error}");
                assert_eq!(error.operation(), Some("listThings"));
            }
        }
    }
    let server = Server::answering(vec![page(0, "b"), json(403, "{}")]).await;
    let error = list(&server)
        .items::<Things>()
        .collect_max(10)
        .await
        .unwrap_err();
    assert!(error.is_forbidden());
}

#[tokio::test]
async fn streams_go_anywhere() {
    fn check<T: Send + Unpin + 'static>() {}
    check::<Pages<u32, Things>>();
    check::<Pages<Value>>();
    check::<Items<u32>>();
}
