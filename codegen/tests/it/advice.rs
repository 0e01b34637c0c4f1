//! The advice of diagnostics names a place and the text to write there.

use gitbook_api_codegen::generate;
use serde_json::{Value, json};

fn document(path: &str, operation: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { path: { "get": operation } }, "components": { "schemas": schemas }
    })
}

#[test]
fn each_diagnostic_says_what_to_write_where() {
    let get = |other: Value| {
        let mut operation = json!({ "operationId": "get", "responses": {} });
        let other = other.as_object().unwrap().clone();
        operation.as_object_mut().unwrap().extend(other);
        operation
    };
    let parameter = |parameter: Value| get(json!({ "parameters": [parameter] }));
    let body = |media_type: &str, schema: Value| {
        get(json!({ "requestBody": { "content": { media_type: { "schema": schema } } } }))
    };
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let schemas = |schemas: Value| document("/a", get(json!({})), schemas);
    let operation = |operation: Value| document("/a", operation, json!({}));
    let form = "application/x-www-form-urlencoded";
    for (document, pointer, advice) in [
        (
            operation(json!({ "responses": {} })),
            "#/paths/~1a/get",
            "`operationId`",
        ),
        (
            operation(json!({ "operationId": "1" })),
            "#/paths/~1a/get",
            "`operationId`",
        ),
        (
            operation(get(json!({ "responses": { "20": {} } }))),
            "#/paths/~1a/get/responses",
            "three digits such as `200`",
        ),
        (
            operation(get(json!({ "servers": [{ "url": "https://other" }] }))),
            "#/paths/~1a/get",
            "remove `servers`",
        ),
        (
            document("a", get(json!({})), json!({})),
            "#/paths/a",
            "write `/a`",
        ),
        (
            document("/{a", get(json!({})), json!({})),
            "#/paths/~1{a/get",
            "as `{name}`",
        ),
        (
            operation(parameter(json!({ "name": "b", "in": "path" }))),
            "#/paths/~1a/get",
            "write `{b}` in the path",
        ),
        (
            operation(parameter(
                json!({ "name": "b", "in": "query", "style": "deepObject" }),
            )),
            "#/paths/~1a/get/parameters/0",
            "`style: form`",
        ),
        (
            operation(parameter(json!({ "name": "b", "in": "cookie" }))),
            "#/paths/~1a/get/parameters/0",
            "remove it",
        ),
        (
            operation(parameter(
                json!({ "name": "b", "in": "query", "content": {} }),
            )),
            "#/paths/~1a/get/parameters/0",
            "`schema`",
        ),
        (
            operation(parameter(
                json!({ "$ref": "#/components/parameters/Missing" }),
            )),
            "#/components/parameters/Missing",
            "correct the `$ref`",
        ),
        (
            operation(body(form, json!({ "type": "array" }))),
            "#/paths/~1a/get/requestBody/content/application~1x-www-form-urlencoded/schema",
            "`type: object`",
        ),
        (
            operation(get(json!({ "requestBody": {} }))),
            "#/paths/~1a/get/requestBody",
            "`application/json`",
        ),
        (
            operation(body("application/json", reference("Missing"))),
            "#/paths/~1a/get/requestBody/content/application~1json/schema",
            "define it",
        ),
        (
            schemas(json!({ "A": 5 })),
            "#/components/schemas/A",
            "write `{}`",
        ),
        (
            schemas(json!({ "A": { "type": "file" } })),
            "#/components/schemas/A/type",
            "overlay",
        ),
        (
            schemas(json!({ "A": { "enum": 5 } })),
            "#/components/schemas/A/enum",
            "overlay",
        ),
        (
            schemas(json!({ "A": { "allOf": [reference("A"), { "type": "object" }] } })),
            "#/components/schemas/A",
            "`allOf`",
        ),
        (
            schemas(json!({ "A": { "allOf": [reference("B"), { "minProperties": 1 }] } })),
            "#/components/schemas/B",
            "define it",
        ),
        (
            operation(get(
                json!({ "parameters": [{ "$ref": "#/paths/~1a/get/parameters/0" }] }),
            )),
            "#/paths/~1a/get/parameters/0",
            "in place of one of the references",
        ),
    ] {
        let diagnostics = generate(&document).err();
        let diagnostics = diagnostics.unwrap_or_else(|| panic!("accepted: {document}"));
        let found = diagnostics
            .iter()
            .any(|it| it.pointer == pointer && it.help.contains(advice));
        assert!(found, "{advice} at {pointer}: {diagnostics}");
    }
}
