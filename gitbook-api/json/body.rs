//! Request bodies.

use serde::Serialize;

use super::{JsonCodec, Violations, sink};

/// A type that can be the body of a request. All generated types implement it.
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
    /// Validates the body against its schema, at every depth. This is done before a body is sent.
    ///
    /// For the types of the document these are the keywords `minLength`, `maxLength`, `pattern`,
    /// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `minItems`,
    /// `maxItems`, `uniqueItems`, `minProperties` and `maxProperties`, with the meaning that JSON
    /// Schema gives them: lengths are in code points, patterns are regular expressions of
    /// ECMAScript that may match anywhere.
    ///
    /// What later versions of the API may extend is not validated: values of enums and constants, and
    /// `Unknown` members of unions. Neither is `format`, which is an annotation. Responses are not
    /// validated when they are decoded.
    ///
    /// # Errors
    /// Returns all [`Violations`], in the order of the schema.
    fn check(&self) -> Result<(), Violations>;

    /// Encodes the value as JSON. For generated types this is faster than `serde_json::to_vec`, and the
    /// output is the same.
    ///
    /// # Errors
    /// Fails if the type's [`Serialize`] fails. Generated types never fail.
    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
}

impl<T: JsonCodec + Serialize> Body for T {
    fn check(&self) -> Result<(), Violations> {
        let mut found = Violations::default();
        JsonCodec::check(self, &mut found);
        found.into_result()
    }

    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        Ok(sink::text_of(self))
    }
}
