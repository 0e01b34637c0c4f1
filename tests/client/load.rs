//! Many calls at once.

use futures_util::future::join_all;
use serde_json::Value;

use crate::server::{GET, Server, Step, json};

const CALLS: usize = 2_000;

/// Every call gets its own answer, although one in five is told to come again at first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_on_one_client_all_arrive() {
    let server = Server::start(|n, request| {
        let id = request.line.rsplit('/').next().unwrap();
        let answer = if n < CALLS && n % 5 == 0 {
            json(503, "{}")
        } else {
            json(200, id)
        };
        vec![Step::Send(answer)]
    })
    .await;
    let client = server.client();
    let calls = (0..CALLS).map(|id| {
        let mut call = client.call(&GET);
        call.path("thingId", id);
        tokio::spawn(call.json::<Value>())
    });
    for (id, answer) in join_all(calls).await.into_iter().enumerate() {
        assert_eq!(*answer.unwrap().unwrap(), id);
    }
    assert_eq!(server.received().len(), CALLS + CALLS / 5);
}
