//! What the builders of all operations have in common.

use crate::call::Call;

/// A call of one operation, with its parameters, that has not been sent.
///
/// The builder of every operation implements it, so that generic code and
/// mocks can take any of them.
pub trait Request {
    /// What the operation answers with.
    type Output;

    /// The call without its type.
    fn into_call(self) -> Call;
}

/// Declares the builder of an operation: the method that returns it, and what it answers with.
macro_rules! builder {
    ($(#[$attribute:meta])* $builder:ident: Client::$method:ident => $output:ty) => {
        #[doc = concat!("Builder of [`Client::", stringify!($method), "`].")]
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent before `send`"]
        pub struct $builder(pub(crate) Call);

        impl crate::Request for $builder {
            type Output = $output;

            #[inline]
            fn into_call(self) -> Call {
                self.0
            }
        }
    };
}
pub(crate) use builder;
