//! Optional nullable fields of requests.

use super::{Assertion, Context, Error, JsonCodec, Sink, ValueRef, Violations};

/// An optional nullable field of a request: left out, cleared, or set.
///
/// ```
/// use gitbook_api::Patch;
///
/// let title: Patch<String> = "New title".to_owned().into();
/// assert_eq!(title.as_option().map(String::as_str), Some("New title"));
/// assert!(Patch::<String>::default().is_leave());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is not sent and keeps its value.
    #[default]
    Leave,
    /// `null` is sent, which removes the value.
    Clear,
    /// The value is sent.
    Set(T),
}

impl<T> Patch<T> {
    /// Returns whether the field is not sent.
    pub fn is_leave(&self) -> bool {
        matches!(self, Self::Leave)
    }

    /// Returns the value, if one is set.
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }

    /// Returns the value, if one is set.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }
}

/// Converts a value to [`Patch::Set`].
impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Decodes a field that is present. `null` is [`Patch::Clear`].
impl<T: JsonCodec> JsonCodec for Patch<T> {
    fn decode(input: ValueRef<'_>, cx: &mut Context) -> Result<Self, Error> {
        Option::<T>::decode(input, cx).map(|value| value.map_or(Self::Clear, Self::Set))
    }

    fn from_null() -> Option<Self> {
        Some(Self::Clear)
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        match self {
            Self::Set(value) => value.encode(out),
            Self::Leave | Self::Clear => out.null(),
        }
    }

    fn check(&self, found: &mut Violations) {
        if let Some(value) = self.as_option() {
            value.check(found);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        if let Some(value) = self.as_option() {
            value.check_against(assertions, found);
        }
    }
}
