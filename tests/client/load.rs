//! Many calls at once.

use std::{collections::HashSet, sync::Mutex};

use futures_util::future::join_all;
use serde_json::Value;

use crate::server::{GET, Server, Step, json};

const CALLS: usize = 2_000;

/// Every call gets its own response, although one in five is refused at first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_on_one_client_all_arrive() {
    let refused = Mutex::new(HashSet::new());
    let server = Server::start(move |_, request| {
        let id: usize = request.line.rsplit('/').next().unwrap().parse().unwrap();
        let comes_again = !id.is_multiple_of(5) || !refused.lock().unwrap().insert(id);
        let answer = if comes_again {
            json(200, &id.to_string())
        } else {
            json(503, "{}")
        };
        vec![Step::Send(answer)]
    })
    .await;
    let client = server.client();
    let calls = (0..CALLS).map(|id| {
        let call = client.call(&GET).path("thingId", id);
        tokio::spawn(call.json::<Value>())
    });
    for (id, answer) in join_all(calls).await.into_iter().enumerate() {
        assert_eq!(*answer.unwrap().unwrap(), id);
    }
    assert_eq!(server.received().len(), CALLS + CALLS / 5);
}
