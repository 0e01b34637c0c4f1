//! How structs are printed for debugging: as the JSON that they are encoded as.

use std::fmt;

use super::{Wire, Writer, structure};

/// Prints a struct with the properties that it is encoded with.
pub(crate) fn debug<T: Wire>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let tape = Writer::tape_of(value);
    let mut object = f.debug_struct(structure::name_of::<T>());
    for (key, value) in tape.root().properties() {
        object.field(key, &value);
    }
    object.finish()
}
