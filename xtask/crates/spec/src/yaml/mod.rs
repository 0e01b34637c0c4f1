//! Canonical YAML: every document has exactly one form, so that a text diff shows changes of
//! content only.

mod reader;
mod scalar;

use serde::{Serialize, Serializer, ser::SerializeMap, ser::SerializeSeq};
use serde_json::Value;
use serde_yaml::{DoubleQuoted, LitStr};

pub use reader::parse;

/// The maximum nesting of a document. Parsers and later steps are recursive; GitBook's documents
/// are 21 levels deep.
pub(crate) const MAX_DEPTH: usize = 64;

/// Writes `value` in block style: two spaces per level, no anchors, multi-line text as block
/// scalars, no line wrapping, and quotes around every string that a YAML 1.1 or 1.2 reader could
/// read as another type.
///
/// # Errors
///
/// Fails if the value is nested more deeply than [`parse`] allows.
pub fn to_string(value: &Value) -> anyhow::Result<String> {
    let depth = depth(value);
    anyhow::ensure!(
        depth <= MAX_DEPTH,
        "nested {depth} levels deep, more than the limit of {MAX_DEPTH}"
    );
    let options = serde_yaml::ser_options! {
        folded_wrap_chars: usize::MAX,
    };
    let text = serde_yaml::to_string_with_options(&Canonical(value), options)?;
    Ok(without_blanks(&text))
}

/// A value whose strings each have a fixed style.
struct Canonical<'a>(&'a Value);

impl Serialize for Canonical<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if !text.contains('\n') => serializer.serialize_str(text),
            Value::String(text) if is_block_text(text) => LitStr(text).serialize(serializer),
            Value::String(text) => DoubleQuoted(text).serialize(serializer),
            Value::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(&Canonical(item))?;
                }
                sequence.end()
            }
            Value::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, entry) in entries {
                    map.serialize_entry(key, &Canonical(entry))?;
                }
                map.end()
            }
            plain => plain.serialize(serializer),
        }
    }
}

/// Returns whether a block scalar can hold `text`: no trailing white space, which editors remove,
/// and no tab where PyYAML expects indentation.
fn is_block_text(text: &str) -> bool {
    !text.trim().is_empty()
        && !text.trim_start_matches('\n').starts_with('\t')
        && text.split('\n').all(|line| line.trim_end() == line)
}

/// Removes the indentation that the serializer adds to empty lines of block scalars.
fn without_blanks(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.trim_matches(' ') {
            "\n" => clean.push('\n'),
            _ => clean.push_str(line),
        }
    }
    clean
}

/// Returns the nesting depth of `value`.
pub(crate) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Writes `value`, checks that it reads back equal, and returns the text.
    fn round_trip(value: &Value) -> String {
        let text = to_string(value).unwrap();
        assert_eq!(&parse(&text).unwrap(), value, "{text}");
        assert!(text.lines().all(|line| line.trim_end() == line), "{text:?}");
        text
    }

    #[test]
    fn strings_that_could_be_something_else_are_quoted_as_keys_and_as_values() {
        let words = "~ null Null NULL true False yes Yes no NO on Off y N = << 2020-01-01 1 -1 +1 \
                     1.5 .5 1. 1e3 1E+3 -0 0x1F 0o17 017 08 0b11 1_000 1__0 12:30 12:30:45 1:2.5 \
                     190:20:30.15 .inf -.INF .nan NaN 2001-12-14t21:59:43.10Z - ? a: #a &a *a !a | > \
                     @a `a %a 'a' \"a\" [a] {a} --- ... ,a :a";
        let phrases = [
            "",
            " ",
            " a",
            "a ",
            "- a",
            "? a",
            "a: b",
            "a #b",
            "--- a",
            "2020-1-1 1:2:3",
            "\ta",
            "a\tb",
            "a\rb",
            "\0",
            "\u{7f}",
            "a\u{85}b",
            "a\u{2028}b",
            "\u{feff}a",
        ];
        for text in words.split(' ').chain(phrases) {
            let value = round_trip(&json!({ "k": text }));
            assert!(value.contains(['"', '\'']), "value {value}");
            let key = round_trip(&json!({ text: "v" }));
            assert!(key.contains(['"', '\'']), "key {key}");
            round_trip(&json!([text, [text], { text: { text: [text] } }]));
        }
    }

    #[test]
    fn ordinary_strings_stay_plain() {
        for text in [
            "/spaces/{spaceId}",
            "http://localhost:80/a",
            "it's",
            "é 🎉",
            "-a",
            "a, b",
        ] {
            assert_eq!(round_trip(&json!({ "k": text })), format!("k: {text}\n"));
        }
        assert_eq!(
            round_trip(&json!({"/user": 1, "$ref": 2, "x-a": 3, "a.b": 4})),
            "/user: 1\n$ref: 2\nx-a: 3\na.b: 4\n"
        );
    }

    #[test]
    fn numbers_keep_their_value_and_their_kind() {
        for number in [
            json!(0),
            json!(-1),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(1.0),
            json!(-0.0),
            json!(0.1),
            json!(1e300),
            json!(5e-324),
            json!(1e21),
            json!(123456789.12345679),
        ] {
            round_trip(&json!({ "k": number }));
        }
    }

    #[test]
    fn text_of_several_lines_is_a_block_scalar() {
        assert_eq!(
            round_trip(&json!({"a": [{"d": "One\n\n  two: #3\n"}, "x\ny", "x\n\n"]})),
            "a:\n- d: |\n    One\n\n      two: #3\n- |-\n  x\n  y\n- |+\n  x\n\n"
        );
    }

    #[test]
    fn text_that_a_block_scalar_cannot_keep_is_quoted() {
        for text in [
            "\n",
            "\n\n",
            " \n",
            "a \nb",
            "a\n b\t\n",
            "\n\ta\n",
            "a\r\nb",
            "a\n\u{feff}",
            "a\n\u{2029}b",
        ] {
            assert!(round_trip(&json!({ "k": text })).contains('"'));
        }
        for text in [
            "  a\nb",
            "\n a",
            "\n\na\n",
            "a\n\tb",
            "a\n---\nb",
            "a\n\n\n",
        ] {
            assert!(round_trip(&json!({ "k": [[text], { "l": text }], "m": text })).contains('|'));
            round_trip(&json!([text]));
            round_trip(&json!(text));
        }
    }

    #[test]
    fn long_lines_are_left_whole() {
        let text = "word  ".repeat(100) + "end";
        assert_eq!(round_trip(&json!({ "k": text })), format!("k: {text}\n"));
    }

    #[test]
    fn empty_collections_and_scalars_read_back() {
        round_trip(&json!({"a": {}, "b": [], "c": [[], {}], "d": null, "e": true, "": ""}));
        round_trip(&json!({}));
        round_trip(&json!([]));
        round_trip(&json!("a"));
        round_trip(&json!(null));
    }

    #[test]
    fn ambiguous_and_deep_yaml_is_an_error() {
        for text in ["a: 1\na: 2\n", "a: [", "{a: 1", "a: b: c", "a: \"x"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        let mut deep = json!(1);
        for _ in 0..MAX_DEPTH {
            deep = json!([deep]);
        }
        round_trip(&deep);
        assert!(to_string(&json!([deep])).is_err());
    }
}
