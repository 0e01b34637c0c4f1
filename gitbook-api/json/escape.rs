//! JSON string escaping.

use std::io::Write;

/// Bytes scanned per step.
const BLOCK: usize = size_of::<u64>();

/// Appends a string literal.
///
/// The output is that of serde_json, which scans byte by byte. Strings dominate request bodies.
pub(crate) fn escape(text: &str, out: &mut Vec<u8>) {
    // The quotes, and the separator that follows.
    out.reserve(text.len() + 3);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, escaped) = rest.split_at(plain_blocks(rest));
        out.extend_from_slice(plain);
        let Some((first, after)) = escaped.split_first() else {
            break;
        };
        escape_byte(*first, out);
        rest = after;
    }
    out.push(b'"');
}

/// Returns whether the byte must be escaped in a JSON string.
#[inline]
pub(crate) fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Returns the number of bytes before the first that must be escaped.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    match bytes.split_first_chunk() {
        Some((first, rest)) => plain_block(first).unwrap_or_else(|| BLOCK + plain_blocks(rest)),
        None => plain_blocks(bytes),
    }
}

/// Returns the number of bytes of a block before the first that must be escaped, if there is one.
#[inline]
fn plain_block(block: &[u8; BLOCK]) -> Option<usize> {
    let escaped = escaped_bytes(u64::from_le_bytes(*block));
    (escaped != 0).then(|| escaped.trailing_zeros() as usize / 8)
}

/// Returns the same as [`plain_length`], which is for strings that mostly end in the first block.
#[inline(never)]
fn plain_blocks(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    for (index, block) in blocks.iter().enumerate() {
        if let Some(length) = plain_block(block) {
            return index * BLOCK + length;
        }
    }
    // The last block has some bytes of the one before it, which need no escaping.
    match bytes.last_chunk() {
        Some(last) => plain_block(last).map_or(bytes.len(), |length| bytes.len() - BLOCK + length),
        None => {
            let first = bytes.iter().position(|byte| is_escaped(*byte));
            first.unwrap_or(bytes.len())
        }
    }
}

/// Returns a number whose lowest bit that is set is the highest of the first byte that must be escaped.
/// It is 0 if there is none.
#[inline]
fn escaped_bytes(block: u64) -> u64 {
    let all = |byte: u8| u64::from_le_bytes([byte; BLOCK]);
    // A borrow makes bytes above the first one below `limit` look as if they were below as well.
    let below = |block: u64, limit: u8| block.wrapping_sub(all(limit)) & !block & all(0x80);
    // With this bit changed, the quote is a space, and what is below a space remains there.
    let quote_as_space = block ^ all(b'"' ^ b' ');
    below(quote_as_space, b' ' + 1) | below(block ^ all(b'\\'), 1)
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
                escape(&text, &mut quoted);
                assert_eq!(quoted, serde_json::to_vec(&text).expect("text is JSON"));
            }
        }
    }
}
