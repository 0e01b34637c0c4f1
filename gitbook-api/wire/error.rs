//! Why a value is not of its type, and where.

use std::fmt;

use super::Violation;

/// A value that is not of its type.
#[derive(Debug)]
pub(crate) struct Error(Box<Violation>);

impl Error {
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self(Box::new(Violation::new(message.to_string())))
    }

    /// The same error seen from one step further out: `.title` or `[3]`.
    #[cold]
    pub(crate) fn within(self, step: impl fmt::Display) -> Self {
        Self(Box::new(self.0.within(step)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.path.as_str() {
            "" => f.write_str(&self.0.message),
            _ => self.0.fmt(f),
        }
    }
}
