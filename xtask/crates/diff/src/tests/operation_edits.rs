//! Edits of operations, their arguments and responses.

use serde_json::{Value, json};

use super::verdicts::{assert_sorted_rows, object, operation, with};

fn text() -> Value {
    json!({"type": "string"})
}

/// Returns a document whose operation is at a path with these parameters.
fn at_path(path: &str, names: &[&str]) -> Value {
    let parameters = names
        .iter()
        .map(|name| json!({"in": "path", "name": name, "required": true, "schema": text()}));
    let parameters: Vec<Value> = parameters.collect();
    let mut document = operation(json!({ "parameters": parameters }));
    let item = document["paths"]["/export"].take();
    document["paths"] = json!({ path: item });
    document
}

#[test]
fn names_of_arguments_are_no_api() {
    assert_sorted_rows(
        "a path parameter",
        &at_path("/a/{id}", &["id"]),
        &at_path("/a/{name}", &["name"]),
        &["path-parameter-renamed compatible patch #/paths/~1a~1{name}"],
    );
    assert_sorted_rows(
        "one of two",
        &at_path("/a/{id}/{b}", &["id", "b"]),
        &at_path("/a/{name}/{b}", &["name", "b"]),
        &["path-parameter-renamed compatible patch #/paths/~1a~1{name}~1{b}"],
    );
    let query = |name: &str, required: bool| {
        operation(
            json!({"parameters": [{"in": "query", "name": name, "required": required, "description": "It.", "schema": text()}]}),
        )
    };
    let place = "#/paths/~1export/post/parameters/0";
    for (required, bump) in [(true, "patch"), (false, "major")] {
        assert_sorted_rows(
            "a query parameter",
            &query("q", required),
            &query("query", required),
            &[&format!("parameter-renamed breaking {bump} {place}")],
        );
    }
}

#[test]
fn another_shared_error_response() {
    let error = |name: &str, properties: Value| {
        let content = json!({"application/json": {"schema": object(properties, json!([]))}});
        json!({"description": name, "content": content})
    };
    let document = |name: &str| {
        let mut document = operation(json!({}));
        document["paths"]["/export"]["post"]["responses"]["404"] =
            json!({"$ref": format!("#/components/responses/{name}")});
        document["components"]["responses"] = json!({
            "Missing": error("Missing", json!({"a": text()})),
            "Gone": error("Gone", json!({"b": {"type": "integer"}})),
        });
        document
    };
    let place = "#/paths/~1export/post/responses/404";
    assert_sorted_rows(
        "another one",
        &document("Missing"),
        &document("Gone"),
        &[
            &format!("description-changed compatible patch {place}/description"),
            &format!(
                "optional-property-added compatible patch {place}/content/application~1json/schema/properties/b"
            ),
            &format!(
                "optional-property-removed risky patch {place}/content/application~1json/schema/properties/a"
            ),
        ],
    );
}

#[test]
fn the_bodies_of_errors_are_no_part_of_the_crate() {
    let failing = |code: &str| {
        let code = json!({"type": "string", "enum": [code]});
        let content =
            json!({"application/json": {"schema": object(json!({"code": code}), json!(["code"]))}});
        json!({"description": "No.", "content": content})
    };
    let own = |code: &str| {
        let mut document = operation(json!({}));
        document["paths"]["/export"]["post"]["responses"]["404"] = failing(code);
        document
    };
    let shared = |code: &str, status: &str| {
        let mut document = operation(json!({}));
        document["paths"]["/export"]["post"]["responses"][status] =
            json!({"$ref": "#/components/responses/Missing"});
        document["components"]["responses"] = json!({"Missing": failing(code)});
        document
    };
    let schema = "content/application~1json/schema/properties/code/enum";
    let own_place = format!("#/paths/~1export/post/responses/404/{schema}");
    let shared_place = format!("#/components/responses/Missing/{schema}");
    for (what, before, after, bump, place) in [
        ("its own", own("a"), own("b"), "patch", &own_place),
        (
            "a shared one",
            shared("a", "404"),
            shared("b", "404"),
            "patch",
            &shared_place,
        ),
        (
            "a shared one of a success",
            shared("a", "200"),
            shared("b", "200"),
            "major",
            &shared_place,
        ),
    ] {
        let row = format!("constant-changed breaking {bump} {place}");
        assert_sorted_rows(what, &before, &after, &[&row]);
    }
}

#[test]
fn what_is_replaced_is_one_row() {
    let body = |name: &str| json!({"requestBody": {"content": {name: {"schema": text()}}}});
    let answer = |status: &str, media_type: &str| json!({"responses": {status: {"description": "", "content": {media_type: {"schema": text()}}}}});
    let failure = |status: &str| json!({"responses": {"200": {"description": ""}, status: {"description": "No.", "content": {"text/plain": {}}}}});
    let query = |members: Value| {
        let mut parameter = json!({"in": "query", "name": "q"});
        let members = members.as_object().unwrap().clone();
        parameter.as_object_mut().unwrap().extend(members);
        json!({ "parameters": [parameter] })
    };
    let list = json!({"type": "array", "items": {"type": "string"}});
    let place = "#/paths/~1export/post";
    for (what, before, after, row) in [
        (
            "the tag",
            json!({"tags": ["git"]}),
            json!({"tags": ["spaces"]}),
            "operation-tag-replaced compatible major %/tags",
        ),
        (
            "a further tag",
            json!({"tags": ["git", "a"]}),
            json!({"tags": ["git", "b"]}),
            "operation-tag-replaced compatible patch %/tags",
        ),
        (
            "a scope",
            json!({"security": [{"a": ["x"]}]}),
            json!({"security": [{"a": ["y"]}]}),
            "security-scope-replaced breaking patch %/security",
        ),
        (
            "a security alternative",
            json!({"security": [{"a": []}]}),
            json!({"security": [{"b": []}]}),
            "security-alternative-replaced breaking patch %/security",
        ),
        (
            "one of two security alternatives",
            json!({"security": [{"a": []}, {"c": []}]}),
            json!({"security": [{"c": []}, {"b": []}]}),
            "security-alternative-replaced breaking patch %/security",
        ),
        (
            "a status",
            answer("200", "application/json"),
            answer("201", "application/json"),
            "success-status-changed breaking patch %/responses/201",
        ),
        (
            "the status of an error",
            failure("404"),
            failure("410"),
            "error-status-changed compatible patch %/responses/410",
        ),
        (
            "the media type of a response",
            answer("200", "application/json"),
            answer("200", "text/plain"),
            "response-media-type-replaced breaking major %/responses/200/content/text~1plain",
        ),
        (
            "the media type of a body",
            body("application/json"),
            body("application/octet-stream"),
            "request-media-type-replaced breaking major %/requestBody/content/application~1octet-stream",
        ),
        (
            "the style",
            query(json!({"style": "form", "explode": true, "schema": list})),
            query(json!({"style": "pipeDelimited", "explode": false, "schema": list})),
            "parameter-style-changed breaking patch %/parameters/0",
        ),
        (
            "the style alone",
            query(json!({"schema": list})),
            query(json!({"style": "spaceDelimited", "schema": list})),
            "parameter-style-changed breaking patch %/parameters/0/style",
        ),
        (
            "the style by a media type",
            query(json!({"schema": text()})),
            query(json!({"content": {"application/json": {"schema": text()}}})),
            "parameter-style-changed breaking patch %/parameters/0",
        ),
        (
            "the media type of a parameter",
            query(json!({"content": {"application/json": {"schema": text()}}})),
            query(json!({"content": {"text/plain": {"schema": text()}}})),
            "parameter-style-changed breaking patch %/parameters/0/content/text~1plain",
        ),
    ] {
        let row = row.replace('%', place);
        assert_sorted_rows(what, &operation(before), &operation(after), &[&row]);
    }
    let scopes = |name: &str| {
        let mut document = operation(json!({"security": [{"user": []}]}));
        document["components"]["securitySchemes"] =
            json!({"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {name: "Read"}}}}});
        document
    };
    assert_sorted_rows(
        "a scope of OAuth",
        &scopes("read"),
        &scopes("view"),
        &[
            "oauth-scope-replaced breaking patch #/components/securitySchemes/user/flows/implicit/scopes",
        ],
    );
}

#[test]
fn reordered_arguments_are_one_row() {
    let document = |names: [&str; 2]| {
        let named = |names: [&str; 2]| {
            let properties = names.iter().map(|name| ((*name).to_owned(), text()));
            object(Value::Object(properties.collect()), json!(["a", "b"]))
        };
        with(json!({
            "Sent": object(json!({"x": named(names), "y": named(names)}), json!([])),
            "Other": named(names),
        }))
    };
    let report = super::super::report::Report::new(&document(["a", "b"]), &document(["b", "a"]));
    let [row] = &report.findings[..] else {
        panic!("{:#?}", report.findings);
    };
    assert_eq!(row.rule.id, "arguments-reordered");
    assert_eq!(row.place.label(), "2 functions");
    assert_eq!(row.operations, ["export"]);
    for name in ["types::SentX::new", "types::SentY::new"] {
        assert!(
            row.before.as_ref().is_some_and(|text| text.contains(name)),
            "{:?}",
            row.before
        );
    }
}
