//! Reads YAML into JSON values.

use std::fmt;

use anyhow::{Result, anyhow};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use serde_yaml::{Location, Options, Spanned};

use super::MAX_DEPTH;
use super::scalar::plain;

/// The stack of the thread that reads, in bytes: without optimization, a level of nesting takes about
/// 60 KB, and the threads of pools have 2 MB.
const STACK: usize = 16 << 20;

/// Reads one document by the rules of YAML 1.2 and its core schema, with the merge keys (`<<`) of
/// YAML 1.1, which documents in the wild use.
///
/// # Errors
///
/// Fails if the text is not YAML, has a key twice, a number that is not represented exactly or a tag
/// of the application, is nested more than 64 levels deep, or has aliases that expand to far
/// more than was written. The error has line and column.
pub fn parse(text: &str) -> Result<Value> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let reader = thread.spawn_scoped(scope, || read(text))?;
        reader
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn read(text: &str) -> Result<Value> {
    let node: Spanned<Node> =
        serde_yaml::from_str_with_options(text, options(text)).map_err(|error| {
            let error = error.without_snippet();
            let message = error.to_string();
            match error.location() {
                Some(location) => {
                    let position =
                        format!(" at line {}, column {}", location.line(), location.column());
                    located(
                        &location,
                        message.strip_suffix(&position).unwrap_or(&message),
                    )
                }
                None => anyhow!("{message}"),
            }
        })?;
    value(node, text)
}

/// The limits are those of nesting and of what aliases expand to: a document is as large as it is.
fn options(text: &str) -> Options {
    let nodes = text.len() + 1_000;
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            max_events: usize::MAX,
            max_nodes: usize::MAX,
            max_aliases: usize::MAX,
            max_anchors: usize::MAX,
            max_merge_keys: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
            max_recorded_anchor_events: usize::MAX,
            max_recorded_anchor_bytes: usize::MAX,
            enforce_alias_anchor_ratio: false,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: nodes,
        },
        strict_booleans: true,
        reject_unsupported_tags: true,
        ignore_binary_tag_for_string: true,
        with_snippet: false,
        emit_comments: false,
    }
}

fn located(location: &Location, message: &str) -> anyhow::Error {
    let (line, column) = (location.line(), location.column());
    anyhow!("line {line}, column {column}: {message}")
}

/// Returns the value of a node. What is not a string is read from the text: serde-saphyr takes forms
/// of YAML 1.1, such as `1_000`, and rounds numbers without an error.
fn value(node: Spanned<Node>, text: &str) -> Result<Value> {
    Ok(match node.value {
        Node::Text(value) => Value::String(value),
        Node::Other => {
            let source = source(&node.defined, text);
            let value = if source.starts_with(['"', '\'', '|', '>']) {
                Err("a tag for a value in quotes; write the value without both".to_owned())
            } else {
                plain(source)
            };
            value.map_err(|message| located(&node.defined, &message))?
        }
        Node::Sequence(items) => {
            let items = items.into_iter().map(|item| value(item, text));
            Value::Array(items.collect::<Result<_>>()?)
        }
        Node::Mapping(entries) => {
            let entries = entries.into_iter();
            let entries = entries.map(|(key, node)| {
                // A null, such as `~`.
                let unread = || source(&key.defined, text).to_owned();
                Ok((key.value.clone().unwrap_or_else(unread), value(node, text)?))
            });
            Value::Object(entries.collect::<Result<Map<_, _>>>()?)
        }
    })
}

/// Returns the text of the scalar at `location`; empty for a null that is not written.
fn source<'a>(location: &Location, text: &'a str) -> &'a str {
    let span = location.span();
    let bytes = span.byte_offset().zip(span.byte_len());
    let source = bytes.and_then(|(start, length)| {
        let start = usize::try_from(start).ok()?;
        text.get(start..start + usize::try_from(length).ok()?)
    });
    source.unwrap_or_default()
}

/// A node whose children have their positions in the text.
enum Node {
    Text(String),
    /// A null, a boolean or a number.
    Other,
    Sequence(Vec<Spanned<Node>>),
    /// A key is `None` if it is null.
    Mapping(Vec<(Spanned<Option<String>>, Spanned<Node>)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML node")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut sequence = Vec::new();
        while let Some(item) = items.next_element()? {
            sequence.push(item);
        }
        Ok(Node::Sequence(sequence))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(Node::Mapping(mapping))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn aliases_are_copies_and_merge_keys_are_merged() {
        let text = "a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {y: 4, <<: [*a, {z: 5}]}\n\
                    e: {\"<<\": 6}\n&k k: 7\nl: {*k : 8}\n";
        let expected = json!({
            "a": {"x": 1, "y": 2},
            "b": {"x": 1, "y": 2},
            "c": {"x": 1, "y": 3},
            "d": {"x": 1, "y": 4, "z": 5},
            "e": {"<<": 6},
            "k": 7,
            "l": {"k": 8},
        });
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[test]
    fn keys_are_strings_as_they_are_written() {
        let text = "200: a\n0x10: b\n~: c\ntrue: d\n1.50: e\nnull: f\n";
        let expected =
            json!({"200": "a", "0x10": "b", "~": "c", "true": "d", "1.50": "e", "null": "f"});
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[test]
    fn yaml_without_a_json_form_is_an_error_with_its_line() {
        for text in [
            "a: 1\nb: {[1]: 2}",
            "a: 1\na: 2",
            "a: 1\nb: !c d",
            "a: 1\nb: !!int c",
            "a: 1\nb: !!seq {}",
            "a: 1\nb: &b [*b]",
            "a: 1\nb: *c",
            "a: 1\nb: {<<: 1}",
            "a: 1\n--- 2",
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with("line 2, "), "{text}: {error}");
        }
    }

    #[test]
    fn aliases_cannot_expand_without_limit() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let alias = format!("*a{}", level - 1);
            let items = [alias.as_str(); 9].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        let error = parse(&text).unwrap_err().to_string();
        assert!(error.contains("alias"), "{error}");
    }

    #[test]
    fn values_of_yaml_1_1_are_strings_and_numbers_are_exact() {
        for (text, expected) in [
            ("1_000", json!("1_000")),
            ("0b11", json!("0b11")),
            ("-0x1F", json!("-0x1F")),
            ("190:20:30", json!("190:20:30")),
            ("yes", json!("yes")),
            ("tRUE", json!("tRUE")),
            ("nUll", json!("nUll")),
            ("2020-01-01", json!("2020-01-01")),
            ("!!str 1", json!("1")),
            ("!!int 1", json!(1)),
            ("'1'", json!("1")),
            ("017", json!(17)),
            ("0o17", json!(15)),
            ("18446744073709551615", json!(u64::MAX)),
            ("1.0", json!(1.0)),
            ("", json!(null)),
            ("|-\n  1", json!("1")),
        ] {
            let found = parse(&format!("é: 🎉\na: {text}\nb: &b {text}\nc: *b\n"));
            let found = found.unwrap_or_else(|error| panic!("{text}: {error}"));
            for key in ["a", "b", "c"] {
                assert_eq!(found[key], expected, "{text}");
            }
        }
        for text in [
            ".inf",
            ".nan",
            "1e400",
            "1e-400",
            "18446744073709551616",
            "0.1234567890123456789",
            "!!int '1'",
            "!!bool yes",
        ] {
            let error = parse(&format!("é: 🎉\na: {text}\n"))
                .unwrap_err()
                .to_string();
            assert!(error.starts_with("line 2, column "), "{text}: {error}");
        }
    }
}
