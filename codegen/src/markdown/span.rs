//! Text of the document as code in the middle of a sentence.

use crate::text::visible;

/// Returns `text` as a code span of Markdown, on one line, whatever characters it has: names, values
/// and patterns say nothing to rustdoc then.
pub(crate) fn code_span(text: &str) -> String {
    let text = text
        .replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t");
    let text = visible(&text);
    if text.is_empty() {
        return "the empty text".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max();
    match longest.unwrap_or_default() {
        0 if text.starts_with(' ') && text.ends_with(' ') => format!("` {text} `"),
        0 => format!("`{text}`"),
        longest => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::code_span;

    #[test]
    fn code_ends_where_it_should() {
        for (text, expected) in [
            ("^a$", "`^a$`"),
            ("a`b", "`` a`b ``"),
            ("``", "``` `` ```"),
            ("<b>\n\r", "`<b>\\n\\r`"),
            ("a\u{202e}b", "`a\\u{202e}b`"),
            (" a ", "`  a  `"),
            ("", "the empty text"),
        ] {
            assert_eq!(code_span(text), expected);
        }
    }
}
