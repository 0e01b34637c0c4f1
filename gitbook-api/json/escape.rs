//! JSON string escaping.

use std::io::Write;

/// Bytes scanned per step. Eight lets LLVM compile the check to a single vector instruction.
const BLOCK: usize = 8;

/// Appends a string literal.
///
/// The output is that of serde_json, which scans byte by byte. Strings dominate request bodies.
pub(crate) fn escape(text: &str, out: &mut Vec<u8>) {
    // The quotes, and the separator that follows.
    out.reserve(text.len() + 3);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, escaped) = rest.split_at(plain_length(rest));
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
pub(crate) fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Returns the number of bytes before the first that must be escaped.
fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let is_plain = |block: &&[u8; BLOCK]| !block.iter().fold(false, |any, b| any | is_escaped(*b));
    let skipped = blocks.iter().take_while(is_plain).count() * BLOCK;
    let (_, rest) = bytes.split_at(skipped);
    let first = rest.iter().position(|byte| is_escaped(*byte));
    skipped + first.unwrap_or(rest.len())
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
