//! Classifies edits: for programs that use HTTP by the rule, for users of the crate by the rule and
//! by the differences between the public APIs.

use gitbook_api_codegen::document::unescape;
use gitbook_api_codegen::names::{
    capitalize, field_name, method_name, singular, type_name, variant_name,
};

use super::api::{Changes, STARTS};
use super::compare::Edit;
use super::pointer::tokens;
use super::rules::*;
use super::rust_items::Types;
use super::uses::{Direction, Uses};

/// The rules on whether a value may be null, which is part of the type where a schema is used.
static NULLABILITY: &[&Rule] = &[&BECAME_NULLABLE, &BECAME_NOT_NULLABLE];

/// Returns the verdicts of an edit. `uses` is where the node is used, and `affected` the part of
/// it in which the edit has an effect. Verdicts for the crate use all of `uses`, because its
/// types have fields for all properties. For programs that use HTTP, an edit that affects no
/// operation has no effect.
pub(crate) fn verdict(edit: &Edit, pointer: &str, uses: Direction, affected: Direction) -> Verdict {
    let is_nowhere = affected == Direction::default()
        && (uses != affected || pointer.starts_with("#/components/"));
    let http = |rule: &Rule| {
        if is_nowhere {
            Http::Compatible
        } else {
            affected.worse(rule.request.http, rule.response.http)
        }
    };
    let rule = edit.rule;
    let counted = match rule.limit {
        Limit::SentValues => affected,
        Limit::PublicApi | Limit::Nothing => uses,
    };
    let inner = edit.inner.iter().map(|rule| http(rule)).max();
    Verdict {
        http: http(rule).max(inner.unwrap_or(Http::Compatible)),
        // Types that are not used in requests are treated as types of responses.
        bump: if counted.request {
            counted.worse(rule.request.bump, rule.response.bump)
        } else {
            rule.response.bump
        },
    }
}

/// Returns the bump of an edit: that of the rule, but no more than the differences between the
/// public APIs near the edit require, unless the rule has another limit.
/// The crate has no code for `in_error`, the contents of error responses.
pub(crate) fn limited_by_api(
    edit: &Edit,
    in_error: bool,
    uses: &Uses,
    bump: Bump,
    changes: &Changes,
    types: &[Option<Types>; 2],
) -> Bump {
    if edit.rule.limit != Limit::PublicApi && !in_error {
        return bump;
    }
    let prefixes = item_prefixes(edit, in_error, uses, types);
    if prefixes.is_empty() && !in_error {
        return bump;
    }
    if prefixes.iter().any(|prefix| changes.has_broken(prefix)) {
        bump
    } else if prefixes.iter().any(|prefix| changes.has_added(prefix)) {
        bump.min(Bump::Minor)
    } else {
        Bump::Patch
    }
}

/// Returns the path prefixes of all public items generated from the edited node. Types of inline
/// schemas are named after their parents.
fn item_prefixes(
    edit: &Edit,
    in_error: bool,
    uses: &Uses,
    types: &[Option<Types>; 2],
) -> Vec<String> {
    let mut prefixes = Vec::new();
    let is_alias = |name: &str| types.iter().flatten().any(|types| types.is_alias(name));
    for side in [&edit.base, &edit.head].into_iter().flatten() {
        let tokens = tokens(&side.pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens[..] {
            ["components", "schemas", name, ..] => {
                prefixes.extend(types_of(name));
                // It is written wherever it is used.
                if is_alias(name) {
                    prefixes.extend(STARTS.map(str::to_owned));
                }
                if NULLABILITY.contains(&edit.rule) {
                    prefixes.extend(uses.operations.iter().flat_map(|id| of_operation(id)));
                }
            }
            ["components", _, name, ..] => {
                prefixes.extend(types_of(name));
                prefixes.extend(uses.operations.iter().flat_map(|id| of_operation(id)));
            }
            ["paths", ..] if in_error => {}
            ["paths", ..] => {
                prefixes.extend(uses.operations.iter().flat_map(|id| of_operation(id)))
            }
            _ => {}
        }
        if *edit.rule == OPERATION_ID_CHANGED {
            prefixes.extend(side.value.as_str().into_iter().flat_map(of_operation));
        }
        // An extracted or replaced schema is generated from the other schema too.
        let reference = side
            .value
            .get("$ref")
            .and_then(|reference| reference.as_str());
        let name = reference.and_then(|reference| reference.rsplit('/').next());
        prefixes.extend(name.into_iter().flat_map(|name| types_of(&unescape(name))));
    }
    prefixes
}

fn types_of(name: &str) -> [String; 2] {
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
