//! Breaks lines of code as rustfmt does.

use crate::fill::WIDTH;

/// The widest chain of calls, list or list of arguments that rustfmt leaves on one line.
pub(crate) const SMALL: usize = 60;

/// Returns the lines of one `line` of code, without its line break.
///
/// Lines that are not code, and code that rustfmt does not break either, stay as they are.
pub(crate) fn fit(line: &str) -> Vec<String> {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    if code.starts_with("//") {
        return vec![line.to_owned()];
    }
    if let Some(lines) = chain(indent, code) {
        return lines;
    }
    // rustfmt counts neither the comma behind an argument nor one level of its indentation.
    let width = match code.contains(": impl IntoIterator<") {
        true => WIDTH + 5,
        false => WIDTH,
    };
    if line.chars().count() <= width {
        return vec![line.to_owned()];
    }
    let broken = |first: &str, inner: &str, last: &str| {
        let first = format!("{indent}{first}");
        let inner = format!("{indent}    {inner}");
        match last {
            "" => vec![first, inner],
            last => vec![first, inner, format!("{indent}{last}")],
        }
    };
    if let Some((pattern, value)) = code.split_once(" => ")
        && let Some(value) = value.strip_suffix(',')
    {
        return broken(&format!("{pattern} => {{"), value, "}");
    }
    if let Some((place, value)) = code.split_once(" = ").filter(|_| code.ends_with(';')) {
        return broken(&format!("{place} ="), value, "");
    }
    let items = code.split_once("IntoIterator<");
    if let Some((before, item)) = items
        && let Some(item) = item.strip_suffix(">,")
    {
        return broken(&format!("{before}IntoIterator<"), &format!("{item},"), ">,");
    }
    if let Some((variant, ty)) = code.split_once('(')
        && let Some(ty) = ty.strip_suffix("),")
    {
        return broken(&format!("{variant}("), &format!("{ty},"), "),");
    }
    vec![line.to_owned()]
}

/// Breaks a chain of calls in the value of a statement or of an arm, if it is wider than [`SMALL`].
fn chain(indent: &str, code: &str) -> Option<Vec<String>> {
    let end = code.chars().last().filter(|c| matches!(c, ';' | ','))?;
    let start = [" = ", " => "].iter().find_map(|mark| {
        let at = code.find(mark)?;
        Some(at + mark.len())
    });
    let (before, value) = code[..code.len() - 1].split_at(start.unwrap_or_default());
    let mut links = links(value);
    if value.chars().count() <= SMALL || links.len() < 3 {
        return None;
    }
    // A start that is no wider than the indentation of the next line takes the first link along.
    if links[0].len() <= 4 {
        let link = links.remove(1);
        links[0].push_str(&link);
    }
    let first = format!("{indent}{before}{}", links.remove(0));
    let rest = links.into_iter().map(|link| format!("{indent}    {link}"));
    let mut lines: Vec<String> = std::iter::once(first).chain(rest).collect();
    if let Some(last) = lines.last_mut() {
        last.push(end);
    }
    Some(lines)
}

/// Splits an expression in front of each `.` that is not inside of brackets or text; empty unless the
/// expression is one chain.
fn links(value: &str) -> Vec<String> {
    let mut links = vec![String::new()];
    let mut depth = 0_usize;
    let mut in_text = false;
    for c in value.chars() {
        match c {
            '"' => in_text = !in_text,
            '\\' => return Vec::new(),
            _ if in_text => {}
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => return Vec::new(),
            '.' if depth == 0 => links.push(String::new()),
            _ => {}
        }
        if let Some(link) = links.last_mut() {
            link.push(c);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::fit;

    fn check(line: &str, expected: &[&str]) {
        assert_eq!(fit(line), expected);
    }

    #[test]
    fn chains_that_are_too_wide_have_a_line_for_each_call() {
        check(
            "    let found = status.into_iter().map(Into::<types::ChangeRequestStatus>::into);",
            &[
                "    let found = status",
                "        .into_iter()",
                "        .map(Into::<types::ChangeRequestStatus>::into);",
            ],
        );
        check(
            "self.0.body::<types::AddMemberToOrganizationTeamByIdRequest>(&body.into());",
            &[
                "self.0",
                "    .body::<types::AddMemberToOrganizationTeamByIdRequest>(&body.into());",
            ],
        );
        check(
            "let status = status.into_iter().map(Into::into);",
            &["let status = status.into_iter().map(Into::into);"],
        );
    }

    #[test]
    fn lines_that_are_too_long_are_broken() {
        let name = "N".repeat(90);
        check(
            &format!("Variant(Box<{name}>),"),
            &["Variant(", &format!("    Box<{name}>,"), "),"],
        );
        check(
            &format!("    Self::A(value) => Some(&{name}),"),
            &[
                "    Self::A(value) => {",
                &format!("        Some(&{name})"),
                "    }",
            ],
        );
        check(
            &format!("self.field = Some({name}.into());"),
            &["self.field =", &format!("    Some({name}.into());")],
        );
        check(
            &format!("values: impl IntoIterator<Item = impl Into<{name}>>,"),
            &[
                "values: impl IntoIterator<",
                &format!("    Item = impl Into<{name}>,"),
                ">,",
            ],
        );
        let comment = format!("/// {name} {name}");
        check(&comment, &[&comment]);
    }
}
