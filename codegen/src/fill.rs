//! Rows of tables as long as people make them.

/// How long lines of code get.
pub(crate) const WIDTH: usize = 100;

/// `pieces` behind one another, `depth` levels in, and further in on all lines but the first.
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

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn what_does_not_fit_goes_further_in_on_the_next_line() {
        let pieces = ["a".repeat(50), "b".repeat(44), "c".repeat(99)];
        let [a, b, c] = &pieces;
        assert_eq!(fill(1, &pieces), format!("    {a} {b}\n        {c}\n"));
        assert_eq!(fill(0, &[]), "\n");
    }
}
