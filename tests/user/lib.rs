//! Promises of the crate, in a program that depends on it as users do.
#![cfg(test)]

use std::io::{Read, Write};
use std::net::TcpListener;

use gitbook_api::types::{ContentVisibility, List, Space, StorageFileMetadata, User};
use gitbook_api::{Body, Client, DateTime, Map, Patch, RateLimit, Response, UnknownFields};
use gitbook_api::{UnknownValue, Violation, Violations, decode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(text: &str) -> T {
    decode::json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn written(value: &impl Body) -> String {
    String::from_utf8(value.to_json().expect("it is valid JSON")).expect("JSON is UTF-8")
}

/// Numbers as JavaScript prints them: the shortest text of a double.
fn floats() -> impl Iterator<Item = f64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let random = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    });
    let listed = [0.9452706955539223, 0.1, 5e-324, f64::MAX, 1.5e300, -0.0];
    listed.into_iter().chain(random.take(20_000))
}

#[test]
fn floats_are_exact() {
    for float in floats() {
        let text =
            format!(r#"{{"name":"a","type":"b","size":{float:?},"new":{{"score":[{float:?}]}}}}"#);
        let file: StorageFileMetadata = read(&text);
        assert_eq!(file.size.to_bits(), float.to_bits(), "{text}");
        let score = file.unknown_fields["new"]["score"][0].as_f64();
        assert_eq!(score.map(f64::to_bits), Some(float.to_bits()), "{text}");

        let again: StorageFileMetadata = read(&written(&file));
        assert_eq!(again.size.to_bits(), float.to_bits(), "{text}");
        assert_eq!(again, file);
        let by_serde = serde_json::to_string(&file).expect("it is valid JSON");
        assert_eq!(by_serde, written(&file));

        // Types of others as well.
        let list: Vec<f64> = read(&format!("[{float:?}]"));
        assert_eq!(list[0].to_bits(), float.to_bits());
        let value: Value = read(&format!("[{float:?}]"));
        assert_eq!(value[0].as_f64().map(f64::to_bits), Some(float.to_bits()));
    }
}

#[test]
fn numbers_are_what_the_documentation_says() {
    let size = |text: &str| {
        let file: StorageFileMetadata =
            read(&format!(r#"{{"name":"a","type":"b","size":{text}}}"#));
        let written = written(&file);
        let size = written.split("\"size\":").nth(1).expect("it has a size");
        size.trim_end_matches('}').to_owned()
    };
    for (text, expected) in [
        ("1.0", "1"),
        ("1e2", "100"),
        ("-0.0", "-0.0"),
        ("-0", "-0.0"),
        ("9007199254740992", "9007199254740992"),
        ("9007199254740993", "9007199254740992"),
        ("18446744073709551616", "1.8446744073709552e+19"),
        ("1e-400", "0"),
    ] {
        let same = |text: &str| text.parse::<f64>().map(f64::to_bits);
        assert_eq!(same(&size(text)), same(expected), "{text}");
    }
    for text in [
        "9007199254740993",
        "-9223372036854775808",
        "9223372036854775807",
    ] {
        let list: List = read(&format!(r#"{{"count":{text}}}"#));
        assert_eq!(
            list.count.map(|count| count.to_string()).as_deref(),
            Some(text)
        );
        assert_eq!(written(&list), format!(r#"{{"count":{text}}}"#));
    }
    // Unknown fields hold whole numbers of 64 bits, or else the nearest float.
    let kept = r#"{"new":[1.0,1,-0.0,18446744073709551615,18446744073709551616]}"#;
    let list: List = read(kept);
    assert_eq!(list.unknown_fields["new"][3].as_u64(), Some(u64::MAX));
    let again: List = read(&written(&list));
    assert_eq!(again, list);
    assert!(
        written(&list).starts_with(r#"{"new":[1.0,1,-0.0,18446744073709551615,1.844674407370955"#)
    );
    for text in [r#"{"count":1e400}"#, r#"{"new":-1e400}"#] {
        let error = decode::json::<List>(text.as_bytes()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("number out of range at line 1"),
            "{error}"
        );
    }
}

#[test]
fn no_feature_of_serde_json_is_enabled_for_the_program() {
    // With `preserve_order`, the keys would not be sorted.
    let value: Value = serde_json::from_str(r#"{"b":1,"a":2}"#).expect("JSON");
    assert_eq!(value.to_string(), r#"{"a":2,"b":1}"#);
    // Our own map keeps their order.
    let map: Map<i64> = read(r#"{"b":1,"a":2}"#);
    assert_eq!(written(&map), r#"{"b":1,"a":2}"#);
}

#[test]
fn equal_values_are_equal_and_differences_are_printed() {
    let default = Space::default();
    let again: Space = read(&written(&default));
    assert_eq!(again, default);
    assert_eq!(written(&again), written(&default));

    let mut expected = Space::default();
    expected.id = "s1".into();
    // A fixture without the other required fields.
    let fixture: Space = read(r#"{"object":"space","id":"s1"}"#);
    assert_eq!(fixture, expected);
    for text in [
        r#"{"object":"other","id":"s1"}"#,
        r#"{"object":"space","id":"s1","mood":1}"#,
        r#"{"object":"space","id":"s2"}"#,
    ] {
        let other: Space = read(text);
        assert_ne!(other, fixture);
        assert_ne!(format!("{other:?}"), format!("{fixture:?}"));
        assert_eq!(other, read(text));
    }
}

#[test]
fn what_is_kept_of_one_struct_is_not_written_by_another() {
    let user: User =
        read(r#"{"object":"robot","id":null,"displayName":null,"email":null,"mood":1}"#);
    let text = r#"{"object":"space","id":"s1","title":"Docs"}"#;
    let mut space: Space = read(text);
    space.unknown_fields = user.unknown_fields.clone();
    let mut expected = serde_json::to_value(&Space::default()).expect("JSON");
    expected["id"] = json!("s1");
    expected["title"] = json!("Docs");
    expected["mood"] = json!(1);
    assert_eq!(serde_json::to_value(&space).expect("JSON"), expected);
    // Within the same type, it is kept.
    let mut other = User::default();
    other.unknown_fields = user.unknown_fields.clone();
    assert_eq!(
        serde_json::to_value(&other).unwrap(),
        serde_json::to_value(&user).unwrap()
    );
}

#[test]
fn what_is_set_is_sent() {
    let text = r#"{"object":"user","id":"u1","displayName":null,"email":null}"#;
    let user: User = read(text);
    // Nothing is lost if nothing is changed.
    assert_eq!(
        serde_json::to_value(&user).unwrap(),
        json!({
            "object": "user", "id": "u1", "displayName": null, "email": null
        })
    );
    let mut set = user.clone();
    set.display_name = "Ada".to_owned();
    set.email = Some("ada@example.com".to_owned());
    assert_eq!(
        written(&set),
        r#"{"object":"user","id":"u1","displayName":"Ada","email":"ada@example.com"}"#
    );
    // The value of the field must be distinguished from one that was received.
    let mut emptied = user.clone();
    emptied.unknown_fields.remove("displayName");
    emptied.unknown_fields.remove("email");
    assert_eq!(
        written(&emptied),
        r#"{"object":"user","id":"u1","displayName":""}"#
    );
    let mut emptied = user;
    emptied.unknown_fields.clear();
    let expected =
        json!({"object": "user", "id": "u1", "displayName": "", "urls": User::default().urls});
    assert_eq!(serde_json::to_value(&emptied).unwrap(), expected);
}

#[test]
fn missing_properties_can_be_seen() {
    let error = decode::strict::<Space>(b"{}").unwrap_err().to_string();
    for property in [".id", ".title", ".object"] {
        assert!(error.contains(property), "{error}");
    }
    let list = r#"{"items":[{"object":"user","id":"u1","displayName":null,"urls":{}}]}"#;
    type Users = Map<Vec<User>>;
    let error = decode::strict::<Users>(list.as_bytes()).unwrap_err();
    let expected = "required, but without a value: .items[0].urls.location, .items[0].displayName";
    assert_eq!(error.to_string(), expected);
    let whole: List = decode::strict(br#"{"count":1,"more":2}"#).expect("nothing is required");
    assert_eq!(whole.count, Some(1));
    assert!(decode::strict::<List>(b"[]").is_err());
}

/// Responds to one request with `200` and this body. Returns the address.
fn serve(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept()?;
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            request.extend(byte);
        }
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_response_tells_what_is_missing() {
    async fn user(body: &'static str) -> Response<User> {
        let client = Client::builder().token("t").endpoint(serve(body)).build();
        let client = client.expect("the client is valid");
        client
            .get_authenticated_user()
            .await
            .expect("the body is a user")
    }
    let empty = user("{}").await;
    assert_eq!(empty.meta().missing(), [".object", ".id", ".displayName", ".urls"]);
    assert_eq!(empty.map_body(|user| user.id).meta().missing().len(), 4);
    let body = r#"{"object":"user","id":"u","displayName":"Ada","urls":{"location":"l"}}"#;
    assert!(user(body).await.meta().missing().is_empty());
}

#[test]
fn public_types_have_the_traits_of_serde() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Update {
        #[serde(default, skip_serializing_if = "Patch::is_keep")]
        title: Patch<String>,
        #[serde(default, skip_serializing_if = "Patch::is_keep")]
        parent: Patch<Vec<u8>>,
    }
    for text in ["{}", r#"{"title":null}"#, r#"{"title":"a","parent":[1]}"#] {
        let update: Update = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::to_string(&update).expect("JSON"), text);
        assert_eq!(read::<Update>(text), update);
    }

    fn round<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T) {
        let text = serde_json::to_string(&value).expect("JSON");
        assert_eq!(serde_json::from_str::<T>(&text).expect("JSON"), value);
        assert_eq!(read::<T>(&text), value);
    }
    let mut fields = UnknownFields::default();
    fields.insert("a".to_owned(), json!([null, 0.1]));
    round(fields);
    let ContentVisibility::Unknown(value) = ContentVisibility::from("new") else {
        panic!("it is known")
    };
    round::<UnknownValue>(value);
    let violation = Violation {
        path: ".title".to_owned(),
        message: "is too long".to_owned(),
    };
    round(violation.clone());
    round(Violations::from_iter([violation]));
    round(RateLimit::default());
    let limit: RateLimit = read(r#"{"limit":5,"resets_at":"2026-11-29T00:00:00.000Z"}"#);
    let reset: DateTime = read(r#""2026-11-29T00:00:00.000Z""#);
    assert_eq!((limit.limit, limit.resets_at), (Some(5), reset.timestamp()));
    round(limit);
}
