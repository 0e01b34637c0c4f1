//! Does one thing a number of times, for its instructions to be counted: `counted THING WAY ROUNDS
//! SERVER`, where `WAY` is `ours` or `plain`, that is `Value` or bare reqwest.

use gitbook_api::{Body, Page, decode, types};
use gitbook_api_benches::{bodies, call};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [thing, way, rounds, server] = &arguments[..] else {
        panic!("counted THING WAY ROUNDS SERVER");
    };
    let is_ours = way == "ours";
    let rounds = rounds.parse().expect("rounds are a number");
    match thing.as_str() {
        "decode-page" => decoded::<types::RevisionPage>(&bodies::page(100_000), is_ours, rounds),
        "decode-list" => {
            decoded::<Page<types::Integration>>(&bodies::integrations(100), is_ours, rounds);
        }
        "encode-page" => encoded::<types::RevisionPage>(&bodies::page(100_000), is_ours, rounds),
        "encode-list" => {
            encoded::<Page<types::Integration>>(&bodies::integrations(100), is_ours, rounds);
        }
        "call" => called(server, is_ours, rounds),
        _ => panic!("no {thing}"),
    }
}

fn decoded<T: DeserializeOwned + Body>(body: &Value, is_ours: bool, rounds: usize) {
    let bytes = bodies::in_order::<T>(body);
    for _ in 0..rounds {
        if is_ours {
            drop(decode::json::<T>(&bytes).expect("the body fits its type"))
        } else {
            drop(serde_json::from_slice::<Value>(&bytes).expect("the body is JSON"))
        }
    }
}

fn encoded<T: DeserializeOwned + Body>(body: &Value, is_ours: bool, rounds: usize) {
    let typed: T = decode::json(body.to_string().as_bytes()).expect("the body fits its type");
    for _ in 0..rounds {
        let json = if is_ours {
            typed.to_json()
        } else {
            serde_json::to_vec(body)
        };
        drop(json.expect("the body is JSON"));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn called(server: &str, is_ours: bool, rounds: usize) {
    let client = call::client(server);
    let bare = call::bare_client();
    let url = format!("{server}/v1/orgs/org1");
    for _ in 0..rounds {
        let organization = if is_ours {
            call::ours(&client).await
        } else {
            call::bare(&bare, &url).await
        };
        assert_eq!(organization.id, "org1");
    }
}
