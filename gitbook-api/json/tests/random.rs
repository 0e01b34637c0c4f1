//! Random JSON texts, read and written here and by `serde_json`.

use fastrand::Rng;
use serde_json::Value;

use crate::decode;
use crate::json::{Map, scan, sink};

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

        let tape = scan(text.as_bytes()).expect("JSON");
        let read = tape.root().to_value();
        assert!(is_close(&read, &expected), "{text}");
        let by_serde: Value = decode::json(text.as_bytes()).expect("JSON");
        assert_eq!(by_serde, read, "{text}");

        let written = sink::text_of(&read);
        assert_eq!(written, serde_json::to_vec(&read).unwrap(), "{text}");
        assert_eq!(sink::tape_of(&read).root().to_value(), read, "{text}");
        let again = scan(&written).expect("JSON");
        assert_eq!(again.root().to_value(), read, "{text}");
        let copied = serde_json::to_vec(&tape.root()).expect("a tape is JSON");
        let copied = scan(&copied).expect("JSON");
        assert_eq!(copied.root().to_value(), read, "{text}");
    }
    assert!(objects > 300, "{objects} objects");
}

/// Returns whether two values are equal, except for the last bit of floats: without its feature
/// `float_roundtrip`, `serde_json` reads one that is next to the nearest.
fn is_close(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() && other.is_f64() => {
            let [one, other] = [one, other].map(|it| it.as_f64().unwrap_or(f64::NAN));
            one == other || (one - other).abs() <= one.abs() * f64::EPSILON
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_close(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_close = |(key, value)| other.get(key).is_some_and(|it| is_close(value, it));
            one.len() == other.len() && one.iter().all(is_close)
        }
        _ => one == other,
    }
}

#[test]
fn damaged_texts_are_refused_as_by_serde_json() {
    const BYTES: &[u8] = b"{}[]\",:\\u0d8 eE+-.19tn\n\x00\x1f\xf0\xc3\xa9";
    let mut texts = Texts(Rng::with_seed(0x7363_616e));
    let mut refused = 0;
    for _ in 0..30_000 {
        let mut text = String::new();
        texts.value(3, &mut text);
        let mut text = text.into_bytes();
        for _ in 0..texts.0.usize(1..4) {
            let at = texts.0.usize(..=text.len());
            let byte = BYTES[texts.0.usize(..BYTES.len())];
            match texts.0.u8(..4) {
                0 => text.insert(at, byte),
                1 => text.truncate(at),
                _ if at < text.len() && texts.0.bool() => drop(text.remove(at)),
                _ if at < text.len() => text[at] = byte,
                _ => {}
            }
        }
        let shown = String::from_utf8_lossy(&text);
        match (scan(&text), serde_json::from_slice::<Value>(&text)) {
            (Ok(tape), Ok(expected)) => {
                assert!(is_close(&tape.root().to_value(), &expected), "{shown}");
            }
            (Err(_), Err(_)) => refused += 1,
            (Ok(_), Err(error)) => {
                let is_unpaired = ["surrogate", "hex escape"];
                let error = error.to_string();
                assert!(
                    is_unpaired.iter().any(|it| error.contains(it)),
                    "{shown}: {error}"
                );
            }
            (Err(error), Ok(_)) => panic!("{shown}: {error}"),
        }
    }
    assert!(refused > 5000, "{refused} refused");
}

#[test]
fn floats_are_exact() {
    let mut random = Rng::with_seed(0x666c_6f61);
    let any = |random: &mut Rng| f64::from_bits(random.u64(..));
    let mut floats: Vec<f64> = (0..20_000).map(|_| random.f64()).collect();
    floats.extend(
        (0..20_000)
            .map(|_| any(&mut random))
            .filter(|it| it.is_finite()),
    );
    floats.extend([
        0.9452706955539223,
        5e-324,
        f64::MAX,
        f64::MIN_POSITIVE,
        -0.0,
        1e22,
        1e23,
    ]);
    for float in floats {
        for text in [
            format!("{float:?}"),
            format!("{float:e}"),
            format!("{float}"),
        ] {
            let read: f64 = decode::json(text.as_bytes()).expect("a number");
            let written = sink::text_of(&read);
            // Whole numbers are written without a fraction, and have no sign then.
            let again: f64 = decode::json(&written).expect("a number");
            let bits = [float, read, again].map(f64::to_bits);
            assert!(
                bits.iter().all(|it| *it == bits[0]) || text == "-0",
                "{text}: {bits:x?}"
            );
        }
        let text = format!("{{\"a\":{float:?}}}");
        let map: Map<Value> = decode::json(text.as_bytes()).expect("an object");
        assert_eq!(
            map["a"].as_f64().map(f64::to_bits),
            Some(float.to_bits()),
            "{text}"
        );
        assert_eq!(sink::text_of(&map), serde_json::to_vec(&map).unwrap());
        let again: Map<Value> = decode::json(&sink::text_of(&map)).expect("an object");
        assert_eq!(again, map, "{text}");
    }
}
