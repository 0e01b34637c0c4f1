//! Enums of strings that keep values which are not known yet.

use std::fmt;
use std::ops::Deref;

/// A value of an enum that this version of the crate does not know.
///
/// It is never one of the known values: only the enum itself makes it, from text or when it is
/// decoded, and only of text that none of its variants stands for. It dereferences to `str`.
///
/// ```
/// use gitbook_api::types::ContentVisibility;
///
/// let visibility = ContentVisibility::from("by-invitation");
/// let ContentVisibility::Unknown(value) = &visibility else { panic!() };
/// assert_eq!(value, "by-invitation");
/// assert_eq!(ContentVisibility::from("public"), ContentVisibility::Public);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Keeps text that has been found to be none of the known values.
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// Returns the value as it is sent and received.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for UnknownValue {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for UnknownValue {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl PartialEq<str> for UnknownValue {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for UnknownValue {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl From<UnknownValue> for String {
    fn from(value: UnknownValue) -> Self {
        value.0.into_string()
    }
}

/// Implements decoding, encoding and conversions of an enum of strings: the value of each variant but
/// the last, which is `Unknown(UnknownValue)`.
macro_rules! open_enum {
    ($type:ident { $($variant:ident = $value:literal,)* }) => {
        // Derived, it would come with code of its own for every enum.
        impl Eq for $type {}

        impl $type {
            /// The value as it is sent and received.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown($crate::json::UnknownValue::new(other)),
                }
            }
        }

        impl From<String> for $type {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Default for $type {
            #[inline]
            fn default() -> Self {
                Self::from("")
            }
        }

        impl $crate::json::Wire for $type {
            #[inline]
            fn read(
                node: $crate::json::Node<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<Self, $crate::json::Error> {
                let value = Self::from(node.text("a string")?);
                if matches!(value, Self::Unknown(_)) {
                    cx.mismatch();
                }
                Ok(value)
            }

            #[inline]
            fn write<'a>(&'a self, out: &mut $crate::json::Writer<'a>) {
                out.text(self.as_str());
            }
        }

        $crate::json::serde!($type);
    };
}
pub(crate) use open_enum;
