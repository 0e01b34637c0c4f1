//! Equality of structs.

/// Whether two structs are equal, as far as their fields have been compared. A chain of calls is less
/// for the compiler to store than the branches of a derived `PartialEq`.
#[derive(Clone, Copy)]
pub(crate) struct Equality(bool);

impl Equality {
    /// Compares the first field.
    #[inline]
    pub(crate) fn of<T: PartialEq>(one: &T, other: &T) -> Self {
        Self(one == other)
    }

    /// Compares another field, unless one differs already.
    #[inline]
    pub(crate) fn and<T: PartialEq>(self, one: &T, other: &T) -> Self {
        Self(self.0 && one == other)
    }

    /// Returns whether all fields are equal.
    #[inline]
    pub(crate) fn holds(self) -> bool {
        self.0
    }
}
