//! Nullable arguments.

/// Argument of a constructor for a required nullable property: a value, or `None` for `null`.
///
/// `&str` is accepted for text.
///
/// ```
/// use gitbook_api::IntoNullable;
///
/// fn takes(_: impl IntoNullable<String>) {}
/// takes("en");
/// takes(String::from("en"));
/// takes(None);
/// takes(Some(String::from("en")));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `{T}` nor `None`",
    label = "expected a `{T}` or `None`",
    note = "`{T}`, `Option<{T}>` and, for text, `&str` are accepted"
)]
pub trait IntoNullable<T> {
    /// Returns the value, or `None` for `null`.
    fn into_nullable(self) -> Option<T>;
}

impl<T> IntoNullable<T> for T {
    #[inline]
    fn into_nullable(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoNullable<T> for Option<T> {
    #[inline]
    fn into_nullable(self) -> Option<T> {
        self
    }
}

impl IntoNullable<String> for &str {
    fn into_nullable(self) -> Option<String> {
        Some(self.to_owned())
    }
}
