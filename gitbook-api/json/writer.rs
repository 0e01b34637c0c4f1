//! Where values are written to.

use serde_json::Number;

use super::quote::{is_escaped, quote};
use super::{Tape, Wire};

/// Takes a value bit by bit, as JSON text or as the tokens that any other format is made of.
///
/// In the text each value is followed by a comma, in whose place the end of its list or object comes
/// if it is the last one.
pub(crate) struct Writer<'a> {
    is_text: bool,
    text: Vec<u8>,
    tape: Tape<'a>,
}

impl<'a> Writer<'a> {
    /// The value as JSON text.
    pub(crate) fn text_of(value: &'a impl Wire) -> Vec<u8> {
        let mut text = Self::of(value, true).text;
        text.pop();
        text
    }

    /// The value as tokens.
    pub(crate) fn tape_of(value: &'a impl Wire) -> Tape<'a> {
        Self::of(value, false).tape
    }

    fn of(value: &'a impl Wire, is_text: bool) -> Self {
        let mut writer = Self {
            is_text,
            text: Vec::with_capacity(if is_text { 128 } else { 0 }),
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
            // A number can always be written, and so can a vector be written to.
            let _ = serde_json::to_writer(&mut self.text, number);
            return self.text.push(b',');
        }
        match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => self.tape.i64(value),
            (None, Some(value), _) => self.tape.u64(value),
            (None, None, value) => self.tape.f64(value.unwrap_or(f64::NAN)),
        }
    }

    pub(crate) fn text(&mut self, text: &'a str) {
        match self.is_text {
            true => self.quote(text, b','),
            false => self.tape.text(text),
        }
    }

    /// Text that is made while it is written.
    pub(crate) fn made(&mut self, text: String) {
        match self.is_text {
            true => self.quote(&text, b','),
            false => self.tape.text(text),
        }
    }

    /// The key of an object's entry, whose value comes next.
    pub(crate) fn key(&mut self, key: &'a str) {
        match self.is_text {
            true => self.quote(key, b':'),
            false => self.tape.text(key),
        }
    }

    /// The name of a described property, whose value comes next.
    pub(crate) fn name(&mut self, name: &'static str) {
        match self.is_text {
            true => self.copy(name, b':'),
            false => self.tape.text(name),
        }
    }

    /// The documented value of a tag.
    pub(crate) fn word(&mut self, word: &'static str) {
        match self.is_text {
            true => self.copy(word, b','),
            false => self.tape.text(word),
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

    fn literal(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
        self.text.push(b',');
    }

    fn quote(&mut self, text: &str, next: u8) {
        quote(text, &mut self.text);
        self.text.push(next);
    }

    /// Writes text that has nothing to be escaped: the generator takes no other names and tags.
    fn copy(&mut self, text: &'static str, next: u8) {
        debug_assert!(!text.bytes().any(is_escaped), "{text:?}");
        self.text.reserve(text.len() + 3);
        self.text.push(b'"');
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(&[b'"', next]);
    }
}
