//! What unions and enums can be made of by `into()`.

use super::{Context, Tape, Wire};

/// Implements `From` for the members of a union: a line for each variant, with what it holds without
/// its box, and the types that this, and no other variant, can be made of.
macro_rules! from_members {
    ($type:ident { $($variant:ident($held:ty): $($source:ty),+;)* }) => {
        $($(impl From<$source> for $type {
            #[inline]
            fn from(value: $source) -> Self {
                Self::$variant(<$held>::from(value).into())
            }
        })+)*
    };
}
pub(crate) use from_members;

/// Implements `From` for an enum, of enums all of whose values it has.
macro_rules! from_enums {
    ($type:ident: $($held:ident),+) => {
        $(impl From<$held> for $type {
            #[inline]
            fn from(value: $held) -> Self {
                Self::from(value.as_str())
            }
        })+
    };
}
pub(crate) use from_enums;

/// Implements `From` of lists for a union, by the variant that holds a list of these items.
macro_rules! from_lists {
    ($type:ident { $variant:ident($held:ty): $item:ty; }) => {
        impl<T: Into<$item>> From<Vec<T>> for $type {
            fn from(items: Vec<T>) -> Self {
                let items: Vec<$item> = items.into_iter().map(Into::into).collect();
                Self::$variant(<$held>::from(items).into())
            }
        }

        impl<T: Into<$item>, const N: usize> From<[T; N]> for $type {
            fn from(items: [T; N]) -> Self {
                Self::from(Vec::from(items))
            }
        }
    };
}
pub(crate) use from_lists;

/// Implements `From` of text for a union with several members that are strings.
macro_rules! from_text {
    ($type:ident) => {
        /// Becomes the same as when it is decoded: the member whose known values contain it, or else
        /// the one that takes any string.
        impl From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::json::decode_text(value)
            }
        }

        impl From<String> for $type {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
    };
}
pub(crate) use from_text;

/// Decodes a union from text.
pub(crate) fn decode_text<U: Wire>(value: &str) -> U {
    let mut tape = Tape::default();
    tape.text(value);
    U::read(tape.root(), &mut Context::default()).unwrap_or_default()
}
