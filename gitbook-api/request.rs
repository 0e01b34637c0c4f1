//! The builder of a call.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::time::Duration;

use crate::RetryPolicy;
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

/// The kind of an operation: what tells its builder apart, and what a call of it returns.
///
/// Each alias in [`builder`](crate::builder) has its own, which has no values.
pub trait OperationKind {
    /// The type that the response is decoded as.
    type Output;
    /// The future of the response.
    type Future: Future;

    /// Sends a call of the operation.
    #[doc(hidden)]
    fn send(call: Call) -> Self::Future;
}

/// Builder of a call of one operation.
///
/// The module [`builder`](crate::builder) has a name for that of each operation, such as
/// [`builder::GetSpaceById`](crate::builder::GetSpaceById). A method of the [`Client`](crate::Client)
/// returns it with the required parameters. Besides the methods that all builders have, it has one for
/// each optional parameter, and `items` and `pages` if the operation returns a list. Awaiting it sends the
/// call:
///
/// ```no_run
/// use std::time::Duration;
///
/// # async fn title(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let space = client
///     .get_space_by_id("space")
///     .share_key("key")
///     .with_timeout(Duration::from_secs(5))
///     .await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing until it is sent"]
pub struct RequestBuilder<K> {
    pub(crate) call: Call,
    /// The kind of the operation, of which there are no values.
    kind: PhantomData<fn() -> K>,
}

impl<K: OperationKind> RequestBuilder<K> {
    #[inline]
    pub(crate) fn new(call: Call) -> Self {
        Self {
            call,
            kind: PhantomData,
        }
    }

    /// Sends the call, as awaiting the builder does.
    pub fn send(self) -> K::Future {
        K::send(self.call)
    }

    /// Limits the time of this call with all its attempts.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self::new(self.call.with_timeout(timeout))
    }

    /// Sets which failures of this call are retried.
    pub fn with_retry(self, policy: RetryPolicy) -> Self {
        Self::new(self.call.with_retry(policy))
    }

    /// Adds a header that is not a parameter of the operation.
    pub fn with_header(self, name: &str, value: &str) -> Self {
        Self::new(self.call.header(name.to_owned(), value))
    }

    /// Allows values of parameters that this version of the crate does not know.
    pub fn with_unknown_values(self) -> Self {
        Self::new(self.call.with_unknown_values())
    }
}

impl<K: OperationKind> Request for RequestBuilder<K> {
    type Output = K::Output;

    fn into_call(self) -> Call {
        self.call
    }
}

impl<K: OperationKind> IntoFuture for RequestBuilder<K> {
    type Output = <K::Future as Future>::Output;
    type IntoFuture = K::Future;

    fn into_future(self) -> K::Future {
        self.send()
    }
}

impl<K> Clone for RequestBuilder<K> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
            kind: PhantomData,
        }
    }
}

impl<K> fmt::Debug for RequestBuilder<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestBuilder").field(&self.call).finish()
    }
}

/// Implements [`OperationKind`] for the kind of an operation, whose response is an `$output`. `$future` is
/// what the method `$send` of [`Call`] returns.
macro_rules! builder {
    ($kind:ident => $output:ty, $future:ty, $send:ident) => {
        impl crate::OperationKind for kind::$kind {
            type Output = $output;
            type Future = $future;

            #[inline]
            fn send(call: Call) -> $future {
                call.$send()
            }
        }
    };
}
pub(crate) use builder;
