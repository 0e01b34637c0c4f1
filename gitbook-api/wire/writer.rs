//! Where values are written to.

use serde::Serialize;
use serde_json::Number;

use super::{Tape, Wire};

/// Takes a value bit by bit, as JSON text or as the tokens that any other format is made of.
pub(crate) struct Writer<'a> {
    is_text: bool,
    text: Vec<u8>,
    tape: Tape<'a>,
}

impl<'a> Writer<'a> {
    /// The value as JSON text.
    pub(crate) fn text_of(value: &'a impl Wire) -> Vec<u8> {
        Self::of(value, true).text
    }

    /// The value as tokens.
    pub(crate) fn tape_of(value: &'a impl Wire) -> Tape<'a> {
        Self::of(value, false).tape
    }

    fn of(value: &'a impl Wire, is_text: bool) -> Self {
        let mut writer = Self {
            is_text,
            text: Vec::new(),
            tape: Tape::default(),
        };
        value.write(&mut writer);
        writer
    }

    pub(crate) fn null(&mut self) {
        match self.is_text {
            true => self.literal("null"),
            false => self.tape.null(),
        }
    }

    pub(crate) fn bool(&mut self, value: bool) {
        match self.is_text {
            true => self.literal(if value { "true" } else { "false" }),
            false => self.tape.bool(value),
        }
    }

    pub(crate) fn number(&mut self, number: &Number) {
        if self.is_text {
            return self.json(number);
        }
        match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => self.tape.i64(value),
            (None, Some(value), _) => self.tape.u64(value),
            (None, None, value) => self.tape.f64(value.unwrap_or(f64::NAN)),
        }
    }

    pub(crate) fn text(&mut self, text: &'a str) {
        match self.is_text {
            true => self.json(text),
            false => self.tape.text(text),
        }
    }

    /// Text that is made while it is written.
    pub(crate) fn made(&mut self, text: String) {
        match self.is_text {
            true => self.json(&text),
            false => self.tape.text(text),
        }
    }

    /// The key of an object's entry, whose value comes next.
    pub(crate) fn key(&mut self, key: &'a str) {
        self.text(key);
        if self.is_text {
            self.text.push(b':');
        }
    }

    /// Begins a list, which [`close`](Self::close) ends.
    pub(crate) fn open_list(&mut self) -> usize {
        match self.is_text {
            true => self.open(b'['),
            false => self.tape.open_list(),
        }
    }

    /// Begins an object, which [`close`](Self::close) ends.
    pub(crate) fn open_object(&mut self) -> usize {
        match self.is_text {
            true => self.open(b'{'),
            false => self.tape.open_object(),
        }
    }

    /// Ends the list or the object that began at `start`.
    pub(crate) fn close(&mut self, start: usize) {
        match self.is_text {
            true => self.text.push(match self.text.get(start) {
                Some(b'[') => b']',
                _ => b'}',
            }),
            false => self.tape.close(start),
        }
    }

    fn open(&mut self, bracket: u8) -> usize {
        self.separate();
        self.text.push(bracket);
        self.text.len() - 1
    }

    fn literal(&mut self, text: &str) {
        self.separate();
        self.text.extend_from_slice(text.as_bytes());
    }

    fn json<T: Serialize + ?Sized>(&mut self, scalar: &T) {
        self.separate();
        // A scalar can always be written, and so can a vector be written to.
        let _ = serde_json::to_writer(&mut self.text, scalar);
    }

    /// A comma, unless this comes first.
    fn separate(&mut self) {
        if !matches!(self.text.last(), None | Some(b'[' | b'{' | b':')) {
            self.text.push(b',');
        }
    }
}
