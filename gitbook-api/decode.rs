//! Decoding of JSON, with the position of mismatches in errors.

use std::fmt;

use serde::de::DeserializeOwned;

/// The error of a body that does not match its schema.
///
/// Syntax errors carry line and column; type mismatches carry the path to the offending value, such
/// as `.items[3].title`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(String);

impl DecodeError {
    /// Returns the error of a success status that the operation does not document.
    pub fn unexpected_status(status: u16) -> Self {
        Self(format!("the success status {status} is not documented"))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a JSON body.
///
/// Escapes of surrogates that are not paired, which some servers write when they cut text inside of
/// an emoji, are decoded as U+FFFD.
///
/// # Errors
///
/// Fails if the text is not JSON or does not match the type `T`.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let text = std::str::from_utf8(body).map_err(|error| DecodeError(error.to_string()))?;
    let decoded = serde_json::from_str(text).or_else(|error| match paired(text) {
        Some(text) => serde_json::from_str(&text),
        None => Err(error),
    });
    decoded.map_err(|error| DecodeError(error.to_string()))
}

/// Converts a JSON value.
///
/// # Errors
///
/// Fails if the value does not match the type `T`.
pub(crate) fn value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, DecodeError> {
    serde_json::from_value(value).map_err(|error| DecodeError(error.to_string()))
}

/// Returns the text with escapes of unpaired surrogates replaced; `None` if there are none.
#[cold]
fn paired(text: &str) -> Option<String> {
    let mut repaired = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        repaired.push_str(before);
        let length = match (code_unit(escape), escape.get(6..).and_then(code_unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                repaired.push_str("\\ufffd");
                rest = escape.get(6..)?;
                continue;
            }
            _ => 2,
        };
        // An escape has that length, or the text is not JSON.
        let (kept, after) = escape.split_at_checked(length)?;
        repaired.push_str(kept);
        rest = after;
    }
    repaired.push_str(rest);
    (repaired != text).then_some(repaired)
}

/// Returns the code unit of an escape such as `\u0041` at the start of the text.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_are_replaced() {
        for (text, expected) in [
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""a\ude00b""#, "a\u{fffd}b"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\\ud83d""#, r"\ud83d"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
            (r#""\ud83dx\n\u0041""#, "\u{fffd}x\nA"),
        ] {
            assert_eq!(
                json::<String>(text.as_bytes()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        let key = json::<serde_json::Value>(br#"{"\ud83d": 1}"#).unwrap();
        assert_eq!(key["\u{fffd}"], 1);
    }

    #[test]
    fn invalid_json_stays_an_error() {
        for text in [
            r#""\ud83d"#,
            r#""\ud8"#,
            r#"{"a": "\ud83d", }"#,
            "\"\\",
            "\\",
            r#""\ud83d\x""#,
        ] {
            assert!(
                json::<serde_json::Value>(text.as_bytes()).is_err(),
                "{text}"
            );
        }
    }
}
