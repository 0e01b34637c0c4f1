//! Schemas and parameters whose names are the same in Rust.

use gitbook_api_codegen::{generate, lower::lower, operation::operations};
use serde_json::{Value, json};

/// Returns a document with these schemas, each the body of an operation with all parameters.
fn document(schemas: &Value, parameters: &[(&str, &str)]) -> Value {
    let parameters = parameters.iter().map(
        |(name, location)| json!({ "name": name, "in": location, "schema": { "type": "string" } }),
    );
    let parameters: Vec<Value> = parameters.collect();
    let mut paths = json!({});
    for (index, name) in schemas.as_object().unwrap().keys().enumerate() {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let content = json!({ "application/json": { "schema": schema } });
        paths[format!("/{index}")] = json!({ "post": {
            "operationId": format!("send{index}"), "parameters": parameters,
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "", "content": content } }
        } });
    }
    json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": paths, "components": { "schemas": schemas }
    })
}

/// The types of schemas, each with its only property.
fn types(schemas: &Value) -> Vec<(String, String)> {
    let generated = generate(&document(schemas, &[])).unwrap();
    let mut types = generated.schemas.clone();
    types.retain(|(name, _)| !name.contains(' '));
    types
}

fn object(property: &str) -> Value {
    json!({ "type": "object", "properties": { property: { "type": "string" } } })
}

#[test]
fn schemas_that_differ_in_case_get_types_of_their_own() {
    for (names, expected) in [
        // The name that is spelled like the type keeps it, in any order.
        (
            vec!["item", "Item", "ITEM"],
            vec!["ItemLower", "Item", "ItemUpper"],
        ),
        (vec!["Item", "item"], vec!["Item", "ItemLower"]),
        // Of others, the first one does.
        (vec!["ITEM", "item"], vec!["Item", "ItemLower"]),
        (
            vec!["space_id", "spaceId", "SpaceID"],
            vec!["SpaceId", "SpaceIdCamel", "SpaceIdPascal"],
        ),
        (
            vec!["Item", "item", "ItemLower"],
            vec!["Item", "ItemLowerAcde", "ItemLower"],
        ),
        (vec!["Option", "option"], vec!["Option_", "OptionLower"]),
    ] {
        let mut schemas = json!({});
        for name in &names {
            schemas[*name] = object("a");
        }
        let expected = names.iter().zip(expected);
        let expected = expected.map(|(name, ty)| ((*name).to_owned(), format!("types::{ty}")));
        assert_eq!(types(&schemas), expected.collect::<Vec<_>>());
        // The name does not depend on what else the document has.
        let before = types(&schemas);
        schemas["Another"] = object("a");
        assert_eq!(types(&schemas)[..names.len()], before);
    }
}

#[test]
fn references_lead_to_the_schema_that_they_name() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let own = |kind: &str| {
        json!({ "type": "object", "required": ["kind", "inner"], "properties": {
            "kind": { "type": "string" }, "inner": object(kind)
        } })
    };
    let schemas = json!({
        "Item": own("one"),
        "ITEM": own("two"),
        "Either": {
            "oneOf": [reference("Item"), reference("ITEM")],
            "discriminator": { "propertyName": "kind", "mapping": { "1": "Item", "2": "ITEM" } }
        },
        "Owner": { "allOf": [
            reference("ITEM"),
            { "type": "object", "properties": { "list": { "type": "array", "items": reference("ITEM") } } }
        ] },
        "Kind": { "type": "string", "enum": ["a", "b"] },
        "KIND": { "type": "string", "enum": ["c", "d"] },
        "Kinds": { "anyOf": [reference("Kind"), reference("KIND")] }
    });
    let generated = generate(&document(&schemas, &[])).unwrap();
    for module in &generated.modules {
        assert!(syn::parse_file(&module.whole()).is_ok(), "{}", module.name);
    }
    let source = generated.module("types").whole();
    for expected in [
        "pub inner: ItemInner,",
        "pub struct ItemInner {\n    pub one: Option<String>,",
        "pub inner: ItemUpperInner,",
        "pub struct ItemUpperInner {\n    pub two: Option<String>,",
        "pub list: Option<Vec<ItemUpper>>,",
        r#"0 Item object { "kind": "1" };"#,
        r#"1 ItemUpper object { "kind": "2" };"#,
        "from_enums!(Kinds: Kind, KindUpper);",
        r#"doc(alias = "ITEM")"#,
    ] {
        assert!(source.contains(expected), "{expected} in {source}");
    }
    let operations = generated.module("client").whole();
    assert!(operations.contains("types::ItemUpper"), "{operations}");
}

/// The setters of a builder, in order.
fn setters(parameters: &[(&str, &str)]) -> Vec<String> {
    let document = document(&json!({ "A": object("a") }), parameters);
    // Fails if progenitor has other setters.
    generate(&document).unwrap();
    let operations = operations(&lower(&document).unwrap()).unwrap();
    let parameters = operations[0].parameters.iter();
    parameters.map(|it| it.name.clone()).collect()
}

#[test]
fn parameters_get_setters_of_their_own() {
    for (parameters, expected) in [
        (
            vec![("X-Api-Version", "header"), ("xApiVersion", "query")],
            vec!["x_api_version", "x_api_version_query"],
        ),
        (
            vec![("xApiVersion", "query"), ("X-Api-Version", "header")],
            vec!["x_api_version", "x_api_version_header"],
        ),
        (
            vec![("X-Api-Version", "header"), ("xApiVersion", "header")],
            vec!["x_api_version", "x_api_version_header"],
        ),
        (
            vec![
                ("a-b", "query"),
                ("a_b", "query"),
                ("aB", "query"),
                ("AB", "query"),
                ("$aB", "query"),
            ],
            vec!["a_b", "a_b_query", "a_b_camel", "ab", "a_b_dollar"],
        ),
    ] {
        assert_eq!(setters(&parameters), expected, "{parameters:?}");
    }
}
