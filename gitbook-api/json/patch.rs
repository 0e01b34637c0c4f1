//! A field that can be left alone, set, or cleared.

use super::{Assertion, Context, Error, Node, Violations, Wire, Writer};

/// What a request does to an optional field that may be `null`.
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
    /// The field is not sent: what it holds stays.
    #[default]
    Leave,
    /// `null` is sent: what it held is removed.
    Clear,
    /// The value is sent.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is not sent.
    pub fn is_leave(&self) -> bool {
        matches!(self, Self::Leave)
    }

    /// The value, if one is set.
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }

    /// The value, if one is set.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }
}

/// A value sets the field.
impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Reads a field that is present: `null` clears.
impl<T: Wire> Wire for Patch<T> {
    fn read(node: Node<'_>, cx: &mut Context) -> Result<Self, Error> {
        Option::<T>::read(node, cx).map(|value| value.map_or(Self::Clear, Self::Set))
    }

    fn from_null() -> Option<Self> {
        Some(Self::Clear)
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        match self {
            Self::Set(value) => value.write(out),
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
