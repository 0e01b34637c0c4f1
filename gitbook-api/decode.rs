//! Decoding of JSON, with the position of mismatches in errors.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::json::{JsonText, with_missing};

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

    /// Returns the path of the value that does not match, such as `.items[3].title`. `None` if the error is
    /// about the whole body, or if that is not JSON.
    ///
    /// ```
    /// use gitbook_api::{Map, decode};
    ///
    /// let error = decode::json::<Map<Vec<bool>>>(br#"{"a": [true, 1]}"#).unwrap_err();
    /// assert_eq!(error.path(), Some(".a[1]"));
    /// ```
    pub fn path(&self) -> Option<&str> {
        // The traits of serde pass on nothing but the text, which begins with it.
        let (path, _) = self.0.split_once(": ")?;
        path.starts_with(['.', '[']).then_some(path)
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
/// The types of this crate have what the text has: a float is the nearest `f64`, unknown properties are in
/// the order of the text. Types of others are decoded by their implementation of `Deserialize`; their floats
/// are as exact.
///
/// Escapes of surrogates that are not paired, which some servers write when they cut text inside of
/// an emoji, are decoded as U+FFFD.
///
/// # Errors
///
/// Fails if the text is not JSON or does not match the type `T`.
#[inline]
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    T::deserialize(JsonText(body)).map_err(|error| DecodeError(error.to_string()))
}

/// Decodes a JSON body that lacks nothing.
///
/// [`json`] gives a required property that is absent, or `null` although the schema has none, the
/// default value of its type, because GitBook's responses lack some. So it decodes `{}` as any struct.
///
/// ```
/// use gitbook_api::{decode, types::User};
///
/// let body = br#"{"object": "user", "id": "u1"}"#;
/// assert_eq!(decode::json::<User>(body).unwrap().display_name, "");
/// let error = decode::strict::<User>(body).unwrap_err();
/// assert_eq!(error.to_string(), "required, but without a value: .displayName, .urls");
/// ```
///
/// # Errors
///
/// Fails as [`json`] does, and if a required property has no value. The error has the paths of all of
/// them. Those inside of a type of others begin at the type of this crate.
pub fn strict<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let (decoded, missing) = with_missing(|| json(body));
    if missing.is_empty() {
        decoded
    } else {
        decoded.and_then(|_| {
            let paths = missing.join(", ");
            Err(DecodeError(format!(
                "required, but without a value: {paths}"
            )))
        })
    }
}

/// Converts a JSON value.
///
/// # Errors
///
/// Fails if the value does not match the type `T`.
pub(crate) fn value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, DecodeError> {
    serde_json::from_value(value).map_err(|error| DecodeError(error.to_string()))
}

/// Implements `TryFrom<serde_json::Value>` for the bodies of requests.
macro_rules! try_from_json {
    ($type:ident) => {
        impl TryFrom<serde_json::Value> for $type {
            type Error = $crate::decode::DecodeError;

            #[inline]
            fn try_from(value: serde_json::Value) -> Result<Self, Self::Error> {
                $crate::decode::value(value)
            }
        }
    };
}
pub(crate) use try_from_json;

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
    fn mismatches_have_a_path_and_other_errors_have_none() {
        type Lists = crate::json::Map<Vec<bool>>;
        for (text, path) in [
            (r#"{"a": [true, 1]}"#, Some(".a[1]")),
            (r#"{"a": 1}"#, Some(".a")),
            ("[1]", None),
            (r#"{"a": [true"#, None),
        ] {
            let error = json::<Lists>(text.as_bytes()).unwrap_err();
            assert_eq!(error.path(), path, "{error}");
        }
        assert_eq!(DecodeError::unexpected_status(299).path(), None);
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
