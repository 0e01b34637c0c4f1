//! What can be sent.

use serde::Serialize;

use super::{Violations, Wire, Writer};

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
///
/// let nothing = UpdateUserByIdRequest::new().check().unwrap_err();
/// assert_eq!(nothing.to_string(), "has 0 properties, needs at least 1");
/// # Ok(()) }
/// ```
pub trait Body: Serialize {
    /// Checks what the schema asks for, here and in everything below, before the body is sent.
    ///
    /// For the types of the document these are the keywords `minLength`, `maxLength`, `pattern`,
    /// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `minItems`,
    /// `maxItems`, `uniqueItems`, `minProperties` and `maxProperties`, with the meaning that JSON
    /// Schema gives them: lengths are in code points, patterns are regular expressions of
    /// ECMAScript that may match anywhere.
    ///
    /// Not checked is what later versions of the API may extend, so that it can be sent too:
    /// values of enums and constants, and members of unions that are `Unknown`. `format` describes
    /// a value and is not checked either. What a response brought is not checked when it is read,
    /// only when it is sent.
    ///
    /// # Errors
    /// All [`Violations`], in the order of the schema.
    fn check(&self) -> Result<(), Violations>;

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
    fn check(&self) -> Result<(), Violations> {
        let mut found = Violations::default();
        Wire::check(self, &mut found);
        found.into_result()
    }

    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        Ok(Writer::text_of(self))
    }
}
