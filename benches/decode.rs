//! Compares decoding and encoding bodies as types with `serde_json::Value` on the same bytes.
//!
//!     cargo bench -p gitbook-api-benches --bench decode
//!
//! Each time is the shortest of many rounds in which both take turns, so that what else runs on the
//! machine matters little; each turn is a few times in a row, so that neither pays for the memory that
//! the other has given back.

use std::fmt::Debug;
use std::hint::black_box;
use std::time::Duration;

use allocation_counter::measure;
use gitbook_api::{Body, Page, decode, types};
use gitbook_api_benches::{bodies, turn};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    println!(
        "{:<32} {:>8} {:>10} {:>10} {:>6} {:>9} {:>9}",
        "", "bytes", "types", "Value", "ratio", "allocs", "of Value"
    );
    for (name, size) in [("page, 16 KB", 15_000), ("page, 1 MB", 1_000_000)] {
        let page = bodies::page(size);
        let ordered = bodies::in_order::<types::RevisionPage>(&page);
        case::<types::RevisionPage>(name, &ordered);
        let last = bodies::alphabetical(&page);
        case::<types::RevisionPage>(&format!("{name}, types last"), &last);
    }
    let integrations = bodies::integrations(1_000);
    let integrations = bodies::in_order::<Page<types::Integration>>(&integrations);
    case::<Page<types::Integration>>("1,000 integrations", &integrations);
    let requests = bodies::change_requests(1_000);
    let requests = bodies::in_order::<Page<types::ChangeRequest>>(&requests);
    case::<Page<types::ChangeRequest>>("1,000 change requests", &requests);
}

fn case<T: DeserializeOwned + Body + Debug>(name: &str, bytes: &[u8]) {
    let body: Value = serde_json::from_slice(bytes).expect("the body is JSON");
    let typed: T = decode::json(bytes).expect("the body fits its type");
    let is_known = !format!("{typed:?}").contains("Unknown(Object");
    assert!(
        is_known,
        "{name}: the types do not know something of the body"
    );

    report(
        &format!("decode {name}"),
        bytes.len(),
        || drop(black_box(decode::json::<T>(black_box(bytes)))),
        || drop(black_box(serde_json::from_slice::<Value>(black_box(bytes)))),
    );
    report(
        &format!("encode {name}"),
        bytes.len(),
        || drop(black_box(black_box(&typed).to_json())),
        || drop(black_box(serde_json::to_vec(black_box(&body)))),
    );
}

fn report(name: &str, bytes: usize, ours: impl Fn(), theirs: impl Fn()) {
    let rounds = (20_000_000 / bytes).clamp(20, 2_000);
    let mut shortest = [Duration::MAX; 2];
    for _ in 0..rounds {
        shortest[0] = shortest[0].min(turn(&ours));
        shortest[1] = shortest[1].min(turn(&theirs));
    }
    let [ours_took, theirs_took] = shortest.map(|took| took.as_secs_f64() * 1e6);
    println!(
        "{name:<32} {bytes:>8} {ours_took:>7.1} µs {theirs_took:>7.1} µs {:>6.2} {:>9} {:>9}",
        ours_took / theirs_took,
        measure(&ours).count_total,
        measure(&theirs).count_total,
    );
}
