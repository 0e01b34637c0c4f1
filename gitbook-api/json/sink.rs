//! The output of encoding.

use serde_json::Number;

use super::escape::escape;
use super::field;
use super::{JsonCodec, Tape};

/// Takes a value, token by token.
pub(crate) trait Sink<'a> {
    fn null(&mut self);

    fn bool(&mut self, value: bool);

    fn number(&mut self, number: &Number);

    fn string(&mut self, text: &'a str);

    /// Writes the key of an entry, whose value is written next.
    fn key(&mut self, key: &'a str);

    /// Writes the key of a described property, whose value is written next. `written` is its JSON text,
    /// with the colon after it.
    fn static_key(&mut self, written: &'static str);

    /// Writes the key of a described property, and its value.
    fn bool_entry(&mut self, written: &'static str, value: bool) {
        self.static_key(written);
        self.bool(value);
    }

    /// Writes the key of a described property, and its value.
    fn string_entry(&mut self, written: &'static str, text: &'a str) {
        self.static_key(written);
        self.string(text);
    }

    /// Writes an entry if it can be written as this JSON text, with the comma after it. Returns whether it
    /// is written.
    fn entry(&mut self, written: &'static str) -> bool;

    /// Writes the documented value of a constant property.
    fn literal(&mut self, word: &'static str);

    /// Starts a list, which [`close`](Self::close) ends.
    fn open_list(&mut self) -> usize;

    /// Starts an object, which [`close`](Self::close) ends.
    fn open_object(&mut self) -> usize;

    /// Ends the list or the object that started at `start`.
    fn close(&mut self, start: usize);
}

/// Returns a value as JSON text.
pub(crate) fn text_of(value: &impl JsonCodec) -> Vec<u8> {
    let mut text = JsonText(Vec::with_capacity(128));
    value.encode(&mut text);
    text.0.pop();
    text.0
}

/// Returns a value as a tape, from which serde makes any format.
pub(crate) fn tape_of(value: &impl JsonCodec) -> Tape<'static> {
    let mut tape = Tape::default();
    value.encode(&mut tape);
    tape
}

/// JSON text, in which every value is written with a trailing comma. Closing a list or an object
/// overwrites the last one.
struct JsonText(Vec<u8>);

impl<'a> Sink<'a> for JsonText {
    fn null(&mut self) {
        self.write("null,");
    }

    fn bool(&mut self, value: bool) {
        self.write_bool(value);
    }

    fn number(&mut self, number: &Number) {
        // Writing a number to a vector cannot fail.
        let _ = serde_json::to_writer(&mut self.0, number);
        self.0.push(b',');
    }

    fn string(&mut self, text: &'a str) {
        escape(text, b',', &mut self.0);
    }

    fn key(&mut self, key: &'a str) {
        escape(key, b':', &mut self.0);
    }

    fn static_key(&mut self, written: &'static str) {
        self.write(written);
    }

    fn bool_entry(&mut self, written: &'static str, value: bool) {
        self.write(written);
        self.write_bool(value);
    }

    fn string_entry(&mut self, written: &'static str, text: &'a str) {
        self.write(written);
        escape(text, b',', &mut self.0);
    }

    fn entry(&mut self, written: &'static str) -> bool {
        self.write(written);
        true
    }

    fn literal(&mut self, word: &'static str) {
        self.string(word);
    }

    fn open_list(&mut self) -> usize {
        self.open(b'[')
    }

    fn open_object(&mut self) -> usize {
        self.open(b'{')
    }

    fn close(&mut self, start: usize) {
        let end = match self.0.get(start) {
            Some(b'[') => b']',
            _ => b'}',
        };
        match self.0.last_mut() {
            Some(last) if *last == b',' => *last = end,
            _ => self.0.push(end),
        }
        self.0.push(b',');
    }
}

impl JsonText {
    fn open(&mut self, bracket: u8) -> usize {
        self.0.push(bracket);
        self.0.len() - 1
    }

    #[inline]
    fn write_bool(&mut self, value: bool) {
        // Text of a constant length takes no call.
        if value {
            self.write("true,");
        } else {
            self.write("false,");
        }
    }

    #[inline]
    fn write(&mut self, json: &'static str) {
        self.0.extend_from_slice(json.as_bytes());
    }
}

impl<'a> Sink<'a> for Tape<'_> {
    fn null(&mut self) {
        Tape::null(self);
    }

    fn bool(&mut self, value: bool) {
        Tape::bool(self, value);
    }

    fn number(&mut self, number: &Number) {
        Tape::number(self, format_args!("{number}"));
    }

    fn string(&mut self, text: &'a str) {
        self.text(text);
    }

    fn key(&mut self, key: &'a str) {
        self.text(key);
    }

    fn static_key(&mut self, written: &'static str) {
        self.text(field::name(written));
    }

    fn entry(&mut self, _written: &'static str) -> bool {
        false
    }

    fn literal(&mut self, word: &'static str) {
        self.text(word);
    }

    fn open_list(&mut self) -> usize {
        Tape::open_list(self)
    }

    fn open_object(&mut self) -> usize {
        Tape::open_object(self)
    }

    fn close(&mut self, start: usize) {
        Tape::close(self, start);
    }
}
