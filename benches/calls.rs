//! Compares a call with `reqwest` and `serde_json` alone, with a time-out as nobody should go
//! without, on the same server: CPU time of this process.
//!
//!     cargo bench -p gitbook-api-benches --bench calls
//!
//! Both take turns in short rounds, and the median counts, because what else the machine does takes
//! some of them longer than what is measured.

use std::time::Duration;

use cpu_time::ProcessTime;
use gitbook_api::types::Organization;
use gitbook_api_benches::{Server, call};

const CALLS: u32 = 50;
const ROUNDS: usize = 2_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = Server::start(env!("CARGO_BIN_EXE_server"));
    let client = call::client(&server.url);
    let bare = call::bare_client();
    let url = format!("{}/v1/orgs/org1", server.url);

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let ours = round(async || call::ours(&client).await).await;
        let bare = round(async || call::bare(&bare, &url).await).await;
        rounds.push((ours, bare));
    }
    let micros = |took: Duration| took.as_secs_f64() * 1e6 / f64::from(CALLS);
    println!(
        "a call: {:.1} µs, bare: {:.1} µs, ratio {:.3}",
        median(&rounds, |(ours, _)| micros(ours)),
        median(&rounds, |(_, bare)| micros(bare)),
        median(&rounds, |(ours, bare)| micros(ours) / micros(bare)),
    );
}

async fn round(call: impl AsyncFn() -> Organization) -> Duration {
    let start = ProcessTime::now();
    for _ in 0..CALLS {
        assert_eq!(call().await.id, "org1");
    }
    start.elapsed()
}

fn median<T: Copy>(rounds: &[T], figure: impl Fn(T) -> f64) -> f64 {
    let mut figures: Vec<f64> = rounds.iter().map(|round| figure(*round)).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
