//! Reads YAML into JSON values.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use granit_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::{Map, Value};

use super::MAX_DEPTH;
use super::scalar::{core_type, scalar};

/// Reads one document by the rules of YAML 1.2 and its core schema, with the merge keys (`<<`) of
/// YAML 1.1, which documents in the wild use.
///
/// # Errors
///
/// Fails if the text is not YAML, has a key twice, a number that is not represented exactly or a tag
/// outside of the core schema, is nested more than 64 levels deep, or has aliases that expand to far
/// more than was written. The error has line and column.
pub fn parse(text: &str) -> Result<Value> {
    let mut reader = Reader {
        open: Vec::new(),
        anchors: BTreeMap::new(),
        root: None,
        nodes_left: text.len() + 1_000,
    };
    for next in Parser::new_from_str(text) {
        let (event, span) = next.map_err(|error| located(error.marker(), &error.info()))?;
        let read = reader.event(event);
        read.map_err(|message| located(&span.start, &message))?;
    }
    Ok(reader.root.unwrap_or_default())
}

fn located(marker: &Marker, message: &str) -> anyhow::Error {
    let (line, column) = (marker.line(), marker.col() + 1);
    anyhow!("line {line}, column {column}: {message}")
}

struct Reader {
    open: Vec<Open>,
    anchors: BTreeMap<usize, Value>,
    root: Option<Value>,
    /// The number of nodes that may still be added. Copies made for aliases count.
    nodes_left: usize,
}

/// A container that is not complete.
struct Open {
    anchor: usize,
    container: Container,
}

enum Container {
    Sequence(Vec<Value>),
    Mapping {
        entries: Map<String, Value>,
        key: Option<Key>,
        /// The values of merge keys, which own entries take precedence over.
        merged: Vec<Value>,
    },
}

enum Key {
    Merge,
    Name(String),
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                Err("a second document in the same text".to_owned())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                if is_plain && text == "<<" && self.expects_key() {
                    return self.key(Key::Merge);
                }
                if self.expects_key() {
                    self.keep(anchor, || Value::String(text.to_string()));
                    return self.key(Key::Name(text.into_owned()));
                }
                let value = scalar(&text, style, tag.as_deref())?;
                self.keep(anchor, || value.clone());
                self.add(value, 1)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                let value = value.ok_or("this alias refers to a node that contains it")?;
                match value {
                    Value::String(name) if self.expects_key() => self.key(Key::Name(name)),
                    value => {
                        let size = size(&value);
                        self.add(value, size)
                    }
                }
            }
            Event::SequenceStart(_, anchor, tag) => {
                is_container(tag.as_deref(), "seq")?;
                self.open(anchor, Container::Sequence(Vec::new()))
            }
            Event::MappingStart(_, anchor, tag) => {
                is_container(tag.as_deref(), "map")?;
                let container = Container::Mapping {
                    entries: Map::new(),
                    key: None,
                    merged: Vec::new(),
                };
                self.open(anchor, container)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            _ => Ok(()),
        }
    }

    fn expects_key(&self) -> bool {
        let last = self.open.last().map(|open| &open.container);
        matches!(last, Some(Container::Mapping { key: None, .. }))
    }

    fn keep(&mut self, anchor: usize, value: impl FnOnce() -> Value) {
        if anchor != 0 {
            self.anchors.insert(anchor, value());
        }
    }

    fn key(&mut self, name: Key) -> Result<(), String> {
        let Some(Container::Mapping { entries, key, .. }) =
            self.open.last_mut().map(|open| &mut open.container)
        else {
            return Ok(());
        };
        if let Key::Name(name) = &name
            && entries.contains_key(name)
        {
            return Err(format!("duplicate key {name:?}"));
        }
        *key = Some(name);
        Ok(())
    }

    fn open(&mut self, anchor: usize, container: Container) -> Result<(), String> {
        if self.expects_key() {
            return Err("keys must be strings".to_owned());
        }
        if self.open.len() == MAX_DEPTH {
            return Err(format!("nested more than {MAX_DEPTH} levels deep"));
        }
        self.open.push(Open { anchor, container });
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        let Some(Open { anchor, container }) = self.open.pop() else {
            return Ok(());
        };
        let value = match container {
            Container::Sequence(items) => Value::Array(items),
            Container::Mapping {
                entries, merged, ..
            } => Value::Object(with_merged(entries, merged)?),
        };
        self.keep(anchor, || value.clone());
        self.add(value, 1)
    }

    /// Adds a complete value of `size` nodes to the innermost open container.
    fn add(&mut self, value: Value, size: usize) -> Result<(), String> {
        let left = self.nodes_left.checked_sub(size);
        self.nodes_left = left.ok_or("aliases expand to far more than the text")?;
        match self.open.last_mut().map(|open| &mut open.container) {
            None => self.root = Some(value),
            Some(Container::Sequence(items)) => items.push(value),
            Some(Container::Mapping {
                entries,
                key,
                merged,
            }) => match key.take() {
                Some(Key::Name(name)) => drop(entries.insert(name, value)),
                Some(Key::Merge) => merged.push(value),
                None => return Err("keys must be strings".to_owned()),
            },
        }
        Ok(())
    }
}

/// Returns the entries with those of the objects to merge, or lists of such objects. Earlier ones
/// take precedence.
fn with_merged(
    mut entries: Map<String, Value>,
    merged: Vec<Value>,
) -> Result<Map<String, Value>, String> {
    for value in merged {
        let objects = match value {
            Value::Array(objects) => objects,
            object => vec![object],
        };
        for object in objects {
            let Value::Object(object) = object else {
                return Err("a merge key (`<<`) takes an object or a list of objects".to_owned());
            };
            for (key, value) in object {
                entries.entry(key).or_insert(value);
            }
        }
    }
    Ok(entries)
}

fn is_container(tag: Option<&Tag>, name: &str) -> Result<(), String> {
    match tag.map(core_type) {
        None | Some(Ok("")) => Ok(()),
        Some(Ok(given)) if given == name => Ok(()),
        Some(Ok(given)) => Err(format!("this is not of the type `!!{given}`")),
        Some(Err(message)) => Err(message),
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(entries) => 1 + entries.values().map(size).sum::<usize>(),
        _ => 1,
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
        let text = "200: a\n0x10: b\n~: c\ntrue: d\n1.50: e\n";
        let expected = json!({"200": "a", "0x10": "b", "~": "c", "true": "d", "1.50": "e"});
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[test]
    fn yaml_without_a_json_form_is_an_error_with_its_line() {
        for text in [
            "a: 1\nb: {[1]: 2}",
            "a: 1\na: 2",
            "a: 1\nb: !!binary aGk=",
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
        assert!(parse(&text).unwrap_err().to_string().contains("expand"));
    }
}
