//! What a call costs beside `reqwest` and `serde_json` alone, with a time-out as nobody should go
//! without, on the same server: CPU time of this process.
//!
//!     cargo bench -p gitbook-api-benches --bench calls
//!
//! Both take turns in short rounds, and the median counts, because what else the machine does takes
//! some of them longer than what is measured.

use cpu_time::ProcessTime;
use gitbook_api::reqwest;
use gitbook_api_benches::{Server, call};

const CALLS: u32 = 50;
const ROUNDS: usize = 1_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = Server::start(env!("CARGO_BIN_EXE_server"));
    let client = call::client(&server.url);
    let bare = reqwest::Client::new();
    let url = format!("{}/v1/orgs/org1", server.url);

    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let start = ProcessTime::now();
        for _ in 0..CALLS {
            let organization = call::ours(&client).await;
            assert_eq!(organization.id, "org1");
        }
        took[0].push(start.elapsed() / CALLS);

        let start = ProcessTime::now();
        for _ in 0..CALLS {
            let organization = call::bare(&bare, &url).await;
            assert_eq!(organization.id, "org1");
        }
        took[1].push(start.elapsed() / CALLS);
    }
    let [ours, theirs] = took.map(|mut took| {
        took.sort();
        took[ROUNDS / 2].as_secs_f64() * 1e6
    });
    println!(
        "a call: {ours:.1} µs, bare: {theirs:.1} µs, ratio {:.2}",
        ours / theirs
    );
}
