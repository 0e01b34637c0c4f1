#!/usr/bin/env python3
"""Decodes bodies into our types, into those that progenitor alone makes, and into `Value`.

    benches/decode.py
"""

import json

import raw
from measured import ENV, ROOT, WORK, run, write

MANIFEST = f"""\
[workspace]

[package]
name = "beside"
version = "0.0.0"
edition = "2024"

[dependencies]
gitbook-api = {{ path = {json.dumps(str(ROOT))}, default-features = false, features = ["spaces"] }}
gitbook-api-benches = {{ path = {json.dumps(str(ROOT / "benches"))} }}
raw = {{ path = "../raw-spaces" }}
serde = "1"
serde_json = "1"
"""

SOURCE = """\
use std::hint::black_box;
use std::time::Duration;

use gitbook_api::{decode, types as ours};
use gitbook_api_benches::{bodies, turn};
use raw::types as theirs;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    println!("{:<36} {:>10} {:>10} {:>10} {:>12}", "", "ours", "raw", "Value", "ours to raw");
    for (name, page) in [
        ("page, 16 KB", bodies::page(15_000)),
        ("page, 1 MB", bodies::page(1_000_000)),
        ("lists, 8 levels deep", bodies::nested(8)),
    ] {
        // Raw does not read a `RevisionPageDocument`, so this is what the page holds.
        let document = &page["document"];
        let ordered = bodies::in_order::<ours::JsonDocument>(document);
        case::<ours::JsonDocument, theirs::JsonDocument>(name, &ordered);
        let last = bodies::alphabetical(document);
        case::<ours::JsonDocument, theirs::JsonDocument>(&format!("{name}, types last"), &last);
    }
}

fn case<O: DeserializeOwned, R: DeserializeOwned>(name: &str, bytes: &[u8]) {
    if let Err(error) = serde_json::from_slice::<R>(bytes) {
        println!("{name}: raw cannot read it: {error}");
        return;
    }
    let rounds = (4_000_000 / bytes.len()).clamp(5, 100);
    let mut least = [Duration::MAX; 3];
    for _ in 0..rounds {
        least[0] = least[0].min(turn(|| drop(black_box(decode::json::<O>(bytes)))));
        least[1] = least[1].min(turn(|| drop(black_box(serde_json::from_slice::<R>(bytes)))));
        least[2] = least[2].min(turn(|| drop(black_box(serde_json::from_slice::<Value>(bytes)))));
    }
    let [ours, raw, value] = least.map(|took| took.as_secs_f64() * 1e6);
    println!("{name:<36} {ours:>7.0} µs {raw:>7.0} µs {value:>7.0} µs {:>12.2}", raw / ours);
}
"""


def main():
    raw.generate(WORK / "raw-spaces", "spaces")
    crate = WORK / "beside"
    write(crate / "Cargo.toml", MANIFEST)
    write(crate / "src/main.rs", SOURCE)
    run(["cargo", "run", "--release", "--quiet"], crate, ENV)


main()
