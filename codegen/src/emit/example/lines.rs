//! Long lines of examples.

/// The length of a line that the pages of rustdoc show without scrolling.
const WIDTH: usize = 92;

/// Breaks the long lines of `code` inside of their outermost brackets, with a line for each item.
pub(super) fn broken(code: &str) -> String {
    let lines = code.lines().map(|line| {
        let text = line.trim_start();
        broken_line(text, line.len() - text.len())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn broken_line(code: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let items = match list(code) {
        Some(list) if indent + code.chars().count() > WIDTH => list,
        _ => return format!("{margin}{code}"),
    };
    let (first, last) = (items.first(), items.last());
    let (Some((start, _)), Some((_, end))) = (first, last) else {
        return format!("{margin}{code}");
    };
    let lines = items.iter().map(|(start, end)| {
        let item = code[*start..*end].trim();
        broken_line(&format!("{item},"), indent + 4) + "\n"
    });
    let lines: String = lines.collect();
    format!(
        "{margin}{}\n{lines}{margin}{}",
        &code[..*start],
        &code[*end..]
    )
}

/// Returns the items between the first brackets that contain any, as ranges of `code`.
fn list(code: &str) -> Option<Vec<(usize, usize)>> {
    let mut items = Vec::new();
    let (mut depth, mut start) = (0, 0);
    let mut in_text = false;
    let mut is_escaped = false;
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
                if depth == 0 && (at > start || !items.is_empty()) {
                    items.push((start, at));
                    return Some(items);
                }
            }
            ',' if depth == 1 => {
                items.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    None
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
                &format!("f().g(a, \"{long}\", [\"(,\\\"\", \"{long}\"]).await?;"),
                format!(
                    "f().g(\n    a,\n    \"{long}\",\n    [\"(,\\\"\", \"{long}\"],\n).await?;"
                ),
            ),
            (
                &format!("    .g(h(T::new(\"{long}\", \"{long}\"))?)"),
                format!(
                    "    .g(\n        h(\n            T::new(\n                \"{long}\",\n                \
                     \"{long}\",\n            ),\n        )?,\n    )"
                ),
            ),
            (&long.repeat(2), long.repeat(2)),
        ] {
            assert_eq!(broken(code), expected);
        }
    }
}
