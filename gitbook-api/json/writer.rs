//! The output of encoding.

use serde_json::Number;

use super::escape::{escape, is_escaped};
use super::{JsonCodec, Tape};

/// Writes a value as JSON text, or as a tape, from which serde makes any other format.
///
/// In text, every value is written with a trailing comma. Closing a list or an object overwrites the
/// last one.
pub(crate) struct Writer<'a> {
    is_text: bool,
    text: Vec<u8>,
    tape: Tape<'a>,
}

impl<'a> Writer<'a> {
    /// Returns a value as JSON text.
    pub(crate) fn text_of(value: &'a impl JsonCodec) -> Vec<u8> {
        let mut text = Self::of(value, true).text;
        text.pop();
        text
    }

    /// Returns a value as a tape.
    pub(crate) fn tape_of(value: &'a impl JsonCodec) -> Tape<'a> {
        Self::of(value, false).tape
    }

    fn of(value: &'a impl JsonCodec, is_text: bool) -> Self {
        let mut writer = Self {
            is_text,
            text: Vec::with_capacity(if is_text { 128 } else { 0 }),
            tape: Tape::default(),
        };
        value.encode(&mut writer);
        writer
    }

    pub(crate) fn null(&mut self) {
        match self.is_text {
            true => self.token("null"),
            false => self.tape.null(),
        }
    }

    pub(crate) fn bool(&mut self, value: bool) {
        match self.is_text {
            true => self.token(if value { "true" } else { "false" }),
            false => self.tape.bool(value),
        }
    }

    pub(crate) fn number(&mut self, number: &Number) {
        if self.is_text {
            // Writing a number to a vector cannot fail.
            let _ = serde_json::to_writer(&mut self.text, number);
            return self.text.push(b',');
        }
        match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => self.tape.i64(value),
            (None, Some(value), _) => self.tape.u64(value),
            (None, None, value) => self.tape.f64(value.unwrap_or(f64::NAN)),
        }
    }

    pub(crate) fn string(&mut self, text: &'a str) {
        match self.is_text {
            true => self.escaped(text, b','),
            false => self.tape.text(text),
        }
    }

    /// Writes a string that the value does not own.
    pub(crate) fn string_owned(&mut self, text: String) {
        match self.is_text {
            true => self.escaped(&text, b','),
            false => self.tape.text(text),
        }
    }

    /// Writes the key of an entry, whose value is written next.
    pub(crate) fn key(&mut self, key: &'a str) {
        match self.is_text {
            true => self.escaped(key, b':'),
            false => self.tape.text(key),
        }
    }

    /// Writes the key of a described property, whose value is written next.
    pub(crate) fn static_key(&mut self, name: &'static str) {
        match self.is_text {
            true => self.string_unescaped(name, b':'),
            false => self.tape.text(name),
        }
    }

    /// Writes the documented value of a constant property.
    pub(crate) fn literal(&mut self, word: &'static str) {
        match self.is_text {
            true => self.string_unescaped(word, b','),
            false => self.tape.text(word),
        }
    }

    /// Starts a list, which [`close`](Self::close) ends.
    pub(crate) fn open_list(&mut self) -> usize {
        match self.is_text {
            true => self.open(b'['),
            false => self.tape.open_list(),
        }
    }

    /// Starts an object, which [`close`](Self::close) ends.
    pub(crate) fn open_object(&mut self) -> usize {
        match self.is_text {
            true => self.open(b'{'),
            false => self.tape.open_object(),
        }
    }

    /// Ends the list or the object that started at `start`.
    pub(crate) fn close(&mut self, start: usize) {
        if !self.is_text {
            return self.tape.close(start);
        }
        let end = match self.text.get(start) {
            Some(b'[') => b']',
            _ => b'}',
        };
        match self.text.last_mut() {
            Some(last) if *last == b',' => *last = end,
            _ => self.text.push(end),
        }
        self.text.push(b',');
    }

    fn open(&mut self, bracket: u8) -> usize {
        self.text.push(bracket);
        self.text.len() - 1
    }

    fn token(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
        self.text.push(b',');
    }

    fn escaped(&mut self, text: &str, next: u8) {
        escape(text, &mut self.text);
        self.text.push(next);
    }

    /// Writes a string that needs no escaping. The generator rejects other keys and constants.
    fn string_unescaped(&mut self, text: &'static str, next: u8) {
        debug_assert!(!text.bytes().any(is_escaped), "{text:?}");
        self.text.reserve(text.len() + 3);
        self.text.push(b'"');
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(&[b'"', next]);
    }
}
