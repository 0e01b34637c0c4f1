//! What the builders of all operations have in common.

use std::fmt;

use crate::call::Call;

/// A call of one operation, with its parameters, that has not been sent.
///
/// The builder of every operation implements it, so that generic code and mocks can take any of
/// them.
pub trait Request {
    /// The type that the response is decoded as.
    type Output;

    /// Returns the call without its type.
    fn into_call(self) -> Call;
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

/// Implements what the builders of all operations have: `Request`, and to be awaited.
macro_rules! builder {
    ($builder:ident => $output:ty) => {
        impl crate::Request for $builder {
            type Output = $output;

            #[inline]
            fn into_call(self) -> Call {
                self.0
            }
        }

        impl std::future::IntoFuture for $builder {
            type Output = <ResponseFuture<$output> as std::future::Future>::Output;
            type IntoFuture = ResponseFuture<$output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}
pub(crate) use builder;

/// Implements the same for the builder of an operation that answers with a stream of events.
macro_rules! event_builder {
    ($builder:ident => $output:ty) => {
        impl crate::Request for $builder {
            type Output = $output;

            #[inline]
            fn into_call(self) -> Call {
                self.0
            }
        }

        impl std::future::IntoFuture for $builder {
            type Output = Result<$output, Error>;
            type IntoFuture =
                std::pin::Pin<Box<dyn std::future::Future<Output = Self::Output> + Send>>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    };
}
pub(crate) use event_builder;
