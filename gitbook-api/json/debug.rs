//! `Debug` for structs.

use std::fmt;

use super::{JsonCodec, Writer};

/// Prints the properties that a struct is encoded with. One function for all structs is less to compile
/// than derived ones.
pub(crate) fn debug<T: JsonCodec>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let tape = Writer::tape_of(value);
    let mut printed = f.debug_struct(name_of::<T>());
    for (key, value) in tape.root().properties() {
        printed.field(key, &value);
    }
    printed.finish()
}

/// Returns the name of a generated struct.
pub(super) fn name_of<T>() -> &'static str {
    let path = std::any::type_name::<T>();
    path.rsplit("::").next().unwrap_or(path)
}
