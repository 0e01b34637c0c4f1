//! The scanner of JSON text.

use std::fmt;

use super::Tape;
use super::escape::plain_length;
use super::tape::{Kind, TOO_LARGE, place};

/// The maximum nesting of lists and objects, which is that of `serde_json`.
const DEPTH: usize = 127;

/// A number without exponent that is no longer is in the range of `f64`.
const CERTAIN: usize = 300;

/// Why and where a text is not JSON.
#[derive(Debug)]
pub(super) struct SyntaxError {
    message: &'static str,
    line: usize,
    column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            message,
            line,
            column,
        } = self;
        write!(f, "{message} at line {line} column {column}")
    }
}

/// Returns the tape of a JSON text.
///
/// Accepts what RFC 8259 does, in UTF-8 and nested up to 127 times. Of escapes of surrogates, those that
/// are not paired are read as U+FFFD. Fails also if a number is beyond the range of `f64`.
pub(super) fn scan(json: &[u8]) -> Result<Tape<'_>, SyntaxError> {
    let failed = |message, at| {
        let (line, column) = place(json, at);
        SyntaxError {
            message,
            line,
            column,
        }
    };
    let source = std::str::from_utf8(json)
        .map_err(|error| failed("text that is not UTF-8", error.valid_up_to()))?;
    let mut scanner = Scanner {
        source,
        bytes: json,
        at: 0,
        tape: Tape::of(source),
    };
    match scanner.document() {
        Ok(()) if scanner.tape.is_complete() => Ok(scanner.tape),
        Ok(()) => Err(failed(TOO_LARGE, json.len())),
        Err(message) => Err(failed(message, scanner.at)),
    }
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    /// The offset of the next byte, and in case of an error that of the offending one.
    at: usize,
    tape: Tape<'a>,
}

/// An error is a message. It is about the byte at [`Scanner::at`].
type Scan<T = ()> = Result<T, &'static str>;

impl Scanner<'_> {
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Returns the next byte that is no whitespace, without passing it.
    #[inline]
    fn peek_token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    fn document(&mut self) -> Scan {
        // The positions of the lists and objects that are open around the innermost, and whether each is
        // an object.
        let mut around = [(0, false); DEPTH];
        let mut depth = 0;
        let mut innermost = (0, false);
        loop {
            // A value, or the start of one.
            let is_object = match self.peek_token() {
                Some(b'{') => Some(true),
                Some(b'[') => Some(false),
                Some(first) => {
                    self.scalar(first)?;
                    None
                }
                None => return Err("EOF while parsing a value"),
            };
            if let Some(is_object) = is_object {
                let slot = around.get_mut(depth).ok_or("recursion limit exceeded")?;
                *slot = innermost;
                self.at += 1;
                let start = if is_object {
                    self.tape.open_object()
                } else {
                    self.tape.open_list()
                };
                innermost = (start, is_object);
                depth += 1;
                match (self.peek_token(), is_object) {
                    (Some(b'}'), true) | (Some(b']'), false) => {}
                    (_, true) => {
                        self.key()?;
                        continue;
                    }
                    _ => continue,
                }
            }
            // A comma or the end of a list or object.
            loop {
                if depth == 0 {
                    return match self.peek_token() {
                        None => Ok(()),
                        Some(_) => Err("trailing characters"),
                    };
                }
                let (start, is_object) = innermost;
                match (self.peek_token(), is_object) {
                    (Some(b','), true) => {
                        self.at += 1;
                        self.peek_token();
                        self.key()?;
                        break;
                    }
                    (Some(b','), false) => {
                        self.at += 1;
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        self.tape.close(start);
                        depth -= 1;
                        innermost = around.get(depth).copied().unwrap_or_default();
                    }
                    (Some(_), true) => return Err("expected `,` or `}`"),
                    (Some(_), false) => return Err("expected `,` or `]`"),
                    (None, true) => return Err("EOF while parsing an object"),
                    (None, false) => return Err("EOF while parsing a list"),
                }
            }
        }
    }

    /// Reads a key and the colon after it.
    #[inline]
    fn key(&mut self) -> Scan {
        match self.peek() {
            Some(b'"') => self.string()?,
            Some(_) => return Err("key must be a string"),
            None => return Err("EOF while parsing an object"),
        }
        match self.peek_token() {
            Some(b':') => self.at += 1,
            Some(_) => return Err("expected `:`"),
            None => return Err("EOF while parsing an object"),
        }
        Ok(())
    }

    #[inline]
    fn scalar(&mut self, first: u8) -> Scan {
        match first {
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => {
                self.word("true")?;
                self.tape.bool(true);
                Ok(())
            }
            b'f' => {
                self.word("false")?;
                self.tape.bool(false);
                Ok(())
            }
            b'n' => {
                self.word("null")?;
                self.tape.null();
                Ok(())
            }
            _ => Err("expected value"),
        }
    }

    #[inline]
    fn word(&mut self, word: &str) -> Scan {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err("expected ident");
        }
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Scan {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        let has_fraction = self.peek() == Some(b'.');
        if has_fraction {
            self.at += 1;
            self.digits()?;
        }
        let has_exponent = matches!(self.peek(), Some(b'e' | b'E'));
        if has_exponent {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = self.source.get(start..self.at).unwrap_or_default();
        if has_exponent || text.len() > CERTAIN {
            let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
            if !is_finite {
                self.at = start;
                return Err("number out of range");
            }
        }
        // `-0` is not the integer 0.
        let kind = if has_fraction || has_exponent || text == "-0" {
            Kind::Float
        } else {
            Kind::Integer
        };
        self.tape.source_text(kind, start, self.at);
        Ok(())
    }

    /// Passes one or more digits.
    #[inline]
    fn digits(&mut self) -> Scan {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        match (self.at > start, self.peek()) {
            (true, _) => Ok(()),
            (false, Some(_)) => Err("invalid number"),
            (false, None) => Err("EOF while parsing a value"),
        }
    }

    /// Reads a string. The next byte is its first quote.
    #[inline]
    fn string(&mut self) -> Scan {
        let start = self.at + 1;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = plain_length(rest);
        self.at = start + length;
        if rest.get(length) != Some(&b'"') {
            return self.escaped_string(start);
        }
        self.tape.source_text(Kind::Text, start, self.at);
        self.at += 1;
        Ok(())
    }

    /// Skips the bytes of a string before the next escape.
    #[inline]
    fn pass_plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += plain_length(rest);
    }

    /// Reads the rest of a string that began at `start` and has an escape, or an error, here.
    #[cold]
    fn escaped_string(&mut self, start: usize) -> Scan {
        let own_start = self.tape.own().len();
        let mut copied = start;
        loop {
            let plain = self.source.get(copied..self.at).unwrap_or_default();
            self.tape.own().push_str(plain);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let unescaped = self.escape()?;
                    self.tape.own().push(unescaped);
                }
                Some(_) => {
                    return Err("control character (\\u0000-\\u001F) found while parsing a string");
                }
                None => return Err("EOF while parsing a string"),
            }
            copied = self.at;
            self.pass_plain();
        }
        self.tape.own_text(Kind::Text, own_start);
        self.at += 1;
        Ok(())
    }

    /// Reads an escape.
    fn escape(&mut self) -> Scan<char> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let unescaped = match rest.get(1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'u') => return self.code_point(rest),
            Some(_) => return Err("invalid escape"),
            None => return Err("EOF while parsing a string"),
        };
        self.at += 2;
        Ok(unescaped)
    }

    /// Reads an escaped code point, of one or two code units.
    fn code_point(&mut self, rest: &[u8]) -> Scan<char> {
        let first = code_unit(rest).ok_or("invalid escape")?;
        self.at += 6;
        let second = rest.get(6..).and_then(code_unit);
        let (high, low) = match (first, second) {
            (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => (first, low),
            _ => return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)),
        };
        self.at += 6;
        let code_point = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        Ok(char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

/// Returns the code unit of an escape such as `\u0041` at the start of the text.
fn code_unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    let value = |unit: u32, digit: &u8| Some(unit << 4 | char::from(*digit).to_digit(16)?);
    digits.iter().try_fold(0, value)
}
