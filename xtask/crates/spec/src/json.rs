//! A JSON reader that refuses whatever it would have to change: duplicate keys and numbers that do
//! not fit.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A syntax error in a JSON text.
#[derive(Debug, PartialEq)]
pub(crate) struct Malformed {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in bytes, counted from 1.
    pub column: usize,
    pub message: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            message,
        } = self;
        write!(f, "line {line}, column {column}: {message}")
    }
}

impl std::error::Error for Malformed {}

/// Reads one JSON value. The order of keys is kept.
///
/// # Errors
///
/// Fails if the text is not JSON, has a key twice in one object, has a number that neither a 64-bit
/// integer nor a 64-bit float represents exactly, or is nested more than 127 levels deep.
pub(crate) fn parse(text: &str) -> Result<Value, Malformed> {
    let Strict(value) = serde_json::from_str(text).map_err(|error| malformed(&error))?;
    for (offset, token) in tokens(text) {
        if token.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && number(token).is_none() {
            let (line, column) = position(text, offset);
            let message = format!("the number {token} cannot be represented exactly");
            return Err(Malformed {
                line,
                column,
                message,
            });
        }
    }
    Ok(value)
}

/// Returns whether `text` has `key` at the top level of an object. The text need not be valid JSON.
pub(crate) fn has_top_level_key(text: &str, key: &str) -> bool {
    let mut depth = 0_usize;
    let mut tokens = tokens(text).map(|(_, token)| token).peekable();
    while let Some(token) = tokens.next() {
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => depth = depth.saturating_sub(1),
            _ if depth == 1 && token.trim_matches('"') == key && tokens.peek() == Some(&":") => {
                return true;
            }
            _ => {}
        }
    }
    false
}

fn malformed(error: &serde_json::Error) -> Malformed {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let place = format!(" at line {line} column {column}");
    let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
    Malformed {
        line,
        column,
        message,
    }
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, offset - line_start + 1)
}

/// Returns the strings, numbers and punctuation of a JSON text with their offsets.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + rest.find(|c: char| !c.is_ascii_whitespace())?;
        let length = token_length(&text[start..]);
        at = start + length;
        Some((start, &text[start..at]))
    })
}

fn token_length(text: &str) -> usize {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
    let first = text.chars().next().map_or(0, char::len_utf8);
    match text.as_bytes() {
        [b'"', ..] => string_length(text),
        _ if text.starts_with(is_word) => text.find(|c| !is_word(c)).unwrap_or(text.len()),
        _ => first,
    }
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// Returns the value of a JSON number, or `None` if neither a 64-bit integer nor a 64-bit float
/// represents it exactly.
pub(crate) fn number(text: &str) -> Option<Number> {
    let number = serde_json::from_str::<Number>(text).ok()?;
    (decimal(&number.to_string()) == decimal(text)).then_some(number)
}

/// Returns the significant digits of a number and the power of ten of the last digit: `1.50` is
/// `15` and -1.
fn decimal(number: &str) -> Option<(String, i64)> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches(['-', '0']);
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some((String::new(), 0));
    }
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let places = i64::try_from(fraction.len()).ok()?;
    let exponent = exponent.parse::<i64>().ok()?.checked_add(zeros)?;
    Some((significant.to_owned(), exponent.checked_sub(places)?))
}

/// A value read from objects without duplicate keys.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate key {key:?}")));
            }
            let Strict(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_and_the_order_of_keys_are_kept() {
        let text =
            r#"{"b":[1,-2,1.5,1.0,1e+300,0.1,18446744073709551615,true,null,"\u00e9\""],"a":{}}"#;
        let value = parse(text).unwrap();
        assert_eq!(
            value.to_string(),
            r#"{"b":[1,-2,1.5,1.0,1e+300,0.1,18446744073709551615,true,null,"é\""],"a":{}}"#
        );
        assert_eq!(
            parse("[1.50, 1E2, -0, 0.0e5]").unwrap(),
            json!([1.5, 100.0, -0.0, 0.0])
        );
    }

    #[test]
    fn lossy_json_is_an_error_with_its_position() {
        for (text, line, column) in [
            ("{\"a\": 1,\n \"a\": 2}", 2, 4),
            ("[\n18446744073709551616]", 2, 1),
            ("[\"1e-400\", 0.1234567890123456789]", 1, 12),
            ("[1e-400]", 1, 2),
            ("[1e400]", 1, 6),
            ("{\"a\": 1", 1, 7),
            ("{\"a\": 1,}", 1, 9),
            ("{} {}", 1, 4),
            ("", 1, 0),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(
                (error.line, error.column),
                (line, column),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn deep_nesting_is_an_error() {
        for open in ["[", "{\"a\":"] {
            assert!(parse(&open.repeat(100_000)).is_err());
        }
    }

    #[test]
    fn top_level_keys_are_found_in_broken_text() {
        for text in [
            r#"{"openapi": "3.0.3""#,
            r#"{"a": {"b": 1}, "openapi" : "#,
            r#"{"a": [], , "openapi": 1"#,
            r#"{"a": "\"{", "openapi":"3"#,
        ] {
            assert!(has_top_level_key(text, "openapi"), "{text}");
        }
        for text in [
            r#"{"a": {"openapi": "3.0.3"}"#,
            r#"{"a": "openapi""#,
            r#"{"a": "{\"openapi\": 1"#,
            r#"["openapi": 1"#.trim_start_matches('['),
            "",
            "openapi: 3.0.3",
        ] {
            assert!(!has_top_level_key(text, "openapi"), "{text}");
        }
    }
}
