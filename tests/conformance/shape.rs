//! The variants that a value is made of, from its `Debug` output.
//!
//! The output of derived `Debug` is the one thing that tells, for every type alike, which member of
//! each union was chosen.

use serde_json::{Map, Value, json};

/// The variants in the output of `{:?}`, as JSON.
///
/// A struct is `{"fields": …}`, a map `{"entries": …}`, a list an array, and a variant with a value
/// `{"variant": …, "of": …}`. `Some` and what else is not a member of a union is left out; scalars
/// and what has no variants inside are `null`. A text that is not of this form is `false`.
pub(crate) fn shape(debug: &str) -> Value {
    let mut text = Text(debug);
    match text.value() {
        Some(shape) if text.0.trim().is_empty() => shape,
        _ => Value::Bool(false),
    }
}

/// Tuple structs and variants that are no members of unions.
const TRANSPARENT: [&str; 4] = ["Some", "Set", "Ok", "Box"];

/// The rest of the text.
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    fn value(&mut self) -> Option<Value> {
        self.0 = self.0.trim_start();
        if self.skip("[") {
            let mut items = Vec::new();
            while !self.skip("]") {
                items.push(self.value()?);
                self.skip(",");
            }
            let is_plain = items.iter().all(Value::is_null);
            return Some(if is_plain {
                Value::Null
            } else {
                Value::Array(items)
            });
        }
        if self.skip("{") {
            return self.entries("entries");
        }
        if self.0.starts_with('"') {
            self.string()?;
            return Some(Value::Null);
        }
        let name = self.word();
        if self.skip("(") {
            let mut inside = Value::Null;
            while !self.skip(")") {
                inside = self.value()?;
                self.skip(",");
            }
            return Some(if TRANSPARENT.contains(&name) || name.is_empty() {
                inside
            } else {
                json!({ "variant": name, "of": inside })
            });
        }
        if self.skip("{") {
            return self.entries("fields");
        }
        if self.0.starts_with('[') {
            // The array of a `serde_json::Value`, with its name before it.
            return self.value();
        }
        (!name.is_empty()).then_some(Value::Null)
    }

    fn entries(&mut self, kind: &str) -> Option<Value> {
        let mut entries = Map::new();
        while !self.skip("}") {
            if self.skip("..") {
                continue;
            }
            let key = if self.0.starts_with('"') {
                self.string()?
            } else {
                self.word().to_owned()
            };
            if !self.skip(":") {
                return None;
            }
            let value = self.value()?;
            if !value.is_null() {
                entries.insert(key, value);
            }
            self.skip(",");
        }
        Some(if entries.is_empty() {
            Value::Null
        } else {
            json!({ kind: entries })
        })
    }

    /// Passes over white space and `wanted`, if it is next.
    fn skip(&mut self, wanted: &str) -> bool {
        self.0 = self.0.trim_start();
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// A name, a number, a moment, or another word without quotes.
    fn word(&mut self) -> &'a str {
        let text = self.0;
        let is_end = |at: usize| {
            let rest = &text[at..];
            // A colon inside a moment is followed by a digit, that of a field by a space.
            rest.starts_with([',', '(', ')', '[', ']', '{', '}', '"'])
                || rest.starts_with(": ")
                || rest.starts_with(":\n")
        };
        let mut places = text.char_indices().map(|(at, _)| at);
        let end = places.find(|at| is_end(*at)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.0 = rest;
        word.trim()
    }

    /// A string, with what `Debug` escapes.
    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut characters = self.0.strip_prefix('"')?.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.0 = &self.0[at + 2..];
                    return Some(text);
                }
                '\\' => match characters.next()?.1 {
                    'n' => text.push('\n'),
                    'r' => text.push('\r'),
                    't' => text.push('\t'),
                    '0' => text.push('\0'),
                    'u' => {
                        let code: String = characters
                            .by_ref()
                            .map(|(_, digit)| digit)
                            .skip(1)
                            .take_while(|digit| *digit != '}')
                            .collect();
                        text.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                    }
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        None
    }
}
