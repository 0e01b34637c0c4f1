//! Rewrites regular expressions for engines that follow ECMAScript with the flag `u`, as JSON Schema
//! asks for.

use regress::Regex;
use serde_json::Value;

use super::Loss;
use super::edit::{Schema, preserve_as_extension};

/// The characters that may be escaped with the flag `u` without another meaning.
const SYNTAX: &str = "^$\\.*+?()[]{}|/";

/// Rewrites a `pattern` that ECMAScript reads only without the flag `u` as one that it reads with
/// the flag and that matches the same texts. A pattern that no engine reads is preserved as an
/// extension, so that no value is checked against it.
pub(super) fn rewrite(schema: &mut Schema, pointer: &str, lossy: &mut Vec<Loss>) {
    let Some(Value::String(pattern)) = schema.get_mut("pattern") else {
        return;
    };
    if is_readable(pattern) {
        return;
    }
    let rewritten = with_flag_u(pattern);
    if Regex::new(pattern).is_ok() && is_readable(&rewritten) {
        *pattern = rewritten;
        return;
    }
    let why = format!("`{pattern}` is not a regular expression of ECMAScript, and is not checked");
    preserve_as_extension(schema, "pattern", pointer, &why, lossy);
}

fn is_readable(pattern: &str) -> bool {
    Regex::with_flags(pattern, "u").is_ok()
}

/// Returns the pattern without escapes of characters that need none, and with escapes of those that
/// need one with the flag `u`. Letters after a backslash are left as they are: other languages have
/// meanings for them that ECMAScript lacks.
fn with_flag_u(pattern: &str) -> String {
    let mut out = String::new();
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    let mut after_set = false;
    while let Some(c) = characters.next() {
        let was_set = std::mem::take(&mut after_set);
        match c {
            '\\' => {
                let Some(escaped) = characters.next() else {
                    out.push(c);
                    break;
                };
                let is_needed = escaped.is_alphanumeric()
                    || SYNTAX.contains(escaped)
                    || (in_class && escaped == '-');
                if is_needed {
                    out.push(c);
                }
                out.push(escaped);
                after_set = in_class && "dDsSwW".contains(escaped);
                // The braces of `\u{…}`, `\p{…}` and quantifiers are no text.
                if "pPuk".contains(escaped) {
                    copy_braces(&mut characters, &mut out);
                }
            }
            '[' if !in_class => {
                in_class = true;
                out.push(c);
            }
            ']' if in_class => {
                in_class = false;
                out.push(c);
            }
            '-' if in_class => {
                // A set such as `\w` is no end of a range.
                let next: String = characters.clone().take(2).collect();
                let before_set =
                    next.starts_with('\\') && next.ends_with(['d', 'D', 's', 'S', 'w', 'W']);
                if was_set && !next.starts_with(']') || before_set {
                    out.push('\\');
                }
                out.push(c);
            }
            '{' if !in_class && is_quantifier(characters.clone()) => {
                out.push(c);
                copy_until(&mut characters, &mut out, '}');
            }
            '{' | '}' | ']' if !in_class => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn copy_braces(characters: &mut Characters<'_>, out: &mut String) {
    if characters.peek() == Some(&'{') {
        copy_until(characters, out, '}');
    }
}

fn copy_until(characters: &mut Characters<'_>, out: &mut String, end: char) {
    for c in characters.by_ref() {
        out.push(c);
        if c == end {
            return;
        }
    }
}

/// Returns whether the rest of a quantifier follows: `2}`, `2,}` or `2,3}`.
fn is_quantifier(characters: Characters<'_>) -> bool {
    let rest: String = characters.collect();
    let Some((inside, _)) = rest.split_once('}') else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    match inside.split_once(',') {
        Some((least, most)) => is_number(least) && (most.is_empty() || is_number(most)),
        None => is_number(inside),
    }
}

#[cfg(test)]
mod tests {
    use regress::Regex;
    use serde_json::json;

    use super::*;

    #[test]
    fn patterns_that_need_no_flag_match_the_same_texts() {
        for (pattern, rewritten, texts) in [
            (r"^a\-b$", "^a-b$", &["a-b", "ab"][..]),
            (r#"^\"a\"$"#, "^\"a\"$", &["\"a\"", "a"]),
            (r"^[\w-.]+$", r"^[\w\-.]+$", &["a-.", "a b", ""]),
            (r"^[a\_\@]+$", "^[a_@]+$", &["a_@", "b"]),
            (r"^[.-\w]+$", r"^[.\-\w]+$", &["-a.", "!"]),
            ("^{a}$", r"^\{a\}$", &["{a}", "a"]),
            (r"^a]\d{2}$", r"^a\]\d{2}$", &["a]12", "a]1"]),
            (r"^\#{2,}$", "^#{2,}$", &["##", "#"]),
        ] {
            let mut schema = json!({"pattern": pattern}).as_object().unwrap().clone();
            let mut lossy = Vec::new();
            rewrite(&mut schema, "", &mut lossy);
            assert_eq!(schema["pattern"], rewritten);
            assert_eq!(lossy, []);
            for text in texts {
                let [old, new] = [Regex::new(pattern), Regex::with_flags(rewritten, "u")];
                let [old, new] = [old, new].map(|regex| regex.unwrap().find(text).is_some());
                assert_eq!(old, new, "{pattern} {text}");
            }
        }
    }

    #[test]
    fn patterns_of_other_languages_are_not_checked() {
        for pattern in [
            "(?i)^a$", "[z-a]", r"\Aa\Z", "(?<=a", "a**", r"\", "(?P<n>a)",
        ] {
            let mut schema = json!({"type": "string", "pattern": pattern})
                .as_object()
                .unwrap()
                .clone();
            let mut lossy = Vec::new();
            rewrite(&mut schema, "/components/schemas/A", &mut lossy);
            assert_eq!(
                schema,
                *json!({"type": "string", "x-pattern": pattern})
                    .as_object()
                    .unwrap()
            );
            assert_eq!(lossy.len(), 1);
            assert_eq!(lossy[0].pointer, "#/components/schemas/A");
        }
    }

    #[test]
    fn patterns_with_the_flag_are_left_alone() {
        for pattern in [
            r"^\p{L}+\u{1F600}$",
            r"^[\w.\-]{2,3}$",
            r"^a\/b$",
            "(?<n>a)\\k<n>",
            "",
        ] {
            let mut schema = json!({"pattern": pattern}).as_object().unwrap().clone();
            rewrite(&mut schema, "", &mut Vec::new());
            assert_eq!(schema["pattern"], pattern);
        }
    }
}
