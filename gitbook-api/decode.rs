//! JSON into types, with the place of what does not fit.

use std::fmt;

use serde::de::DeserializeOwned;

/// A body that is not what the operation documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: String,
}

impl DecodeError {
    /// A success status that the operation does not document.
    pub fn unexpected_status(status: u16) -> Self {
        Self {
            path: String::new(),
            message: format!("status {status} is not documented"),
        }
    }

    /// Where in the JSON text, as in `items[3].title`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "at {}: {}", self.path, self.message)
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a JSON body.
///
/// # Errors
///
/// The place and the reason, if the text is not JSON or not of type `T`.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(body).map_err(|error| {
        // Tracking the path costs time, so that only a body that has failed already is tracked.
        let mut tracked = serde_json::Deserializer::from_slice(body);
        match serde_path_to_error::deserialize::<_, T>(&mut tracked) {
            Err(error) if error.path().iter().next().is_some() => DecodeError {
                path: error.path().to_string(),
                message: error.into_inner().to_string(),
            },
            _ => DecodeError {
                path: String::new(),
                message: error.to_string(),
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn errors_have_a_place() {
        type Pages = BTreeMap<String, Vec<u32>>;
        for (body, path) in [
            (r#"{"pages": [1, "two"]}"#, "pages[1]"),
            (r#"{"pages": [1, "#, "pages"),
            ("[]", ""),
            ("", ""),
            ("{} {}", ""),
            ("<html>", ""),
        ] {
            let error = json::<Pages>(body.as_bytes()).unwrap_err();
            assert_eq!(error.path(), path, "{body}: {error}");
            assert!(!error.message().is_empty());
        }
    }
}
