//! Programs match what `regress` does, which follows ECMAScript.

use std::collections::BTreeSet;

use regress::Regex;

use super::parser::parse;
use super::program::Program;

/// The patterns of the 15 versions of the document in the npm package `@gitbook/api`, beside those of
/// our own document.
const PUBLISHED: &[&str] = &[
    r"\S.*\S",
    r"^#(?:[0-9a-fA-F]{3}){1,2}$",
    r"^([\w-]+\.)*[\w-]+\.[a-zA-Z]{2,}(\/[\w-]+)+$",
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.]){2,}[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$",
    r"^-[a-z0-9.+_]+$",
    r"^/[a-zA-Z0-9-_.\/]+[a-zA-Z0-9-_.]$",
    r"^@[A-Za-z0-9._-]{3,100}$",
    r"^UC[A-Za-z0-9_-]{22}$",
    r"^[-a-z0-9.+_]+$",
    r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$",
    r"^[^\n\r]*$",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    r"^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$",
    r"^[a-zA-Z0-9-_.]+$",
    r"^[a-zA-Z0-9._*-]+\/[a-zA-Z0-9._*-]+$",
    r"^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$",
    r"^[a-zA-Z0-9]{1,40}$",
    r"^[a-zA-Z0-9_-]+$",
    r"^[a-zA-Z0-9_\*-]+$",
    r"^[a-zA-Z_\-0-9]+$",
    r"^[a-z_\-0-9]+$",
    r"^\/(?!\*)(?!.*\*.+)(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})+(?:\/(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})+)*(?:\/\*|\*)?$",
    r"^\/(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})+(?:\/(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})+)*$",
    r"^connection:.+$",
    r"^integration:[^:]+$",
    r"^integration:[^:]+:[^:]+$",
    r"^refs/heads/.+$",
];

/// Patterns that ECMAScript reads differently from other languages.
const SYNTAX: &[&str] = &[
    "",
    "a|",
    "^a|b$",
    "^(?:a|bc|)+?$",
    "(?<name>a)b",
    "^[^]$",
    "[]",
    r"^[\w-]+$",
    r"^[\d\D]$",
    r"^[^\W_]$",
    r"^[\S]$",
    r"[\b\-\]]",
    r"\bab?\b",
    r"\Ba",
    r"^\u{1F600}\u0061\x62\cA?\0?$",
    r"^\uD83D\uDE00$",
    r"\t|\n|\v|\f|\r",
    r"^\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/$",
    "^(?=.*a)(?=.*0)(?!.*[ab]{3}).{2,}$",
    "^(?!(?!a))",
    "^(?=a$|b)",
    "^(?:a*)*$",
    "^(?:a{0,2}){2,3}b{2}$",
    "^(?:(?=a)|b)*a$",
    "a{0}b",
    r"^\s$",
    r"^\S$",
    "^.$",
    "a-z",
    "=:,'\"_-",
];

fn patterns() -> BTreeSet<String> {
    let document = include_str!("../../../../spec/openapi.yaml");
    let patterns = document
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pattern: "));
    let own: BTreeSet<_> = patterns
        .map(|pattern| pattern.trim_matches('\'').to_owned())
        .collect();
    assert!(own.len() > 10, "{own:?}");
    let others = PUBLISHED.iter().chain(SYNTAX);
    own.into_iter()
        .chain(others.map(|&pattern| pattern.to_owned()))
        .collect()
}

/// Asserts that a pattern matches a text if and only if it does for `regress`.
fn compare(pattern: &str, program: &Program, oracle: &Regex, text: &str) {
    let expected = oracle.find(text).is_some();
    assert_eq!(program.is_match(text), expected, "{pattern} {text:?}");
}

fn oracle(pattern: &str) -> Option<Regex> {
    Regex::with_flags(pattern, "u").ok()
}

/// Returns a text of characters of the pattern and of others.
fn random_text(random: &mut fastrand::Rng, pattern: &str) -> String {
    let own: Vec<char> = pattern.chars().collect();
    let others = [
        'a', 'b', 'Z', '0', '-', '_', '.', '/', '*', ' ', '\n', 'é', '\u{feff}', '\u{2028}', '😀',
    ];
    let count = random.usize(..12);
    let mut character = || {
        let is_own = random.bool() && !own.is_empty();
        random
            .choice(if is_own { &own[..] } else { &others })
            .copied()
    };
    (0..count).filter_map(|_| character()).collect()
}

#[test]
fn patterns_of_documents_match_as_ecmascript_does() {
    let mut random = fastrand::Rng::with_seed(1);
    for pattern in patterns() {
        let oracle = oracle(&pattern).expect("a pattern of ECMAScript");
        let program = parse(&pattern).unwrap_or_else(|| panic!("{pattern} is not a program"));
        for _ in 0..300 {
            let text = random_text(&mut random, &pattern);
            compare(&pattern, &program, &oracle, &text);
        }
    }
    for (pattern, texts) in [
        (
            PUBLISHED[3],
            &[
                "docs.example.com",
                "a.b",
                "a.b.c",
                "a.b.cd",
                "-a.b.cd",
                "a.b-.cd",
                "a..cd",
            ][..],
        ),
        (
            r"^\/(?!\*)(?!.*\*.+)(?:[A-Za-z0-9\-._~+]|%[0-9A-Fa-f]{2})+(?:\/(?:[A-Za-z0-9\-._~+]|%[0-9A-Fa-f]{2})+)*(?:\/\*|\*)?$",
            &[
                "/a",
                "/",
                "/*",
                "/a/*",
                "/a*",
                "/a*b",
                "/a/b%20c/*",
                "/a%2",
                "/a/",
                "a",
            ],
        ),
        (
            r"^#(?:[0-9a-fA-F]{3}){1,2}$",
            &["#fff", "#ffff", "#00FF00", "#", "#ggg"],
        ),
    ] {
        let oracle = oracle(pattern).expect("a pattern");
        let program = parse(pattern).expect("a program");
        for text in texts {
            compare(pattern, &program, &oracle, text);
        }
    }
}

/// Returns a pattern of a few parts. Not every one is valid.
fn random_pattern(random: &mut fastrand::Rng, depth: usize) -> String {
    let mut pattern = String::new();
    for _ in 0..random.usize(1..5) {
        let part = match random.usize(..if depth == 0 { 10 } else { 14 }) {
            0 => "^".to_owned(),
            1 => "$".to_owned(),
            2 => r"\b".to_owned(),
            3 => ".".to_owned(),
            4 => random
                .choice([r"\w", r"\D", r"\s", r"\S", "[^]", "[]"])
                .unwrap()
                .to_owned(),
            5 => random
                .choice(["[ab]", "[^a-c0]", r"[\w-]", r"[\W]", "[-a]", r"[^\s.]"])
                .unwrap()
                .to_owned(),
            6..10 => random
                .choice(["a", "b", "0", "é", "_", r"\/", "/", "{"])
                .unwrap()
                .to_owned(),
            kind => {
                let start = ["(", "(?:", "(?=", "(?!"][kind - 10];
                format!("{start}{})", random_pattern(random, depth - 1))
            }
        };
        pattern.push_str(&part);
        if random.usize(..3) == 0 {
            let quantifiers = [
                "*", "+", "?", "{2}", "{1,}", "{0,2}", "{2,3}", "*?", "+?", "{3,2}",
            ];
            pattern.push_str(random.choice(quantifiers).unwrap());
        }
        if random.usize(..8) == 0 {
            pattern.push('|');
        }
    }
    pattern
}

#[test]
fn random_patterns_match_as_ecmascript_does() {
    let mut random = fastrand::Rng::with_seed(2);
    let mut compared = 0;
    for _ in 0..4_000 {
        let pattern = random_pattern(&mut random, 2);
        let Some(oracle) = oracle(&pattern) else {
            assert!(parse(&pattern).is_none(), "{pattern}");
            continue;
        };
        // `regress` repeats assertions, which ECMAScript does not.
        let Some(program) = parse(&pattern) else {
            continue;
        };
        for _ in 0..10 {
            let mut text = random_text(&mut random, "ab0");
            text.truncate(text.floor_char_boundary(8));
            compare(&pattern, &program, &oracle, &text);
            compared += 1;
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn what_programs_cannot_do_is_none() {
    for pattern in [
        r"(a)\1",
        r"(?<a>b)\k<a>",
        r"\p{L}",
        r"\P{Lu}",
        "(?<=a)b",
        "(?<!a)b",
        "(?i:a)",
        r"\uD83D",
        "(?:a{1000}){1000}",
    ] {
        assert!(parse(pattern).is_none(), "{pattern}");
    }
    assert!(parse(&"(".repeat(100_000)).is_none());
}

#[test]
fn the_time_is_proportional_to_the_text() {
    // A way through the pattern for each division of the text: an engine that tries one after the other
    // does not come to an end.
    let text = "a".repeat(20_000) + "!";
    for pattern in [
        "^(a+)+$",
        "^(a|a)*$",
        "^(?:a?){30}a{30}$",
        r"^([\w-]+\.)*[\w-]+\.[a-z]{2,}$",
    ] {
        let program = parse(pattern).expect("a program");
        assert!(!program.is_match(&text), "{pattern}");
    }
}
