//! Long lines of examples.

use std::ops::Range;

/// The length of a line that the pages of rustdoc show without scrolling.
const WIDTH: usize = 92;

/// Breaks the long lines of `code`: before the calls of a chain, or else inside of the first brackets that
/// contain anything, with a line for each item.
pub(super) fn broken(code: &str) -> String {
    let lines = code.lines().map(|line| {
        let text = line.trim_start();
        broken_line(text, line.len() - text.len())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn broken_line(code: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    if indent + code.chars().count() <= WIDTH {
        return format!("{margin}{code}");
    }
    let Parts { calls, items } = Parts::of(code);
    if let Some(first) = calls.first() {
        let ends = calls[1..].iter().copied().chain([code.len()]);
        let calls = calls.iter().zip(ends);
        let calls = calls.map(|(start, end)| broken_line(&code[*start..end], indent + 4));
        let head = broken_line(&code[..*first], indent);
        return [head]
            .into_iter()
            .chain(calls)
            .collect::<Vec<_>>()
            .join("\n");
    }
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return format!("{margin}{code}");
    };
    let items = items.iter().map(|item| code[item.clone()].trim());
    let lines = items.map(|item| broken_line(&format!("{item},"), indent + 4) + "\n");
    let lines: String = lines.collect();
    format!(
        "{margin}{}\n{lines}{margin}{}",
        &code[..first.start],
        &code[last.end..]
    )
}

/// The positions at which a line can be broken.
#[derive(Default)]
struct Parts {
    /// The starts of the calls in a chain, without its first one.
    calls: Vec<usize>,
    /// The items between the first brackets that contain any.
    items: Vec<Range<usize>>,
}

impl Parts {
    fn of(code: &str) -> Self {
        let mut parts = Self::default();
        let (mut depth, mut start) = (0, 0);
        let (mut in_text, mut is_escaped, mut is_complete) = (false, false, false);
        for (at, character) in code.char_indices() {
            if in_text {
                in_text = is_escaped || character != '"';
                is_escaped = !is_escaped && character == '\\';
                continue;
            }
            match character {
                '"' => in_text = true,
                '(' | '[' | '{' => {
                    depth += 1;
                    if depth == 1 {
                        start = at + 1;
                    }
                }
                ')' | ']' | '}' => {
                    depth -= 1;
                    if depth == 0 && !is_complete && at > start {
                        parts.items.push(start..at);
                        is_complete = true;
                    }
                }
                ',' if depth == 1 && !is_complete => {
                    parts.items.push(start..at);
                    start = at + 1;
                }
                '.' if depth == 0 && code[..at].ends_with(')') => parts.calls.push(at),
                _ => {}
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn long_lines_are_broken_where_their_items_end() {
        let long = "x".repeat(60);
        for (code, expected) in [
            ("f(a, b);", "f(a, b);".to_owned()),
            (
                &format!("g(a, \"{long}\", [\"(,\\\"\", \"{long}\"])?;"),
                format!("g(\n    a,\n    \"{long}\",\n    [\"(,\\\"\", \"{long}\"],\n)?;"),
            ),
            (
                &format!("    .g(h(T::new(\"{long}\", \"{long}\"))?)"),
                format!(
                    "    .g(\n        h(\n            T::new(\n                \"{long}\",\n                \
                     \"{long}\",\n            ),\n        )?,\n    )"
                ),
            ),
            (
                &format!("    f(T::new().a(\"{long}\").b(\"{long}\"))"),
                format!(
                    "    f(\n        T::new()\n            .a(\"{long}\")\n            \
                     .b(\"{long}\"),\n    )"
                ),
            ),
            (&long.repeat(2), long.repeat(2)),
        ] {
            assert_eq!(broken(code), expected);
        }
    }
}
