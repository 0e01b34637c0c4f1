//! Finds the source lines of the nodes of a document.

use std::collections::BTreeMap;

use gitbook_api_codegen::document::escape;
use serde_yaml::granit_parser::{Event, Parser};

/// Returns the line of each node of a YAML or JSON document by its JSON pointer in fragment form:
/// the line of its key, or of the node itself in a list. Lines are counted from 1. Returns no lines
/// for text that does not parse.
pub fn lines(text: &str) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    for next in Parser::new_from_str(text) {
        let Ok((event, span)) = next else {
            break;
        };
        match event {
            Event::MappingEnd | Event::SequenceEnd => drop(open.pop()),
            Event::Scalar(text, ..) if take_key(&mut open, &text, span.start.line()) => {}
            Event::Scalar(..) | Event::Alias(_) => {
                drop(place(&mut open, &mut lines, span.start.line()));
            }
            Event::MappingStart(..) => {
                let pointer = place(&mut open, &mut lines, span.start.line());
                open.push(Open::Mapping { pointer, key: None });
            }
            Event::SequenceStart(..) => {
                let pointer = place(&mut open, &mut lines, span.start.line());
                open.push(Open::Sequence { pointer, index: 0 });
            }
            _ => {}
        }
    }
    lines
}

/// An open container, or the key whose value comes next.
enum Open {
    Mapping {
        pointer: String,
        key: Option<(String, usize)>,
    },
    Sequence {
        pointer: String,
        index: usize,
    },
}

/// Consumes the scalar as a key if a key is expected.
fn take_key(open: &mut [Open], text: &str, line: usize) -> bool {
    match open.last_mut() {
        Some(Open::Mapping { key, .. }) if key.is_none() => {
            *key = Some((text.to_owned(), line));
            true
        }
        _ => false,
    }
}

/// Records the line of a node and returns its pointer.
fn place(open: &mut [Open], lines: &mut BTreeMap<String, usize>, line: usize) -> String {
    let (pointer, line) = match open.last_mut() {
        None => ("#".to_owned(), line),
        Some(Open::Mapping { pointer, key }) => {
            let (key, line) = key.take().unwrap_or_default();
            (format!("{pointer}/{}", escape(&key)), line)
        }
        Some(Open::Sequence { pointer, index }) => {
            *index += 1;
            (format!("{pointer}/{}", *index - 1), line)
        }
    };
    lines.insert(pointer.clone(), line);
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_found_in_yaml_and_json() {
        let yaml = "# A comment.\npaths:\n  /a/b:\n    get:\n      tags:\n        - one\n        - two\ninfo: {title: T}\n";
        let found = lines(yaml);
        for (pointer, line) in [
            ("#/paths", 2),
            ("#/paths/~1a~1b", 3),
            ("#/paths/~1a~1b/get/tags", 5),
            ("#/paths/~1a~1b/get/tags/1", 7),
            ("#/info/title", 8),
        ] {
            assert_eq!(found.get(pointer), Some(&line), "{pointer}");
        }
        let json = "{\n  \"a\": [\n    1,\n    {\"b\": null}\n  ]\n}";
        let found = lines(json);
        assert_eq!((found["#/a"], found["#/a/1/b"]), (2, 4));
    }

    #[test]
    fn invalid_yaml_has_no_lines() {
        assert!(lines("a: [").len() < 3);
    }
}
