//! Parameters as arguments and setters.

use serde_json::{Value, json};

use super::{assert_has, client, client_at, reference};

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
                Self::new(self.call.query(\"sortBy\", sort_by))
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
                Self::new(self.call.query(\"sortBy\", sort_by))",
        ),
        (
            query(reference("Choice")),
            "pub fn sort_by(self, sort_by: impl ToString) -> Self {",
        ),
        (
            query(list(json!({"type": "string"}))),
            "pub fn sort_by(self, sort_by: impl IntoIterator<Item = impl ToString>) -> Self {
                Self::new(self.call.query_list(\"sortBy\", sort_by, QueryStyle::Repeat))",
        ),
        (
            json!({"name": "sortBy", "in": "query", "explode": false, "schema": list(json!({"type": "integer"}))}),
            "pub fn sort_by(self, sort_by: impl IntoIterator<Item = impl Integer>) -> Self {
                Self::new(self.call.query_list(\"sortBy\", sort_by, QueryStyle::Commas))",
        ),
        (
            query(list(reference("Kind"))),
            "let sort_by = sort_by.into_iter().map(Into::<types::Kind>::into);
            Self::new(self.call.query_list(\"sortBy\", sort_by, QueryStyle::Repeat))",
        ),
        (
            json!({"name": "X-GitBook-Key", "in": "header", "schema": {"type": "string"}}),
            "pub fn x_git_book_key(self, x_git_book_key: impl ToString) -> Self {
                Self::new(self.call.header(\"X-GitBook-Key\", x_git_book_key))",
        ),
        (
            json!({"name": "ids", "in": "header", "schema": list(json!({"type": "integer"}))}),
            "Self::new(self.call.header_list(\"ids\", ids))",
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
        assert_has(
            &code,
            &format!("Self::new(self.call.query({wire:?}, {setter}))"),
        );
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
            RequestBuilder::new(call)
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
