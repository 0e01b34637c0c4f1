//! Edits of small documents, with all their findings.

use serde_json::{Value, json};

use super::super::compare::compare;
use super::super::report::{Finding, Report};
use super::super::rules::{Bump, Kind};

/// Returns the rule, the verdicts and the location of a finding.
pub(super) fn short(finding: &Finding) -> String {
    let (http, bump) = (finding.http.name(), finding.bump.name());
    format!("{} {http} {bump} {}", finding.rule.id, finding.pointer())
}

pub(super) fn assert_rows(what: &str, base: &Value, head: &Value, expected: &[&str]) {
    let findings: Vec<String> = Report::new(base, head).findings.iter().map(short).collect();
    assert_eq!(findings, expected, "{what}");
}

/// Checks the findings, whose order depends on names.
pub(super) fn assert_sorted_rows(what: &str, base: &Value, head: &Value, expected: &[&str]) {
    let mut findings: Vec<String> = Report::new(base, head).findings.iter().map(short).collect();
    findings.sort();
    assert_eq!(findings, expected, "{what}");
}

/// Returns a document whose operation `export` sends `Sent` and receives `Received`.
fn document(schemas: Value) -> Value {
    let content = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "tags": [{"name": "git"}],
        "paths": {"/export": {"post": {
            "operationId": "export",
            "tags": ["git"],
            "parameters": [{"in": "query", "name": "q", "schema": {"type": "string"}}],
            "requestBody": {"content": content("Sent")},
            "responses": {"200": {"description": "", "content": content("Received")}},
        }}},
        "components": {"schemas": schemas},
    })
}

pub(super) fn object(properties: Value, required: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

/// Returns a document with these schemas. Schemas named `Sent` and `Received` are used by its
/// operation.
pub(super) fn with(schemas: Value) -> Value {
    let mut all = json!({
        "Sent": object(json!({"a": {"type": "string"}}), json!([])),
        "Received": object(json!({"b": {"type": "string"}}), json!([])),
    });
    all.as_object_mut()
        .unwrap()
        .extend(schemas.as_object().unwrap().clone());
    document(all)
}

/// Returns a document whose operation has these members.
pub(super) fn operation(members: Value) -> Value {
    let mut document = with(json!({}));
    let operation = document["paths"]["/export"]["post"]
        .as_object_mut()
        .unwrap();
    operation.extend(members.as_object().unwrap().clone());
    document
}

#[test]
fn swapped_arguments_are_a_row() {
    let text = json!({"type": "string"});
    let named = |names: &[&str]| {
        let properties = names.iter().map(|name| ((*name).to_owned(), text.clone()));
        Value::Object(properties.collect())
    };
    let sent = |names: &[&str], required: &[&str]| {
        with(json!({"Sent": object(named(names), json!(required))}))
    };
    let parts = |names: &[&str]| {
        let parts = names
            .iter()
            .map(|name| object(named(&[name]), json!([name])));
        with(json!({"Sent": {"allOf": parts.collect::<Vec<_>>()}}))
    };
    let parameters = |names: &[&str], place: &str, required: bool| {
        let parameters = names
            .iter()
            .map(|name| json!({"in": place, "name": name, "required": required, "schema": text}));
        let parameters: Vec<Value> = parameters.collect();
        match place {
            "path" => {
                let mut document = with(json!({}));
                let item = document["paths"]["/export"].take();
                document["paths"] = json!({"/{a}/{b}/export": item});
                let operation = &mut document["paths"]["/{a}/{b}/export"]["post"];
                operation["parameters"] = json!(parameters);
                document
            }
            _ => operation(json!({ "parameters": parameters })),
        }
    };
    let of_type = "arguments-reordered compatible major #/components/schemas/Sent";
    let of_method = "arguments-reordered compatible major #/paths/~1export/post";
    let all: &[&str] = &["a", "b", "c"];
    for (what, base, head, expected) in [
        (
            "properties",
            sent(&["a", "b", "c"], all),
            sent(&["c", "b", "a"], all),
            &[of_type][..],
        ),
        (
            "optional properties",
            sent(&["a", "b", "c"], &["c"]),
            sent(&["c", "b", "a"], &["c"]),
            &[],
        ),
        (
            "required",
            sent(&["a", "b", "c"], &["a", "b", "c"]),
            sent(&["a", "b", "c"], &["c", "b", "a"]),
            &[],
        ),
        (
            "members of an allOf",
            parts(&["a", "b"]),
            parts(&["b", "a"]),
            &[of_type],
        ),
        (
            "required parameters",
            parameters(&["a", "b"], "query", true),
            parameters(&["b", "a"], "query", true),
            &[of_method],
        ),
        (
            "path parameters, whose order is that of the path",
            parameters(&["a", "b"], "path", true),
            parameters(&["b", "a"], "path", true),
            &[],
        ),
        (
            "optional parameters",
            parameters(&["a", "b"], "query", false),
            parameters(&["b", "a"], "query", false),
            &[],
        ),
        (
            "properties, beside another major row",
            with(json!({"Sent": object(named(&["a", "b"]), json!(["a", "b"]))})),
            with(
                json!({"Sent": object(named(&["b", "a"]), json!(["a", "b"])), "Received": {"type": "object"}}),
            ),
            &[
                "optional-property-removed risky major #/components/schemas/Received/properties/b",
                of_type,
            ],
        ),
    ] {
        assert_rows(what, &base, &head, expected);
    }
}

#[test]
fn swapped_arguments_are_found_at_the_function() {
    let text = json!({"type": "string"});
    let base = with(json!({"Sent": object(json!({"a": text, "b": text}), json!(["a", "b"]))}));
    let head = with(json!({"Sent": object(json!({"b": text, "a": text}), json!(["a", "b"]))}));
    let findings = Report::new(&base, &head).findings;
    assert_eq!(findings[0].item.as_deref(), Some("types::Sent::new()"));
    assert_eq!(findings[0].place.label(), "types::Sent::new()");
    assert_eq!(findings[0].operations, ["export"]);
}

#[test]
fn inlined_parameters_are_rows_for_the_types_that_are_gone() {
    let inlined = |schema: Value| {
        let parameter = json!({"in": "query", "name": "order", "schema": schema});
        let mut base = with(json!({}));
        let mut other = base["paths"]["/export"]["post"].clone();
        other["operationId"] = json!("other");
        base["paths"]["/other"] = json!({ "post": other });
        let mut head = base.clone();
        base["components"]["parameters"] = json!({ "listOrder": parameter });
        for path in ["/export", "/other"] {
            let parameters = |list: Value| json!([list]);
            let reference = json!({"$ref": "#/components/parameters/listOrder"});
            base["paths"][path]["post"]["parameters"] = parameters(reference);
            head["paths"][path]["post"]["parameters"] = parameters(parameter.clone());
        }
        [base, head]
    };
    let removed = "shared-component-removed compatible patch #/components/parameters/listOrder";
    let [base, head] = inlined(json!({"type": "string"}));
    assert_rows("text", &base, &head, &[removed]);
    let [base, head] = inlined(json!({"type": "string", "enum": ["asc", "desc"]}));
    let changed = "rust-item-changed compatible major #/components/parameters/listOrder";
    assert_rows("an enum", &base, &head, &[removed, changed]);
    let report = Report::new(&base, &head);
    let changed = report.findings.iter().find(|it| it.bump == Bump::Major);
    assert_eq!(changed.unwrap().item.as_deref(), Some("types::ListOrder"));
}

#[test]
fn webhooks_have_the_verdict_of_callbacks() {
    let base = with(json!({}));
    let mut head = base.clone();
    head["x-webhooks"] = json!({"done": {"post": {"responses": {}}}});
    let place = "callback-changed risky patch #/x-webhooks/done";
    assert_rows("webhooks", &base, &head, &[place]);
}

#[test]
fn what_is_refused_before_it_is_sent_is_major() {
    let limited = |key: &str, limit: Value, read_only: bool| {
        let mut property = json!({"type": "string"});
        property[key] = limit;
        if read_only {
            property["readOnly"] = json!(true);
        }
        property
    };
    let property = |schema: &str, property: Value| {
        with(json!({schema: object(json!({"a": property}), json!([]))}))
    };
    let plain = json!({"type": "string"});
    let read_only = json!({"type": "string", "readOnly": true});
    for (key, limit, rule) in [
        ("maxLength", json!(9), "bound-tightened"),
        ("minLength", json!(1), "bound-tightened"),
        ("pattern", json!("^a"), "pattern-added"),
    ] {
        let place = |schema: &str| format!("#/components/schemas/{schema}/properties/a/{key}");
        let step = |schema: &str, before: &Value, read_only: bool, verdict: &str| {
            let head = limited(key, limit.clone(), read_only);
            let finding = format!("{rule} {verdict} {}", place(schema));
            assert_rows(
                key,
                &property(schema, before.clone()),
                &property(schema, head),
                &[&finding],
            );
        };
        step("Sent", &plain, false, "breaking major");
        step("Sent", &read_only, true, "compatible patch");
        step("Received", &plain, false, "compatible patch");
    }
}

#[test]
fn what_is_said_in_another_way_is_no_edit() {
    let sent = |property: Value| with(json!({"Sent": object(json!({"a": property}), json!([]))}));
    let url = json!({"type": "string", "maxLength": 9});
    for (what, before, after) in [
        (
            "a default limit",
            json!({"type": "string"}),
            json!({"type": "string", "minLength": 0}),
        ),
        (
            "default limits of a list",
            json!({"type": "array", "items": {}}),
            json!({"type": "array", "items": {}, "minItems": 0, "uniqueItems": false}),
        ),
        (
            "null beside a member, and in it",
            json!({"oneOf": [{"type": "string", "nullable": true, "enum": [null, ""]}, url]}),
            json!({"oneOf": [{"nullable": true, "enum": [null]}, {"type": "string", "enum": [""]}, url]}),
        ),
    ] {
        let (before, after) = (sent(before), sent(after));
        let rules = [compare(&before, &after), compare(&after, &before)].concat();
        let rules: Vec<_> = rules.iter().map(|edit| edit.rule.id).collect();
        assert_eq!(rules, [""; 0], "{what}");
    }
}

#[test]
fn parts_of_a_combined_object_have_the_verdicts_of_their_properties() {
    let named = object(json!({"name": {"type": "string"}}), json!(["name"]));
    let reference = json!({"$ref": "#/components/schemas/Named"});
    let sent = |members: Value| with(json!({"Named": named, "Sent": {"allOf": members}}));
    let part = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let place = "#/components/schemas/Sent/allOf";
    assert_rows(
        "a part that asks for nothing",
        &sent(json!([reference, part("a")])),
        &sent(json!([reference, part("a"), part("b")])),
        &[&format!(
            "all-of-optional-member-added compatible minor {place}/2"
        )],
    );
    assert_rows(
        "other properties of the part written in place",
        &sent(json!([reference, part("a")])),
        &sent(json!([reference, {"type": "object", "properties": {"b": {"type": "integer"}}}])),
        &[
            &format!("optional-property-removed risky major {place}/1/properties/a"),
            &format!("optional-property-added compatible minor {place}/1/properties/b"),
        ],
    );
}

#[test]
fn a_part_that_is_dropped_is_one_row_where_it_was_dropped() {
    let list = object(
        json!({"next": {"type": "string"}, "count": {"type": "integer"}}),
        json!(["next"]),
    );
    let items = object(json!({"items": {"type": "array", "items": {}}}), json!([]));
    let received = |schema: Value| with(json!({"List": list, "Received": schema}));
    let base = received(json!({"allOf": [{"$ref": "#/components/schemas/List"}, items]}));
    let head = received(items.clone());
    let place = "#/components/schemas/Received/allOf/0";
    let finding = format!("all-of-member-removed breaking major {place}");
    assert_rows("dropped", &base, &head, &[&finding]);
    let finding = format!("all-of-member-added compatible minor {place}");
    assert_rows("and back", &head, &base, &[&finding]);
}

#[test]
fn a_parameter_that_takes_several_values_takes_one() {
    let parameter = |schema: Value| {
        operation(json!({"parameters": [{"in": "query", "name": "q", "schema": schema}]}))
    };
    let one = parameter(json!({"type": "string"}));
    let several = parameter(json!({"type": "array", "items": {"type": "string"}}));
    let place = "#/paths/~1export/post/parameters/0/schema";
    let finding = format!("parameter-became-list compatible major {place}");
    assert_rows("a list", &one, &several, &[&finding]);
    let others = parameter(json!({"type": "array", "items": {"type": "integer"}}));
    let finding = format!("type-changed breaking major {place}/type");
    assert_rows("a list of something else", &one, &others, &[&finding]);
}

#[test]
fn the_crate_verdict_is_that_of_its_public_api() {
    let error = |schema: Value| {
        let content = json!({"application/json": {"schema": schema}});
        let mut document = operation(json!({}));
        document["paths"]["/export"]["post"]["responses"]["404"] =
            json!({"description": "", "content": content});
        document
    };
    let place = "#/paths/~1export/post/responses";
    let schema = "/404/content/application~1json/schema";
    assert_rows(
        "the body of an error",
        &error(json!({"type": "string"})),
        &error(json!({"type": "boolean"})),
        &[&format!("type-changed breaking patch {place}{schema}/type")],
    );

    let content =
        json!({"application/json": {"schema": {"$ref": "#/components/schemas/Received"}}});
    let status = |status: &str| {
        operation(json!({"responses": {status: {"description": "", "content": content}}}))
    };
    assert_rows(
        "another status of success",
        &status("200"),
        &status("202"),
        &[&format!(
            "success-status-changed breaking patch {place}/202"
        )],
    );

    let mut two = status("200");
    two["paths"]["/export"]["post"]["responses"]["200"]["content"]["text/csv"] = json!({});
    let finding = format!("response-media-type-added risky patch {place}/200/content/text~1csv");
    assert_rows("a second media type", &status("200"), &two, &[&finding]);

    let union =
        |key: &str| with(json!({"Received": {key: [{"type": "string"}, {"type": "boolean"}]}}));
    let finding = "one-of-became-any-of risky patch #/components/schemas/Received";
    assert_rows("anyOf", &union("oneOf"), &union("anyOf"), &[finding]);
}

#[test]
fn an_operation_is_one_operation_under_whatever_name() {
    let base = with(json!({}));
    let head = operation(json!({"operationId": "exportAll"}));
    let findings = Report::new(&base, &head).findings;
    let renamed = findings
        .iter()
        .find(|finding| finding.rule.id == "operation-id-changed");
    assert_eq!(renamed.unwrap().operations, ["exportAll"]);
}

#[test]
fn operations_without_a_group_are_operations() {
    let untagged = |schema: Value| {
        let mut document = with(json!({"Received": schema}));
        let operation = document["paths"]["/export"]["post"]
            .as_object_mut()
            .unwrap();
        operation.shift_remove("tags");
        document
    };
    let findings = Report::new(
        &untagged(json!({"type": "string"})),
        &untagged(json!({"type": "boolean"})),
    );
    assert_eq!(findings.findings[0].group, "no group");
}

#[test]
fn a_body_of_another_media_type_is_another_type_of_the_client() {
    let body = |media_types: &[&str]| {
        let content = media_types.iter().map(|name| {
            let schema = json!({"$ref": "#/components/schemas/Sent"});
            ((*name).to_owned(), json!({"schema": schema}))
        });
        let content = Value::Object(content.collect());
        operation(json!({"requestBody": {"content": content}}))
    };
    let place = "#/paths/~1export/post/requestBody/content";
    let added = |name: &str, bump: &str| {
        format!("request-media-type-added compatible {bump} {place}/{name}")
    };
    let replaced = |name: &str, bump: &str| {
        format!("request-media-type-replaced breaking {bump} {place}/{name}")
    };
    let (json, form, bytes) = (
        "application/json",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
    );
    let named = |name: &str| name.replace('/', "~1");
    // Another argument.
    assert_rows(
        "bytes",
        &body(&[json]),
        &body(&[bytes]),
        &[&replaced(&named(bytes), "major")],
    );
    // The same argument, sent in another way.
    assert_rows(
        "a form",
        &body(&[json]),
        &body(&[form]),
        &[&replaced(&named(form), "patch")],
    );
    // Properties of requests stay.
    assert_rows(
        "one more",
        &body(&[json]),
        &body(&[json, bytes]),
        &[&added(&named(bytes), "patch")],
    );
    assert_rows(
        "a better one",
        &body(&[bytes]),
        &body(&[bytes, json]),
        &[&added(&named(json), "major")],
    );
}

#[test]
fn a_schema_and_more_are_the_schema_and_more() {
    let reference = json!({"$ref": "#/components/schemas/Setup"});
    let setup = object(json!({"name": {"type": "string"}}), json!(["name"]));
    let limited =
        json!({"type": "object", "minProperties": 1, "properties": {"name": {"type": "string"}}});
    let union = json!({"oneOf": [setup, {"type": "string"}]});
    let extra = object(json!({"more": {"type": "string"}}), json!([]));
    let sent = |sent: Value, setup: &Value| with(json!({"Sent": sent, "Setup": setup}));
    // Whatever the schema is, and whether it is written there or has a name.
    for schema in [&setup, &limited, &union] {
        for part in [&reference, schema] {
            let base = sent(json!({"type": "object", "properties": {"x": part}}), schema);
            let whole = json!({"allOf": [part, extra]});
            let head = sent(
                json!({"type": "object", "properties": {"x": whole}}),
                schema,
            );
            let verdicts = |base: &Value, head: &Value| -> Vec<&str> {
                let findings = Report::new(base, head).findings.into_iter();
                let findings = findings.filter(|it| it.rule.kind != Kind::Consequences);
                findings.map(|finding| finding.http.name()).collect()
            };
            assert_eq!(verdicts(&base, &head), ["compatible"], "{head}");
            assert_eq!(verdicts(&head, &base), ["risky"], "{head}");
        }
    }
}

#[test]
fn a_union_in_a_union_gains_members() {
    let union = json!({"oneOf": [{"type": "string"}, {"type": "boolean"}]});
    let reference = json!({"$ref": "#/components/schemas/Block"});
    let document =
        |items: Value| with(json!({"Block": union, "Received": {"type": "array", "items": items}}));
    let base = document(reference.clone());
    let head = document(json!({"oneOf": [reference, {"type": "integer"}]}));
    let place = "#/components/schemas/Received/items";
    let finding = format!("schema-replaced risky major {place}");
    assert_rows("a wider union", &base, &head, &[&finding]);
    let finding = format!("schema-replaced compatible major {place}");
    assert_rows("and back", &head, &base, &[&finding]);
}

#[test]
fn webhooks_are_requests_of_the_service() {
    let base = with(json!({}));
    let mut head = base.clone();
    head["webhooks"] = json!({"created": {"post": {"responses": {}}}});
    let finding = "callback-changed risky patch #/webhooks/created";
    assert_rows("a webhook", &base, &head, &[finding]);
}

#[test]
fn error_bodies_have_no_types() {
    let failing = |properties: Value, output: Value| {
        let content = json!({"application/json": {"schema": object(properties, json!([]))}});
        let mut document = operation(json!({"responses": {
            "200": {"description": "", "content": {"application/json": {"schema": output}}},
            "409": {"description": "", "content": content},
        }}));
        document["components"]["schemas"] = json!({"Sent": object(json!({"a": {}}), json!([]))});
        document
    };
    let output = |kind: &str| object(json!({"b": {"type": kind}}), json!([]));
    let base = failing(json!({"code": {"type": "string"}}), output("string"));
    let head = failing(json!({"code": {"type": "integer"}}), output("integer"));
    let place = "#/paths/~1export/post/responses";
    let schema = "content/application~1json/schema/properties";
    assert_rows(
        "beside a changed output",
        &base,
        &head,
        &[
            &format!("type-changed breaking major {place}/200/{schema}/b/type"),
            &format!("type-changed breaking patch {place}/409/{schema}/code/type"),
        ],
    );
}
