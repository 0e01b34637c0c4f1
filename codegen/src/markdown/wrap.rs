//! Wraps documentation at 100 columns.

use crate::text::visible;

const WIDTH: usize = 100;

/// Breaks the lines of `text` so that they fit behind `taken` characters, and still mean the same.
///
/// Code, tables and headings stay as they are. Characters that Rust does not allow in a comment, or
/// that would change how the code around it is shown, are written as escapes.
pub(crate) fn wrap(text: &str, taken: usize) -> String {
    let width = WIDTH.saturating_sub(taken);
    let mut fence: Option<String> = None;
    let mut lines = Vec::new();
    for line in visible(text).lines() {
        let start = line.trim_start();
        let is_fence = match &fence {
            Some(open) if super::closes(line, open) => {
                fence = None;
                true
            }
            Some(_) => true,
            None => {
                fence = super::opens(line);
                fence.is_some()
            }
        };
        let is_fixed = is_fence || start.starts_with(['|', '#']);
        if is_fixed || line.chars().count() <= width {
            lines.push(line.to_owned())
        } else {
            fill(line, width, &mut lines)
        }
    }
    lines.join("\n")
}

fn fill(line: &str, width: usize, lines: &mut Vec<String>) {
    let indent = " ".repeat(indentation(line));
    let mut current = String::new();
    for word in words(line) {
        let length = current.chars().count() + 1 + word.chars().count();
        if current.trim().is_empty() {
            current.push_str(&word);
        } else if length <= width {
            current.push(' ');
            current.push_str(&word);
        } else {
            lines.push(std::mem::replace(&mut current, format!("{indent}{word}")));
        }
    }
    lines.push(current);
}

/// Returns how far the text of a line is from its beginning, behind the mark of a list.
pub(super) fn indentation(line: &str) -> usize {
    let text = line.trim_start();
    let mark = match text.split_once(' ') {
        Some((mark, _)) if is_bullet(mark) || is_number(mark) => mark.len() + 1,
        _ => 0,
    };
    line.len() - text.len() + mark
}

/// Returns what no line break may part: code, and what would mean something else at the start of a
/// line.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_code = false;
    let start = line.len() - line.trim_start().len() + indentation(line.trim_start());
    for (index, word) in line[start..].split(' ').enumerate() {
        match words.last_mut() {
            Some(last) if in_code || opens_block(word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ if index == 0 => words.push(format!("{}{word}", &line[..start])),
            _ => words.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    words
}

fn opens_block(word: &str) -> bool {
    word.is_empty()
        || is_bullet(word)
        || is_number(word)
        || word.starts_with(['#', '>', '|', '=', '-', '*', '~'])
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "*" | "+")
}

fn is_number(word: &str) -> bool {
    word.strip_suffix(['.', ')'])
        .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_where_that_means_nothing() {
        for (text, expected) in [
            ("one two three four", "one two\nthree\nfour"),
            ("- one two three", "- one two\n  three"),
            (" 12. one two", " 12. one\n     two"),
            ("one `two three` four", "one\n`two three`\nfour"),
            ("one two - three", "one two -\nthree"),
            ("step 12. three", "step 12.\nthree"),
            (
                "```text\nlet long = line;\n```",
                "```text\nlet long = line;\n```",
            ),
            (
                "~~~text\n```\nlet long = line;\n~~~\none two three",
                "~~~text\n```\nlet long = line;\n~~~\none two\nthree",
            ),
            (
                "````text\n```\nlet long = line;\n````",
                "````text\n```\nlet long = line;\n````",
            ),
            ("\u{202e}a\u{7}", "\\u{202e}a\\u{7}"),
            ("| a table | stays |", "| a table | stays |"),
            ("# a heading stays", "# a heading stays"),
            ("averylongwordalone", "averylongwordalone"),
            ("short\n\nlines", "short\n\nlines"),
        ] {
            assert_eq!(wrap(text, 91), expected, "{text}");
        }
    }
}
