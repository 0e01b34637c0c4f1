//! What a call costs beside `reqwest` and `serde_json` alone, with a time-out as nobody should go
//! without, on the same server: CPU time of this process.
//!
//!     cargo bench -p gitbook-api-benches --bench calls

use std::time::Duration;

use cpu_time::ProcessTime;
use gitbook_api::reqwest;
use gitbook_api_benches::{Server, call};

const CALLS: usize = 1_000;
const ROUNDS: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = Server::start(env!("CARGO_BIN_EXE_server"));
    let client = call::client(&server.url);
    let bare = reqwest::Client::new();
    let url = format!("{}/v1/orgs/org1", server.url);

    let mut least = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        let start = ProcessTime::now();
        for _ in 0..CALLS {
            let organization = call::ours(&client).await;
            assert_eq!(organization.id, "org1");
        }
        least[0] = least[0].min(start.elapsed());

        let start = ProcessTime::now();
        for _ in 0..CALLS {
            let organization = call::bare(&bare, &url).await;
            assert_eq!(organization.id, "org1");
        }
        least[1] = least[1].min(start.elapsed());
    }
    let [ours, theirs] = least.map(|took| took.as_secs_f64() * 1e6 / CALLS as f64);
    println!(
        "a call: {ours:.1} µs, bare: {theirs:.1} µs, ratio {:.2}",
        ours / theirs
    );
}
