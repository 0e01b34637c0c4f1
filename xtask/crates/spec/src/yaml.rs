//! YAML as this repository writes it: one way for every document, so that a diff shows a change of
//! content and nothing else.

use serde::{Serialize, Serializer, ser::SerializeMap, ser::SerializeSeq};
use serde_json::Value;
use serde_yaml::{DoubleQuoted, LitStr};

/// How deep a document may nest. GitBook's reach 21 levels.
const MAX_DEPTH: usize = 64;

/// Writes `value` in block style: two spaces per level, no anchors, text of several lines as block
/// scalars, long lines left whole, and every string quoted that a reader of YAML 1.1 or 1.2 could
/// take for something else.
///
/// # Errors
/// When the value nests more deeply than [`parse`] reads.
pub fn to_string(value: &Value) -> anyhow::Result<String> {
    let depth = depth(value);
    anyhow::ensure!(
        depth <= MAX_DEPTH,
        "nested {depth} levels deep, and at most {MAX_DEPTH} are read back"
    );
    let options = serde_yaml::ser_options! {
        folded_wrap_chars: usize::MAX,
    };
    let text = serde_yaml::to_string_with_options(&Canonical(value), options)?;
    Ok(without_blanks(&text))
}

/// Reads one YAML document, by the rules of YAML 1.2.
///
/// # Errors
/// With line and column: text that is not YAML, a key given twice, more than 64 levels of nesting,
/// or aliases that unfold to far more than was written.
pub fn parse(text: &str) -> anyhow::Result<Value> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            max_events: 10_000_000,
            max_nodes: 5_000_000,
        },
    };
    Ok(serde_yaml::from_str_with_options(text, options)?)
}

/// A value that says how each of its strings is written.
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

/// Whether a block scalar holds `text` with nothing at the end of a line that editors trim, and no
/// tab where PyYAML looks for the indentation.
fn is_block_text(text: &str) -> bool {
    !text.trim().is_empty()
        && !text.trim_start_matches('\n').starts_with('\t')
        && text.split('\n').all(|line| line.trim_end() == line)
}

/// The serializer indents the empty lines of block scalars too.
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

fn depth(value: &Value) -> usize {
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

    /// Writes `value`, checks that it reads back equal, and gives the text.
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
    fn what_cannot_be_kept_is_an_error() {
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
