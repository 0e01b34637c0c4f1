//! Tests of verdicts, affected operations and output formats.

use serde_json::{Value, json};

use super::super::render;
use super::super::report::{Finding, Report};
use super::super::rules::{Bump, Http};

/// Returns a document in which one operation sends, receives, or does not use the schema `A`.
fn document(sent: bool, received: bool, schema: Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
    let mut operation = json!({"operationId": "doIt", "tags": ["group"], "responses": {"200": {}}});
    if sent {
        operation["requestBody"] = json!({"content": content});
    }
    if received {
        operation["responses"]["200"]["content"] = content;
    }
    json!({"openapi": "3.0.3", "paths": {"/a": {"post": operation}}, "components": {"schemas": {"A": schema}}})
}

fn finding(sent: bool, received: bool, before: Value, after: Value) -> Finding {
    let report = Report::new(
        &document(sent, received, before),
        &document(sent, received, after),
    );
    assert_eq!(report.findings.len(), 1);
    report.findings.into_iter().next().unwrap()
}

#[test]
fn a_field_newly_required_breaks_requests_and_not_responses() {
    let before = json!({"properties": {}});
    let after = json!({"properties": {"a": {}}, "required": ["a"]});
    for (sent, received, http, bump, operations) in [
        (true, false, Http::Breaking, Bump::Major, 1),
        (false, true, Http::Compatible, Bump::Minor, 1),
        (true, true, Http::Breaking, Bump::Major, 1),
        (false, false, Http::Compatible, Bump::Minor, 0),
    ] {
        let finding = finding(sent, received, before.clone(), after.clone());
        assert_eq!(
            (finding.http, finding.bump, finding.operations.len()),
            (http, bump, operations)
        );
        assert_eq!(finding.item.as_deref(), Some("types::A::a"));
    }
}

#[test]
fn what_is_only_read_or_only_written_is_felt_in_one_direction() {
    let schema = |access: &str, required: Value| json!({"properties": {"a": {"type": "string", access: true}}, "required": required});
    let (none, all) = (json!([]), json!(["a"]));
    for (access, before, after, http, direction) in [
        ("x-none", &none, &all, Http::Breaking, "both"),
        ("x-none", &all, &none, Http::Breaking, "both"),
        ("readOnly", &none, &all, Http::Compatible, "response"),
        ("readOnly", &all, &none, Http::Breaking, "response"),
        ("writeOnly", &none, &all, Http::Breaking, "request"),
        ("writeOnly", &all, &none, Http::Compatible, "request"),
    ] {
        let finding = finding(
            true,
            true,
            schema(access, before.clone()),
            schema(access, after.clone()),
        );
        assert_eq!(
            (finding.http, finding.direction.name()),
            (http, direction),
            "{access}"
        );
        // Types of the crate have a field for the property in any case.
        assert_eq!(finding.bump, Bump::Major);
    }
    let (before, after) = (schema("readOnly", none), schema("readOnly", all));
    assert_eq!(finding(true, false, before, after).http, Http::Compatible);
}

#[test]
fn becoming_read_only_is_felt_by_requests() {
    let before = json!({"properties": {"a": {"type": "string"}}});
    let after = json!({"properties": {"a": {"type": "string", "readOnly": true}}});
    assert_eq!(finding(true, true, before, after).http, Http::Risky);
}

#[test]
fn what_is_inside_of_a_read_only_property_is_no_part_of_requests() {
    let schema = |inner: &str| {
        json!({"properties": {
            "a": {"readOnly": true, "type": "object", "properties": {"b": {"type": inner}}},
            // A property named like a keyword.
            "readOnly": {"type": "boolean"},
        }})
    };
    let narrowed = finding(true, false, schema("integer"), schema("number"));
    assert_eq!(narrowed.http, Http::Compatible);
    let other = |kind: &str| json!({"properties": {"readOnly": {"type": kind}}});
    assert_eq!(
        finding(true, false, other("number"), other("integer")).http,
        Http::Breaking
    );
}

#[test]
fn rows_name_the_types_of_inline_schemas() {
    let list = |element: Value| json!({"type": "array", "items": element});
    let object = |schema: &Value| json!({"properties": {"in": schema}});
    let choice = |schema: &Value| json!({"oneOf": [{"type": "string"}, object(schema)]});
    let (before, after) = (json!({"type": "string"}), json!({"type": "integer"}));
    let property = |schema: Value| json!({"properties": {"x": schema}});
    let second = |schema: Value| json!({"allOf": [{"properties": {"y": {}}}, schema]});
    for (before, after, item) in [
        (object(&before), object(&after), "types::A::in_"),
        (
            property(object(&before)),
            property(object(&after)),
            "types::Ax::in_",
        ),
        (
            property(list(object(&before))),
            property(list(object(&after))),
            "types::AxItem::in_",
        ),
        (
            property(choice(&before)),
            property(choice(&after)),
            "types::AxObject::in_",
        ),
        (
            second(property(object(&before))),
            second(property(object(&after))),
            "types::Ax::in_",
        ),
    ] {
        let finding = finding(true, true, before, after);
        assert_eq!(finding.item.as_deref(), Some(item), "{}", finding.pointer());
    }
    // An inline body and an inline enum.
    let body = |values: Value| {
        let schema = json!({"properties": {"kind": {"type": "string", "enum": values}}});
        json!({"openapi": "3.0.3", "paths": {"/a": {"post": {"operationId": "doIt",
            "requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}}}})
    };
    let report = Report::new(&body(json!(["a", "b"])), &body(json!(["a", "b", "c"])));
    assert_eq!(
        report.findings[0].item.as_deref(),
        Some("types::DoItRequestKind")
    );
}

#[test]
fn a_replaced_schema_is_as_bad_as_its_differences() {
    let base = |x: &str| {
        json!({"components": {"schemas": {
        "A": {"properties": {"x": {"$ref": format!("#/components/schemas/{x}")}}},
        "S": {"type": "string"}, "T": {"type": "string"}, "N": {"type": "number"}}},
        "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}}})
    };
    for (to, http) in [("T", Http::Compatible), ("N", Http::Breaking)] {
        let report = Report::new(&base("S"), &base(to));
        assert_eq!(
            (report.http(), report.bump()),
            (Some(http), Some(Bump::Major))
        );
    }
}

/// Returns a report with more findings than a comment can hold: `count` new optional properties and a
/// removed operation.
fn large(count: usize) -> Report {
    let schemas = |properties: Value| -> Value {
        let named =
            (0..count).map(|index| (format!("Schema{index}"), json!({"properties": properties})));
        Value::Object(named.collect())
    };
    let base = json!({"paths": {"/a": {"get": {"operationId": "getA"}}}, "components": {"schemas": schemas(json!({}))}});
    let head = json!({"paths": {}, "components": {"schemas": schemas(json!({"new": {"type": "string"}}))}});
    Report::new(&base, &head)
}

#[test]
fn every_format_ends_with_the_bump_and_is_the_same_each_time() {
    let report = large(5);
    for text in [
        render::text(&report, true),
        render::markdown(&report, true),
        render::changelog(&report),
    ] {
        assert!(text.lines().last().unwrap().contains("major"), "{text}");
    }
    assert_eq!(render::json(&report), render::json(&large(5)));
    assert_eq!(render::html(&report), render::html(&large(5)));
}

#[test]
fn html_shows_what_the_document_says_and_does_not_run_it() {
    let before = json!({"description": "a"});
    let after = json!({"description": "<script>alert(1)</script>"});
    let report = Report::new(&document(true, true, before), &document(true, true, after));
    let html = render::html(&report);
    assert!(html.contains("&lt;script&gt;alert") && !html.contains("<script>alert"));
}

#[test]
fn json_has_the_members_that_its_schema_describes() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../../../docs/diff.schema.json")).unwrap();
    let output: Value = serde_json::from_str(&render::json(&large(5))).unwrap();
    let names =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(names(&output), names(&schema["properties"]));
    let finding = &schema["properties"]["edits"]["items"];
    for edit in output["edits"].as_array().unwrap() {
        assert_eq!(names(edit), names(&finding["properties"]));
        for side in [&edit["base"], &edit["head"]]
            .into_iter()
            .filter(|side| !side.is_null())
        {
            assert_eq!(names(side), names(&schema["$defs"]["side"]["properties"]));
        }
    }
}
