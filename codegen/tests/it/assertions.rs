//! The checks of requests in the generated code, by the schemas of small documents.

use gitbook_api_codegen::generate;
use serde_json::{Value, json};

fn document(schemas: Value, operation: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/things/{id}": { "post": operation } },
        "components": { "schemas": schemas }
    })
}

/// The source of the client of `document`.
fn source(document: &Value) -> String {
    generate(document)
        .unwrap()
        .modules
        .map(|module| module.whole())
        .concat()
}

/// The code of an operation that sends the schema `A`.
fn code(schemas: Value) -> String {
    let body = json!({ "$ref": "#/components/schemas/A" });
    source(&document(schemas, operation(body, json!([]))))
}

fn operation(body: Value, parameters: Value) -> Value {
    json!({
        "operationId": "send",
        "parameters": parameters,
        "requestBody": { "content": { "application/json": { "schema": body } } },
        "responses": { "204": { "description": "Done" } }
    })
}

/// The row of a property `a` with this schema, without its place and key.
fn row(schema: Value) -> String {
    row_beside(schema, json!({}))
}

/// The same beside other components.
fn row_beside(schema: Value, mut components: Value) -> String {
    components["A"] = json!({ "type": "object", "properties": { "a": schema } });
    let code = code(components);
    let start = code.find("json_struct!(A {").unwrap();
    let row = &code[start..start + code[start..].find("});").unwrap()];
    row.split_once(r#"0 "a" Optional a"#)
        .unwrap_or_else(|| panic!("{row}"))
        .1
        .split(';')
        .next()
        .unwrap()
        .trim_start_matches(", ")
        .to_owned()
}

#[test]
fn every_keyword_is_checked() {
    for (schema, expected) in [
        (json!({ "type": "string" }), ""),
        (
            json!({ "type": "string", "minLength": 0, "format": "uri" }),
            "",
        ),
        (
            json!({ "type": "string", "minLength": 2, "maxLength": 5, "pattern": "^a" }),
            r#"against(MinLength(2), MaxLength(5), Pattern("^a"))"#,
        ),
        (
            json!({ "type": "string", "format": "date-time", "pattern": "Z$" }),
            r#"against(Pattern("Z$"))"#,
        ),
        (
            json!({ "type": "number", "minimum": 0, "maximum": 0.5, "multipleOf": 0.1 }),
            "against(MultipleOf(0.1), Minimum(0.0), Maximum(0.5))",
        ),
        (
            json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true }),
            "against(ExclusiveMinimum(0.0))",
        ),
        (
            json!({ "type": "integer", "maximum": 9, "exclusiveMaximum": false }),
            "against(Maximum(9.0))",
        ),
        (
            json!({ "type": "number", "exclusiveMaximum": 9 }),
            "against(ExclusiveMaximum(9.0))",
        ),
        (
            json!({
                "type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true,
                "items": { "type": "string", "nullable": true, "maxLength": 5 }
            }),
            "against(MinItems(1), MaxItems(3), UniqueItems, Each(&[MaxLength(5)]))",
        ),
        (
            json!({
                "type": "object", "maxProperties": 3, "additionalProperties": {
                    "type": "array", "items": { "type": "integer", "minimum": 1 }
                }
            }),
            "against(MaxProperties(3), Each(&[Each(&[Minimum(1.0)])]))",
        ),
        (
            json!({ "type": "string", "nullable": true, "maxLength": 5 }),
            "against(MaxLength(5))",
        ),
        (
            json!({ "minLength": 2, "minItems": 1 }),
            "against(MinLength(2), MinItems(1))",
        ),
        // Assertions on other types are left out.
        (json!({ "type": "string", "minimum": 3, "maxItems": 5 }), ""),
        (
            json!({ "type": "integer", "enum": [1, 2, 30], "maximum": 9 }),
            "against(Maximum(9.0))",
        ),
    ] {
        assert_eq!(row(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn what_several_schemas_ask_for_has_to_hold_at_once() {
    let name = json!({ "Name": { "type": "string", "minLength": 1, "pattern": "^a" } });
    let name_ref = json!({ "$ref": "#/components/schemas/Name" });
    for (schema, expected) in [
        (name_ref.clone(), r#"against(MinLength(1), Pattern("^a"))"#),
        (
            json!({ "allOf": [name_ref, { "maxLength": 9, "minLength": 3, "pattern": "b$" }] }),
            r#"against(Pattern("^a"), MinLength(3), MaxLength(9), Pattern("b$"))"#,
        ),
        (
            json!({ "type": "string", "minLength": 5, "allOf": [name_ref] }),
            r#"against(MinLength(5), Pattern("^a"))"#,
        ),
        (
            json!({ "maxLength": 9, "oneOf": [name_ref, { "enum": [null], "nullable": true }] }),
            r#"against(MaxLength(9), MinLength(1), Pattern("^a"))"#,
        ),
        (
            json!({ "type": "array", "items": name_ref }),
            r#"against(Each(&[MinLength(1), Pattern("^a")]))"#,
        ),
        (
            json!({ "allOf": [
                { "type": "number", "minimum": 3 },
                { "minimum": 3, "exclusiveMinimum": true, "maximum": 5 },
                { "maximum": 7, "exclusiveMaximum": true }
            ] }),
            "against(ExclusiveMinimum(3.0), Maximum(5.0))",
        ),
    ] {
        let mut found: Vec<char> = row_beside(schema.clone(), name.clone()).chars().collect();
        let mut expected: Vec<char> = expected.chars().collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{schema}");
    }
}

#[test]
fn a_property_that_is_narrowed_keeps_its_assertions() {
    let code = code(json!({
        "Base": { "type": "object", "properties": { "name": { "type": "string", "maxLength": 9 } } },
        "A": { "allOf": [
            { "$ref": "#/components/schemas/Base" },
            { "type": "object", "properties": { "name": { "type": "string", "minLength": 2 } } }
        ] }
    }));
    let row = r#"0 "name" Optional name, against(MinLength(2), MaxLength(9));"#;
    assert!(code.contains(row), "{code}");
}

#[test]
fn members_of_unions_are_checked() {
    let code = code(json!({
        "A": { "type": "object", "properties": { "a": { "maxLength": 9, "oneOf": [
            { "type": "string", "minLength": 2 },
            { "type": "integer", "minimum": 0 },
            { "type": "boolean" },
            { "type": "array", "minItems": 1, "items": { "$ref": "#/components/schemas/B" } },
            { "$ref": "#/components/schemas/B" }
        ] } } },
        "B": {
            "type": "object", "minProperties": 1,
            "properties": { "b": { "type": "string", "maxLength": 3 } },
            "additionalProperties": { "type": "string", "maxLength": 4 }
        }
    }));
    for expected in [
        "inside List B;",
        "against String(MinLength(2), MaxLength(9)) Integer(Minimum(0.0)) List(MinItems(1));",
        "against MinProperties(1);",
        "/// Each: At most 4 characters.",
        "each additional_properties MaxLength(4);",
    ] {
        assert!(code.contains(expected), "{expected} in {code}");
    }
}

/// A flattened object does not know the number of properties of the object that it is in.
#[test]
fn the_size_of_a_part_is_not_that_of_the_whole() {
    let member = |kind: &str| {
        json!({
            "type": "object", "minProperties": 3, "required": ["type"],
            "properties": { "type": { "type": "string", "enum": [kind] }, kind: { "type": "string" } }
        })
    };
    let code = code(json!({ "A": { "allOf": [
        { "type": "object", "properties": { "name": { "type": "string" } } },
        { "oneOf": [member("one"), member("two")] }
    ] } }));
    assert!(!code.contains("MinProperties"), "{code}");
}

#[test]
fn what_is_only_received_is_not_checked_and_not_said_to_be() {
    let mut document = document(
        json!({ "B": { "type": "object", "properties": { "b": { "type": "string", "maxLength": 3 } } } }),
        operation(json!({ "type": "object" }), json!([])),
    );
    document["paths"]["/things/{id}"]["post"]["responses"] = json!({ "200": {
        "description": "Done",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/B" } } }
    } });
    let code = source(&document);
    assert!(
        !code.contains("MaxLength") && !code.contains("3 characters"),
        "{code}"
    );
}

#[test]
fn parameters_are_checked() {
    let parameter = |place: &str, name: &str, schema: Value| json!({ "in": place, "name": name, "required": place == "path", "schema": schema });
    let parameters = json!([
        parameter("path", "id", json!({ "$ref": "#/components/schemas/Id" })),
        parameter(
            "query",
            "limit",
            json!({ "type": "integer", "minimum": 0, "maximum": 1000 })
        ),
        parameter(
            "query",
            "tags",
            json!({
                "type": "array", "maxItems": 2, "items": { "$ref": "#/components/schemas/Id" }
            })
        ),
        parameter(
            "query",
            "mixed",
            json!({
                "minLength": 3, "oneOf": [{ "type": "boolean" }, { "type": "string" }]
            })
        ),
        parameter(
            "header",
            "if-match",
            json!({ "type": "string", "minLength": 1 })
        ),
        parameter(
            "header",
            "names",
            json!({
                "type": "array", "minItems": 2, "items": { "type": "string" }
            })
        ),
    ]);
    let schemas = json!({ "Id": { "type": "string", "pattern": "^[a-z]+$", "maxLength": 9 } });
    let body = json!({ "type": "array", "minItems": 1, "items": { "type": "string" } });
    let code = source(&document(schemas, operation(body, parameters)));
    // Line breaks make no difference.
    let without_space = |text: &str| -> String { text.split_whitespace().collect() };
    let rows = without_space(&code).replace(",)", ")").replace(",]", "]");
    for expected in [
        r#"(Path, "id", &[Pattern("^[a-z]+$"), MaxLength(9)])"#,
        r#"(Query, "limit", &[Minimum(0.0), Maximum(1000.0)])"#,
        r#"(Query, "tags", &[MaxItems(2), Each(&[Pattern("^[a-z]+$"), MaxLength(9)])])"#,
        r#"(Header, "if-match", &[MinLength(1)])"#,
        r#"(Header, "names", &[MinItems(2)])"#,
        r#"(Body, "body", &[MinItems(1)])"#,
        r#"header_list("names", names)"#,
        "/// From 0 to 1000.",
        "/// - `id`: At most 9 characters. Pattern `^[a-z]+$`.",
    ] {
        assert!(
            rows.contains(&without_space(expected)),
            "{expected} in {code}"
        );
    }
    assert!(!rows.contains(r#"(Query,"mixed""#), "{rows}");
}

#[test]
fn patterns_that_cannot_be_checked_are_problems_with_their_place() {
    for pattern in ["(", "[b-a]", r"\_", r"(?<=a)(?<n>b)(?<n>c)", "a{2,1}"] {
        let schemas = json!({ "A": { "type": "object", "properties": {
            "a": { "type": "string", "pattern": pattern }
        } } });
        let body = json!({ "$ref": "#/components/schemas/A" });
        let document = document(schemas, operation(body, json!([])));
        let Err(diagnostics) = generate(&document) else {
            panic!("{pattern} is generated");
        };
        assert_eq!(
            diagnostics[0].pointer,
            "#/components/schemas/A/properties/a/pattern"
        );
        assert!(diagnostics[0].help.contains("ECMAScript"), "{diagnostics}");
    }
}

#[test]
fn bounds_that_no_value_satisfies_are_not_documented() {
    let code = code(json!({ "A": { "type": "object", "properties": {
        "a": { "type": "string", "minLength": 2, "maxLength": 1 },
        "b": { "type": "integer", "minimum": 2, "maximum": 1 }
    } } }));
    assert!(!code.contains("2 to 1"), "{code}");
}

#[test]
fn text_that_is_one_of_several_is_checked_against_each() {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let row = row(json!({ "oneOf": [pattern("^a"), pattern("^b")] }));
    let expected = r#"against(AnyOf(&[&[Pattern("^a")], &[Pattern("^b")]]))"#;
    assert_eq!(row, expected);
    // Any text is text of the second kind, and every enum may have further values.
    for other in [
        json!({ "type": "string" }),
        json!({ "type": "string", "enum": ["c"] }),
    ] {
        assert_eq!(row_of_union(pattern("^a"), other), "");
    }
}

/// One listed value is an exception that is well within the lengths of other text, or else none of
/// them is checked: further values may be listed beside it.
#[test]
fn text_that_may_be_one_listed_value_keeps_its_lengths() {
    let listed = |value: &str| json!({ "type": "string", "enum": [value] });
    let at_most = json!({ "type": "string", "maxLength": 3 });
    assert_eq!(
        row_of_union(listed(""), at_most.clone()),
        "against(MaxLength(3))"
    );
    assert_eq!(
        row_of_union(at_most.clone(), listed("éé😀")),
        "against(MaxLength(3))"
    );
    assert_eq!(row_of_union(listed("none"), at_most), "");
    let exact = json!({ "type": "string", "minLength": 1, "pattern": "^a" });
    assert_eq!(row_of_union(listed("a"), exact), "");
}

fn row_of_union(one: Value, two: Value) -> String {
    row(json!({ "oneOf": [one, two] }))
}

/// An object that does not satisfy one member of a union is one of another that takes any.
#[test]
fn values_of_a_lenient_member_have_no_assertions() {
    let member = |name: &str| {
        json!({
            "type": "object", "required": [name],
            "properties": { name: { "type": "string", "maxLength": 3 } }
        })
    };
    let own =
        json!({ "type": "object", "properties": { "own": { "type": "string", "maxLength": 5 } } });
    let open = json!({ "type": "object", "additionalProperties": true });
    let lenient = code(json!({ "A": { "allOf": [own, { "anyOf": [open, member("a")] }] } }));
    assert!(
        lenient.contains("MaxLength(5)") && !lenient.contains("MaxLength(3)"),
        "{lenient}"
    );
    assert!(
        lenient.contains(r#""a" Lenient a"#) && lenient.contains(r#""own" Optional own"#),
        "{lenient}"
    );
    let strict = code(json!({ "A": { "allOf": [own, { "anyOf": [member("a"), member("b")] }] } }));
    assert!(
        strict.contains("MaxLength(5)") && strict.contains("MaxLength(3)"),
        "{strict}"
    );
    assert!(strict.contains(r#""a" Optional a"#), "{strict}");
}
