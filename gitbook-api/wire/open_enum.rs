//! Enums of strings that keep values which are not known yet.

/// Declares an enum of strings by the value of each variant. A last variant is `Unknown(String)`.
macro_rules! open_enum {
    ($(#[$attribute:meta])* pub enum $type:ident { $($variant:ident = $value:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $(#[doc = concat!("`", $value, "`")] $variant,)*
            /// A value that this version of the crate does not know.
            Unknown(String),
        }

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
                    other => Self::Unknown(other.to_owned()),
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
            fn from_str(value: &str) -> Result<Self, Self::Err> {
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
                Self::Unknown(String::new())
            }
        }

        impl $crate::wire::Wire for $type {
            #[inline]
            fn read(
                node: $crate::wire::Node<'_>,
                cx: &mut $crate::wire::Context,
            ) -> Result<Self, $crate::wire::Error> {
                let value = Self::from(node.text("a string")?);
                if matches!(value, Self::Unknown(_)) {
                    cx.mismatch();
                }
                Ok(value)
            }

            #[inline]
            fn write<'a>(&'a self, out: &mut $crate::wire::Writer<'a>) {
                out.text(self.as_str());
            }
        }

        $crate::wire::serde!($type);
    };
}
pub(crate) use open_enum;
