//! Compares keywords that need no context, by tables.

use gitbook_api_codegen::walk::is_default;
use serde_json::Value;

use super::super::rules::*;
use super::additional::forbids_others;
use super::view::View;
use super::{Comparison, NodeRef};

/// The comparison of the values of a keyword.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// Any difference is an edit by this rule.
    Any(&'static Rule),
    /// A flag, whose default is `false`: set, or removed.
    Flag(&'static Rule, &'static Rule),
    /// Added, removed, changed.
    Three(&'static Rule, &'static Rule, &'static Rule),
    /// A lower bound: a greater value is stricter.
    Lower,
    /// An upper bound: a smaller value is stricter.
    Upper,
}

use Check::{Any, Flag, Lower, Three, Upper};

/// The formats with a Rust type of their own.
const TIMES: [&str; 2] = ["date", "date-time"];

/// Annotations that any node may have.
const TEXTS: &[(&str, Check)] = &[
    ("description", Any(&DESCRIPTION_CHANGED)),
    ("summary", Any(&SUMMARY_CHANGED)),
    ("example", Any(&EXAMPLE_CHANGED)),
    ("examples", Any(&EXAMPLE_CHANGED)),
    ("externalDocs", Any(&EXTERNAL_DOCS_CHANGED)),
];

/// The keywords of a schema that need no context.
pub(super) const SCHEMA: &[(&str, Check)] = &[
    ("maximum", Upper),
    ("maxLength", Upper),
    ("maxItems", Upper),
    ("maxProperties", Upper),
    ("minimum", Lower),
    ("minLength", Lower),
    ("minItems", Lower),
    ("minProperties", Lower),
    ("exclusiveMaximum", Flag(&BOUND_TIGHTENED, &BOUND_LOOSENED)),
    ("exclusiveMinimum", Flag(&BOUND_TIGHTENED, &BOUND_LOOSENED)),
    ("uniqueItems", Flag(&BOUND_TIGHTENED, &BOUND_LOOSENED)),
    (
        "multipleOf",
        Three(&BOUND_TIGHTENED, &BOUND_LOOSENED, &MULTIPLE_OF_CHANGED),
    ),
    (
        "pattern",
        Three(&PATTERN_ADDED, &PATTERN_REMOVED, &PATTERN_CHANGED),
    ),
    (
        "default",
        Three(&DEFAULT_ADDED, &DEFAULT_REMOVED, &DEFAULT_CHANGED),
    ),
    ("readOnly", Flag(&BECAME_READ_ONLY, &NO_LONGER_READ_ONLY)),
    ("writeOnly", Flag(&BECAME_WRITE_ONLY, &NO_LONGER_WRITE_ONLY)),
    ("deprecated", Flag(&SCHEMA_DEPRECATED, &SCHEMA_REACTIVATED)),
    ("not", Three(&NOT_ADDED, &NOT_REMOVED, &NOT_CHANGED)),
    ("xml", Any(&XML_CHANGED)),
];

/// The assertions of JSON Schema that OpenAPI 3.0.3 lacks. The keywords of a group act together.
pub(super) const ASSERTIONS: &[&[&str]] = &[
    &["patternProperties"],
    &["propertyNames"],
    &["dependentRequired", "dependentSchemas", "dependencies"],
    &["if", "then", "else"],
    &["contains", "minContains", "maxContains"],
    &["unevaluatedProperties"],
    &["unevaluatedItems"],
    &["prefixItems", "additionalItems"],
    &["const"],
    // A pattern that no engine of ECMAScript reads.
    &["x-pattern"],
];

impl<'a> Comparison<'a> {
    /// Compares the assertions that OpenAPI 3.0.3 lacks, which normalizing preserves as extensions.
    /// Returns the keywords that both documents have.
    pub(super) fn assertions(&mut self, base: &View<'a>, head: &View<'a>) -> Vec<&'a str> {
        let mut known = Vec::new();
        // Normalizing rewrites listed keys as properties, and closes the object.
        if forbids_others(base) && forbids_others(head) {
            known.push("x-propertyNames");
        }
        for group in ASSERTIONS {
            let keys = |view: &View<'a>| -> Vec<&'a str> {
                let mut keys = view.keys();
                keys.retain(|key| {
                    let bare = key.trim_start_matches("x-");
                    (group.contains(key) || group.contains(&bare)) && !known.contains(key)
                });
                keys
            };
            let (old, new) = (keys(base), keys(head));
            let (rule, all) = match (old.is_empty(), new.is_empty()) {
                (true, true) => continue,
                (true, false) => (&ASSERTION_ADDED, &new),
                (false, true) => (&ASSERTION_REMOVED, &old),
                (false, false) => (&ASSERTION_CHANGED, &old),
            };
            let mut all = all.iter().chain(&new);
            let value = |view: &View<'a>, key: &str| view.get(key).map(|node| node.value);
            if let Some(key) = all.find(|key| value(base, key) != value(head, key)) {
                self.emit(rule, base.get(key).as_ref(), head.get(key).as_ref());
            }
            known.extend(old.into_iter().chain(new));
        }
        known
    }

    pub(super) fn keyword(&mut self, base: &View<'a>, head: &View<'a>, key: &str, check: Check) {
        let stated = |view: &View<'a>| view.get(key).filter(|node| !is_default(key, node.value));
        self.value(stated(base), stated(head), check);
    }

    /// Compares `format`, which determines the Rust type of dates and times.
    pub(super) fn format(&mut self, base: &View<'a>, head: &View<'a>) {
        let is_time = |view: &View<'a>| {
            let format = view.get("format").and_then(|node| node.value.as_str());
            format.is_some_and(|format| TIMES.contains(&format))
        };
        let check = if is_time(base) || is_time(head) {
            Three(
                &TIME_FORMAT_ADDED,
                &TIME_FORMAT_REMOVED,
                &TIME_FORMAT_CHANGED,
            )
        } else {
            Three(&FORMAT_ADDED, &FORMAT_REMOVED, &FORMAT_CHANGED)
        };
        self.keyword(base, head, "format", check);
    }

    /// Compares two optional values.
    pub(super) fn value(
        &mut self,
        base: Option<NodeRef<'a>>,
        head: Option<NodeRef<'a>>,
        check: Check,
    ) {
        let (before, after) = (
            base.as_ref().map(|s| s.value),
            head.as_ref().map(|s| s.value),
        );
        if equal(before, after) {
            return;
        }
        let set = |value: Option<&Value>| value == Some(&Value::Bool(true));
        let rule = match (check, before, after) {
            (Any(rule), ..) => rule,
            (Flag(..), ..) if set(before) == set(after) => return,
            (Flag(on, off), ..) => pick(set(after), on, off),
            (Three(added, ..), None, _) => added,
            (Three(_, removed, _), _, None) => removed,
            (Three(.., changed), ..) => changed,
            (Lower | Upper, None, _) => &BOUND_TIGHTENED,
            (Lower | Upper, _, None) => &BOUND_LOOSENED,
            (Lower, Some(a), Some(b)) => {
                pick(number(b) > number(a), &BOUND_TIGHTENED, &BOUND_LOOSENED)
            }
            (Upper, Some(a), Some(b)) => {
                pick(number(b) < number(a), &BOUND_TIGHTENED, &BOUND_LOOSENED)
            }
        };
        self.emit(rule, base.as_ref(), head.as_ref());
    }

    /// Compares annotations, extensions, and all keys that are not in `known`.
    pub(super) fn members(&mut self, base: &View<'a>, head: &View<'a>, known: &[&str]) {
        let mut keys = base.keys();
        let more = head.keys();
        keys.extend(more.into_iter().filter(|key| base.get(key).is_none()));
        for key in keys {
            if known.contains(&key) {
                continue;
            }
            let text = TEXTS.iter().find(|(text, _)| *text == key);
            let check = match text {
                Some((_, check)) => *check,
                None if key == "x-sunset" => Any(&SUNSET_CHANGED),
                None if key.starts_with("x-") => {
                    Three(&EXTENSION_ADDED, &EXTENSION_REMOVED, &EXTENSION_CHANGED)
                }
                None => Any(&KEYWORD_CHANGED),
            };
            self.keyword(base, head, key, check);
        }
    }
}

fn pick<T>(condition: bool, yes: T, no: T) -> T {
    if condition { yes } else { no }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// Returns whether two values are equal as JSON: `1` and `1.0` are.
fn equal(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}
