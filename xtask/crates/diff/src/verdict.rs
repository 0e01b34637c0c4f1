//! What an edit means: for programs that speak HTTP by its rule, for users of the crate by its rule
//! and by what changed in the public API.

use gitbook_api_codegen::document::unescape;
use gitbook_api_codegen::names::{capitalize, field_name, singular, type_name};

use super::api::{Change, Changes};
use super::compare::Edit;
use super::pointer::tokens;
use super::reach::{Direction, Reached};
use super::rules::*;

/// The rules on what is refused before it is sent. A property that is only read is never sent.
static CONSTRAINTS: &[&Rule] = &[
    &BOUND_TIGHTENED,
    &MULTIPLE_OF_CHANGED,
    &PATTERN_ADDED,
    &PATTERN_CHANGED,
];

/// The rules whose verdict for the crate is not about what its public API declares.
static BEYOND_API: &[&Rule] = &[
    // A call that passed is refused before it is sent, as it is by the constraints.
    &REQUIRED_PARAMETER_ADDED,
    &PARAMETER_BECAME_REQUIRED,
    &REQUIRED_BODY_ADDED,
    &BODY_BECAME_REQUIRED,
    // Cargo features are made of the groups.
    &OPERATION_TAG_ADDED,
    &OPERATION_TAG_REMOVED,
    &TAG_ADDED,
    &TAG_REMOVED,
    &TAG_RENAMED,
    // No answer of the old kind fits any more.
    &CONSTANT_CHANGED,
    // Items get or lose `#[deprecated]`.
    &OPERATION_DEPRECATED,
    &PARAMETER_DEPRECATED,
    &SCHEMA_DEPRECATED,
    // What it means is not known.
    &KEYWORD_CHANGED,
];

/// The verdicts of an edit that reaches in one direction and is felt in it, or in a part of it. For
/// the crate, all of it counts: its types have fields for all properties, whoever may set them. For
/// programs that speak HTTP, what no operation reaches means nothing.
pub fn verdict(edit: &Edit, pointer: &str, reached: Direction, felt: Direction) -> Verdict {
    let is_nowhere =
        felt == Direction::default() && (reached != felt || pointer.starts_with("#/components/"));
    let http = |rule: &Rule| match is_nowhere {
        true => Http::Compatible,
        false => felt.worse(rule.request.http, rule.response.http),
    };
    let rule = edit.rule;
    let counted = match CONSTRAINTS.contains(&rule) {
        true => felt,
        false => reached,
    };
    let inner = edit.inner.iter().map(|rule| http(rule)).max();
    Verdict {
        http: http(rule).max(inner.unwrap_or(Http::Compatible)),
        // Types that are not sent are those of responses, whether anything is received or not.
        bump: match counted.request {
            true => counted.worse(rule.request.bump, rule.response.bump),
            false => rule.response.bump,
        },
    }
}

/// The bump of an edit of which the rule alone says `bump`: no more than what changed in the public
/// API near the edit, unless the rule is about something else than the public API.
pub fn settled(edit: &Edit, reached: &Reached, bump: Bump, changes: &Changes) -> Bump {
    if BEYOND_API.contains(&edit.rule) || CONSTRAINTS.contains(&edit.rule) {
        return bump;
    }
    let roots = roots(edit, reached);
    if roots.is_empty() {
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

/// How the paths of all public items begin that are made of what was edited. Types of inline schemas
/// are named after what they stand in.
fn roots(edit: &Edit, reached: &Reached) -> Vec<String> {
    let mut roots = Vec::new();
    for side in [&edit.base, &edit.head].into_iter().flatten() {
        let tokens = tokens(&side.pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens[..] {
            ["components", "schemas", name, ..] => roots.extend(types(name)),
            ["components", _, name, ..] => {
                roots.extend(types(name));
                roots.extend(reached.operations.iter().flat_map(|id| of_operation(id)));
            }
            ["paths", ..] => {
                roots.extend(reached.operations.iter().flat_map(|id| of_operation(id)))
            }
            _ => {}
        }
        if *edit.rule == OPERATION_ID_CHANGED {
            roots.extend(side.value.as_str().into_iter().flat_map(of_operation));
        }
        // What was extracted or replaced is made of the other schema too.
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
    let name = type_name(&capitalize(id));
    [
        format!("Client::{}()", field_name(id)),
        format!("builder::{name}"),
        format!("types::{name}"),
    ]
}
