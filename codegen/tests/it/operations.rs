//! From the description of an operation to the Rust that calls it.

use gitbook_api_codegen::{Diagnostics, generate};
use serde_json::{Value, json};

/// The client of one operation at `GET /spaces/{spaceId}` or as `path` and `method` say.
fn client_at(path: &str, method: &str, operation: Value) -> Result<String, Diagnostics> {
    let mut operation = operation;
    operation["operationId"] = json!("getThing");
    if operation.get("responses").is_none() {
        operation["responses"] = json!({"204": {"description": "Done"}});
    }
    client(json!({"paths": {path: {method: operation}}}))
}

fn client(document: Value) -> Result<String, Diagnostics> {
    let mut document = document;
    document["components"] = json!({
        "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "responses": {"Error": {"description": "No", "content": content("Diagnostic")}},
        "schemas": {
            "Kind": {"type": "string", "enum": ["a", "b"]},
            "Choice": {"oneOf": [{"type": "boolean"}, {"type": "string"}]},
            "Space": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Site": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Diagnostic": {"type": "object", "properties": {"message": {"type": "string"}}},
            "Next": {"type": "object", "required": ["page"], "properties": {"page": {"type": "string"}}},
            "Spaces": {
                "type": "object",
                "required": ["items"],
                "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Space"}},
                    "next": {"$ref": "#/components/schemas/Next"},
                    "count": {"type": "integer"},
                },
            },
            "Hits": {
                "type": "object",
                "required": ["items"],
                "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Space"}},
                    "next": {"$ref": "#/components/schemas/Next"},
                    "count": {"type": "integer"},
                    "score": {"type": "number"},
                },
            },
        },
    });
    let modules = generate(&document)?.modules.into_iter();
    let modules = modules.filter(|module| module.name != "types");
    Ok(modules.map(|module| module.whole()).collect())
}

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

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn content(name: &str) -> Value {
    json!({"application/json": {"schema": reference(name)}})
}

/// Returns whether `code` has the lines of `snippet` in a row, with any indentation.
fn has(code: &str, snippet: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    };
    let (code, snippet) = (lines(code), lines(snippet));
    code.windows(snippet.len()).any(|window| window == snippet)
}

/// `code` without what only its layout needs.
fn flat(code: &str) -> String {
    let code: String = code.split_whitespace().collect();
    code.replace(",)", ")").replace(",>", ">")
}

fn assert_has(code: &str, snippet: &str) {
    assert!(has(code, snippet), "no\n{snippet}\nin\n{code}");
}

#[test]
fn a_parameter_becomes_a_setter() {
    let query = |schema: Value| json!({"name": "sortBy", "in": "query", "schema": schema});
    let list = |items: Value| json!({"type": "array", "items": items});
    for (parameter, snippet) in [
        (
            query(json!({"type": "string", "default": "a"})),
            "/// Sets the query parameter `sortBy`.
            ///
            /// The server's default is `\"a\"`.
            pub fn sort_by(self, sort_by: impl ToString) -> Self {
                Self(self.0.query(\"sortBy\", sort_by))
            }",
        ),
        (
            query(json!({"type": "integer", "minimum": 1, "maximum": 9})),
            "/// From 1 to 9.
            pub fn sort_by(self, sort_by: impl Integer) -> Self {",
        ),
        (
            query(json!({"type": "number"})),
            "pub fn sort_by(self, sort_by: f64) -> Self {",
        ),
        (
            query(json!({"type": "boolean", "nullable": true})),
            "#[inline]
            pub fn sort_by(self, sort_by: bool) -> Self {",
        ),
        (
            query(json!({"type": "string", "format": "date-time"})),
            "pub fn sort_by(self, sort_by: impl Into<crate::DateTime>) -> Self {",
        ),
        (
            query(json!({"type": "string", "format": "uuid", "pattern": "^a", "minLength": 3})),
            "pub fn sort_by(self, sort_by: impl ToString) -> Self {",
        ),
        (
            query(reference("Kind")),
            "pub fn sort_by(self, sort_by: impl Into<types::Kind>) -> Self {
                let sort_by: types::Kind = sort_by.into();
                Self(self.0.query(\"sortBy\", sort_by))",
        ),
        (
            query(reference("Choice")),
            "pub fn sort_by(self, sort_by: impl ToString) -> Self {",
        ),
        (
            query(list(json!({"type": "string"}))),
            "pub fn sort_by(self, sort_by: impl IntoIterator<Item = impl ToString>) -> Self {
                Self(self.0.query_list(\"sortBy\", sort_by, QueryStyle::Repeat))",
        ),
        (
            json!({"name": "sortBy", "in": "query", "explode": false, "schema": list(json!({"type": "integer"}))}),
            "pub fn sort_by(self, sort_by: impl IntoIterator<Item = impl Integer>) -> Self {
                Self(self.0.query_list(\"sortBy\", sort_by, QueryStyle::Commas))",
        ),
        (
            query(list(reference("Kind"))),
            "let sort_by = sort_by.into_iter().map(Into::<types::Kind>::into);
            Self(self.0.query_list(\"sortBy\", sort_by, QueryStyle::Repeat))",
        ),
        (
            json!({"name": "X-GitBook-Key", "in": "header", "schema": {"type": "string"}}),
            "pub fn x_git_book_key(self, x_git_book_key: impl ToString) -> Self {
                Self(self.0.header(\"X-GitBook-Key\", x_git_book_key))",
        ),
        (
            json!({"name": "ids", "in": "header", "schema": list(json!({"type": "integer"}))}),
            "Self(self.0.header_list(\"ids\", ids))",
        ),
        (
            json!({"$ref": "#/components/parameters/limit"}),
            "pub fn limit(self, limit: impl Integer) -> Self {",
        ),
        (
            json!({"name": "old", "in": "query", "deprecated": true, "description": "See <b>", "schema": {}}),
            "/// See \\<b>
            #[deprecated]
            pub fn old(self, old: impl ToString) -> Self {",
        ),
    ] {
        let code = client_at("/things", "get", json!({"parameters": [parameter]})).unwrap();
        assert_has(&code, snippet);
    }
}

#[test]
fn names_that_rust_or_the_builder_need_are_left_to_them() {
    for (wire, setter) in [
        ("type", "type_"),
        ("self", "self_"),
        ("body", "body_param"),
        ("send", "send_param"),
        ("items", "items_param"),
        ("pages", "pages_param"),
        ("page", "page"),
        ("clone", "clone_param"),
        ("new", "new_param"),
        ("format.markdown/refs", "format_markdown_refs"),
        ("+1", "x_1"),
        ("größe", "gr_e"),
        ("", "x"),
    ] {
        let parameter = json!({"name": wire, "in": "query", "schema": {"type": "string"}});
        let code = client_at("/things", "get", json!({"parameters": [parameter]})).unwrap();
        assert!(code.contains(&format!("pub fn {setter}(")), "{code}");
        assert_has(&code, &format!("Self(self.0.query({wire:?}, {setter}))"));
    }
}

#[test]
fn parameters_that_differ_only_in_place_or_case_are_both_there() {
    let parameters = json!([
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "id", "in": "query", "schema": {"type": "string"}},
        {"name": "ID", "in": "header", "schema": {"type": "string"}},
    ]);
    let code = client_at("/{id}", "get", json!({"parameters": parameters})).unwrap();
    for call in [
        "path(\"id\", id)",
        "query(\"id\", id_query)",
        "header(\"ID\", id_header)",
    ] {
        assert!(code.contains(&format!(".{call}")), "no {call} in\n{code}");
    }
}

#[test]
fn the_parameters_of_the_path_item_count_unless_the_operation_has_its_own() {
    let code = client(json!({"paths": {"/a/{b}/{c}": {
        "parameters": [
            {"name": "b", "in": "path", "schema": {"type": "string"}},
            {"name": "c", "in": "path", "schema": {"type": "string"}},
        ],
        "put": {
            "operationId": "put_it",
            "parameters": [{"name": "c", "in": "path", "schema": {"type": "integer"}}],
            "responses": {},
        },
    }}}))
    .unwrap();
    assert_has(
        &code,
        "pub fn put_it(&self, b: impl ToString, c: impl Integer) -> builder::PutIt {
            let call = self.call(&operations::PUT_IT);
            let call = call.path(\"b\", b);
            let call = call.path(\"c\", c);
            builder::PutIt(call)
        }",
    );
}

#[test]
fn a_path_parameter_that_is_not_described_is_text() {
    let code = client_at("/a/{b}", "get", json!({})).unwrap();
    assert_has(
        &code,
        "pub fn get_thing(&self, b: impl ToString) -> builder::GetThing {",
    );
    assert!(code.contains("required: &[\"b\"],"), "{code}");
}

#[test]
fn answers_decide_what_send_returns() {
    let space = || json!({"description": "One", "content": content("Space")});
    let site = || json!({"description": "Other", "content": content("Site")});
    let list = || json!({"description": "", "content": {"application/json": {"schema": {"type": "array", "items": reference("Site")}}}});
    let empty = || json!({"description": "None"});
    let error = || json!({"$ref": "#/components/responses/Error"});
    let media =
        |name: &str| json!({"description": "", "content": {name: {"schema": reference("Space")}}});
    for (responses, output, ending) in [
        (json!({"200": space()}), "types::Space", "json"),
        (
            json!({"200": space(), "201": space(), "404": error()}),
            "types::Space",
            "json",
        ),
        (json!({"201": list()}), "Vec<types::Site>", "json"),
        (
            json!({"200": space(), "default": error()}),
            "types::Space",
            "json",
        ),
        (json!({"default": site()}), "types::Site", "json"),
        (
            json!({"2XX": site(), "4XX": error()}),
            "types::Site",
            "json",
        ),
        (
            json!({"204": empty(), "205": empty(), "default": error()}),
            "NoContent",
            "empty",
        ),
        (
            json!({"200": space(), "204": empty()}),
            "Option<types::Space>",
            "optional",
        ),
        (
            json!({"204": empty(), "201": space()}),
            "Option<types::Space>",
            "optional",
        ),
        (
            json!({"200": media("text/event-stream")}),
            "types::Space",
            "events",
        ),
        (
            json!({"200": media("application/pdf")}),
            "bytes::Bytes",
            "bytes",
        ),
        (json!({}), "bytes::Bytes", "bytes"),
        (
            json!({"200": space(), "202": list(), "204": empty()}),
            "GetThingResponse",
            "response",
        ),
    ] {
        let code = client_at("/things", "get", json!({"responses": responses})).unwrap();
        let send = flat(&match ending {
            "events" => format!("EventStreamFuture<{output}> {{ self.0.events() }}"),
            _ => format!("ResponseFuture<{output}> {{ self.0.{ending}() }}"),
        });
        assert!(flat(&code).contains(&send), "no {send} in\n{code}");
    }
}

#[test]
fn differing_answers_are_an_enum_by_status() {
    let responses = json!({
        "204": {"description": "Nothing new"},
        "201": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": reference("Site")}}}},
        "200": {"description": "There", "content": content("Space")},
        "207": {"description": "", "content": content("Space")},
    });
    let code = client_at("/things", "put", json!({"responses": responses})).unwrap();
    assert_has(
        &code,
        "pub enum GetThingResponse {
            /// 200: There.
            Ok(types::Space),
            /// 201
            Created(Vec<types::Site>),
            /// 204: Nothing new.
            NoContent,
            /// 207
            Status207(types::Space),
        }",
    );
    assert_has(
        &code,
        "200 => decode::json(body).map(Self::Ok),
        201 => decode::json(body).map(Self::Created),
        204 => Ok(Self::NoContent),
        207 => decode::json(body).map(Self::Status207),
        _ => Err(DecodeError::unexpected_status(status)),",
    );
}

#[test]
fn a_body_is_what_turns_into_it() {
    for (schema, taken) in [
        (reference("Space"), "types::Space"),
        (
            json!({"type": "array", "items": reference("Kind")}),
            "Vec<types::Kind>",
        ),
        (
            json!({"$ref": "#/components/schemas/Space", "nullable": true}),
            "Option<types::Space>",
        ),
        (json!({"type": "string", "enum": ["only"]}), "String"),
        (
            json!({"type": "object", "additionalProperties": reference("Site")}),
            "crate::Map<types::Site>",
        ),
        (
            json!({"type": "object", "additionalProperties": {}}),
            "crate::Map<serde_json::Value>",
        ),
        (json!({}), "serde_json::Value"),
    ] {
        let body = json!({"content": {"application/json": {"schema": schema}, "text/plain": {}}});
        let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
        let set = flat(&format!("Self(self.0.body::<{taken}>(&body.into()))"));
        assert!(flat(&code).contains(&set), "no {set} in\n{code}");
        assert!(!code.contains("required:"), "{code}");
    }
    let body = json!({"required": true, "content": content("Space")});
    let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
    assert!(code.contains("required: &[\"body\"],"), "{code}");
    assert_has(
        &code,
        "pub fn get_thing(&self, body: impl Into<types::Space>) -> builder::GetThing {
            let call = self.call(&operations::GET_THING);
            let call = call.body::<types::Space>(&body.into());
            builder::GetThing(call)
        }",
    );
}

#[test]
fn the_media_type_decides_how_a_body_is_sent() {
    let form = "application/x-www-form-urlencoded";
    for (media_types, taken, set) in [
        (
            vec!["text/plain"],
            "impl Into<String>",
            "body_text(\"text/plain; charset=utf-8\", body)",
        ),
        (
            vec!["Text/Markdown; Charset=UTF-8"],
            "impl Into<String>",
            "body_text(\"Text/Markdown; Charset=UTF-8\", body)",
        ),
        (
            vec!["text/*"],
            "impl Into<String>",
            "body_text(\"text/plain; charset=utf-8\", body)",
        ),
        (
            vec!["text/csv; charset=iso-8859-1"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"text/csv; charset=iso-8859-1\", body)",
        ),
        (
            vec!["application/octet-stream"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"application/octet-stream\", body)",
        ),
        (
            vec!["application/xml"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"application/xml\", body)",
        ),
        (
            vec!["*/*", "image/*"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"application/octet-stream\", body)",
        ),
        (
            vec!["image/*", "image/png", "image/jpeg"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"image/png\", body)",
        ),
        (
            vec![form],
            "impl Into<types::Space>",
            "body_form::<types::Space>(&body.into())",
        ),
        (
            vec!["multipart/form-data; boundary=x"],
            "reqwest::multipart::Form",
            "body_multipart(body)",
        ),
        (
            vec!["application/merge-patch+json"],
            "impl Into<types::Space>",
            "body::<types::Space>(&body.into()).header(\"content-type\", \"application/merge-patch+json\")",
        ),
        // Bodies with a type come first, and those that need a feature last.
        (
            vec!["application/merge-patch+json", "Application/JSON"],
            "impl Into<types::Space>",
            "body::<types::Space>(&body.into())",
        ),
        (
            vec![
                "multipart/form-data",
                "*/*",
                "image/png",
                "text/plain",
                form,
                "application/json",
            ],
            "impl Into<types::Space>",
            "body::<types::Space>(&body.into())",
        ),
        (
            vec![
                "multipart/form-data",
                "*/*",
                "image/png",
                "text/plain",
                form,
            ],
            "impl Into<types::Space>",
            "body_form::<types::Space>(&body.into())",
        ),
        (
            vec!["multipart/form-data", "*/*", "image/png", "text/plain"],
            "impl Into<String>",
            "body_text(\"text/plain; charset=utf-8\", body)",
        ),
        (
            vec!["multipart/mixed", "multipart/form-data", "*/*", "image/png"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"image/png\", body)",
        ),
    ] {
        let content = media_types.iter();
        let content =
            content.map(|name| ((*name).to_owned(), json!({"schema": reference("Space")})));
        let content = Value::Object(content.collect());
        for required in [true, false] {
            let body = json!({"required": required, "content": content});
            let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
            let (receiver, set) = if required {
                (
                    format!("pub fn get_thing(&self, body: {taken})"),
                    set.to_owned(),
                )
            } else {
                let set = set.replace("builder::GetThing(call)", "self");
                let set = set.replace("call.", "self.0.");
                (format!("pub fn body(self, body: {taken})"), set)
            };
            let call = if required { "call." } else { "self.0." };
            for expected in [&receiver, &format!("{call}{set}")] {
                let (code, expected) = (flat(&code), flat(expected));
                assert!(code.contains(&expected), "no {expected} in\n{code}");
            }
            assert_eq!(code.contains("required: &[\"body\"],"), required, "{code}");
            let is_gated = taken.contains("multipart");
            let gates = code.matches("#[cfg(feature = \"multipart\")]").count();
            // The method, the builder and its two implementations, the constant, and its place in the list.
            assert_eq!(gates, if is_gated { 6 } else { 0 }, "{code}");
        }
    }
}

#[test]
fn assertions_on_text_are_checked() {
    let text = |schema: Value| {
        let body = json!({"content": {"text/plain": {"schema": schema}}});
        client_at("/things", "post", json!({"requestBody": body})).unwrap()
    };
    let code = text(json!({"type": "string", "maxLength": 9}));
    let checks = "checks: Checks(&[(Body, \"body\", &[MaxLength(9)])]),";
    assert!(code.contains(checks), "{code}");
    for schema in [
        json!({}),
        json!({"type": "integer", "maximum": 9}),
        reference("Kind"),
    ] {
        let code = text(schema);
        assert!(!code.contains("checks"), "{code}");
    }
}

/// The values of an enum, behind references and in lists, wherever the parameter is.
#[test]
fn known_values_of_parameters_are_checked() {
    let kind = json!({"$ref": "#/components/schemas/Kind"});
    let parameter = |name: &str, at: &str, schema: Value| json!({"name": name, "in": at, "required": at == "path", "schema": schema});
    let code = client_at(
        "/spaces/{kind}",
        "get",
        json!({"parameters": [
            parameter("kind", "path", kind.clone()),
            parameter("kinds", "query", json!({"type": "array", "maxItems": 2, "items": kind})),
            parameter("X-Mode", "header", json!({"type": "string", "enum": ["only"]})),
            parameter("flag", "query", json!({"oneOf": [{"type": "boolean"}, {"enum": ["auto"], "type": "string"}]})),
            parameter("choice", "query", json!({"$ref": "#/components/schemas/Choice"})),
            parameter("text", "query", json!({"type": "string"})),
        ]}),
    )
    .unwrap();
    for row in [
        r#"(Path, "kind", &[Enum(&["a", "b"])])"#,
        r#"(Query, "kinds", &[MaxItems(2), Each(&[Enum(&["a", "b"])])])"#,
        r#"(Header, "X-Mode", &[Enum(&["only"])])"#,
        r#"(Query, "flag", &[Enum(&["true", "false", "auto"])])"#,
    ] {
        assert!(code.contains(row), "{row}\n{code}");
    }
    assert_eq!(code.matches("Enum(").count(), 4);
}

#[test]
fn the_parts_of_a_form_are_documented() {
    let schema = json!({
        "type": "object",
        "required": ["file", "a`b", "kind"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "a`b": {"type": "string"},
            "kind": reference("Kind"),
            "spaces": {"type": "array", "items": reference("Space")},
            "images": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "many": {"type": "array", "items": {"type": "array", "items": {}}},
            "count": {"type": "integer"},
            "any": {},
        },
    });
    let media =
        json!({"schema": schema, "encoding": {"file": {"contentType": "image/png, image/*"}}});
    let body = json!({"required": true, "content": {"multipart/form-data": media}});
    let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
    assert_has(
        &code,
        "/// Body: `multipart/form-data`. A form cannot be sent twice, so the call is not retried. Its
        /// parts:
        ///
        /// - `file`, required: file of type `image/png, image/*`
        /// - `` a`b ``, required: text
        /// - `kind`, required: text
        /// - `spaces`: JSON, any number of times
        /// - `images`: file, any number of times
        /// - `many`: lists
        /// - `count`: integer
        /// - `any`: any value",
    );
    assert_has(
        &code,
        "/// use gitbook_api::reqwest::multipart::{Form, Part};",
    );
    assert!(code.contains("Part::bytes(b\"bytes\".to_vec())"), "{code}");
    assert!(code.contains(".text(\"kind\", \"kind\")"), "{code}");
}

#[test]
fn lists_whose_body_is_a_form_of_parts_have_no_pages() {
    let operation = |media_type: &str| {
        json!({
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "string"}}],
            "requestBody": {"content": {media_type: {}}},
            "responses": {"200": {"description": "", "content": content("Spaces")}},
        })
    };
    for (media_type, has_pages) in [("text/plain", true), ("multipart/form-data", false)] {
        let code = client_at("/things", "post", operation(media_type)).unwrap();
        assert_eq!(code.contains("fn pages"), has_pages, "{code}");
    }
}

#[test]
fn lists_lead_from_page_to_page() {
    let responses = json!({"200": {"description": "", "content": content("Spaces")}});
    let page = json!([{"name": "page", "in": "query", "schema": {"type": "string"}}]);
    let paged = json!({"parameters": page, "responses": responses});
    let code = client_at("/things", "get", paged).unwrap();
    assert_has(
        &code,
        "pub fn pages(self) -> Pages<types::Space> {\nself.0.pages()",
    );
    assert_has(
        &code,
        "pub fn items(self) -> Items<types::Space> {\nself.0.items::<crate::Page<types::Space>>()",
    );
    assert!(!code.contains("list_page!"), "{code}");
    let unpaged = client_at("/things", "get", json!({"responses": responses})).unwrap();
    assert!(!unpaged.contains("fn pages"));
}

#[test]
fn pages_with_more_properties_are_types_of_their_own() {
    let page = json!([{"name": "page", "in": "query", "schema": {"type": "string"}}]);
    let responses = json!({"200": {"description": "", "content": content("Hits")}});
    let code = client_at(
        "/things",
        "get",
        json!({"parameters": page, "responses": responses}),
    )
    .unwrap();
    assert_has(
        &code,
        "pub fn pages(self) -> Pages<types::Space, types::Hits> {\nself.0.pages()",
    );
    assert_has(
        &code,
        "pub fn items(self) -> Items<types::Space> {\nself.0.items::<types::Hits>()",
    );
    let page = "list_page!(types::Hits => types::Space, [items], [next?.page], [count?]);";
    assert!(flat(&code).contains(&flat(page)), "no {page} in\n{code}");
}

#[test]
fn the_method_says_what_it_does() {
    let code = client(json!({
        "security": [{"oauth": ["space:read"]}],
        "paths": {"/spaces/{spaceId}": {"patch": {
            "operationId": "updateSpaceById",
            "tags": ["spaces"],
            "summary": "Update a space.",
            "description": "See https://gitbook.com.\n{% hint %}",
            "deprecated": true,
            "x-internal": true,
            "security": [{"user": []}, {"oauth": ["space:write", "site:write"]}, {"oauth": ["space:write"]}],
            "responses": {"205": {"description": ""}},
        }}},
    }))
    .unwrap();
    assert_has(
        &code,
        "/// Update a space.
        ///
        /// See <https://gitbook.com>.
        ///
        /// Sends a `PATCH` request to `/spaces/{spaceId}`.
        ///
        /// Returns nothing but the status.
        ///
        /// OAuth scopes: `space:write`, `site:write`.
        #[deprecated]
        #[cfg(any(not(doc), rustdoc_json))]
        #[doc(hidden)]
        pub fn update_space_by_id(
            &self,
            space_id: impl Into<crate::ids::SpaceId>,
        ) -> builder::UpdateSpaceById {",
    );
    assert_has(
        &code,
        "pub(crate) static UPDATE_SPACE_BY_ID: Operation = Operation {
            tags: &[\"spaces\"],
            scopes: &[\"space:write\", \"site:write\"],
            required: &[\"spaceId\"],
            deprecated: true,
            internal: true,
            ..Operation::new(\"updateSpaceById\", \"PATCH\", \"/spaces/{spaceId}\")
        };",
    );
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
