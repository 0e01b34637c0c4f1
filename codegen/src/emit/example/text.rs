//! Text that satisfies assertions.

use regress::Regex;
use serde_json::Value;

use crate::assertion::Assertion;

/// Text for names that end in a word, and for patterns that few texts match.
const PLAUSIBLE: [(&str, &str); 22] = [
    ("url", "https://example.com"),
    ("uri", "https://example.com"),
    ("href", "https://example.com"),
    ("email", "ada@example.com"),
    ("hostname", "docs.example.com"),
    ("domain", "example.com"),
    ("color", "#346DDB"),
    ("language", "en"),
    ("path", "guides/start"),
    ("path", "/guides/start"),
    ("ref", "main"),
    ("ref", "refs/heads/main"),
    ("repository", "owner/repository"),
    ("url", "example.com/docs"),
    ("integration", "integration:slack"),
    ("installation", "integration:slack:installation"),
    ("connection", "connection:slack"),
    ("channel", "UCabcdefghijklmnopqrstuv"),
    ("handle", "@example"),
    ("time", "2026-01-01T00:00:00Z"),
    ("uuid", "123e4567-e89b-12d3-a456-426614174000"),
    ("emoji", "1f600"),
];

/// Returns text for what is called `name` in snake case: the documented example, what the name suggests,
/// or the name. `None` if none of these satisfies the assertions.
pub(super) fn text(
    name: &str,
    example: Option<&Value>,
    assertions: &[Assertion],
) -> Option<String> {
    let name = name.trim_matches('_').replace('_', "-");
    let first = name.split('-').next().unwrap_or_default();
    let last = name.rsplit('-').next().unwrap_or_default();
    let documented = example.and_then(Value::as_str).map(str::to_owned);
    let suggested = PLAUSIBLE.iter().filter(|(word, _)| *word == last);
    let others = PLAUSIBLE.iter().filter(|(word, _)| *word != last);
    let texts = |it: &(&str, &str)| it.1.to_owned();
    let candidates = documented
        .into_iter()
        .chain(suggested.map(texts))
        .chain(sized(&name, assertions))
        .chain(sized(first, assertions))
        .chain(others.map(texts));
    let mut candidates = candidates.chain([sized("x", assertions)].into_iter().flatten());
    candidates.find(|text| is_valid(text, assertions))
}

/// Returns text of an allowed length: the whole, repeated or cut.
fn sized(text: &str, assertions: &[Assertion]) -> [String; 1] {
    let mut least = 0;
    let mut most = usize::MAX;
    for assertion in assertions {
        match assertion {
            Assertion::MinLength(count) => least = usize::try_from(*count).unwrap_or(usize::MAX),
            Assertion::MaxLength(count) => most = usize::try_from(*count).unwrap_or(usize::MAX),
            _ => {}
        }
    }
    let least = least
        .min(most)
        .min(4096)
        .max(text.chars().count().min(most));
    [text.chars().cycle().take(least).collect()]
}

fn is_valid(text: &str, assertions: &[Assertion]) -> bool {
    let length = text.chars().count() as u64;
    assertions.iter().all(|assertion| match assertion {
        Assertion::MinLength(least) => length >= *least,
        Assertion::MaxLength(most) => length <= *most,
        Assertion::Pattern(pattern) => {
            Regex::with_flags(pattern, "u").is_ok_and(|it| it.find(text).is_some())
        }
        Assertion::AnyOf(lists) => lists.iter().any(|list| is_valid(text, list)),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_satisfies_its_assertions() {
        let pattern = |pattern: &str| Assertion::Pattern(pattern.to_owned());
        for (name, assertions, expected) in [
            ("space_id", vec![], Some("space-id")),
            ("logo_url", vec![], Some("https://example.com")),
            ("type_", vec![], Some("type")),
            ("code", vec![Assertion::MinLength(6)], Some("codeco")),
            ("description", vec![Assertion::MaxLength(4)], Some("desc")),
            (
                "branch",
                vec![pattern("^refs/heads/.+$")],
                Some("refs/heads/main"),
            ),
            (
                "space_id",
                vec![pattern("^[a-z]+$"), Assertion::MaxLength(1)],
                Some("s"),
            ),
            ("code", vec![pattern("^[0-9]{40}$")], None),
            (
                "title",
                vec![Assertion::AnyOf(vec![
                    vec![pattern("^#")],
                    vec![pattern("^$")],
                ])],
                Some("#346DDB"),
            ),
        ] {
            assert_eq!(text(name, None, &assertions).as_deref(), expected, "{name}");
        }
        let documented = Value::from("gear");
        assert_eq!(
            text("icon", Some(&documented), &[]).as_deref(),
            Some("gear")
        );
        let short = [Assertion::MaxLength(3)];
        assert_eq!(
            text("icon", Some(&documented), &short).as_deref(),
            Some("ico")
        );
    }
}
