//! Text from documents and servers, made safe to print.

/// Returns the text on one line: control characters, line breaks and bidirectional formatting
/// characters are escaped.
pub fn one_line(text: &str) -> String {
    escaped(text, |_| false)
}

/// Returns the text with control characters other than line breaks escaped, and with no line that a
/// GitHub workflow would run as a command (`::stop-commands::`, `##[add-mask]`).
pub fn printable(text: &str) -> String {
    without_commands(&escaped(text, |c| c == '\n'))
}

/// Returns the text with no line that a GitHub workflow would run as a command.
pub fn without_commands(text: &str) -> String {
    let text = text.replace("##[", "#\u{200b}#[");
    let lines = text.split_inclusive('\n').map(|line| {
        let command = line.trim_start();
        match command.strip_prefix("::") {
            Some(rest) => {
                let indent = &line[..line.len() - command.len()];
                format!("{indent}:\u{200b}:{rest}")
            }
            None => line.to_owned(),
        }
    });
    lines.collect()
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

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) && !is_kept(c) {
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
    fn control_characters_are_escaped() {
        assert_eq!(
            one_line("a\n\u{1b}[31mb\r\u{202e}é"),
            r"a\n\u{1b}[31mb\r\u{202e}é"
        );
        assert_eq!(printable("a\n\u{1b}[31mb"), "a\n\\u{1b}[31mb");
        for c in [
            '\u{61c}',
            '\u{200b}',
            '\u{2060}',
            '\u{2066}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            assert_eq!(one_line(&c.to_string()), c.escape_unicode().to_string());
        }
        assert_eq!(one_line("🧑\u{200d}🚀 é"), "🧑\u{200d}🚀 é");
    }

    #[test]
    fn no_line_is_a_workflow_command() {
        let text = "a ::b\n  ::stop-commands::x\n::set-output name=a::b\nc ##[add-mask]d\n";
        let safe = printable(text);
        assert!(!safe.contains("##["));
        assert!(
            safe.lines()
                .all(|line| !line.trim_start().starts_with("::")),
            "{safe}"
        );
        assert!(safe.starts_with("a ::b\n  :\u{200b}:stop"));
    }
}
