//! Markdown of the document as rustdoc, wrapped, or as code in a sentence.

mod span;
mod wrap;

pub(crate) use span::code_span;
pub(crate) use wrap::wrap;

/// Turns the Markdown of a description into text that rustdoc takes without a warning.
///
/// GitBook's own macros (`{% … %}`) go, bare addresses become links, and what rustdoc would take for
/// HTML, for an item to link to, or for a test to run is made plain text. Cleaning twice changes
/// nothing.
pub(crate) fn rustdoc(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for line in without_macros(&text).lines() {
        let line = line.trim_end();
        match &fence {
            Some(open) => {
                lines.push(line.to_owned());
                if closes(line, open) {
                    fence = None;
                }
            }
            None => match opens(line) {
                Some(open) => {
                    lines.push(format!("{open}{}", language(line, &open)));
                    fence = Some(open);
                }
                None => {
                    let line = continued(prose(line), lines.last());
                    lines.push(line);
                }
            },
        }
    }
    lines.extend(fence);
    tidy(lines)
}

/// Returns a description as [`rustdoc`], with a full stop if it ends with text that has none.
pub(crate) fn sentences(text: &str) -> String {
    let text = rustdoc(text);
    let last = text.rsplit("\n\n").next().unwrap_or_default();
    let is_text = !last.lines().any(|line| is_block(line.trim()));
    let ends = |c: char| c.is_alphanumeric() || matches!(c, '`' | ')' | '"' | '\'');
    if is_text && last.ends_with(ends) {
        text + "."
    } else {
        text
    }
}

/// Returns the first paragraph of a description on one line, as [`rustdoc`]. It is empty if the
/// description begins with anything but text.
pub(crate) fn brief(text: &str) -> String {
    let text = rustdoc(text);
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .take_while(|line| !line.is_empty() && !is_block(line))
        .collect();
    lines.join(" ")
}

/// Returns whether a line begins anything but text: a list, a heading, a table, a quotation or code.
fn is_block(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks = ["|", "#", ">", "- ", "* ", "+ ", "```", "~~~"];
    marks.iter().any(|mark| line.starts_with(mark))
        || (rest.len() < line.len() && rest.starts_with(['.', ')']))
}

/// Removes every `{% … %}`. An opening without its end is left to be escaped as text.
fn without_macros(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{%") {
        let Some((_, after)) = after.split_once("%}") else {
            break;
        };
        kept.push_str(before);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Returns the characters that open a fenced code block on this line.
fn opens(line: &str) -> Option<String> {
    let line = line.trim_start();
    ["```", "~~~"].into_iter().find_map(|mark| {
        let character = mark.chars().next()?;
        let length = line.len() - line.trim_start_matches(character).len();
        let info = &line[length..];
        (length >= 3 && !info.contains('`')).then(|| character.to_string().repeat(length))
    })
}

fn closes(line: &str, open: &str) -> bool {
    let line = line.trim();
    line.starts_with(open) && line.chars().all(|character| open.starts_with(character))
}

/// Returns the language of a code block, never one that rustdoc would run as a test.
fn language<'a>(line: &'a str, open: &str) -> &'a str {
    let info = line.trim_start().trim_start_matches(&open[..1]);
    let word = info.split_whitespace().next().unwrap_or_default();
    match word {
        "json" | "yaml" | "markdown" | "md" | "html" | "css" | "javascript" | "typescript"
        | "bash" | "sh" | "http" => word,
        _ => "text",
    }
}

/// Returns one line outside code blocks. Four spaces of indentation would make it a code block.
fn prose(line: &str) -> String {
    let text = line.trim_start();
    let indent = (line.len() - text.len()).min(3);
    let mut out = " ".repeat(indent);
    inline(text, &mut out);
    out
}

fn inline(text: &str, out: &mut String) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            '\\' => escaped(rest, out),
            '`' => code(rest, out),
            '[' => link(rest, out),
            '<' => angle(rest, out),
            ']' => plain("\\]", character, out),
            'h' if !before.is_alphanumeric() => address(rest, out),
            _ => plain(&rest[..character.len_utf8()], character, out),
        };
        before = rest[..taken].chars().next_back().unwrap_or(' ');
        rest = &rest[taken..];
    }
}

fn plain(text: &str, character: char, out: &mut String) -> usize {
    out.push_str(text);
    character.len_utf8()
}

fn escaped(rest: &str, out: &mut String) -> usize {
    let taken = match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => 1 + next.len_utf8(),
        _ => 1,
    };
    out.push_str(&rest[..taken]);
    taken
}

fn code(rest: &str, out: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let mut from = ticks;
    while let Some(at) = rest[from..].find('`').map(|at| from + at) {
        let run = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        from = at + run;
        if run == ticks {
            out.push_str(&rest[..from]);
            return from;
        }
    }
    out.push_str(&"\\`".repeat(ticks));
    ticks
}

/// Returns a link to the web as it is, and of a link to elsewhere its text.
fn link(rest: &str, out: &mut String) -> usize {
    let parts = rest[1..].split_once("](").and_then(|(text, after)| {
        let (target, _) = after.split_once(')')?;
        (!text.contains(['[', ']'])).then_some((text, target))
    });
    let Some((text, target)) = parts else {
        out.push_str("\\[");
        return 1;
    };
    let is_web = is_address(target) && !target.contains(['<', '>', ' ']);
    if is_web {
        out.push('[');
    }
    if is_address(text) {
        out.push_str(text)
    } else {
        inline(text, out)
    }
    if is_web {
        out.push_str("](");
        out.push_str(target);
        out.push(')');
    }
    "[](".len() + text.len() + target.len() + ")".len()
}

fn angle(rest: &str, out: &mut String) -> usize {
    if let Some((target, _)) = rest[1..].split_once('>')
        && is_address(target)
        && !target.contains([' ', '<'])
    {
        let taken = target.len() + 2;
        out.push_str(&rest[..taken]);
        return taken;
    }
    out.push_str("\\<");
    1
}

fn address(rest: &str, out: &mut String) -> usize {
    if !is_address(rest) {
        out.push('h');
        return 1;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || "<>\"`()[]{}".contains(c))
        .unwrap_or(rest.len());
    let target = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    if target.ends_with("://") {
        out.push_str(target)
    } else {
        out.push('<');
        out.push_str(target);
        out.push('>');
    }
    target.len()
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Indents a line that continues the text of a list item, as rustdoc expects.
fn continued(line: String, previous: Option<&String>) -> String {
    let width = previous.map_or(0, |previous| wrap::indentation(previous));
    let is_text = line.starts_with(|c: char| c.is_alphanumeric()) && wrap::indentation(&line) == 0;
    if is_text {
        format!("{:width$}{line}", "")
    } else {
        line
    }
}

/// Joins lines, with no empty line at the ends and never two in a row.
fn tidy(lines: Vec<String>) -> String {
    let mut out = String::new();
    let mut gap = false;
    for line in lines {
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &[(&str, &str)] = &[
        ("Plain text.", "Plain text."),
        ("  spaced \n\n\n out\n", "  spaced\n\n out"),
        (
            "Teams.\n\n{% openapi-schemas spec=\"gitbook\" %}\n    The Team object\n{% end %}\n",
            "Teams.\n\n   The Team object",
        ),
        ("open {% hint", "open {% hint"),
        ("- one\ntwo\nthree\n\nfour", "- one\n  two\n  three\n\nfour"),
        ("1. one\n- two\n# H\nthree", "1. one\n- two\n# H\nthree"),
        (
            "See https://gitbook.com/a_b. Or (http://x.y)?",
            "See <https://gitbook.com/a_b>. Or (<http://x.y>)?",
        ),
        ("`https://…` <https://a.b>", "`https://…` <https://a.b>"),
        (
            "<org>.gitbook.io of Vec<T>",
            "\\<org>.gitbook.io of Vec\\<T>",
        ),
        ("a [b] c[0]", "a \\[b\\] c\\[0\\]"),
        (
            "[web](https://a.b) and [page](./c.md) and [`Code`](/d)",
            "[web](https://a.b) and page and `Code`",
        ),
        ("[https://a.b](https://a.b)", "[https://a.b](https://a.b)"),
        (
            "`connection:<id>` and `[x](./<y>)`",
            "`connection:<id>` and `[x](./<y>)`",
        ),
        ("a ` tick, ``b``", "a \\` tick, ``b``"),
        ("one\rtwo\r\nthree", "one\ntwo\nthree"),
        (
            "```yaml\n[a]: <b>\n\tc\n```\n[d]",
            "```yaml\n[a]: <b>\n\tc\n```\n\\[d\\]",
        ),
        ("```\nlet a;\n", "```text\nlet a;\n```"),
        ("```rust\nlet a;\n```", "```text\nlet a;\n```"),
        ("- a\n    - b\n\n      c", "- a\n   - b\n\n   c"),
        ("\\<kept\\> h https:// http", "\\<kept\\> h https:// http"),
    ];

    #[test]
    fn descriptions_become_rustdoc() {
        for (text, expected) in CASES {
            assert_eq!(rustdoc(text), *expected, "{text}");
        }
    }

    #[test]
    fn descriptions_end_with_a_full_stop() {
        for (text, expected) in [
            ("", ""),
            ("ID of the space", "ID of the space."),
            ("Title (optional)", "Title (optional)."),
            ("One of `a` or `b`", "One of `a` or `b`."),
            ("Done.", "Done."),
            ("Why?", "Why?"),
            ("One of:", "One of:"),
            ("First\n\nLast", "First\n\nLast."),
            ("One of:\n- a\n- b", "One of:\n- a\n- b"),
            ("See\n\n```json\n{}\n```", "See\n\n```json\n{}\n```"),
            ("```json\n{\n\n}\n```", "```json\n{\n\n}\n```"),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for (text, _) in CASES {
            let once = rustdoc(text);
            assert_eq!(rustdoc(&once), once, "{text}");
        }
    }
}
