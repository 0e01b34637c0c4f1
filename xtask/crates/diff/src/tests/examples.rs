//! The example of each rule is exactly one edit, by that rule.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::compare::compare;
use super::super::rules::{Kind, Rule, Scope, all};

/// Returns one fragment of an example as a document.
fn document(rule: &Rule, half: &str) -> Value {
    let part: Value = serde_json::from_str(half).unwrap();
    match rule.scope {
        Scope::Document => part,
        Scope::Operation => json!({"paths": {"/example": {"get": part}}}),
        Scope::Schema => json!({"components": {"schemas": {"Example": part}}}),
    }
}

fn edits(base: &Value, head: &Value) -> Vec<&'static str> {
    compare(base, head)
        .iter()
        .map(|edit| edit.rule.id)
        .collect()
}

#[test]
fn each_example_is_one_edit_of_its_rule() {
    for rule in all().filter(|rule| rule.kind != Kind::Consequences) {
        let (before, after) = (document(rule, rule.before), document(rule, rule.after));
        assert_eq!(edits(&before, &after), [rule.id], "{}", rule.id);
        assert_eq!(edits(&after, &before).len(), 1, "{} mirrored", rule.id);
        assert_eq!(edits(&before, &before), [""; 0], "{}", rule.id);
    }
}

#[test]
fn rules_have_names_of_their_own() {
    let names: BTreeSet<&str> = all().map(|rule| rule.id).collect();
    assert_eq!(names.len(), all().count());
}
