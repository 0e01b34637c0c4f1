//! The description of a property.

/// A property: its name, and whether it is required.
pub(crate) type Field = (&'static str, bool);
