//! Enums of strings that keep unknown values.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A value of an enum that this version of the crate does not know.
///
/// It is never equal to a known value: an enum has it only after decoding or converting text that none
/// of its other variants represents. It dereferences to `str`, and is text for serde. Because it holds
/// text, enums are not `Copy`.
///
/// A call refuses parameters with such a value before it is sent, because most of them are misspelled;
/// `with_unknown_values` of its builder allows them. Bodies may have them, because values that were
/// received are sent back unchanged: `is_known` of an enum tells them apart.
///
/// ```
/// use gitbook_api::types::ContentVisibility;
///
/// let visibility = ContentVisibility::from("by-invitation");
/// let ContentVisibility::Unknown(value) = &visibility else { panic!() };
/// assert_eq!(value, "by-invitation");
/// assert!(!visibility.is_known());
/// assert_eq!(ContentVisibility::from("public"), ContentVisibility::Public);
/// assert!(ContentVisibility::Public == "public");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Creates a value from text that is not one of the known values.
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

/// Implements the codec and the conversions of an enum of strings. Each row has a variant and its value;
/// `Unknown(UnknownValue)` has none.
macro_rules! open_enum {
    ($type:ident { $($variant:ident = $value:literal,)* }) => {
        // Derived, it would come with code of its own for every enum.
        impl Eq for $type {}

        impl $type {
            /// Returns the value as it is sent and received.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Returns whether this version of the crate knows the value.
            #[inline]
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $type {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $type {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl Ord for $type {
            #[inline]
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
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

        impl $crate::json::JsonCodec for $type {
            #[inline]
            fn decode(
                input: $crate::json::ValueRef<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<Self, $crate::json::Error> {
                let value = Self::from(input.text("a string")?);
                if matches!(value, Self::Unknown(_)) {
                    cx.mismatch();
                }
                Ok(value)
            }

            #[inline]
            fn encode<'a>(&'a self, out: &mut dyn $crate::json::Sink<'a>) {
                out.string(self.as_str());
            }
        }

        $crate::json::serde!($type);
    };
}
pub(crate) use open_enum;
