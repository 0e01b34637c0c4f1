//! Random JSON texts, read and written here and by `serde_json`.

use fastrand::Rng;
use serde_json::Value;

use crate::json::{Tape, sink};

/// Writes random JSON, in any of the spellings that mean the same.
struct Texts(Rng);

impl Texts {
    fn value(&mut self, depth: usize, out: &mut String) {
        self.space(out);
        match self.0.u8(..if depth == 0 { 6 } else { 9 }) {
            0 => out.push_str("null"),
            1 => out.push_str(if self.0.bool() { "true" } else { "false" }),
            2 | 3 => self.number(out),
            4 | 5 => self.string(out),
            6 => self.sequence(['[', ']'], out, |texts, out| texts.value(depth - 1, out)),
            _ => self.sequence(['{', '}'], out, |texts, out| {
                texts.space(out);
                texts.key(out);
                texts.space(out);
                out.push(':');
                texts.value(depth - 1, out);
            }),
        }
        self.space(out);
    }

    fn sequence(
        &mut self,
        [open, close]: [char; 2],
        out: &mut String,
        item: impl Fn(&mut Self, &mut String),
    ) {
        out.push(open);
        for index in 0..self.0.usize(..6) {
            if index > 0 {
                out.push(',');
            }
            item(self, out);
        }
        out.push(close);
    }

    /// A key: mostly one of few, so that some objects have it twice.
    fn key(&mut self, out: &mut String) {
        match self.0.u8(..4) {
            0 => self.string(out),
            key => out.push_str(&format!("\"k{key}\"")),
        }
    }

    fn number(&mut self, out: &mut String) {
        let number = match self.0.u8(..8) {
            0 => self.0.i8(..).to_string(),
            1 => self.0.i64(..).to_string(),
            2 => self.0.u64(..).to_string(),
            3 => format!("{}.0", self.0.i32(..)),
            4 => format!("{}e{}", self.0.i16(..), self.0.i8(-20..20)),
            5 => format!("{}", self.0.f64() - 0.5),
            6 => format!("{}0", self.0.u128(1..)),
            _ => ["-0", "0.0", "1E+2", "9007199254740993", "1e300"][self.0.usize(..5)].to_owned(),
        };
        out.push_str(&number);
    }

    fn string(&mut self, out: &mut String) {
        out.push('"');
        for _ in 0..self.0.usize(..40) {
            match self.0.u8(..8) {
                0 => out.push_str(["\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f"][self.0.usize(..6)]),
                1 => out.push_str(&format!("\\u{:04x}", self.0.u16(..0xd800))),
                2 => out.push_str("\\ud83d\\ude00"),
                3 => out.push(self.0.char('\u{80}'..)),
                _ => out.push(self.0.alphanumeric()),
            }
        }
        out.push('"');
    }

    fn space(&mut self, out: &mut String) {
        if self.0.u8(..4) == 0 {
            out.push_str([" ", "\n", "\t ", "\r\n"][self.0.usize(..4)]);
        }
    }
}

#[test]
fn random_texts_are_read_and_written_as_by_serde_json() {
    let mut texts = Texts(Rng::with_seed(0x6a73_6f6e));
    let mut objects = 0;
    for _ in 0..3000 {
        let mut text = String::new();
        texts.value(5, &mut text);
        let expected: Value = serde_json::from_str(&text).expect("JSON");
        objects += usize::from(expected.is_object());

        let read: Tape<'_> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read.root().to_value(), expected, "{text}");
        let copied = serde_json::to_string(&read.root()).expect("a tape is JSON");
        let copied: Value = serde_json::from_str(&copied).expect("JSON");
        assert_eq!(copied, expected, "{text}");

        let written = sink::text_of(&expected);
        assert_eq!(written, serde_json::to_vec(&expected).unwrap(), "{text}");
        let written = sink::tape_of(&expected);
        assert_eq!(written.root().to_value(), expected, "{text}");
    }
    assert!(objects > 300, "{objects} objects");
}
