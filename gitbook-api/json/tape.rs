//! A JSON document as a flat tape of tokens.

use std::fmt::{self, Write};

use super::ValueRef;

/// The kind of a token. Numbers are kept as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    /// A number without fraction and exponent.
    Integer,
    /// Any other number.
    Float,
    Text,
    List,
    /// Keys and values alternate.
    Object,
}

/// A scalar, a key, or the start of a list or an object, in 8 bytes: bodies may have a token for every
/// two bytes.
///
/// From the highest bit: the kind, whether the text is among the tape's own, and the length of the text. The
/// lower half is the offset of the text, the number of tokens of a list or object with this one, or the
/// boolean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token(u64);

impl Token {
    /// The greatest length of a text.
    const LONGEST: usize = (1 << 28) - 1;

    /// Set if the text is among the tape's own.
    const OWN: u64 = 1 << 60;

    #[inline]
    fn new(kind: Kind, at: u32) -> Self {
        Self((kind as u64) << 61 | u64::from(at))
    }

    /// Returns the token of a text, unless it is too long or too far from the start.
    #[inline]
    fn text(kind: Kind, is_own: bool, at: usize, length: usize) -> Option<Self> {
        let at = u32::try_from(at).ok()?;
        let own = if is_own { Self::OWN } else { 0 };
        (length <= Self::LONGEST)
            .then_some(Self(Self::new(kind, at).0 | own | (length as u64) << 32))
    }

    #[inline]
    pub(super) fn kind(self) -> Kind {
        match self.0 >> 61 {
            0 => Kind::Null,
            1 => Kind::Bool,
            2 => Kind::Integer,
            3 => Kind::Float,
            4 => Kind::Text,
            5 => Kind::List,
            _ => Kind::Object,
        }
    }

    #[inline]
    fn at(self) -> usize {
        self.0 as u32 as usize
    }

    /// Returns the number of tokens of the value that starts here.
    #[inline]
    pub(super) fn width(self) -> usize {
        match self.kind() {
            // A list that was never closed has no tokens.
            Kind::List | Kind::Object => self.at().max(1),
            _ => 1,
        }
    }

    /// Returns the value of a boolean.
    #[inline]
    pub(super) fn is_true(self) -> bool {
        self.at() != 0
    }

    #[inline]
    fn is_own(self) -> bool {
        self.0 & Self::OWN != 0
    }

    #[inline]
    pub(super) fn length(self) -> usize {
        (self.0 >> 32) as usize & Self::LONGEST
    }
}

/// The tokens of a document, and the text that they refer to.
#[derive(Default)]
pub(crate) struct Tape<'a> {
    tokens: Vec<Token>,
    /// The JSON text that was read.
    source: &'a str,
    /// Strings and numbers that the source does not have in this form.
    own: String,
    /// Set if something was too large for a token.
    is_cut: bool,
}

/// The message for a document with a string longer than 256 MiB, or more than 4 GiB of text.
pub(super) const TOO_LARGE: &str = "the document is too large";

impl<'a> Tape<'a> {
    /// Creates the tape of a JSON text.
    pub(super) fn of(source: &'a str) -> Self {
        Self {
            // More than most documents have, and growing it twice is enough for every document.
            tokens: Vec::with_capacity(source.len() / 8 + 16),
            source,
            ..Self::default()
        }
    }

    /// Returns the value of the whole document.
    pub(crate) fn root(&self) -> ValueRef<'_> {
        ValueRef::new(self)
    }

    #[inline]
    pub(super) fn token(&self, at: usize) -> Token {
        let null = Token::new(Kind::Null, 0);
        self.tokens.get(at).copied().unwrap_or(null)
    }

    /// Returns the tokens of a key and of its value.
    #[inline]
    pub(super) fn entry(&self, at: usize) -> Option<(Token, Token)> {
        match self.tokens.get(at..)? {
            [key, value, ..] => Some((*key, *value)),
            _ => None,
        }
    }

    /// Returns the text of a string or a number.
    #[inline]
    pub(super) fn text_of(&self, token: Token) -> &str {
        let text = if token.is_own() {
            &self.own
        } else {
            self.source
        };
        let start = token.at();
        text.get(start..start + token.length()).unwrap_or_default()
    }

    /// Returns the same as [`text_of`](Self::text_of) as bytes, which takes less.
    #[inline]
    pub(super) fn bytes_of(&self, token: Token) -> &[u8] {
        let text = if token.is_own() {
            &self.own
        } else {
            self.source
        };
        let start = token.at();
        let bytes = text.as_bytes().get(start..start + token.length());
        bytes.unwrap_or_default()
    }

    /// Returns the line and the column of a value, or of what is before it if it is neither a number nor
    /// a string without escapes.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let before = self.tokens.iter().take(at + 1).rev();
        let is_text =
            |token: &&Token| matches!(token.kind(), Kind::Integer | Kind::Float | Kind::Text);
        let found = before.filter(is_text).find(|token| !token.is_own());
        let offset = found.map_or(0, |token| token.at());
        place(self.source.as_bytes(), offset)
    }

    /// Returns how many bytes the tape takes beside its source.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.tokens.capacity() * size_of::<Token>() + self.own.capacity()
    }

    /// Returns whether everything has been recorded.
    pub(super) fn is_complete(&self) -> bool {
        !self.is_cut
    }

    #[inline]
    pub(crate) fn null(&mut self) {
        self.tokens.push(Token::new(Kind::Null, 0));
    }

    #[inline]
    pub(crate) fn bool(&mut self, value: bool) {
        self.tokens.push(Token::new(Kind::Bool, value.into()));
    }

    /// Records a number of which this is the JSON text.
    pub(crate) fn number(&mut self, number: fmt::Arguments<'_>) {
        let start = self.own.len();
        // Writing to a string cannot fail.
        let _ = self.own.write_fmt(number);
        let text = self.own.get(start..).unwrap_or_default();
        let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'-';
        // `-0` is not the integer 0.
        let kind = if text != "-0" && text.bytes().all(is_digit) {
            Kind::Integer
        } else {
            Kind::Float
        };
        self.own_text(kind, start);
    }

    /// Records a copy of a string.
    pub(crate) fn text(&mut self, text: &str) {
        let start = self.own.len();
        self.own.push_str(text);
        self.own_text(Kind::Text, start);
    }

    /// Records a string or a number that is this part of the source.
    #[inline]
    pub(super) fn source_text(&mut self, kind: Kind, start: usize, end: usize) {
        self.push(Token::text(kind, false, start, end - start));
    }

    /// The tape's own text, to which strings are appended that [`own_text`](Self::own_text) records.
    pub(super) fn own(&mut self) -> &mut String {
        &mut self.own
    }

    /// Records the end of the tape's own text.
    pub(super) fn own_text(&mut self, kind: Kind, start: usize) {
        self.push(Token::text(kind, true, start, self.own.len() - start));
    }

    /// Gives back the memory that nothing has been recorded in.
    pub(super) fn shrink(&mut self) {
        self.tokens.shrink_to_fit();
        self.own.shrink_to_fit();
    }

    /// Returns whether nothing has been recorded.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Returns the kind of the last token.
    pub(super) fn last_kind(&self) -> Option<Kind> {
        self.tokens.last().map(|token| token.kind())
    }

    /// Starts a list, which [`close`](Self::close) ends.
    #[inline]
    pub(crate) fn open_list(&mut self) -> usize {
        self.tokens.push(Token::new(Kind::List, 0));
        self.tokens.len() - 1
    }

    /// Starts an object, which [`close`](Self::close) ends. Keys and values alternate.
    #[inline]
    pub(crate) fn open_object(&mut self) -> usize {
        self.tokens.push(Token::new(Kind::Object, 0));
        self.tokens.len() - 1
    }

    /// Ends the list or the object that started at `start`.
    #[inline]
    pub(crate) fn close(&mut self, start: usize) {
        let width = u32::try_from(self.tokens.len() - start);
        match (self.tokens.get_mut(start), width) {
            (Some(token), Ok(width)) => *token = Token::new(token.kind(), width),
            _ => self.is_cut = true,
        }
    }

    #[inline]
    fn push(&mut self, token: Option<Token>) {
        match token {
            Some(token) => self.tokens.push(token),
            None => {
                self.is_cut = true;
                self.null();
            }
        }
    }
}

/// Returns the line and the column of the byte at an offset, from 1. The end is in the last column.
#[cold]
pub(super) fn place(json: &[u8], at: usize) -> (usize, usize) {
    let before = json.get(..at).unwrap_or(json);
    let line_start = before.iter().rposition(|byte| *byte == b'\n');
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.len() - line_start.map_or(0, |at| at + 1);
    (1 + lines, column + usize::from(at < json.len()))
}
