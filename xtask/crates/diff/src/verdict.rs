//! Classifies edits: for programs that use HTTP by the rule, for users of the crate by the rule and
//! by the differences between the public APIs.

use gitbook_api_codegen::document::unescape;
use gitbook_api_codegen::names::{
    capitalize, field_name, method_name, singular, type_name, variant_name,
};

use super::api::{Change, Changes};
use super::compare::Edit;
use super::pointer::tokens;
use super::rules::*;
use super::uses::{Direction, Uses};

/// The rules for values that the client refuses to send. Properties that are `readOnly` are never
/// sent.
static CONSTRAINTS: &[&Rule] = &[
    &BOUND_TIGHTENED,
    &MULTIPLE_OF_CHANGED,
    &PATTERN_ADDED,
    &PATTERN_CHANGED,
];

/// The rules whose verdict for the crate does not depend on the public API.
static BEYOND_API: &[&Rule] = &[
    // A call that succeeded may be refused before it is sent.
    &REQUIRED_PARAMETER_ADDED,
    &PARAMETER_BECAME_REQUIRED,
    &REQUIRED_BODY_ADDED,
    &BODY_BECAME_REQUIRED,
    // Cargo features are named after tags.
    &OPERATION_TAG_ADDED,
    &OPERATION_TAG_REMOVED,
    &OPERATION_TAGS_REORDERED,
    &TAG_ADDED,
    &TAG_REMOVED,
    &TAG_RENAMED,
    // Responses with the former value no longer match.
    &CONSTANT_CHANGED,
    // `#[deprecated]` is added or removed.
    &OPERATION_DEPRECATED,
    &PARAMETER_DEPRECATED,
    &SCHEMA_DEPRECATED,
    // The meaning of the keyword is unknown.
    &KEYWORD_CHANGED,
];

/// The rules on whether a value may be null, which is part of the type where a schema is used.
static NULLABILITY: &[&Rule] = &[&BECAME_NULLABLE, &BECAME_NOT_NULLABLE];

/// Returns the verdicts of an edit. `uses` is where the node is used, and `affected` the part of
/// it in which the edit has an effect. Verdicts for the crate use all of `uses`, because its
/// types have fields for all properties. For programs that use HTTP, an edit that affects no
/// operation has no effect.
pub fn verdict(edit: &Edit, pointer: &str, uses: Direction, affected: Direction) -> Verdict {
    let is_nowhere = affected == Direction::default()
        && (uses != affected || pointer.starts_with("#/components/"));
    let http = |rule: &Rule| match is_nowhere {
        true => Http::Compatible,
        false => affected.worse(rule.request.http, rule.response.http),
    };
    let rule = edit.rule;
    let counted = match CONSTRAINTS.contains(&rule) {
        true => affected,
        false => uses,
    };
    let inner = edit.inner.iter().map(|rule| http(rule)).max();
    Verdict {
        http: http(rule).max(inner.unwrap_or(Http::Compatible)),
        // Types that are not used in requests are treated as types of responses.
        bump: match counted.request {
            true => counted.worse(rule.request.bump, rule.response.bump),
            false => rule.response.bump,
        },
    }
}

/// Returns the bump of an edit: that of the rule, but no more than the differences between the
/// public APIs near the edit require, unless the rule is not about the public API.
pub fn settled(edit: &Edit, uses: &Uses, bump: Bump, changes: &Changes) -> Bump {
    if BEYOND_API.contains(&edit.rule) || CONSTRAINTS.contains(&edit.rule) {
        return bump;
    }
    let roots = roots(edit, uses);
    if roots.is_empty() && !in_error(edit) {
        return bump;
    }
    let is_near = |change: &Change| roots.iter().any(|root| change.path.contains(root.as_str()));
    if changes.broken.iter().any(is_near) {
        bump
    } else if changes.added.iter().any(is_near) {
        bump.min(Bump::Minor)
    } else {
        Bump::Patch
    }
}

/// Returns whether an edit is inside the error response of an operation, which has no type of its
/// own.
fn in_error(edit: &Edit) -> bool {
    let mut sides = [&edit.base, &edit.head].into_iter().flatten();
    sides.all(|side| {
        let tokens = tokens(&side.pointer);
        let status = match &tokens[..] {
            [paths, _, _, responses, status, ..]
                if paths == "paths" && responses == "responses" =>
            {
                status
            }
            _ => return false,
        };
        // Without a successful status, the default response counts as successful.
        status.starts_with(['1', '3', '4', '5'])
    })
}

/// Returns the path prefixes of all public items generated from the edited node. Types of inline
/// schemas are named after their parents.
fn roots(edit: &Edit, uses: &Uses) -> Vec<String> {
    let mut roots = Vec::new();
    for side in [&edit.base, &edit.head].into_iter().flatten() {
        let tokens = tokens(&side.pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens[..] {
            ["components", "schemas", name, ..] => {
                roots.extend(types(name));
                if NULLABILITY.contains(&edit.rule) {
                    roots.extend(uses.operations.iter().flat_map(|id| of_operation(id)));
                }
            }
            ["components", _, name, ..] => {
                roots.extend(types(name));
                roots.extend(uses.operations.iter().flat_map(|id| of_operation(id)));
            }
            ["paths", ..] if in_error(edit) => {}
            ["paths", ..] => roots.extend(uses.operations.iter().flat_map(|id| of_operation(id))),
            _ => {}
        }
        if *edit.rule == OPERATION_ID_CHANGED {
            roots.extend(side.value.as_str().into_iter().flat_map(of_operation));
        }
        // An extracted or replaced schema is generated from the other schema too.
        let reference = side
            .value
            .get("$ref")
            .and_then(|reference| reference.as_str());
        let name = reference.and_then(|reference| reference.rsplit('/').next());
        roots.extend(name.into_iter().flat_map(|name| types(&unescape(name))));
    }
    roots
}

fn types(name: &str) -> [String; 2] {
    let name = type_name(name);
    [
        format!("types::{name}"),
        format!("types::{}", singular(&name)),
    ]
}

fn of_operation(id: &str) -> [String; 3] {
    let method = method_name(id);
    [
        format!("Client::{}()", field_name(&method)),
        format!("builder::{}", variant_name(&method)),
        format!("types::{}", type_name(&capitalize(id))),
    ]
}
