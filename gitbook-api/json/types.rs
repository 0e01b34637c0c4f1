//! The sets of one JSON type, of all types and of none.

#![allow(non_upper_case_globals, dead_code)]

pub(crate) const never: u8 = 0;
pub(crate) const null: u8 = 1;
pub(crate) const boolean: u8 = 1 << 1;
pub(crate) const integer: u8 = 1 << 2;
pub(crate) const number: u8 = 1 << 3 | integer;
pub(crate) const string: u8 = 1 << 4;
pub(crate) const array: u8 = 1 << 5;
pub(crate) const object: u8 = 1 << 6;
pub(crate) const any: u8 = u8::MAX;
