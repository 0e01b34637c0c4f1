//! Mutation tests: edits the real document in known ways at hundreds of locations. Each mutation
//! must be reported as exactly the expected edit.

use gitbook_api_codegen::walk::Node;
use serde_json::{Map, Value, json};

use super::super::compare::compare;
use super::super::rules::*;
use super::nodes::*;
use super::places::{is_member, places};
use super::{DOCUMENT, named};

/// One kind of mutation.
struct Mutation {
    rule: &'static Rule,
    node: Node,
    fits: fn(&Value, &str) -> bool,
    change: fn(&mut Map<String, Value>),
    /// The location of the edit, relative to the node.
    at: fn(&Value) -> String,
}

/// Makes all mutations in one document, each in other components and operations, and compares once.
fn run(mutations: &[Mutation]) {
    let kinds: Vec<_> = mutations.iter().map(|it| (it.node, it.fits)).collect();
    let mut changed = DOCUMENT.clone();
    let mut expected = Vec::new();
    for (mutation, places) in mutations.iter().zip(places(&kinds)) {
        let rule = mutation.rule.id;
        println!("{rule}: {} places", places.len());
        assert!(!places.is_empty(), "{rule}: no place");
        for place in places {
            let node = changed.pointer_mut(&place).unwrap();
            expected.push((rule.to_owned(), format!("#{place}{}", (mutation.at)(node))));
            (mutation.change)(node.as_object_mut().unwrap());
        }
    }
    let mut found: Vec<_> = compare(&DOCUMENT, &changed).iter().map(named).collect();
    found.sort();
    expected.sort();
    let without = |edits: &[Named], others: &[Named]| -> Vec<Named> {
        let rest = edits.iter().filter(|edit| !others.contains(edit));
        rest.take(5).cloned().collect()
    };
    let (missing, further) = (without(&expected, &found), without(&found, &expected));
    assert!(
        missing.is_empty() && further.is_empty(),
        "{missing:#?} missing, {further:#?} further"
    );
    let repeated = found.windows(2).find(|edits| edits[0] == edits[1]);
    assert_eq!(repeated, None, "an edit is reported more than once");
    assert!(expected.len() > MIN_PLACES, "{} places", expected.len());
}

/// The rule and the location of an edit.
type Named = (String, String);

/// The minimum number of places that the mutations of a list change together.
const MIN_PLACES: usize = 300;

macro_rules! mutation {
    ($rule:ident, $node:ident, $fits:expr, $change:expr, $at:literal) => {
        Mutation {
            rule: &$rule,
            node: Node::$node,
            fits: $fits,
            change: $change,
            at: |_| $at.to_owned(),
        }
    };
    ($rule:ident, $node:ident, $fits:expr, $change:expr, $at:expr) => {
        Mutation {
            rule: &$rule,
            node: Node::$node,
            fits: $fits,
            change: $change,
            at: $at,
        }
    };
}

#[test]
fn keywords_of_schemas() {
    run(&[
        mutation!(
            DESCRIPTION_CHANGED,
            Schema,
            |s, _| s.get("$ref").is_none(),
            |s| set(s, "description", json!("changed")),
            "/description"
        ),
        mutation!(
            TYPE_CHANGED,
            Schema,
            // Another type beside the members of a union leaves no value at all.
            |s, p| is_type(s, "string") && s.get("oneOf").is_none() && !is_member(p),
            |s| set(s, "type", json!("boolean")),
            "/type"
        ),
        mutation!(
            TYPE_NARROWED,
            Schema,
            |s, p| is_type(s, "number") && !is_member(p),
            |s| set(s, "type", json!("integer")),
            "/type"
        ),
        mutation!(
            FORMAT_ADDED,
            Schema,
            |s, _| is_type(s, "string") && s.get("format").is_none(),
            |s| set(s, "format", json!("mutated")),
            "/format"
        ),
        mutation!(
            FORMAT_CHANGED,
            Schema,
            |s, _| is_format(s) && !is_time(s),
            |s| set(s, "format", json!("mutated")),
            "/format"
        ),
        mutation!(
            FORMAT_REMOVED,
            Schema,
            |s, _| is_format(s) && !is_time(s),
            |s| unset(s, "format"),
            "/format"
        ),
        mutation!(
            TIME_FORMAT_CHANGED,
            Schema,
            |s, _| is_format(s) && is_time(s),
            |s| set(s, "format", json!("mutated")),
            "/format"
        ),
        mutation!(
            TIME_FORMAT_ADDED,
            Schema,
            |s, _| is_type(s, "string") && s.get("format").is_none(),
            |s| set(s, "format", json!("date")),
            "/format"
        ),
        mutation!(
            DEFAULT_ADDED,
            Schema,
            |s, _| is_type(s, "string") && s.get("default").is_none(),
            |s| set(s, "default", json!("mutated")),
            "/default"
        ),
        mutation!(
            BOUND_TIGHTENED,
            Schema,
            |s, _| is_type(s, "string") && s.get("minLength").is_none(),
            |s| set(s, "minLength", json!(3)),
            "/minLength"
        ),
        mutation!(
            BOUND_LOOSENED,
            Schema,
            |s, _| s.get("maxLength").is_some_and(Value::is_u64),
            |s| set(s, "maxLength", json!(1_000_000)),
            "/maxLength"
        ),
        mutation!(
            PATTERN_ADDED,
            Schema,
            |s, _| is_type(s, "string") && s.get("pattern").is_none(),
            |s| set(s, "pattern", json!("^a")),
            "/pattern"
        ),
        mutation!(
            SCHEMA_DEPRECATED,
            Schema,
            |s, _| is_type(s, "string") && s.get("deprecated").is_none(),
            |s| set(s, "deprecated", json!(true)),
            "/deprecated"
        ),
        mutation!(
            BECAME_READ_ONLY,
            Schema,
            |s, _| is_type(s, "string") && s.get("readOnly").is_none(),
            |s| set(s, "readOnly", json!(true)),
            "/readOnly"
        ),
        mutation!(
            EXTENSION_ADDED,
            Schema,
            |s, _| s.get("$ref").is_none(),
            |s| set(s, "x-mutated", json!(1)),
            "/x-mutated"
        ),
        mutation!(
            KEYWORD_CHANGED,
            Schema,
            |s, _| is_type(s, "string"),
            |s| set(s, "mystery", json!(1)),
            "/mystery"
        ),
        mutation!(
            BECAME_NULLABLE,
            Schema,
            |s, p| is_type(s, "string") && s.get("nullable").is_none() && p.ends_with("/items"),
            |s| set(s, "nullable", json!(true)),
            "/nullable"
        ),
    ]);
}

#[test]
fn enums() {
    let many = |s: &Value, _: &str| {
        s.get("type").is_some()
            && length(s, "enum") > 2
            && !s["enum"].as_array().unwrap().contains(&Value::Null)
    };
    let one = |s: &Value, _: &str| length(s, "enum") == 1 && s["enum"][0].is_string();
    run(&[
        mutation!(
            ENUM_VALUE_ADDED,
            Schema,
            many,
            |s| list(s, "enum").push(json!("mutated")),
            "/enum"
        ),
        mutation!(
            ENUM_VALUE_REMOVED,
            Schema,
            many,
            |s| drop(list(s, "enum").pop()),
            "/enum"
        ),
        mutation!(ENUM_LIFTED, Schema, many, |s| unset(s, "enum"), "/enum"),
        mutation!(
            ENUM_INTRODUCED,
            Schema,
            |s, _| is_type(s, "string"),
            |s| set(s, "enum", json!(["a", "b"])),
            "/enum"
        ),
        mutation!(
            CONSTANT_CHANGED,
            Schema,
            one,
            |s| set(s, "enum", json!(["mutated"])),
            "/enum"
        ),
        mutation!(
            CONSTANT_WIDENED,
            Schema,
            one,
            |s| list(s, "enum").push(json!("mutated")),
            "/enum"
        ),
    ]);
}

#[test]
fn properties() {
    run(&[
        mutation!(
            OPTIONAL_PROPERTY_ADDED,
            Schema,
            |s, _| is_object(s),
            |s| set(properties_of(s), "mutated", json!({})),
            "/properties/mutated"
        ),
        mutation!(
            REQUIRED_PROPERTY_ADDED,
            Schema,
            |s, _| is_object(s),
            |s| {
                set(properties_of(s), "mutated", json!({}));
                list(s, "required").push(json!("mutated"));
            },
            "/properties/mutated"
        ),
        mutation!(
            OPTIONAL_PROPERTY_REMOVED,
            Schema,
            |s, _| is_open(s) && property(s, false).is_some(),
            |s| {
                let name = property(&Value::Object(s.clone()), false).unwrap();
                unset(properties_of(s), &name);
            },
            |s| at_property(s, false)
        ),
        mutation!(
            OPTIONAL_PROPERTY_FORBIDDEN,
            Schema,
            |s, _| is_closed(s) && property(s, false).is_some(),
            |s| {
                let name = property(&Value::Object(s.clone()), false).unwrap();
                unset(properties_of(s), &name);
            },
            |s| at_property(s, false)
        ),
        mutation!(
            REQUIRED_PROPERTY_REMOVED,
            Schema,
            |s, _| is_open(s) && property(s, true).is_some(),
            |s| {
                let name = property(&Value::Object(s.clone()), true).unwrap();
                unset(properties_of(s), &name);
                list(s, "required").retain(|other| other != name.as_str());
            },
            |s| at_property(s, true)
        ),
        mutation!(
            PROPERTY_BECAME_REQUIRED,
            Schema,
            |s, _| property(s, false).is_some(),
            |s| {
                let name = property(&Value::Object(s.clone()), false).unwrap();
                list(s, "required").push(json!(name));
            },
            |s| at_property(s, false)
        ),
        mutation!(
            PROPERTY_BECAME_OPTIONAL,
            Schema,
            |s, _| property(s, true).is_some(),
            |s| {
                let name = property(&Value::Object(s.clone()), true).unwrap();
                list(s, "required").retain(|other| other != name.as_str());
            },
            |s| at_property(s, true)
        ),
        mutation!(
            OPTIONAL_BECAME_NULLABLE,
            Schema,
            |s, _| property(s, false)
                .is_some_and(|name| s["properties"][&name].get("nullable").is_none()),
            |s| {
                let name = property(&Value::Object(s.clone()), false).unwrap();
                set(
                    properties_of(s)[&name].as_object_mut().unwrap(),
                    "nullable",
                    json!(true),
                );
            },
            |s| format!("{}/nullable", at_property(s, false))
        ),
        mutation!(
            EXTRA_PROPERTIES_FORBIDDEN,
            Schema,
            |s, _| is_object(s) && s.get("additionalProperties").is_none(),
            |s| set(s, "additionalProperties", json!(false)),
            "/additionalProperties"
        ),
    ]);
}

#[test]
fn compositions() {
    run(&[
        mutation!(
            ONE_OF_ADDED,
            Schema,
            |s, _| members(s, "oneOf") > 1,
            |s| list(s, "oneOf").push(json!({"type": "string", "enum": ["mutated"]})),
            |s| next(s, "oneOf")
        ),
        mutation!(
            ONE_OF_REMOVED,
            Schema,
            |s, _| members(s, "oneOf") > 2,
            |s| drop(list(s, "oneOf").pop()),
            |s| last(s, "oneOf")
        ),
        mutation!(
            ALL_OF_ADDED,
            Schema,
            |s, _| length(s, "allOf") > 1,
            |s| list(s, "allOf")
                .push(json!({"properties": {"mutated": {}}, "required": ["mutated"]})),
            |s| next(s, "allOf")
        ),
        mutation!(
            ALL_OF_OPTIONAL_ADDED,
            Schema,
            |s, _| length(s, "allOf") > 1,
            |s| list(s, "allOf").push(json!({"properties": {"mutated": {}}})),
            |s| next(s, "allOf")
        ),
        mutation!(
            SCHEMA_REPLACED,
            Schema,
            |s, p| s.get("$ref").is_some()
                && s["$ref"] != "#/components/schemas/Timestamp"
                && !is_member(p),
            |s| set(s, "$ref", json!("#/components/schemas/Timestamp")),
            ""
        ),
    ]);
}

#[test]
fn operations() {
    let always = |_: &Value, _: &str| true;
    run(&[
        mutation!(
            SUMMARY_CHANGED,
            Operation,
            always,
            |o| set(o, "summary", json!("changed")),
            "/summary"
        ),
        mutation!(
            OPERATION_ID_CHANGED,
            Operation,
            always,
            |o| {
                let id = format!("{}Mutated", o["operationId"].as_str().unwrap());
                set(o, "operationId", json!(id));
            },
            "/operationId"
        ),
        mutation!(
            OPERATION_DEPRECATED,
            Operation,
            |o, _| o.get("deprecated").is_none(),
            |o| set(o, "deprecated", json!(true)),
            "/deprecated"
        ),
        mutation!(
            OPERATION_TAG_ADDED,
            Operation,
            |o, _| length(o, "tags") > 0,
            |o| list(o, "tags").push(json!("mutated")),
            "/tags"
        ),
        mutation!(
            OPERATION_TAG_REMOVED,
            Operation,
            |o, _| length(o, "tags") > 0,
            |o| set(o, "tags", json!([])),
            "/tags"
        ),
        mutation!(
            OPTIONAL_PARAMETER_ADDED,
            Operation,
            |o, _| length(o, "parameters") > 0,
            |o| list(o, "parameters").push(json!({"in": "query", "name": "mutated", "schema": {}})),
            |o| next(o, "parameters")
        ),
        mutation!(
            REQUIRED_PARAMETER_ADDED,
            Operation,
            |o, _| length(o, "parameters") > 0,
            |o| list(o, "parameters")
                .push(json!({"in": "query", "name": "mutated", "required": true, "schema": {}})),
            |o| next(o, "parameters")
        ),
        mutation!(
            SERVERS_REPLACED,
            Operation,
            always,
            |o| set(o, "servers", json!([{"url": "https://mutated.example"}])),
            "/servers"
        ),
        mutation!(
            PARAMETER_REMOVED,
            Operation,
            |o, _| length(o, "parameters") > 0,
            |o| drop(list(o, "parameters").pop()),
            |o| last(o, "parameters")
        ),
        mutation!(
            BODY_REMOVED,
            Operation,
            |o, _| o.get("requestBody").is_some(),
            |o| unset(o, "requestBody"),
            "/requestBody"
        ),
        mutation!(
            SUCCESS_RESPONSE_ADDED,
            Operation,
            always,
            |o| set(responses_of(o), "299", json!({"description": ""})),
            "/responses/299"
        ),
        mutation!(
            ERROR_RESPONSE_ADDED,
            Operation,
            always,
            |o| set(responses_of(o), "418", json!({"description": ""})),
            "/responses/418"
        ),
        mutation!(
            CALLBACK_CHANGED,
            Operation,
            always,
            |o| set(o, "callbacks", json!({"mutated": {}})),
            "/callbacks/mutated"
        ),
        mutation!(
            SECURITY_ALTERNATIVE_ADDED,
            Operation,
            |o, _| length(o, "security") > 0
                && !o["security"].as_array().unwrap().contains(&json!({})),
            |o| list(o, "security").push(json!({"mutated": []})),
            "/security"
        ),
        mutation!(
            SECURITY_ALTERNATIVE_REMOVED,
            Operation,
            |o, _| length(o, "security") > 1
                && !o["security"].as_array().unwrap().contains(&json!({})),
            |o| drop(list(o, "security").pop()),
            "/security"
        ),
    ]);
}

#[test]
fn parameters_bodies_and_responses() {
    run(&[
        mutation!(
            PARAMETER_BECAME_REQUIRED,
            Parameter,
            |p, _| p["in"] == "query" && p.get("required").is_none(),
            |p| set(p, "required", json!(true)),
            "/required"
        ),
        mutation!(
            PARAMETER_STYLE_CHANGED,
            Parameter,
            |p, _| p["in"] == "query" && p.get("explode").is_none(),
            |p| set(p, "explode", json!(false)),
            "/explode"
        ),
        mutation!(
            PARAMETER_DEPRECATED,
            Parameter,
            |p, _| p.get("in").is_some() && p.get("deprecated").is_none(),
            |p| set(p, "deprecated", json!(true)),
            "/deprecated"
        ),
        mutation!(
            BODY_BECAME_OPTIONAL,
            RequestBody,
            |b, _| b["required"] == true,
            |b| unset(b, "required"),
            "/required"
        ),
        mutation!(
            BODY_MEDIA_TYPE_ADDED,
            RequestBody,
            |b, _| b.get("content").is_some(),
            |b| set(content_of(b), "mutated/type", json!({})),
            "/content/mutated~1type"
        ),
        mutation!(
            RESPONSE_MEDIA_TYPE_REMOVED,
            Response,
            |r, _| r["content"].get("application/json").is_some(),
            |r| unset(content_of(r), "application/json"),
            "/content/application~1json"
        ),
        mutation!(
            HEADER_ADDED,
            Response,
            |r, _| r.get("$ref").is_none() && r.get("headers").is_none(),
            |r| set(r, "headers", json!({"Mutated": {}})),
            "/headers/Mutated"
        ),
        mutation!(
            DESCRIPTION_CHANGED,
            Response,
            |r, _| r.get("$ref").is_none(),
            |r| set(r, "description", json!("changed")),
            "/description"
        ),
        mutation!(
            EXAMPLE_CHANGED,
            MediaType,
            |_, _| true,
            |m| set(m, "example", json!("changed")),
            "/example"
        ),
    ]);
}
