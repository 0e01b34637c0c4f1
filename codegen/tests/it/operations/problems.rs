//! Operations that are refused, and documents that are broken.

use gitbook_api_codegen::generate;
use serde_json::{Value, json};

use super::{client, client_at, content, reference};

#[test]
fn servers_that_the_client_would_ignore_are_refused() {
    let servers = json!([{"url": "https://upload.example"}]);
    let diagnostic = &client_at("/a", "get", json!({"servers": servers})).unwrap_err()[0];
    assert_eq!(diagnostic.pointer, "#/paths/~1a/get");
    assert!(diagnostic.message.contains("servers"));
    let item = json!({"servers": servers, "get": {"operationId": "getThing", "responses": {}}});
    assert!(client(json!({"paths": {"/a": item}})).is_err());
    assert!(client_at("/a", "get", json!({"servers": []})).is_ok());
    let at = |own: Value, all: Value| {
        let get = json!({"operationId": "getThing", "servers": own, "responses": {}});
        client(json!({"servers": all, "paths": {"/a": {"get": get}}})).is_ok()
    };
    // Those of the document, and the same text with another meaning.
    let with_slash = json!([{"url": "https://upload.example/", "description": "Uploads"}]);
    assert!(at(servers, with_slash));
    let region = |name: &str| json!([{"url": "https://{region}.example", "variables": {"region": {"default": name}}}]);
    assert!(at(region("eu"), region("eu")));
    assert!(!at(region("eu"), region("us")));
}

#[test]
fn what_cannot_be_called_is_a_problem_at_its_operation() {
    let parameter = |parameter: Value| json!({"parameters": [parameter]});
    let response = |schema: Value| json!({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}});
    for (path, operation) in [
        ("/a", parameter(json!({"name": "a", "in": "cookie"}))),
        ("/a", parameter(json!({"name": "a", "in": "path"}))),
        (
            "/a",
            parameter(json!({"name": "a", "in": "query", "style": "deepObject"})),
        ),
        ("/{a", json!({})),
        ("/{}", json!({})),
        ("/{a}{a}", json!({})),
        ("a", json!({})),
        ("/a", json!({"requestBody": {}})),
        (
            "/a",
            json!({"requestBody": {"content": {"multipart/mixed": {}, "*": {}, "text/ü": {}, "image/\n": {}}}}),
        ),
        (
            "/a",
            json!({"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "array"}}}}}),
        ),
        (
            "/a",
            json!({"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": reference("Kind")}}}}),
        ),
        (
            "/a",
            json!({"requestBody": {"content": {"application/x-www-form-urlencoded": {
                "schema": reference("Space"),
                "encoding": {"a": {"style": "deepObject"}},
            }}}}),
        ),
        ("/a", json!({"responses": {"20": {}}})),
        ("/a", response(json!({"type": "file"}))),
        ("/a", response(json!({"$ref": 5}))),
        (
            "/a",
            response(json!({"type": "array", "items": reference("Missing")})),
        ),
        (
            "/a",
            response(json!({"$ref": "#/components/schemas/Missing"})),
        ),
    ] {
        let diagnostic = &client_at(path, "get", operation.clone()).unwrap_err()[0];
        assert!(
            diagnostic.pointer.starts_with("#/paths/"),
            "{operation}: {diagnostic}"
        );
    }
}

#[test]
fn a_parameter_that_is_described_by_content_is_refused() {
    let parameter = json!({"name": "filter", "in": "query", "content": content("Space")});
    let operation = json!({"parameters": [parameter]});
    let diagnostic = &client_at("/things", "get", operation).unwrap_err()[0];
    assert_eq!(diagnostic.pointer, "#/paths/~1things/get/parameters/0");
    assert!(diagnostic.message.contains("`content`"), "{diagnostic}");
}

#[test]
fn all_problems_are_listed_at_once() {
    let operation = |id: &str| json!({"operationId": id, "responses": {}});
    let mut many = json!({
        "servers": [{"url": "https://upload.example"}],
        "parameters": [
            {"name": "a", "in": "cookie"},
            {"name": "b", "in": "query"},
            {"name": "c", "in": "query", "style": "deepObject"},
        ],
        "requestBody": {"content": {"multipart/mixed": {}}},
        "responses": {"20": {}},
    });
    let form = "application/x-www-form-urlencoded";
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "", "version": "1"},
        "paths": {
            "a": {"get": operation("a")},
            "/b": {"parameters": [{"name": "x", "in": "cookie"}], "get": many},
            "/c": {"get": operation("c"), "put": operation("C")},
            "/d": {"get": {
                "operationId": "d",
                "requestBody": {"content": {form: {
                    "schema": {"type": "object"},
                    "encoding": {"a/b": {"explode": false}},
                }}},
                "responses": {"200": {"description": "", "content": {"application/json": {
                    "schema": {"allOf": [{"$ref": "#/components/schemas/B"}]},
                }}}},
            }},
        },
        "components": {"schemas": {
            "A": {"type": "string", "pattern": "("},
            "B": {"allOf": [{"$ref": "#/components/schemas/B"}, {"type": "object", "properties": {"b": {}}}]},
            "C": {"type": "string", "pattern": ")"},
        }},
    });
    let found = generate(&document).err().unwrap();
    let pointers: Vec<&str> = found.iter().map(|it| it.pointer.as_str()).collect();
    let form = form.replace('/', "~1");
    assert_eq!(
        pointers,
        [
            "#/components/schemas/A/pattern",
            "#/components/schemas/C/pattern",
            "#/paths/a",
            "#/paths/~1b/get/parameters/0",
            "#/paths/~1b/get/parameters/2",
            "#/paths/~1b/parameters/0",
            "#/paths/~1b/get/responses",
            "#/paths/~1b/get/requestBody",
            "#/paths/~1b/get",
            "#/paths/~1b/get",
            "#/components/schemas/B",
            "#/paths/~1c/put",
            &format!("#/paths/~1d/get/requestBody/content/{form}/encoding/a~1b"),
        ]
    );
    let text = found.to_string();
    assert!(
        text.starts_with("13 problems\n  #/components/schemas/A/pattern: "),
        "{text}"
    );
    assert_eq!(text.lines().count(), 14);

    // An operation that is named is named in each of its problems.
    many["operationId"] = json!("upload");
    let found = client(json!({"paths": {"/b": {"get": many}}})).unwrap_err();
    assert_eq!(found.len(), 5);
    let named = found
        .iter()
        .filter(|it| it.message.starts_with("operation `upload`: "));
    assert_eq!(named.count(), 4, "{found}");
}

#[test]
fn operations_need_ids_that_differ_as_methods() {
    let operation = |id: &str| json!({"operationId": id, "responses": {}});
    for (first, second) in [
        ("getIt", "get_it"),
        ("get1", "get_1"),
        ("a", ""),
        ("a", "…"),
    ] {
        let paths = json!({"/a": {"get": operation(first), "put": operation(second)}});
        let diagnostic = &client(json!({"paths": paths})).unwrap_err()[0];
        assert_eq!(diagnostic.pointer, "#/paths/~1a/put");
    }
    for (id, name) in [
        ("error", "error"),
        ("Ok", "ok"),
        ("Client", "client"),
        ("to_string", "to_string"),
        ("fromEnv", "from_env"),
        ("gen", "gen"),
    ] {
        let code = client(json!({"paths": {"/a": {"get": operation(id)}}})).unwrap();
        assert!(
            code.contains(&format!("pub fn {name}_operation(&self)")),
            "{code}"
        );
    }
    assert!(client(json!({"paths": {"/a": {"$ref": "#/b"}}})).is_err());
    assert!(client(json!({"paths": {"/a": 1}})).is_err());
}

/// A document with one of everything that the operations' stages look at.
fn whole() -> Value {
    json!({
        "tags": [{"name": "sites"}, {"name": "site", "x-parent": "sites"}],
        "security": [{"oauth": ["read"]}],
        "paths": {"/a/{b}": {
            "parameters": [{"$ref": "#/components/parameters/limit"}],
            "get": {
                "operationId": "getIt",
                "tags": ["site"],
                "parameters": [
                    {"name": "b", "in": "path", "required": true, "schema": {"type": "string"}},
                    {"name": "c", "in": "query", "schema": {"type": "array", "items": reference("Kind")}},
                ],
                "requestBody": {"required": true, "content": content("Space")},
                "responses": {
                    "200": {"description": "", "content": content("Spaces")},
                    "201": {"content": {"application/json": {"schema": {"type": "array", "items": {"nullable": true, "type": "string"}}}}},
                    "default": {"$ref": "#/components/responses/Error"},
                },
            },
        }},
    })
}

fn pointers(node: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let escape = gitbook_api_codegen::document::escape;
    match node {
        Value::Object(map) => {
            map.iter()
                .for_each(|(key, child)| pointers(child, &format!("{at}/{}", escape(key)), found));
        }
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(i, child)| pointers(child, &format!("{at}/{i}"), found));
        }
        _ => {}
    }
}

#[test]
fn a_broken_document_is_a_problem_and_never_a_panic() {
    let document = whole();
    client(document.clone()).unwrap();
    let mut found = Vec::new();
    pointers(&document, "", &mut found);
    let circle = json!({"$ref": "#/paths/~1a~1{b}"});
    let values = [
        json!(null),
        json!(-1),
        json!("a{}/ \"'🦀"),
        json!(["object", 1]),
        circle,
    ];
    for pointer in found.iter().filter(|pointer| !pointer.is_empty()) {
        for value in &values {
            let mut broken = document.clone();
            *broken.pointer_mut(pointer).unwrap() = value.clone();
            let _ = client(broken);
        }
    }
}
