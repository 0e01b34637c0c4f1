//! Text from documents and servers, made safe to print.

use gitbook_api_codegen::text::visible;

pub use gitbook_api_codegen::text::one_line;

/// Returns the text with invisible characters other than line breaks and tabs escaped, and with no line that a
/// GitHub workflow would run as a command (`::stop-commands::`, `##[add-mask]`).
pub fn printable(text: &str) -> String {
    without_commands(&visible(text))
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
