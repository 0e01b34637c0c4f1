//! Rows of tables as long as people make them.

/// How long lines of code get.
pub(crate) const WIDTH: usize = 100;

/// Returns `pieces` behind one another, `depth` levels in, and further in on all lines but the
/// first.
pub(crate) fn fill(depth: usize, pieces: &[String]) -> String {
    let mut lines = String::new();
    let mut line = " ".repeat(4 * depth);
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && line.chars().count() + 1 + piece.chars().count() > WIDTH {
            lines.push_str(&format!("{line}\n"));
            line = " ".repeat(4 * depth + 4);
        } else if index > 0 {
            line.push(' ');
        }
        line.push_str(piece);
    }
    lines + &line + "\n"
}

/// Returns the pieces of a row of code that may stand on lines of their own: what spaces part, unless
/// they are in a string.
pub(crate) fn pieces(row: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut in_string = false;
    let mut is_escaped = false;
    for c in row.chars() {
        if c == ' ' && !in_string {
            pieces.push(String::new());
            continue;
        }
        in_string ^= c == '"' && !is_escaped;
        is_escaped = in_string && c == '\\' && !is_escaped;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{fill, pieces};

    #[test]
    fn strings_stay_in_one_piece() {
        for (row, expected) in [
            ("a b", vec!["a", "b"]),
            (r#"a "b c" d"#, vec!["a", r#""b c""#, "d"]),
            (r#""\" \\" "x y""#, vec![r#""\" \\""#, r#""x y""#]),
        ] {
            assert_eq!(pieces(row), expected);
        }
    }

    #[test]
    fn what_does_not_fit_goes_further_in_on_the_next_line() {
        let pieces = ["a".repeat(50), "b".repeat(44), "c".repeat(99)];
        let [a, b, c] = &pieces;
        assert_eq!(fill(1, &pieces), format!("    {a} {b}\n        {c}\n"));
        assert_eq!(fill(0, &[]), "\n");
    }
}
