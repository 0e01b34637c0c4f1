//! Described properties of structs.

/// The key of a property as it is written, such as `"title":`, and whether it is required.
pub(crate) type Field = (&'static str, bool);

/// Returns the key of a property.
#[inline]
pub(super) fn key(field: &Field) -> &'static str {
    let written = field.0;
    written
        .get(1..written.len().saturating_sub(2))
        .unwrap_or_default()
}
