//! Descriptions of the constraints on a value.

use crate::assertion::Assertion;
use crate::markdown::code_span;

/// Returns sentences that describe the assertions; empty if there are none.
pub(super) fn facts(assertions: &[Assertion]) -> String {
    let sizes = ["character", "item", "property"];
    let mut facts: Vec<String> = sizes
        .into_iter()
        .filter_map(|what| size(what, assertions))
        .collect();
    facts.extend(range(assertions));
    for assertion in assertions {
        match assertion {
            Assertion::MultipleOf(step) => facts.push(format!("A multiple of {step}.")),
            Assertion::UniqueItems => facts.push("No item twice.".to_owned()),
            Assertion::Pattern(pattern) => facts.push(format!("Pattern {}.", code_span(pattern))),
            _ => {}
        }
    }
    for assertion in assertions {
        match assertion {
            Assertion::Each(each) => {
                let each = self::facts(each);
                facts.extend((!each.is_empty()).then(|| format!("Each: {each}")));
            }
            Assertion::Enum(values) => {
                if let [only] = values.as_slice() {
                    facts.push(format!("Always {}.", code_span(only)));
                }
            }
            Assertion::AnyOf(lists) => {
                let lists: Vec<String> = lists.iter().map(|list| self::facts(list)).collect();
                facts.push(format!("Either: {}", lists.join(" Or: ")));
            }
            _ => {}
        }
    }
    facts.join(" ")
}

fn size(what: &str, assertions: &[Assertion]) -> Option<String> {
    let bounds = assertions
        .iter()
        .filter_map(bound)
        .filter(|(of, _)| *of == what);
    let (mut least, mut most) = (None, None);
    for (_, bound) in bounds {
        match bound {
            Bound::Least(count) => least = Some(count),
            Bound::Most(count) => most = Some(count),
        }
    }
    let counted = |count: u64| match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "property") => format!("{count} properties"),
        _ => format!("{count} {what}s"),
    };
    Some(match (least, most) {
        (Some(least), Some(most)) if least == most => format!("Exactly {}.", counted(least)),
        // Nothing can be said of what no value satisfies.
        (Some(least), Some(most)) if least > most => return None,
        (Some(least), Some(most)) => format!("{least} to {}.", counted(most)),
        (Some(least), None) => format!("At least {}.", counted(least)),
        (None, Some(most)) => format!("At most {}.", counted(most)),
        (None, None) => return None,
    })
}

enum Bound {
    Least(u64),
    Most(u64),
}

fn bound(assertion: &Assertion) -> Option<(&'static str, Bound)> {
    Some(match assertion {
        Assertion::MinLength(least) => ("character", Bound::Least(*least)),
        Assertion::MaxLength(most) => ("character", Bound::Most(*most)),
        Assertion::MinItems(least) => ("item", Bound::Least(*least)),
        Assertion::MaxItems(most) => ("item", Bound::Most(*most)),
        Assertion::MinProperties(least) => ("property", Bound::Least(*least)),
        Assertion::MaxProperties(most) => ("property", Bound::Most(*most)),
        _ => return None,
    })
}

fn range(assertions: &[Assertion]) -> Option<String> {
    let least = assertions.iter().find_map(|assertion| match assertion {
        Assertion::Minimum(least) => Some(("at least", *least)),
        Assertion::ExclusiveMinimum(least) => Some(("more than", *least)),
        _ => None,
    });
    let most = assertions.iter().find_map(|assertion| match assertion {
        Assertion::Maximum(most) => Some(("at most", *most)),
        Assertion::ExclusiveMaximum(most) => Some(("less than", *most)),
        _ => None,
    });
    let fact = match (least, most) {
        (Some((_, least)), Some((_, most))) if least > most => return None,
        (Some(("at least", least)), Some(("at most", most))) => format!("from {least} to {most}"),
        (Some((one, least)), Some((two, most))) => format!("{one} {least} and {two} {most}"),
        (Some((words, bound)), None) | (None, Some((words, bound))) => format!("{words} {bound}"),
        (None, None) => return None,
    };
    Some(crate::names::capitalize(&fact) + ".")
}

#[cfg(test)]
mod tests {
    use super::Assertion::*;
    use super::*;

    #[test]
    fn facts_are_sentences() {
        for (assertions, expected) in [
            (vec![], ""),
            (vec![MinLength(2), MaxLength(5)], "2 to 5 characters."),
            (vec![MaxLength(3), MinLength(3)], "Exactly 3 characters."),
            (vec![MinLength(2), MaxLength(1)], ""),
            (
                vec![MinItems(1), UniqueItems],
                "At least 1 item. No item twice.",
            ),
            (vec![MaxProperties(20)], "At most 20 properties."),
            (vec![Minimum(0.0), Maximum(1000.0)], "From 0 to 1000."),
            (vec![ExclusiveMinimum(0.0)], "More than 0."),
            (
                vec![ExclusiveMinimum(0.0), Maximum(0.5)],
                "More than 0 and at most 0.5.",
            ),
            (
                vec![AnyOf(vec![vec![MaxLength(5)], vec![Pattern("^a$".into())]])],
                "Either: At most 5 characters. Or: Pattern `^a$`.",
            ),
            (vec![MultipleOf(0.5)], "A multiple of 0.5."),
            (vec![Pattern("^a$".into())], "Pattern `^a$`."),
            (vec![Pattern("a`b".into())], "Pattern `` a`b ``."),
            (
                vec![Each(vec![MaxLength(5)])],
                "Each: At most 5 characters.",
            ),
            (vec![Enum(vec!["a".into()])], "Always `a`."),
            // The type lists them.
            (vec![Each(vec![Enum(vec!["a".into(), "b".into()])])], ""),
        ] {
            assert_eq!(facts(&assertions), expected);
        }
    }
}
