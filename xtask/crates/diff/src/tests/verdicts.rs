//! Edits of small documents, with all their findings.

use serde_json::{Value, json};

use super::super::compare::compare;
use super::super::report::{Finding, Report};
use super::super::rules::{Bump, Kind};

/// Returns the rule, the verdicts and the location of a finding.
fn short(finding: &Finding) -> String {
    let (http, bump) = (finding.http.name(), finding.bump.name());
    format!("{} {http} {bump} {}", finding.rule.id, finding.pointer())
}

fn assert_rows(what: &str, base: &Value, head: &Value, expected: &[&str]) {
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
fn parameters_are_renamed_if_names_or_descriptions_say_so() {
    let own = |name: &str, description: Option<&str>| {
        let mut parameter = json!({"in": "query", "name": name, "schema": {"type": "string"}});
        if let Some(description) = description {
            parameter["description"] = json!(description);
        }
        operation(json!({"parameters": [parameter]}))
    };
    let place = "#/paths/~1export/post/parameters/0";
    let renamed = format!("parameter-renamed breaking major {place}");
    let removed = format!("parameter-removed risky major {place}");
    let added = format!("optional-parameter-added compatible minor {place}");
    let (one, two): (&[&str], &[&str]) = (&[&renamed], &[&added, &removed]);
    for (before, after, expected) in [
        ("q", "query", one),
        ("page_size", "pageSizes", one),
        ("space", "spaceId", one),
        ("id", "user-id", one),
        ("organisationId", "organizationId", one),
        ("spaceId", "userId", two),
        ("startDate", "endDate", two),
        ("minSize", "maxSize", two),
        ("createdBefore", "updatedBefore", two),
        ("includeDrafts", "includeDeleted", two),
        ("a", "name", two),
        ("page", "cursor", two),
    ] {
        let (base, head) = (own(before, None), own(after, None));
        assert_sorted_rows(&format!("{before} and {after}"), &base, &head, expected);
        assert_sorted_rows(&format!("{after} and {before}"), &head, &base, expected);
        let text = Some("The same.");
        let (base, head) = (own(before, text), own(after, text));
        assert_sorted_rows(&format!("{before} and {after}, told"), &base, &head, one);
    }
    let (base, head) = (own("q", Some("Old.")), own("query", Some("New.")));
    assert_sorted_rows("another description", &base, &head, two);
}

#[test]
fn a_tag_is_renamed_where_both_documents_list_it() {
    let tagged = |tag: &str, listed: bool| {
        let mut document = operation(json!({"tags": [tag]}));
        document["tags"] = if listed {
            json!([{"name": tag}])
        } else {
            json!([])
        };
        document
    };
    let renamed = "tag-renamed compatible major #/tags/0";
    let place = "#/paths/~1export/post/tags";
    let replaced = format!("operation-tag-replaced compatible major {place}");
    let (gone, new) = (
        "tag-removed compatible major #/tags/0",
        "tag-added compatible minor #/tags/0",
    );
    for (base, head, expected) in [
        (true, true, &[renamed][..]),
        (false, false, &[&replaced]),
        (true, false, &[&replaced, gone]),
        (false, true, &[&replaced, new]),
    ] {
        let (base, head) = (tagged("git", base), tagged("github", head));
        assert_sorted_rows("a tag", &base, &head, expected);
    }
}

#[test]
fn servers_further_in_replace_those_further_out() {
    let own = json!([{"url": "https://upload.example"}]);
    let base = operation(json!({}));
    let head = operation(json!({"servers": own}));
    let place = "servers-replaced breaking patch #/paths/~1export/post/servers";
    assert_rows("an operation's", &base, &head, &[place]);
    assert_rows("and back", &head, &base, &[place]);

    let mut of_path = base.clone();
    of_path["paths"]["/export"]["servers"] = own;
    let place = "servers-replaced breaking patch #/paths/~1export/servers";
    assert_rows("a path's", &base, &of_path, &[place]);

    let mut moved = base.clone();
    moved["servers"] = json!([{"url": "https://b.example"}]);
    let place = "server-url-changed breaking patch #/servers/0";
    assert_rows("another address", &base, &moved, &[place]);
}

#[test]
fn servers_that_apply_anyway_are_no_change() {
    let document = |of_document: Value, of_path: Value, of_operation: Value| {
        let mut document = with(json!({}));
        document["servers"] = of_document;
        document["paths"]["/export"]["servers"] = of_path;
        document["paths"]["/export"]["post"]["servers"] = of_operation;
        document
    };
    let none = json!([]);
    let plain = json!([{"url": "https://a.example"}]);
    let slash = json!([{"url": "https://a.example/"}]);
    let told = json!([{"url": "https://a.example", "description": "Here."}]);
    let two = json!([{"url": "https://a.example"}, {"url": "https://b.example"}]);
    let turned = json!([{"url": "https://b.example/"}, {"url": "https://a.example"}]);
    let variable = |default: &str, description: &str| {
        let values = json!({"default": default, "description": description});
        json!([{"url": "https://{h}", "variables": {"h": values}}])
    };
    let (operation, path) = ("#/paths/~1export/post/servers", "#/paths/~1export/servers");
    for (what, base, head, expected) in [
        (
            "repeated at an operation",
            [&plain, &none, &none],
            [&plain, &none, &plain],
            vec![],
        ),
        (
            "repeated at a path",
            [&plain, &none, &none],
            [&plain, &plain, &none],
            vec![],
        ),
        (
            "moved to the operations",
            [&plain, &none, &none],
            [&none, &none, &plain],
            vec!["unused-servers-changed compatible patch #/servers".to_owned()],
        ),
        (
            "moved from the operations to the path",
            [&none, &none, &two],
            [&none, &two, &none],
            vec![],
        ),
        (
            "a slash at the end",
            [&plain, &none, &none],
            [&plain, &none, &slash],
            vec![format!(
                "server-url-rewritten compatible patch {operation}/0/url"
            )],
        ),
        (
            "a slash at the end in the document",
            [&plain, &none, &none],
            [&slash, &none, &none],
            vec!["server-url-rewritten compatible patch #/servers/0/url".to_owned()],
        ),
        (
            "a description",
            [&plain, &none, &none],
            [&plain, &told, &none],
            vec![format!(
                "description-changed compatible patch {path}/0/description"
            )],
        ),
        (
            "another order and a slash",
            [&two, &none, &none],
            [&two, &none, &turned],
            vec![format!(
                "server-url-rewritten compatible patch {operation}/0/url"
            )],
        ),
        (
            "the address of the document",
            [&none, &none, &none],
            [&json!([{"url": "/"}]), &none, &none],
            vec![],
        ),
        (
            "the description of a variable",
            [&variable("a", "Old."), &none, &none],
            [&variable("a", "Old."), &variable("a", "New."), &none],
            vec![format!(
                "description-changed compatible patch {path}/0/variables/h/description"
            )],
        ),
        (
            "the value of a variable",
            [&variable("a", ""), &none, &none],
            [&variable("a", ""), &variable("b", ""), &none],
            vec![format!("servers-replaced breaking patch {path}")],
        ),
        (
            "a server more",
            [&plain, &none, &none],
            [&plain, &none, &two],
            vec![format!("servers-replaced breaking patch {operation}")],
        ),
        (
            "another server of the document that an operation kept",
            [&plain, &none, &none],
            [&two, &none, &plain],
            vec!["unused-servers-changed compatible patch #/servers".to_owned()],
        ),
        (
            "another server of the document",
            [&plain, &none, &plain],
            [&two, &none, &none],
            vec![
                format!("servers-replaced breaking patch {operation}"),
                "unused-servers-changed compatible patch #/servers".to_owned(),
            ],
        ),
    ] {
        let [base, head] = [base, head].map(|[of_document, of_path, of_operation]| {
            document(of_document.clone(), of_path.clone(), of_operation.clone())
        });
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        assert_rows(what, &base, &head, &expected);
    }
}

#[test]
fn servers_of_the_document_are_those_of_the_operations_that_inherit_them() {
    let document = |url: &str| {
        let mut document = with(json!({}));
        let mut other = document["paths"]["/export"]["post"].clone();
        other["operationId"] = json!("other");
        other["servers"] = json!([{"url": "https://other.example"}]);
        document["paths"]["/other"] = json!({ "post": other });
        document["servers"] = json!([{ "url": url }]);
        document
    };
    let report = Report::new(
        &document("https://a.example"),
        &document("https://b.example"),
    );
    let [moved] = &report.findings[..] else {
        panic!("{:?}", report.findings);
    };
    assert_eq!(
        short(moved),
        "server-url-changed breaking patch #/servers/0"
    );
    assert_eq!(moved.operations, ["export"]);
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
fn renaming_is_one_row() {
    let shared = |name: &str| {
        let mut document = with(json!({}));
        let reference = json!({"$ref": "#/components/parameters/page"});
        let mut other = document["paths"]["/export"]["post"].clone();
        other["operationId"] = json!("other");
        document["paths"]["/other"] = json!({ "post": other });
        for path in ["/export", "/other"] {
            document["paths"][path]["post"]["parameters"] = json!([reference]);
        }
        document["components"]["parameters"] =
            json!({"page": {"in": "query", "name": name, "schema": {"type": "string"}}});
        document
    };
    let finding = "parameter-renamed breaking major #/components/parameters/page/name";
    assert_rows(
        "a shared parameter",
        &shared("page"),
        &shared("cursor"),
        &[finding],
    );

    let own = |name: &str| {
        let parameter = json!({"in": "query", "name": name, "description": "What to look for.", "schema": {"type": "string"}});
        operation(json!({"parameters": [parameter]}))
    };
    let finding = "parameter-renamed breaking major #/paths/~1export/post/parameters/0";
    assert_rows("a parameter", &own("q"), &own("query"), &[finding]);

    let property = |name: &str| {
        let property = json!({"type": "string", "description": "What it is called."});
        with(json!({"Received": object(json!({name: property}), json!([]))}))
    };
    let finding = "property-renamed risky major #/components/schemas/Received/properties/title";
    assert_rows(
        "a property",
        &property("name"),
        &property("title"),
        &[finding],
    );

    let tag = |name: &str| {
        let mut document = operation(json!({"tags": [name]}));
        document["tags"] = json!([{"name": name}]);
        document
    };
    let finding = "tag-renamed compatible major #/tags/0";
    assert_rows("a tag", &tag("git"), &tag("github"), &[finding]);

    let scheme = |name: &str| {
        let mut document = operation(json!({"security": [{name: []}]}));
        document["security"] = json!([{name: []}]);
        document["components"]["securitySchemes"] =
            json!({name: {"type": "http", "scheme": "bearer"}});
        document
    };
    let finding = "security-scheme-renamed compatible patch #/components/securitySchemes/token";
    assert_rows(
        "a security scheme",
        &scheme("user"),
        &scheme("token"),
        &[finding],
    );
}

#[test]
fn an_edit_of_a_map_with_listed_keys_is_one_row() {
    let map = |keys: &[&str], value: Value| {
        let entries = keys.iter().map(|key| ((*key).to_owned(), value.clone()));
        let properties: serde_json::Map<String, Value> = entries.collect();
        with(json!({"Received": {
            "type": "object",
            "x-propertyNames": {"type": "string", "enum": keys},
            "properties": properties,
            "additionalProperties": false,
        }}))
    };
    let text = json!({"type": "string"});
    let limited = json!({"type": "string", "maxLength": 9});
    let place = "#/components/schemas/Received/properties";
    let base = map(&["de", "en"], text.clone());
    assert_rows(
        "a limit of all values",
        &base,
        &map(&["de", "en"], limited),
        &[&format!(
            "bound-tightened compatible patch {place}/de/maxLength"
        )],
    );
    assert_rows(
        "more keys",
        &base,
        &map(&["de", "en", "fr", "nl"], text.clone()),
        &[&format!("optional-property-added compatible patch {place}")],
    );
    assert_rows(
        "one more key",
        &base,
        &map(&["de", "en", "fr"], text),
        &[&format!(
            "optional-property-added compatible patch {place}/fr"
        )],
    );
}

#[test]
fn edits_of_maps_are_at_nodes_of_the_documents() {
    let text = json!({"type": "string"});
    let limited = json!({"type": "string", "maxLength": 9});
    let of = |name: &str| object(json!({name: {"type": "string"}}), json!([name]));
    let listed = |value: &Value| {
        json!({
            "type": "object",
            "x-propertyNames": {"type": "string", "enum": ["de", "en"]},
            "properties": {"de": value, "en": value},
            "additionalProperties": false,
        })
    };
    let map = |value: &Value| json!({"type": "object", "additionalProperties": value});
    let place = "Received › additionalProperties";
    for (what, base, head, label) in [
        (
            "a limit",
            map(&text),
            map(&limited),
            format!("{place} › maxLength"),
        ),
        ("a type", map(&json!(true)), map(&text), place.to_owned()),
        ("none", map(&text), map(&json!(false)), place.to_owned()),
        (
            "a property",
            map(&of("a")),
            map(&of("b")),
            format!("{place} › b"),
        ),
        (
            "a map of maps",
            map(&map(&text)),
            map(&map(&limited)),
            format!("{place} › additionalProperties › maxLength"),
        ),
        (
            "listed keys",
            listed(&text),
            listed(&limited),
            "Received › each value › maxLength".to_owned(),
        ),
        (
            "a property of listed keys",
            listed(&of("a")),
            listed(&of("b")),
            "Received › each value › b".to_owned(),
        ),
    ] {
        let (base, head) = (
            with(json!({"Received": base})),
            with(json!({"Received": head})),
        );
        let findings = Report::new(&base, &head).findings;
        assert_eq!(findings.len(), 1, "{what}: {findings:?}");
        assert_eq!(findings[0].place.label(), label, "{what}");
        for (document, side) in [(&base, &findings[0].base), (&head, &findings[0].head)] {
            let pointer = side.as_ref().map_or("#", |side| &side.pointer);
            let node = document.pointer(pointer.trim_start_matches('#'));
            assert!(node.is_some(), "{what}: {pointer}");
            assert!(!pointer.ends_with("/properties"), "{what}: {pointer}");
        }
    }
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
    // What is sent stays.
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
fn the_only_one_removed_became_the_only_one_added() {
    let property = |name: &str, other: &str| {
        let text = json!({"type": "string"});
        with(json!({"Received": object(json!({name: text, other: text}), json!([name]))}))
    };
    let finding = "property-renamed breaking major #/components/schemas/Received/properties/title";
    assert_rows(
        "a property",
        &property("name", "b"),
        &property("title", "b"),
        &[finding],
    );
    // Which of two became which is not known.
    let findings = Report::new(&property("name", "b"), &property("title", "c")).findings;
    assert!(
        findings
            .iter()
            .all(|finding| finding.rule.id != "property-renamed")
    );

    let own = |name: &str| {
        let parameter = json!({"in": "query", "name": name, "schema": {"type": "string"}});
        operation(json!({"parameters": [parameter]}))
    };
    let finding = "parameter-renamed breaking major #/paths/~1export/post/parameters/0";
    assert_rows("a parameter", &own("q"), &own("query"), &[finding]);
}

#[test]
fn keys_that_a_component_lists_are_its_edit() {
    let map = |keys: &[&str]| {
        let entries = keys
            .iter()
            .map(|key| ((*key).to_owned(), json!({"type": "string"})));
        let properties: serde_json::Map<String, Value> = entries.collect();
        with(json!({
            "Language": {"type": "string", "enum": keys},
            "Received": {
                "type": "object",
                "x-propertyNames": {"$ref": "#/components/schemas/Language"},
                "properties": properties,
                "additionalProperties": false,
            },
        }))
    };
    let finding = "enum-value-added compatible minor #/components/schemas/Language/enum";
    assert_rows(
        "a key",
        &map(&["de", "en"]),
        &map(&["de", "en", "fr"]),
        &[finding],
    );
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
