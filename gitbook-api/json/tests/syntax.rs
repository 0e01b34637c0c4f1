//! Texts that are JSON, and texts that are not.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde_json::Value;

use crate::decode;
use crate::json::{JsonText, Map, deserializer, scan};

/// Texts that are JSON, each with a spelling of the same value that is easily read.
const VALID: &[(&str, &str)] = &[
    ("null", "null"),
    (" \t\r\n true \t\r\n ", "true"),
    ("false", "false"),
    ("[]", "[]"),
    ("[ ]", "[]"),
    ("{}", "{}"),
    ("{ }", "{}"),
    ("[[],[[]],{}]", "[[],[[]],{}]"),
    ("[1,\n2\t, 3]", "[1,2,3]"),
    (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
    (r#"{"":0}"#, r#"{"":0}"#),
    (r#"{"a\u0000b":{"\"":[]}}"#, r#"{"a\u0000b":{"\"":[]}}"#),
    ("0", "0"),
    ("-1", "-1"),
    ("[-0]", "[-0.0]"),
    ("[0e1,0E+1,0e-1,-0.0e0]", "[0.0,0.0,0.0,-0.0]"),
    ("[1E22,1e-2,123.456e78]", "[1e22,0.01,123.456e78]"),
    ("[1e-400,0e9999999999999999999]", "[0.0,0.0]"),
    ("9223372036854775807", "9223372036854775807"),
    ("18446744073709551615", "18446744073709551615"),
    (r#""""#, r#""""#),
    (r#""\"\\\/\b\f\n\r\t""#, r#""\"\\/\b\f\n\r\t""#),
    (r#""\u0041\u00e9\u20AC""#, r#""Aé€""#),
    (r#""\ud83d\uDE00""#, r#""😀""#),
    (r#""\uD834\udd1e\u0000""#, r#""𝄞\u0000""#),
    (
        "\"\u{7f}\u{80}\u{2028}\u{fffe}\u{10ffff}\"",
        "\"\u{7f}\u{80}\u{2028}\u{fffe}\u{10ffff}\"",
    ),
    (
        r#""a string of more than eight bytes""#,
        r#""a string of more than eight bytes""#,
    ),
    (r#""1234567\n9abcdef\\""#, r#""1234567\n9abcdef\\""#),
    (r#""1234567é9""#, r#""1234567é9""#),
];

const INVALID: &[&str] = &[
    "",
    " ",
    "\n",
    "nul",
    "nulL",
    "tru",
    "truee",
    "True",
    "NaN",
    "Infinity",
    "-Infinity",
    "-",
    "+1",
    "01",
    "-01",
    "1.",
    ".1",
    "1.e1",
    "1e",
    "1e+",
    "1E-",
    "0x1",
    "1_000",
    "1 2",
    "-a",
    "- 1",
    "1e400",
    "-1e400",
    "٣",
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,,2]",
    "[1}",
    "{",
    "}",
    "{]",
    "{1:2}",
    "{a:1}",
    "{'a':1}",
    r#"{"a"}"#,
    r#"{"a":}"#,
    r#"{"a" 1}"#,
    r#"{"a":1,}"#,
    r#"{,"a":1}"#,
    r#"{"a":1 "b":2}"#,
    r#"{"a":1"#,
    r#"{"a":"#,
    r#"{"a""#,
    r#"{"a":1]"#,
    r#"{"a":1,1}"#,
    "\"",
    "\"a",
    "\"\\",
    "\"\\\"",
    r#""\x""#,
    r#""\u""#,
    r#""\u12""#,
    r#""\u123g""#,
    r#""\U0041""#,
    r#""\u+123""#,
    "\"\n\"",
    "\"\0\"",
    "\"\u{1f}\"",
    "\"1234567\u{1f}\"",
    "'a'",
    "\u{feff}1",
    "1\0",
    "[1]]",
    "{}{}",
    "[] []",
    "/**/1",
    "1//",
    "\u{a0}1",
    "\u{c}1",
    "[\u{b}1]",
    "{\"a\":1}#",
];

#[test]
fn what_is_json_is_read_as_by_serde_json() {
    for (text, same) in VALID {
        let tape = scan(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let expected: Value = serde_json::from_str(text).expect("serde_json reads it");
        assert_eq!(tape.root().to_value(), expected, "{text}");
        assert_eq!(
            expected,
            serde_json::from_str::<Value>(same).unwrap(),
            "{text}"
        );
        assert_eq!(
            decode::json::<Value>(text.as_bytes()),
            Ok(expected),
            "{text}"
        );
    }
}

#[test]
fn what_is_not_json_is_refused_as_by_serde_json() {
    for text in INVALID {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        assert!(scan(text.as_bytes()).is_err(), "{text}");
    }
    for bytes in [
        &b"\"\xff\""[..],
        b"\xff",
        b"[\"\xc3\"]",
        b"\"\xed\xa0\x80\"",
        b"\"\xc0\xaf\"",
    ] {
        assert!(serde_json::from_slice::<Value>(bytes).is_err());
        assert!(scan(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn the_start_of_a_text_is_no_text() {
    let text = r#" {"a\n": [true, null, -1.5e3, {"b": "é\u00e9"}], "c": false} "#;
    assert!(scan(text.as_bytes()).is_ok());
    for end in 0..text.len() - 1 {
        assert!(scan(&text.as_bytes()[..end]).is_err(), "{end}");
    }
}

#[test]
fn errors_have_lines_and_columns() {
    for (text, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[1,\n 2,\n x]", "expected value at line 3 column 2"),
        ("{\"a\": 1,\n\"b\" 2}", "expected `:` at line 2 column 5"),
        ("[1 2]", "expected `,` or `]` at line 1 column 4"),
        (
            "{\"a\": \"\n\"}",
            "control character (\\u0000-\\u001F) found while parsing a string at line 1 column 8",
        ),
        ("[1e999]", "number out of range at line 1 column 2"),
        ("\n\n", "EOF while parsing a value at line 3 column 0"),
    ] {
        let error = scan(text.as_bytes()).err().expect("no JSON");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn nesting_has_the_limit_of_serde_json() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for (depth, is_allowed) in [(127, true), (128, false), (100_000, false)] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert_eq!(scan(text.as_bytes()).is_ok(), is_allowed, "{depth}");
            assert_eq!(
                serde_json::from_str::<Value>(&text).is_ok(),
                is_allowed,
                "{depth}"
            );
        }
    }
    // Not how many there are.
    assert!(scan(format!("[{}[]]", "[],".repeat(1000)).as_bytes()).is_ok());
}

#[test]
fn types_of_others_are_read_as_by_serde_json() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Kind {
        Unit,
        New(f64),
        Pair(u8, String),
        Named { a: Option<bool> },
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Newtype(i32);
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(f64),
        Text(String),
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Everything {
        kinds: Vec<Kind>,
        newtype: Newtype,
        either: [Either; 2],
        by_number: BTreeMap<i8, char>,
        pair: (u64, ()),
        absent: Option<String>,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }
    let text = r#"{
        "kinds": ["Unit", {"New": 0.1}, {"Pair": [1, "\n"]}, {"Named": {"a": null}}],
        "newtype": -5, "either": [1e3, "x"], "by_number": {"-1": "a", "2": "é"},
        "pair": [18446744073709551615, null], "more": {"a": [1.5]}
    }"#;
    let expected: Everything = serde_json::from_str(text).expect("serde_json reads it");
    assert_eq!(decode::json(text.as_bytes()), Ok(expected));
    let error = decode::json::<BTreeMap<String, Vec<u8>>>(br#"{"a": [1, "b"]}"#).unwrap_err();
    let expected = r#".a[1]: invalid type: string "b", expected u8 at line 1 column 12"#;
    assert_eq!(error.to_string(), expected);
    for text in [r#"{"New": 1, "Unit": null}"#, "5", r#""Other""#] {
        assert!(serde_json::from_str::<Kind>(text).is_err());
        assert!(decode::json::<Kind>(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(decode::json::<Option<u8>>(b"null"), Ok(None));
    assert_eq!(
        decode::json::<Vec<Option<u8>>>(b"[null, 1]"),
        Ok(vec![None, Some(1)])
    );
}

#[test]
fn a_number_is_read_alike_whatever_reads_it() {
    for text in [
        "0",
        "-0",
        "1.0",
        "9007199254740993",
        "-9223372036854775808",
        "1e2",
        "0.1",
    ] {
        let ours: Value = decode::json(text.as_bytes()).unwrap();
        assert_eq!(ours, serde_json::from_str::<Value>(text).unwrap(), "{text}");
    }
}

#[test]
fn a_tape_takes_at_most_four_times_the_memory_of_its_text() {
    for item in [
        "0",
        "[]",
        "{}",
        "true",
        r#""""#,
        r#""\n""#,
        r#"{"":0}"#,
        r#""more text than that""#,
    ] {
        for count in [1, 1000, 100_000] {
            let text = format!("[{}{item}]", format!("{item},").repeat(count));
            let tape = scan(text.as_bytes()).expect("JSON");
            let size = tape.size();
            assert!(
                size <= 4 * text.len() + 512,
                "{item}: {size} for {}",
                text.len()
            );
        }
    }
}

/// Returns the kind of value that a text gives to a visitor with this expectation.
fn given(expected: &'static str) -> String {
    struct Given(&'static str);
    impl<'de> Visitor<'de> for Given {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            // In parts, as a format writes it.
            let (first, rest) = self.0.split_at(3);
            write!(f, "{first}{rest}")
        }

        fn visit_borrowed_bytes<E>(self, text: &'de [u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(text).into_owned())
        }

        fn visit_u64<E>(self, value: u64) -> Result<String, E> {
            Ok(format!("the number {value}"))
        }
    }
    let given = JsonText(b" 5 ").deserialize_any(Given(expected));
    given.unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn only_visitors_that_expect_it_are_given_the_text() {
    assert_eq!(given(deserializer::TEXT), " 5 ");
    for expected in [
        "any JSON value",
        "a number",
        "any JSON value, or a JSON text as bytes or so",
    ] {
        assert_eq!(given(expected), "the number 5", "{expected}");
    }
    // Types of others that hold ours are decoded alike.
    let own: Map<Value> = decode::json(br#"{"a": [1], "b": null}"#).unwrap();
    let owned: BTreeMap<String, Map<Value>> =
        decode::json(br#"{"in": {"a": [1], "b": null}}"#).unwrap();
    assert_eq!(owned["in"], own);
}
