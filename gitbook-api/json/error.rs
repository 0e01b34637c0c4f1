//! Errors of decoding.

use std::fmt;

use super::ValueRef;

/// A value of another type than its schema.
#[derive(Debug)]
pub(crate) struct Error(Box<Mismatch>);

#[derive(Debug)]
struct Mismatch {
    /// The path of the value, such as `.items[3].title`.
    path: String,
    message: String,
    /// Its line and column, for types of others, whose messages may not tell what the value is.
    place: Option<(usize, usize)>,
}

impl Error {
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self(Box::new(Mismatch {
            path: String::new(),
            message: message.to_string(),
            place: None,
        }))
    }

    /// Adds the line and column of the value, unless they are known.
    #[cold]
    pub(super) fn at(mut self, value: ValueRef<'_>) -> Self {
        self.0.place.get_or_insert_with(|| value.place());
        self
    }

    /// Prefixes the path with a step, such as `.title` or `[3]`.
    #[cold]
    pub(crate) fn prepend_path(mut self, step: impl fmt::Display) -> Self {
        self.0.path.insert_str(0, &step.to_string());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mismatch {
            path,
            message,
            place,
        } = &*self.0;
        match path.as_str() {
            "" => f.write_str(message)?,
            path => write!(f, "{path}: {message}")?,
        }
        match place {
            Some((line, column)) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message)
    }
}
