//! What can be sent.

use serde::Serialize;

use super::{Violation, Wire, Writer};

/// A type that can be the body of a request: every type of the document, and whatever else
/// implements it.
///
/// ```
/// use gitbook_api::{Body, types::UpdateUserByIdRequest};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let name = UpdateUserByIdRequest::new().display_name("Ada");
/// name.check()?;
/// assert_eq!(name.to_json()?, br#"{"displayName":"Ada"}"#);
/// # Ok(()) }
/// ```
pub trait Body: Serialize {
    /// Checks lengths, patterns and ranges, here and in everything below.
    ///
    /// # Errors
    /// The first [`Violation`] found.
    fn check(&self) -> Result<(), Violation>;

    /// Writes the value as JSON. For the types of the document this takes less time than
    /// `serde_json::to_vec`, which writes the same.
    ///
    /// # Errors
    /// Those of the type's own [`Serialize`]; the types of the document have none.
    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
}

impl<T: Wire + Serialize> Body for T {
    fn check(&self) -> Result<(), Violation> {
        Wire::check(self)
    }

    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        Ok(Writer::text_of(self))
    }
}
