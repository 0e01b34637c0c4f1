//! The runtimes that calls need.

use gitbook_api::{Client, ErrorKind};
use serde_json::Value;
use tokio::runtime::Builder;

use crate::server::GET;

/// Timers and I/O have to be enabled. Without them, calls fail with an error and do not panic.
#[test]
fn runtimes_without_drivers_are_refused() {
    let runtimes = [
        Builder::new_current_thread().build(),
        Builder::new_current_thread().enable_time().build(),
        Builder::new_current_thread().enable_io().build(),
        Builder::new_multi_thread().worker_threads(1).build(),
    ];
    for runtime in runtimes {
        let client = Client::builder()
            .endpoint("http://127.0.0.1:1")
            .build()
            .unwrap();
        let call = || client.call(&GET).path("thingId", "a");
        let runtime = runtime.unwrap();
        let error = runtime.block_on(call().json::<Value>()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime, "{error}");
        assert!(error.to_string().contains("getThing"), "{error}");
        let error = runtime.block_on(call().events::<Value>()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime, "{error}");
    }
}

/// A panic of the application's own code stays a panic.
#[tokio::test]
async fn other_panics_are_not_hidden() {
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .token_provider(|| async {
            if true {
                panic!("the vault is on fire");
            }
            Ok::<_, std::io::Error>(gitbook_api::Token::from("token"))
        })
        .build()
        .unwrap();
    let call = client.call(&GET).path("thingId", "a");
    let panic = tokio::spawn(call.json::<Value>()).await.unwrap_err();
    assert_eq!(
        panic.into_panic().downcast_ref(),
        Some(&"the vault is on fire")
    );
}
