//! Described properties of structs.

/// The key of a property, and whether it is required.
pub(crate) type Field = (&'static str, bool);
