//! Integers and numbers: what is exact, and what cannot be read.

use gitbook_api::types::{List, RevisionFile, Space, StorageFileMetadata};
use gitbook_api::{Body, decode};
use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned>(text: &str) -> T {
    decode::json(text.as_bytes()).unwrap()
}

fn error<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    let error = decode::json::<T>(text.as_bytes()).unwrap_err();
    error.to_string()
}

#[test]
fn integers_are_exact_in_64_bits() {
    for count in [0, -1, (1 << 53) + 1, i64::MAX, i64::MIN] {
        let list: List = read(&format!(r#"{{"count": {count}}}"#));
        assert_eq!(list.count, Some(count));
        let written = String::from_utf8(list.to_json().unwrap()).unwrap();
        assert_eq!(written, format!(r#"{{"count":{count}}}"#));
    }
}

#[test]
fn integers_may_be_written_with_a_fraction_of_zero() {
    for text in ["3.0", "3e0", "0.3e1"] {
        let list: List = read(&format!(r#"{{"count": {text}}}"#));
        assert_eq!(list.count, Some(3), "{text}");
    }
}

#[test]
fn numbers_that_are_no_64_bit_integers_fail_with_their_path() {
    for text in ["3.5", "9223372036854775808", "1e19"] {
        let error = error::<List>(&format!(r#"{{"count": {text}}}"#));
        assert!(error.starts_with(".count: "), "{text}: {error}");
    }
}

#[test]
fn numbers_are_exact_to_two_to_the_power_of_53() {
    let read_size = |size: &str| {
        let text = format!(r#"{{"name": "a", "type": "text/plain", "size": {size}}}"#);
        read::<StorageFileMetadata>(&text).size
    };
    assert_eq!(read_size("9007199254740992"), 9_007_199_254_740_992.0);
    assert_eq!(read_size("9007199254740993"), 9_007_199_254_740_992.0);
    assert_eq!(
        read_size("18446744073709551616"),
        18_446_744_073_709_551_616.0
    );
    assert_eq!(read_size("0.5"), 0.5);
}

#[test]
fn measurements_may_have_a_fraction() {
    let file: RevisionFile = read(r#"{"object": "file", "id": "f", "size": 1.5}"#);
    assert_eq!(file.size, 1.5);
}

#[test]
fn a_fractional_count_fails_with_its_path() {
    let error = error::<Space>(r#"{"object": "space", "id": "s", "comments": 0.5}"#);
    assert!(error.starts_with(".comments: "), "{error}");
}
