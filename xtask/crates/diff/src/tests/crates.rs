//! Compares the verdicts for users of the crate with the generated clients.

use gitbook_api_codegen::walk::{Node, walk};
use serde_json::{Value, json};

use super::super::place;
use super::super::rust_items::Types;
use super::DOCUMENT;

use super::super::report::Report;
use super::super::rules::{Kind, RUST_ITEM_CHANGED, Rule, Scope, all};

/// Returns the changes between the public APIs that no rule predicts.
fn unforeseen(base: &Value, head: &Value) -> Vec<(&'static str, String)> {
    let findings = Report::new(base, head).findings.into_iter();
    let findings = findings.filter(|finding| finding.rule.kind == Kind::Consequences);
    let items = findings.flat_map(|finding| {
        let side = finding.base.or(finding.head);
        let all = side.and_then(|side| side.value.as_array().cloned());
        let all = all.unwrap_or_else(|| vec![finding.place.heading.into()]);
        let path = |text: &Value| {
            let text = text.as_str().unwrap_or_default();
            let end = text.find(": ").unwrap_or(text.len());
            text[..end].to_owned()
        };
        let all: Vec<String> = all.iter().map(path).collect();
        all.into_iter().map(move |item| (finding.rule.id, item))
    });
    items.collect()
}

/// Returns documents with the fragment of an example in each place that is possible.
fn documents(rule: &Rule, half: &str) -> Vec<Value> {
    let part: Value = serde_json::from_str(half).unwrap();
    match rule.scope {
        Scope::Document => vec![whole(part)],
        Scope::Operation => vec![of_operation(part)],
        Scope::Schema => of_schema(&part),
    }
}

fn whole(part: Value) -> Value {
    let mut document =
        json!({"openapi": "3.0.3", "info": {"title": "", "version": "1"}, "paths": {}});
    document
        .as_object_mut()
        .unwrap()
        .extend(part.as_object().unwrap().clone());
    document
}

fn of_operation(part: Value) -> Value {
    let mut operation = json!({"operationId": "doIt", "responses": {"200": {"description": ""}}});
    operation
        .as_object_mut()
        .unwrap()
        .extend(part.as_object().unwrap().clone());
    whole(json!({"paths": {"/a": {"post": operation}}}))
}

/// Returns documents with the schema as a component, a property and a member of a union, each in
/// requests and in responses.
fn of_schema(schema: &Value) -> Vec<Value> {
    let component = json!({"$ref": "#/components/schemas/Example"});
    let ways = [
        (component, schema.clone()),
        (
            json!({"properties": {"a": schema}, "required": ["a"]}),
            json!({}),
        ),
        (
            json!({"oneOf": [schema, {"type": "array", "items": {"type": "array", "items": {}}}]}),
            json!({}),
        ),
    ];
    let mut documents = Vec::new();
    for (used, component) in ways {
        for (sent, received) in [(true, false), (false, true)] {
            let content = json!({"application/json": {"schema": used}});
            let mut operation = json!({});
            if sent {
                operation["requestBody"] = json!({"content": content});
            }
            if received {
                operation["responses"] = json!({"200": {"description": "", "content": content}});
            }
            let mut document = of_operation(operation);
            document["components"] = json!({"schemas": {
                "Example": component,
                "A": {"type": "object", "properties": {"type": {"type": "string", "enum": ["a"]}}},
            }});
            documents.push(document);
        }
    }
    documents
}

#[test]
fn no_verdict_is_smaller_than_what_the_generator_does() {
    let (mut generated, mut wrong) = (0, Vec::new());
    for rule in all().filter(|rule| rule.kind != Kind::Consequences) {
        let (before, after) = (documents(rule, rule.before), documents(rule, rule.after));
        for (base, head) in before.iter().zip(&after) {
            let unforeseen = unforeseen(base, head);
            if !unforeseen.is_empty() {
                wrong.push(format!("{}: {unforeseen:?} in {head}", rule.id));
            }
        }
        let has_client = |document| Types::of(document).is_some_and(|types| types.api.is_some());
        generated += usize::from(has_client(&before[0]) && has_client(&after[0]));
    }
    assert_eq!(wrong, [""; 0]);
    // A request body without a media type cannot be generated.
    assert!(generated > 100, "{generated} rules");
}

#[test]
fn each_rule_reaches_the_bump_that_it_declares() {
    let mut wrong = Vec::new();
    for rule in all().filter(|rule| rule.kind != Kind::Consequences) {
        let (before, after) = (documents(rule, rule.before), documents(rule, rule.after));
        let pairs: Vec<(&Value, &Value)> = before.iter().zip(&after).collect();
        let reached = |pairs: &mut dyn Iterator<Item = &(&Value, &Value)>| {
            let reports = pairs.map(|(base, head)| Report::new(base, head).findings);
            let findings = reports.flatten().filter(|finding| finding.rule == rule);
            findings.map(|finding| finding.bump).max()
        };
        let found = match rule.scope {
            // Schemas are sent in every other document, and received in the others.
            Scope::Schema => [0, 1].map(|start| reached(&mut pairs.iter().skip(start).step_by(2))),
            Scope::Operation | Scope::Document => [reached(&mut pairs.iter()); 2],
        };
        let declared = match rule.scope {
            Scope::Schema => [rule.request.bump, rule.response.bump],
            Scope::Operation | Scope::Document => [rule.request.bump.max(rule.response.bump); 2],
        };
        if found != declared.map(Some) {
            wrong.push(format!("{}: {declared:?} {found:?}", rule.id));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Returns a document whose operation `a` sends `Sent` and receives `Received`.
fn schemas(schemas: Value) -> Value {
    let content = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    let mut all = json!({"Sent": {"properties": {"a": {}}}, "Received": {"properties": {"a": {}}}});
    all.as_object_mut()
        .unwrap()
        .extend(schemas.as_object().unwrap().clone());
    let mut document = of_operation(json!({
        "requestBody": {"content": content("Sent")},
        "responses": {"200": {"description": "", "content": content("Received")}},
    }));
    document["components"] = json!({ "schemas": all });
    document
}

#[test]
fn every_item_that_a_place_is_called_by_is_there() {
    let mut document = DOCUMENT.clone();
    for (_, item) in document["paths"].as_object_mut().unwrap() {
        // Internal operations are hidden.
        let is_public = |operation: &Value| operation.get("x-internal").is_none();
        item.as_object_mut()
            .unwrap()
            .retain(|_, operation| is_public(operation));
    }
    let types = Types::of(&document).unwrap();
    let api = types.api.as_ref().unwrap();
    let (mut inside, mut wrong) = (0, Vec::new());
    walk(
        Node::Document,
        &document,
        &mut String::new(),
        &mut |_, pointer, _| {
            let Some(item) = place::rust_item(&document, Some(&types), pointer) else {
                return;
            };
            inside += usize::from(pointer.starts_with("/paths/") && item.starts_with("types::"));
            if !api.contains_key(&item) && !api.contains_key(&format!("{item}()")) {
                wrong.push(format!("{item} at {pointer}"));
            }
        },
    );
    assert_eq!(wrong, [""; 0]);
    assert!(
        inside > 500,
        "{inside} places in inline schemas of operations"
    );
}

#[test]
fn what_an_edit_does_to_other_items_has_rows() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let object = |name: &str| json!({"properties": {name: {}}, "required": [name]});
    for (before, after, place) in [
        // A type of responses is used in a request now, where null and absent differ.
        (
            json!({"Received": {"properties": {"x": {"type": "string", "nullable": true}}}}),
            json!({"Received": {"properties": {"x": {"type": "string", "nullable": true}}}, "Sent": {"properties": {"a": {}, "received": reference("Received")}}}),
            "types::Received::x",
        ),
        // Two types contain each other now.
        (
            json!({"Sent": {"properties": {"b": reference("B")}}, "B": {"properties": {"n": {}}}}),
            json!({"Sent": {"properties": {"b": reference("B")}}, "B": {"properties": {"n": {}, "back": reference("Sent")}}}),
            "types::Sent::b",
        ),
        // Words that all member names have in common are left out of the variants.
        (
            json!({"SiteA": object("a"), "SiteB": object("b"), "Received": {"oneOf": [reference("SiteA"), reference("SiteB")]}}),
            json!({"SiteA": object("a"), "SiteB": object("b"), "Space": object("c"), "Received": {"oneOf": [reference("SiteA"), reference("SiteB"), reference("Space")]}}),
            "types::Received::A",
        ),
        // A component takes the name of an inline type.
        (
            json!({"Received": {"properties": {"x": {"properties": {"n": {}}}}}}),
            json!({"Received": {"properties": {"x": {"properties": {"n": {}}}}}, "ReceivedX": {"type": "object", "properties": {"other": {}}}}),
            "types::Received::x",
        ),
    ] {
        let unforeseen = unforeseen(&schemas(before), &schemas(after));
        let finding = (RUST_ITEM_CHANGED.id, place.to_owned());
        assert!(unforeseen.contains(&finding), "{place}: {unforeseen:?}");
    }
}

#[test]
fn each_example_of_a_consequence_is_one() {
    for rule in all().filter(|rule| rule.kind == Kind::Consequences) {
        let half = |half: &str| whole(serde_json::from_str(half).unwrap());
        let report = Report::new(&half(rule.before), &half(rule.after));
        assert_eq!(report.bump(), Some(rule.request.bump), "{}", rule.id);
        assert!(
            report.findings.iter().any(|finding| finding.rule == rule),
            "{}",
            rule.id
        );
    }
}
