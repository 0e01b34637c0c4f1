//! The methods that the builders of all operations have.

use std::fmt;

use crate::call::Call;

/// A call with its parameters that has not been sent.
///
/// The builder of every operation implements it, and [`Call`], so that generic code and mocks can take
/// any of them.
pub trait Request {
    /// The type that the response is decoded as.
    type Output;

    /// Returns the call without its type.
    fn into_call(self) -> Call;
}

impl Request for Call {
    type Output = serde_json::Value;

    fn into_call(self) -> Call {
        self
    }
}

/// An integer that a parameter can have: any of the integer types up to 64 bits.
///
/// The parameter's minimum and maximum are checked when the call is sent.
pub trait Integer: fmt::Display + sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! integers {
    ($($ty:ty)*) => {
        $(
            impl Integer for $ty {}
            impl sealed::Sealed for $ty {}
        )*
    };
}

integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

/// Implements what the builders of all operations have, where `send` returns `$future`: to be awaited,
/// the options of a call, and `Request`.
macro_rules! builder {
    ($builder:ident => $output:ty, $future:ty) => {
        impl $builder {
            /// Limits the time of this call with all its attempts.
            #[inline]
            pub fn with_timeout(self, timeout: std::time::Duration) -> Self {
                Self(self.0.with_timeout(timeout))
            }

            /// Sets which failures of this call are retried.
            #[inline]
            pub fn with_retry(self, policy: crate::RetryPolicy) -> Self {
                Self(self.0.with_retry(policy))
            }

            /// Adds a header that is not a parameter of the operation.
            #[inline]
            pub fn with_header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name.to_owned(), value))
            }

            /// Allows values of parameters that this version of the crate does not know.
            #[inline]
            pub fn with_unknown_values(self) -> Self {
                Self(self.0.with_unknown_values())
            }
        }

        impl crate::Request for $builder {
            type Output = $output;

            #[inline]
            fn into_call(self) -> Call {
                self.0
            }
        }

        impl std::future::IntoFuture for $builder {
            type Output = <$future as std::future::Future>::Output;
            type IntoFuture = $future;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}
pub(crate) use builder;
