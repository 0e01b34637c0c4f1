//! The assertions of JSON Schema.

use super::{Violations, pattern};

/// An assertion keyword of JSON Schema with its value. It applies to one JSON type; values of other
/// types satisfy it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(dead_code, reason = "not every document has all of them")]
pub(crate) enum Assertion {
    MinLength(usize),
    MaxLength(usize),
    Pattern(&'static str),
    Minimum(f64),
    Maximum(f64),
    ExclusiveMinimum(f64),
    ExclusiveMaximum(f64),
    MultipleOf(f64),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems,
    MinProperties(usize),
    MaxProperties(usize),
    /// The assertions of each item of a list, or of each value of a map.
    Each(&'static [Assertion]),
    /// Text satisfies all assertions of one of these lists.
    AnyOf(&'static [&'static [Assertion]]),
    /// The known values of text. Only [`known_values`](super::known_values) validates them, because
    /// others can be allowed.
    Enum(&'static [&'static str]),
}

/// Validates text. Its length is the number of code points.
pub(crate) fn string(text: &str, assertions: &[Assertion], found: &mut Violations) {
    let length = || text.chars().count();
    let mut is_too_long = false;
    for assertion in assertions {
        match *assertion {
            Assertion::MinLength(least) if length() < least => {
                found.add(at_least(length(), least, "characters"));
            }
            Assertion::MaxLength(most) if length() > most => {
                is_too_long = true;
                found.add(at_most(length(), most, "characters"));
            }
            _ => {}
        }
    }
    // The time of a match grows with the text.
    if is_too_long {
        return;
    }
    for assertion in assertions {
        match assertion {
            Assertion::Pattern(pattern) if !pattern::is_match(pattern, text) => {
                found.add(format!("does not match the pattern {pattern}"));
            }
            Assertion::AnyOf(lists) => any_of(text, lists, found),
            _ => {}
        }
    }
}

/// Validates that text is one of the known values.
pub(crate) fn known(text: &str, assertions: &[Assertion], found: &mut Violations) {
    for assertion in assertions {
        match assertion {
            Assertion::Enum(values) if !values.contains(&text) => {
                let values = quoted(values);
                let help = "`with_unknown_values` allows others";
                found.add(format!("is {text:?}, has to be one of {values} ({help})"));
            }
            _ => {}
        }
    }
}

fn quoted(values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    values.join(", ")
}

fn any_of(text: &str, lists: &[&[Assertion]], found: &mut Violations) {
    let mut messages = Vec::new();
    for list in lists {
        let mut failed = Violations::default();
        string(text, list, &mut failed);
        if failed.is_empty() {
            return;
        }
        messages.extend(failed.into_iter().map(|violation| violation.message));
    }
    found.add(messages.join(" and "));
}

/// Validates a number.
pub(crate) fn number(value: f64, assertions: &[Assertion], found: &mut Violations) {
    for assertion in assertions {
        let (holds, needed, bound) = match *assertion {
            Assertion::Minimum(least) => (value >= least, "at least", least),
            Assertion::Maximum(most) => (value <= most, "at most", most),
            Assertion::ExclusiveMinimum(least) => (value > least, "more than", least),
            Assertion::ExclusiveMaximum(most) => (value < most, "less than", most),
            Assertion::MultipleOf(step) => ((value / step).fract() == 0.0, "a multiple of", step),
            _ => continue,
        };
        if !holds {
            found.add(format!("is {value}, has to be {needed} {bound}"));
        }
    }
}

/// Validates the number of items of a list.
pub(crate) fn items(count: usize, assertions: &[Assertion], found: &mut Violations) {
    for assertion in assertions {
        match *assertion {
            Assertion::MinItems(least) if count < least => {
                found.add(at_least(count, least, "items"));
            }
            Assertion::MaxItems(most) if count > most => found.add(at_most(count, most, "items")),
            _ => {}
        }
    }
}

/// Validates the number of properties of an object.
pub(crate) fn size(count: usize, assertions: &[Assertion], found: &mut Violations) {
    for assertion in assertions {
        match *assertion {
            Assertion::MinProperties(least) if count < least => {
                found.add(at_least(count, least, "properties"));
            }
            Assertion::MaxProperties(most) if count > most => {
                found.add(at_most(count, most, "properties"));
            }
            _ => {}
        }
    }
}

/// Returns the assertions of each item of a list, or of each value of a map.
pub(crate) fn inner(assertions: &[Assertion]) -> impl Iterator<Item = &'static [Assertion]> {
    assertions.iter().filter_map(|assertion| match assertion {
        Assertion::Each(each) => Some(*each),
        _ => None,
    })
}

/// Validates that no two items are equal.
pub(crate) fn unique<T>(
    items: impl Iterator<Item = T> + Clone,
    is_same: impl Fn(&T, &T) -> bool,
    found: &mut Violations,
) {
    for (index, item) in items.clone().enumerate() {
        let mut before = items.clone().take(index);
        if let Some(first) = before.position(|other| is_same(&other, &item)) {
            found.add(format!(
                "items {first} and {index} are the same, all have to differ"
            ));
        }
    }
}

fn at_least(count: usize, least: usize, what: &str) -> String {
    format!("has {count} {what}, needs at least {least}")
}

fn at_most(count: usize, most: usize, what: &str) -> String {
    format!("has {count} {what}, may have at most {most}")
}

#[cfg(test)]
mod tests {
    use super::Assertion::*;
    use super::*;

    fn is_text(text: &str, assertions: &[Assertion]) -> bool {
        let mut found = Violations::default();
        string(text, assertions, &mut found);
        found.is_empty()
    }

    fn is_number(value: f64, assertions: &[Assertion]) -> bool {
        let mut found = Violations::default();
        number(value, assertions, &mut found);
        found.is_empty()
    }

    #[test]
    fn lengths_are_code_points() {
        // A letter with a combining accent is two, an emoji of two UTF-16 units is one.
        for (text, length) in [("", 0), ("ü", 1), ("u\u{308}", 2), ("🙂", 1), ("👩‍🚀", 3)]
        {
            assert!(
                is_text(text, &[MinLength(length), MaxLength(length)]),
                "{text}"
            );
            assert!(!is_text(text, &[MinLength(length + 1)]), "{text}");
            assert!(
                length == 0 || !is_text(text, &[MaxLength(length - 1)]),
                "{text}"
            );
        }
    }

    #[test]
    fn bounds_are_exact() {
        for (value, assertion, holds) in [
            (0.0, Minimum(0.0), true),
            (-0.0, Minimum(0.0), true),
            (-0.1, Minimum(0.0), false),
            (0.3, Maximum(0.3), true),
            (0.1 + 0.2, Maximum(0.3), false),
            (0.0, ExclusiveMinimum(0.0), false),
            (f64::MIN_POSITIVE, ExclusiveMinimum(0.0), true),
            (1.0, ExclusiveMaximum(1.0), false),
            (0.999, ExclusiveMaximum(1.0), true),
            (f64::NAN, Minimum(0.0), false),
            (f64::NAN, ExclusiveMaximum(0.0), false),
        ] {
            assert_eq!(
                is_number(value, &[assertion]),
                holds,
                "{value} {assertion:?}"
            );
        }
    }

    /// As ajv decides: the quotient of the two as floating point numbers is whole.
    #[test]
    fn multiples_are_whole_quotients() {
        for (value, step, holds) in [
            (4.0, 2.0, true),
            (-4.0, 2.0, true),
            (0.0, 7.0, true),
            (5.0, 2.0, false),
            (0.5, 0.1, true),
            (0.3, 0.1, false),
            (4.02, 0.01, false),
            (1.5, 0.5, true),
            (0.075, 0.001, true),
        ] {
            assert_eq!(
                is_number(value, &[MultipleOf(step)]),
                holds,
                "{value} / {step}"
            );
        }
    }

    #[test]
    fn all_assertions_are_reported() {
        let mut found = Violations::default();
        string(
            "",
            &[MinLength(2), Pattern("^a"), Pattern("^b"), MinLength(1)],
            &mut found,
        );
        assert_eq!(found.as_slice().len(), 4);
    }

    /// ECMAScript: `\d` and `\w` are ASCII, `\s` is not, `.` is no line terminator, and the search
    /// is not anchored.
    #[test]
    fn patterns_are_those_of_ecmascript() {
        for (pattern, text, holds) in [
            (r"\d", "a1", true),
            (r"^\d+$", "١٢", false),
            (r"^\w+$", "ü", false),
            (r"^\S+$", "a\u{a0}b", false),
            (r"^\s$", "\u{feff}", true),
            (r"^\s$", "\u{85}", false),
            ("^.$", "🙂", true),
            ("^.$", "\u{2028}", false),
            ("^.$", "\r", false),
            ("a$", "a\n", false),
            (r"^(?!.*--)[a-z-]+$", "a-b", true),
            (r"^(?!.*--)[a-z-]+$", "a--b", false),
            #[cfg(feature = "regress")]
            (r"^(a)\1$", "aa", true),
            #[cfg(feature = "regress")]
            (r"^\p{Lu}+$", "ÄÖ", true),
            (r"^[\w-]+$", "a-b", true),
            (r"^\u{1F600}$", "\u{1F600}", true),
        ] {
            assert_eq!(
                is_text(text, &[Pattern(pattern)]),
                holds,
                "{pattern} {text:?}"
            );
        }
    }

    #[test]
    fn one_of_several_lists_is_enough() {
        let either = [AnyOf(&[&[Pattern("^a")], &[Pattern("^b"), MaxLength(2)]])];
        for (text, holds) in [("abc", true), ("bc", true), ("bcd", false), ("c", false)] {
            assert_eq!(is_text(text, &either), holds, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_matched() {
        let mut found = Violations::default();
        string("bbb", &[Pattern("^a$"), MaxLength(2)], &mut found);
        assert_eq!(found.to_string(), "has 3 characters, may have at most 2");
    }
}
