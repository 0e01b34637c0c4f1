//! Counts what decoding and encoding allocate, which is the same on every machine.

use allocation_counter::measure;
use gitbook_api::{Body, Page, decode, types};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::bodies;

/// Allocations of decoding, of decoding to a [`Value`], and of encoding.
fn allocations<T: DeserializeOwned + Body>(body: &Value) -> [u64; 3] {
    let bytes = serde_json::to_vec(body).expect("a value is JSON");
    // Tables that are made once do not count.
    let typed: T = decode::json(&bytes).expect("the body fits its type");
    let count = |run: &dyn Fn()| measure(run).count_total;
    [
        count(&|| drop(decode::json::<T>(&bytes))),
        count(&|| drop(serde_json::from_slice::<Value>(&bytes))),
        count(&|| drop(typed.to_json())),
    ]
}

#[test]
fn types_allocate_little_beside_plain_json() {
    let pages = allocations::<types::RevisionPage>(&bodies::page(100_000));
    let integrations = allocations::<Page<types::Integration>>(&bodies::integrations(100));
    let requests = allocations::<Page<types::ChangeRequest>>(&bodies::change_requests(100));
    // Of a `Value` without `preserve_order`, which takes less than one that has it from another crate.
    for ([types, values, _], percent) in [(pages, 32), (integrations, 27), (requests, 27)] {
        assert!(
            types * 100 <= values * percent,
            "{types} allocations beside {values}, limit {percent} %"
        );
    }
    // One for each moment, and those of growing buffers.
    for ([.., encoding], limit) in [(pages, 25), (integrations, 125), (requests, 325)] {
        assert!(encoding <= limit, "{encoding} allocations, limit {limit}");
    }
}

/// Asserts that decoding takes less memory at its peak than decoding to a [`Value`].
fn assert_peak<T: DeserializeOwned>(body: &Value) {
    let bytes = serde_json::to_vec(body).expect("a value is JSON");
    drop(decode::json::<T>(&bytes).expect("the body fits its type"));
    let types = measure(|| drop(decode::json::<T>(&bytes))).bytes_max;
    let values = measure(|| drop(serde_json::from_slice::<Value>(&bytes))).bytes_max;
    assert!(types <= values, "{types} bytes beside {values}");
}

#[test]
fn types_take_less_memory_than_plain_json() {
    assert_peak::<types::RevisionPage>(&bodies::page(100_000));
    assert_peak::<Page<types::Integration>>(&bodies::integrations(100));
    assert_peak::<Page<types::ChangeRequest>>(&bodies::change_requests(100));
    // Objects with little more than what is required: most fields of the structs are empty.
    let member = json!({
        "object": "member", "id": "user", "role": "admin", "disabled": false, "sso": false,
        "joinedAt": "2024-01-01T00:00:00.000Z", "spaces": 1, "teams": 1, "sites": 1,
        "user": {
            "object": "user", "id": "user", "displayName": "A",
            "urls": { "location": "https://example.org" }
        }
    });
    assert_peak::<Page<types::OrganizationMember>>(&json!({
        "items": vec![member; 1000]
    }));
    // Fields that are not known, whose values are kept beside the text that is read.
    for value in [
        json!(1),
        json!("text"),
        json!([]),
        json!({ "a": { "b": [1, 2] } }),
    ] {
        assert_peak::<Page<types::Integration>>(&json!({
            "items": [], "new": vec![value; 1000]
        }));
    }
}
