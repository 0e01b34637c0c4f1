//! JSON string escaping.

use std::io::Write;

/// The number of bytes of an integer, of which the first that must be escaped is found at once.
const WORD: usize = size_of::<u64>();

/// The number of bytes that vector instructions compare at once. They only find out whether there is one
/// that must be escaped.
const BLOCK: usize = 2 * WORD;

/// Appends a string literal, and the separator that follows it.
///
/// The output is that of serde_json, which scans byte by byte. Strings dominate request bodies.
pub(crate) fn escape(text: &str, separator: u8, out: &mut Vec<u8>) {
    let text = text.as_bytes();
    // The quotes and the separator.
    out.reserve(text.len() + 3);
    out.push(b'"');
    let (blocks, _) = text.as_chunks();
    let escaped = blocks.iter().position(has_escaped);
    let is_plain = match text.last_chunk() {
        // The last block has some bytes of the one before it.
        Some(last) => escaped.is_none() && !has_escaped(last),
        None => is_plain_part(text),
    };
    if is_plain {
        out.extend_from_slice(text);
    } else {
        escape_rest(text, escaped.map_or(0, |index| index * BLOCK), out);
    }
    out.extend_from_slice(&[b'"', separator]);
}

/// Appends text of which some bytes must be escaped, but not the first `plain` ones.
#[inline(never)]
fn escape_rest(mut rest: &[u8], mut plain: usize, out: &mut Vec<u8>) {
    loop {
        plain += plain_length(rest.get(plain..).unwrap_or_default());
        let (before, escaped) = rest.split_at(plain);
        out.extend_from_slice(before);
        let Some((first, after)) = escaped.split_first() else {
            break;
        };
        escape_byte(*first, out);
        rest = after;
        plain = 0;
    }
}

/// Returns whether the byte must be escaped in a JSON string.
#[inline]
fn is_escaped(byte: u8) -> bool {
    // With this bit changed, the quote is a space, and what is below a space remains there. Without a
    // branch, vector instructions can do it.
    (byte ^ b'"' ^ b' ' <= b' ') | (byte == b'\\')
}

/// Returns whether none of less than [`BLOCK`] bytes must be escaped: compares the first and the last ones,
/// of which some may be the same.
#[inline]
fn is_plain_part(bytes: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let ends = [first, last].map(|end| escaped_bytes(u64::from_le_bytes(*end)));
        return ends == [0, 0];
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let [first, last] = [first, last].map(|end| u64::from(u32::from_le_bytes(*end)));
        return escaped_bytes(first | last << 32) == 0;
    }
    !bytes.iter().any(|byte| is_escaped(*byte))
}

/// Returns whether a byte must be escaped.
#[inline]
fn has_escaped(bytes: &[u8; BLOCK]) -> bool {
    let found = bytes.iter().map(|byte| is_escaped(*byte));
    found.fold(false, |any, found| any | found)
}

/// Returns the number of bytes before the first that must be escaped.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    match bytes.split_first_chunk() {
        Some((first, rest)) => plain_word(first).unwrap_or_else(|| WORD + plain_words(rest)),
        None => plain_words(bytes),
    }
}

/// Returns the number of bytes of a word before the first that must be escaped, if there is one.
#[inline]
fn plain_word(word: &[u8; WORD]) -> Option<usize> {
    let escaped = escaped_bytes(u64::from_le_bytes(*word));
    (escaped != 0).then(|| escaped.trailing_zeros() as usize / 8)
}

/// Returns the same as [`plain_length`], which is for strings that mostly end in the first word.
#[inline(never)]
fn plain_words(bytes: &[u8]) -> usize {
    let (words, _) = bytes.as_chunks::<WORD>();
    for (index, word) in words.iter().enumerate() {
        if let Some(length) = plain_word(word) {
            return index * WORD + length;
        }
    }
    // The last word has some bytes of the one before it, which need no escaping.
    match bytes.last_chunk() {
        Some(last) => plain_word(last).map_or(bytes.len(), |length| bytes.len() - WORD + length),
        None => {
            let first = bytes.iter().position(|byte| is_escaped(*byte));
            first.unwrap_or(bytes.len())
        }
    }
}

/// Returns a number whose lowest bit that is set is the highest of the first byte that must be escaped.
/// It is 0 if there is none.
#[inline]
fn escaped_bytes(word: u64) -> u64 {
    let all = |byte: u8| u64::from_le_bytes([byte; WORD]);
    // A borrow makes bytes above the first one below a limit look as if they were below as well.
    let is_control_or_quote = (word ^ all(b'"' ^ b' ')).wrapping_sub(all(b' ' + 1));
    let is_backslash = (word ^ all(b'\\')).wrapping_sub(all(1));
    (is_control_or_quote | is_backslash) & !word & all(0x80)
}

fn escape_byte(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            // Writing to a vector cannot fail.
            let _ = write!(out, "\\u{byte:04x}");
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_as_serde_json_writes_it() {
        let ascii: String = (0..128_u8).map(char::from).collect();
        for (character, before) in ascii
            .chars()
            .chain("é“😀".chars())
            .flat_map(|character| [0, 1, 7, 15, 16, 17, 31, 40].map(|before| (character, before)))
        {
            for after in [0, 1, 15, 16, 33] {
                let text = format!("{}{character}{}", "a".repeat(before), "“".repeat(after));
                let mut quoted = Vec::new();
                escape(&text, b',', &mut quoted);
                assert_eq!(quoted.pop(), Some(b','));
                assert_eq!(quoted, serde_json::to_vec(&text).expect("text is JSON"));
            }
        }
    }
}
