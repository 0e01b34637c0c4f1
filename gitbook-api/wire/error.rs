//! Why a value is not of its type, and where.

use std::fmt;

/// A value that is not of its type.
#[derive(Debug)]
pub(crate) struct Error(Box<Place>);

#[derive(Debug)]
struct Place {
    path: String,
    message: String,
}

impl Error {
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self(Box::new(Place {
            path: String::new(),
            message: message.to_string(),
        }))
    }

    /// The same error seen from one step further out: `.title` or `[3]`.
    #[cold]
    pub(crate) fn within(mut self, step: impl fmt::Display) -> Self {
        self.0.path.insert_str(0, &step.to_string());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.path.as_str() {
            "" => f.write_str(&self.0.message),
            path => write!(f, "{path}: {}", self.0.message),
        }
    }
}
