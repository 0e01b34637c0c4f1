//! Text for people: counts, and characters that must not reach a terminal or a page.

/// Returns a number with its noun: `1 change`, `2 changes`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Returns whether a character is a control or line break, or changes how others are shown without
/// being seen: bidirectional formatting, zero width, tags.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        )
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns `text` with invisible characters other than line breaks and tabs as escapes (`\u{200b}`).
pub fn visible(text: &str) -> String {
    escaped(text, &['\n', '\t'])
}

/// Returns `text` on one line, with all invisible characters as escapes.
pub fn one_line(text: &str) -> String {
    escaped(text, &[])
}

fn escaped(text: &str, kept: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) && !kept.contains(&c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_escaped() {
        for c in [
            '\u{61c}',
            '\u{200b}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            let text = format!("a{c}b");
            let escaped = format!("a{}b", c.escape_unicode());
            assert_eq!(
                (visible(&text), one_line(&text)),
                (escaped.clone(), escaped)
            );
        }
        assert_eq!(visible("a\n\t\u{1b}[31mb\r"), "a\n\t\\u{1b}[31mb\\r");
        assert_eq!(one_line("a\n\tb"), "a\\n\\tb");
        assert_eq!(visible("🧑\u{200d}🚀 é"), "🧑\u{200d}🚀 é");
    }

    #[test]
    fn one_has_no_plural() {
        assert_eq!(
            [0, 1, 2].map(|number| counted(number, "node")),
            ["0 nodes", "1 node", "2 nodes"]
        );
    }
}
