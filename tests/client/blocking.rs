//! Calls without a runtime.

use std::time::Duration;

use gitbook_api::{ErrorKind, Operation, blocking};
use serde_json::{Value, json as value};
use tokio::runtime::Runtime;

use crate::pages::{Things, page};
use crate::server::{Server, Step, answer, head, json};

static LIST: Operation = Operation::new("listThings", "GET", "/things");

/// Starts a server that runs beside this thread, which is not part of its runtime.
fn serve(responses: Vec<Vec<u8>>) -> (Runtime, Server) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::answering(responses));
    (runtime, server)
}

#[test]
fn calls_can_be_waited_for() {
    let (_runtime, server) = serve(vec![json(503, "{}"), json(200, r#"{"a": 1}"#)]);
    let client = server.client();
    let response = client.call(&LIST).json::<Value>().wait().unwrap();
    assert_eq!(
        (response.meta().attempts(), &response["a"]),
        (2, &value!(1))
    );
    // From several threads at once, too.
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let call = client.call(&LIST);
            std::thread::spawn(move || call.json::<Value>().wait().map(|body| body["a"].clone()))
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap(), 1);
    }
    let (_runtime, server) = serve(vec![json(404, "{}")]);
    let error = server
        .client()
        .call(&LIST)
        .json::<Value>()
        .wait()
        .unwrap_err();
    assert!(error.is_not_found());
}

#[test]
fn lists_are_iterators() {
    let responses = || vec![page(0, "b"), page(1, "c"), page(2, "")];
    let (_runtime, server) = serve(responses());
    let items = server.client().call(&LIST).items::<Things>();
    let items: Result<Vec<_>, _> = items.into_iter().collect();
    assert_eq!(items.unwrap(), [0, 1, 2, 3, 4, 5]);

    let (_runtime, server) = serve(responses());
    let mut pages = 0;
    for page in server.client().call(&LIST).pages::<Things>().prefetch() {
        assert_eq!(page.unwrap().items.len(), 2);
        pages += 1;
    }
    assert_eq!(pages, 3);

    let (_runtime, server) = serve(responses());
    let items = server.client().call(&LIST).items::<Things>().collect_max(6);
    assert_eq!(blocking::wait(items).unwrap().len(), 6);

    let (_runtime, server) = serve(vec![page(0, "b"), json(403, "{}")]);
    let mut items = server.client().call(&LIST).items::<Things>().into_iter();
    assert!(items.by_ref().take(2).all(|item| item.is_ok()));
    assert!(items.next().unwrap().unwrap_err().is_forbidden());
    assert!(items.next().is_none());
}

#[test]
fn event_streams_are_iterators() {
    let text = "data: 1\n\ndata: 2\n\nevent: done\ndata: done\n\n";
    let stream = answer(200, &["content-type: text/event-stream"], text);
    let (_runtime, server) = serve(vec![stream]);
    let events = server.client().call(&LIST).events::<u32>().wait().unwrap();
    let events: Result<Vec<_>, _> = events.into_iter().collect();
    assert_eq!(events.unwrap(), [1, 2]);

    let steps = vec![
        Step::Send(head(200, &["content-type: text/event-stream"])),
        Step::Send(b"data: 1\n\n".to_vec()),
        Step::Wait(Duration::from_secs(30)),
    ];
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(move |_, _| steps.clone()));
    let client = server
        .builder()
        .idle_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let mut events = client
        .call(&LIST)
        .events::<u32>()
        .wait()
        .unwrap()
        .into_iter();
    assert_eq!(events.next().unwrap().unwrap(), 1);
    assert!(events.next().unwrap().unwrap_err().is_timeout());
    assert!(events.next().is_none());
}

#[test]
fn exported_pages_are_an_iterator() {
    let runtime = Runtime::new().unwrap();
    let page = |id: &str| {
        format!(
            r#"{{"type":"document","id":"{id}","title":"T","slug":"{id}","path":"{id}","urls":{{}},
            "layout":{{}},"tags":[],"pages":[],"markdown":"Hello"}}"#
        )
    };
    let server = runtime.block_on(Server::start(move |_, request| {
        let response = match request.line.rsplit('/').next().unwrap() {
            "pages" => json(
                200,
                &format!(r#"{{"pages":[{},{}]}}"#, page("a"), page("b")),
            ),
            "a?format=markdown" => json(403, "{}"),
            _ => json(200, &page("b")),
        };
        vec![Step::Send(response)]
    }));
    let pages = blocking::wait(server.client().export_markdown("s")).unwrap();
    let mut pages = pages.into_iter();
    assert!(pages.next().unwrap().unwrap_err().is_forbidden());
    assert_eq!(pages.next().unwrap().unwrap().markdown, "Hello");
    assert!(pages.next().is_none());
    assert!(pages.next().is_none());
}

/// Threads for code that blocks are the right place, of any runtime.
#[test]
fn threads_that_may_block_are_fine() {
    let (_runtime, server) = serve(vec![json(200, "1")]);
    let client = server.client();
    let runtimes = [
        tokio::runtime::Builder::new_current_thread().build(),
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .build(),
    ];
    for runtime in runtimes {
        let call = client.call(&LIST).json::<u32>();
        let waiting = async { tokio::task::spawn_blocking(|| call.wait()).await.unwrap() };
        assert_eq!(*runtime.unwrap().block_on(waiting).unwrap(), 1);
    }
    let call = client.call(&LIST).json::<u32>();
    let runtime = Runtime::new().unwrap();
    let task = async { tokio::task::block_in_place(|| call.wait()) };
    assert_eq!(*runtime.block_on(runtime.spawn(task)).unwrap().unwrap(), 1);
    // Beside a runtime, too.
    let _guard = runtime.enter();
    assert_eq!(*client.call(&LIST).json::<u32>().wait().unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_in_any_task_is_an_error() {
    let client = Server::answering(vec![json(200, "1")]).await.client();
    let call = || client.call(&LIST).json::<u32>();
    assert_eq!(call().wait().unwrap_err().kind(), ErrorKind::Runtime);
    let waiting = call();
    let task = tokio::spawn(async { waiting.wait() }).await.unwrap();
    assert_eq!(task.unwrap_err().kind(), ErrorKind::Runtime);
    assert_eq!(*call().await.unwrap(), 1);
}

#[tokio::test]
async fn waiting_inside_of_a_runtime_is_an_error() {
    let server = Server::answering(vec![page(0, "")]).await;
    let client = server.client();
    let error = client.call(&LIST).json::<Value>().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    assert!(error.to_string().contains(".await"), "{error}");
    let mut items = client.call(&LIST).items::<Things>().into_iter();
    assert_eq!(
        items.next().unwrap().unwrap_err().kind(),
        ErrorKind::Runtime
    );
    assert!(items.next().is_none());
    assert!(client.call(&LIST).events::<Value>().wait().is_err());
    assert!(server.received().is_empty());
}
