//! Strings with a pattern, a format or a length.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use super::conjunction::Conjunction;

/// Returns a string that satisfies the pattern, or else the format, and the lengths.
pub(crate) fn text(conjunction: &Conjunction) -> Option<String> {
    let least = conjunction.least("minLength");
    let most = conjunction.most("maxLength").unwrap_or(usize::MAX);
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    let pattern = conjunction
        .all("pattern")
        .into_iter()
        .find_map(Value::as_str);
    if let Some(hir) = pattern.and_then(parsed) {
        return (0..64).map(|more| matching(&hir, more)).find(fits);
    }
    let format = conjunction
        .all("format")
        .into_iter()
        .find_map(Value::as_str);
    let text = format.map_or("text", formatted).to_owned();
    if fits(&text) {
        return Some(text);
    }
    Some(text.chars().cycle().take(least.max(1).min(most)).collect())
}

fn formatted(format: &str) -> &'static str {
    match format {
        "uri" | "url" => "https://example.com/path",
        "uri-reference" => "/path",
        "date-time" => "2024-02-29T12:34:56.789Z",
        "date" => "2024-02-29",
        "time" => "12:34:56Z",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "email" => "someone@example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "dGV4dA==",
        _ => "text",
    }
}

fn parsed(pattern: &str) -> Option<Hir> {
    regex_syntax::parse(&without_lookahead(pattern)).ok()
}

/// Returns the pattern without lookaheads, which [`matching`] rarely violates.
fn without_lookahead(pattern: &str) -> String {
    let mut kept = pattern.to_owned();
    while let Some(start) = kept.find("(?!").or_else(|| kept.find("(?=")) {
        let mut open = 0_usize;
        let end = kept[start..].char_indices().find_map(|(index, letter)| {
            match letter {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            (open == 0).then_some(start + index)
        });
        let Some(end) = end else {
            return kept;
        };
        kept.replace_range(start..=end, "");
    }
    kept
}

/// Returns a short string that matches, with up to `more` optional repetitions.
fn matching(hir: &Hir, more: u32) -> String {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).into_owned(),
        HirKind::Class(class) => letter(class).to_string(),
        HirKind::Repetition(repetition) => {
            let times = (repetition.min + more).min(repetition.max.unwrap_or(u32::MAX));
            matching(&repetition.sub, more).repeat(times as usize)
        }
        HirKind::Capture(capture) => matching(&capture.sub, more),
        HirKind::Concat(parts) => parts.iter().map(|part| matching(part, more)).collect(),
        HirKind::Alternation(ways) => ways
            .first()
            .map_or_else(String::new, |way| matching(way, more)),
    }
}

/// Returns a letter or digit of the class if it has one.
fn letter(class: &Class) -> char {
    let first = |ranges: Vec<(char, char)>| {
        let plain = ['a', 'A', '1'];
        let holds = |letter: &char| {
            ranges
                .iter()
                .any(|(from, to)| (from..=to).contains(&letter))
        };
        let first = ranges.first().map_or('a', |(from, _)| *from);
        plain.into_iter().find(holds).unwrap_or(first)
    };
    match class {
        Class::Unicode(class) => first(class.iter().map(|r| (r.start(), r.end())).collect()),
        Class::Bytes(class) => first(
            class
                .iter()
                .map(|r| (r.start().into(), r.end().into()))
                .collect(),
        ),
    }
}
