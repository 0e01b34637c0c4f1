//! `From` for unions and enums.

use super::{Context, JsonCodec, Tape};

/// Implements `From` for a union. Each row has a variant, its type without the box, and the types that
/// convert to it.
macro_rules! from_members {
    ($type:ident { $($variant:ident($held:ty): $($source:ty),+;)* }) => {
        $($(impl From<$source> for $type {
            #[inline]
            fn from(value: $source) -> Self {
                Self::$variant(Into::into(<$held as From<$source>>::from(value)))
            }
        })+)*
    };
}
pub(crate) use from_members;

/// Implements `From` for an enum: from enums whose values it contains.
macro_rules! from_enums {
    ($type:ident: $($held:ident),+) => {
        $(impl From<$held> for $type {
            #[inline]
            fn from(value: $held) -> Self {
                <Self as From<&str>>::from(value.as_str())
            }
        })+
    };
}
pub(crate) use from_enums;

/// Implements `From` for an enum that has the values `true` and `false`: from `bool`.
macro_rules! from_boolean {
    ($type:ident) => {
        impl From<bool> for $type {
            #[inline]
            fn from(value: bool) -> Self {
                <Self as From<&str>>::from(if value { "true" } else { "false" })
            }
        }
    };
}
pub(crate) use from_boolean;

/// Implements `From` for a union: from lists of items that convert to those of a variant.
macro_rules! from_lists {
    ($type:ident { $variant:ident($held:ty): $item:ty; }) => {
        impl<T: Into<$item>> From<Vec<T>> for $type {
            fn from(items: Vec<T>) -> Self {
                let items: Vec<$item> = items.into_iter().map(Into::into).collect();
                Self::$variant(Into::into(<$held as From<Vec<$item>>>::from(items)))
            }
        }

        impl<T: Into<$item>, const N: usize> From<[T; N]> for $type {
            fn from(items: [T; N]) -> Self {
                <Self as From<Vec<T>>>::from(Vec::from(items))
            }
        }
    };
}
pub(crate) use from_lists;

/// Implements `From` for a union with several string variants: from text.
macro_rules! from_text {
    ($type:ident) => {
        /// Converts text to the variant that it would be decoded as.
        impl From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::json::decode_text(value)
            }
        }

        impl From<String> for $type {
            #[inline]
            fn from(value: String) -> Self {
                <Self as From<&str>>::from(value.as_str())
            }
        }
    };
}
pub(crate) use from_text;

/// Returns the union that text would be decoded as.
pub(crate) fn decode_text<U: JsonCodec>(value: &str) -> U {
    let mut tape = Tape::default();
    tape.text(value);
    U::decode(tape.root(), &mut Context::default()).unwrap_or_default()
}
