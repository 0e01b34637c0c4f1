//! How well a value fits what it is read as: what a union without tags is chosen by.

use std::cell::Cell;

thread_local! {
    static MISFITS: Cell<usize> = const { Cell::new(0) };
}

/// Notes something that does not fit: a field that is not described, one that is missing, a tag with
/// another value, a union member that is not known.
pub(crate) fn misfit() {
    misfits(1);
}

/// Notes several of them.
pub(crate) fn misfits(count: usize) {
    MISFITS.set(MISFITS.get() + count);
}

/// Reads a value, and tells how much of it does not fit.
pub(crate) fn measure<T, E>(read: impl FnOnce() -> Result<T, E>) -> Option<(usize, T)> {
    let before = MISFITS.get();
    let value = read();
    let misfits = MISFITS.get() - before;
    MISFITS.set(before);
    Some((misfits, value.ok()?))
}

/// The value that fits best; of two that fit alike, the first. Nothing after one that fits is read.
pub(crate) fn best<T>(candidates: impl Iterator<Item = Option<(usize, T)>>) -> Option<T> {
    let mut best: Option<(usize, T)> = None;
    for (misfits, value) in candidates.flatten() {
        if best.as_ref().is_none_or(|(least, _)| misfits < *least) {
            best = Some((misfits, value));
        }
        if misfits == 0 {
            break;
        }
    }
    let (misfits, value) = best?;
    MISFITS.set(MISFITS.get() + misfits);
    Some(value)
}
