//! JSON numbers.

/// A number, exact if it is whole and has at most 64 bits, else the nearest `f64`.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Signed(i64),
    Unsigned(u64),
    Float(f64),
}

/// The largest magnitude up to which every whole number is exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns whether a number is whole and exact.
pub(super) fn is_whole(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() <= EXACT
}
