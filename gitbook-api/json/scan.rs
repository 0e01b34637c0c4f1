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
        error: ("", 0),
        tape: Tape::of(source),
    };
    match scanner.document() {
        Some(_) if scanner.tape.is_complete() => {
            // The decoded value takes memory beside it.
            scanner.tape.shrink();
            Ok(scanner.tape)
        }
        Some(_) => Err(failed(TOO_LARGE, json.len())),
        None => Err(failed(scanner.error.0, scanner.error.1)),
    }
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    /// A message, and the offset of the byte that it is about.
    error: (&'static str, usize),
    tape: Tape<'a>,
}

/// The result of a step: the offset after what was read, or `None` if it failed with [`Scanner::error`].
type Scan<T = usize> = Option<T>;

impl Scanner<'_> {
    /// Returns the byte at an offset. At the end it is 0, which is not part of any token.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Returns the offset of the next byte that is no whitespace.
    #[inline]
    fn skip_whitespace(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\n' | b'\t' | b'\r') {
            at += 1;
        }
        at
    }

    /// Sets the error for the byte at an offset, or for the end of the text.
    #[cold]
    fn fail<T>(&mut self, at: usize, unexpected: &'static str, end: &'static str) -> Scan<T> {
        let is_end = at >= self.bytes.len();
        self.error = (if is_end { end } else { unexpected }, at);
        None
    }

    fn document(&mut self) -> Scan {
        let at = self.skip_whitespace(0);
        let after = self.value(at, 0)?;
        let end = self.skip_whitespace(after);
        if end < self.bytes.len() {
            return self.fail(end, "trailing characters", "");
        }
        Some(end)
    }

    /// Reads a value inside of so many lists and objects.
    // A call for each value takes longer than what is done for most.
    #[inline(always)]
    fn value(&mut self, at: usize, depth: usize) -> Scan {
        match self.byte(at) {
            b'"' => self.string(at + 1),
            b'{' => self.object(at, depth),
            b'[' => self.list(at, depth),
            first => self.other_scalar(first, at),
        }
    }

    fn object(&mut self, at: usize, depth: usize) -> Scan {
        if depth == DEPTH {
            return self.fail(at, "recursion limit exceeded", "");
        }
        let end = "EOF while parsing an object";
        let start = self.tape.open_object();
        let mut at = self.skip_whitespace(at + 1);
        if self.byte(at) != b'}' {
            loop {
                if self.byte(at) != b'"' {
                    return self.fail(at, "key must be a string", end);
                }
                at = self.string(at + 1)?;
                at = self.skip_whitespace(at);
                if self.byte(at) != b':' {
                    return self.fail(at, "expected `:`", end);
                }
                at = self.skip_whitespace(at + 1);
                at = self.value(at, depth + 1)?;
                at = self.skip_whitespace(at);
                match self.byte(at) {
                    b',' => at = self.skip_whitespace(at + 1),
                    b'}' => break,
                    _ => return self.fail(at, "expected `,` or `}`", end),
                }
            }
        }
        self.tape.close(start);
        Some(at + 1)
    }

    fn list(&mut self, at: usize, depth: usize) -> Scan {
        if depth == DEPTH {
            return self.fail(at, "recursion limit exceeded", "");
        }
        let start = self.tape.open_list();
        let mut at = self.skip_whitespace(at + 1);
        if self.byte(at) != b']' {
            loop {
                at = self.value(at, depth + 1)?;
                at = self.skip_whitespace(at);
                match self.byte(at) {
                    b',' => at = self.skip_whitespace(at + 1),
                    b']' => break,
                    _ => {
                        return self.fail(at, "expected `,` or `]`", "EOF while parsing a list");
                    }
                }
            }
        }
        self.tape.close(start);
        Some(at + 1)
    }

    /// Reads a scalar that is not a string.
    fn other_scalar(&mut self, first: u8, at: usize) -> Scan {
        match first {
            b'-' | b'0'..=b'9' => self.number(at),
            b't' => {
                self.tape.bool(true);
                self.word("true", at)
            }
            b'f' => {
                self.tape.bool(false);
                self.word("false", at)
            }
            b'n' => {
                self.tape.null();
                self.word("null", at)
            }
            _ => self.fail(at, "expected value", "EOF while parsing a value"),
        }
    }

    #[inline]
    fn word(&mut self, word: &str, at: usize) -> Scan {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return self.fail(at, "expected ident", "");
        }
        Some(at + word.len())
    }

    fn number(&mut self, start: usize) -> Scan {
        let mut at = start + usize::from(self.byte(start) == b'-');
        if self.byte(at) == b'0' {
            at += 1;
        } else {
            at = self.digits(at)?;
        }
        let has_fraction = self.byte(at) == b'.';
        if has_fraction {
            at = self.digits(at + 1)?;
        }
        let has_exponent = matches!(self.byte(at), b'e' | b'E');
        if has_exponent {
            let sign = matches!(self.byte(at + 1), b'+' | b'-');
            at = self.digits(at + 1 + usize::from(sign))?;
        }
        let text = self.source.get(start..at).unwrap_or_default();
        if has_exponent || text.len() > CERTAIN {
            let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
            if !is_finite {
                return self.fail(start, "number out of range", "");
            }
        }
        // `-0` is not the integer 0.
        let kind = if has_fraction || has_exponent || text == "-0" {
            Kind::Float
        } else {
            Kind::Integer
        };
        self.tape.source_text(kind, start, at);
        Some(at)
    }

    /// Reads one or more digits.
    #[inline]
    fn digits(&mut self, start: usize) -> Scan {
        let mut at = start;
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        if at == start {
            return self.fail(at, "invalid number", "EOF while parsing a value");
        }
        Some(at)
    }

    /// Reads a string after its first quote.
    #[inline(always)]
    fn string(&mut self, start: usize) -> Scan {
        let end = self.plain_end(start);
        if self.byte(end) != b'"' {
            return self.escaped_string(start, end);
        }
        self.tape.source_text(Kind::Text, start, end);
        Some(end + 1)
    }

    /// Returns the offset of the next byte of a string that is no text of its own.
    #[inline]
    fn plain_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + plain_length(rest)
    }

    /// Reads the rest of a string that began at `start` and has an escape, or an error, at `at`.
    #[cold]
    fn escaped_string(&mut self, start: usize, mut at: usize) -> Scan {
        let own_start = self.tape.own().len();
        let mut copied = start;
        loop {
            let plain = self.source.get(copied..at).unwrap_or_default();
            self.tape.own().push_str(plain);
            match self.byte(at) {
                b'"' => break,
                b'\\' => {
                    let (unescaped, length) = self.escape(at)?;
                    self.tape.own().push(unescaped);
                    at += length;
                }
                _ => {
                    let message =
                        "control character (\\u0000-\\u001F) found while parsing a string";
                    return self.fail(at, message, "EOF while parsing a string");
                }
            }
            copied = at;
            at = self.plain_end(at);
        }
        self.tape.own_text(Kind::Text, own_start);
        Some(at + 1)
    }

    /// Reads an escape, and returns its length as well.
    fn escape(&mut self, at: usize) -> Scan<(char, usize)> {
        let unescaped = match self.byte(at + 1) {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'u' => {
                let rest = self.bytes.get(at..).unwrap_or_default();
                return match code_point(rest) {
                    Some(found) => Some(found),
                    None => self.fail(at, "invalid escape", ""),
                };
            }
            _ if at + 1 < self.bytes.len() => return self.fail(at, "invalid escape", ""),
            _ => return self.fail(at, "EOF while parsing a string", ""),
        };
        Some((unescaped, 2))
    }
}

/// Returns an escaped code point, of one or two code units, and the length of its text.
fn code_point(text: &[u8]) -> Option<(char, usize)> {
    let first = code_unit(text)?;
    let second = text.get(6..).and_then(code_unit);
    let (code_point, length) = match (first, second) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            (0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00), 12)
        }
        _ => (first, 6),
    };
    let unescaped = char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((unescaped, length))
}

/// Returns the code unit of an escape such as `\u0041` at the start of the text.
fn code_unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    let value = |unit: u32, digit: &u8| Some(unit << 4 | char::from(*digit).to_digit(16)?);
    digits.iter().try_fold(0, value)
}
