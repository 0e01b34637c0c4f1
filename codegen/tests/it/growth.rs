//! Documents whose schemas refer to each other in deep, wide and repeated ways: the time and the code
//! grow with the document, or the document is refused.

use gitbook_api_codegen::generate;
use serde_json::{Map, Value, json};

/// The depth of the chains: far more than would finish if each level doubled the work.
const LEVELS: usize = 64;

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn document(schemas: Map<String, Value>) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": {
            "operationId": "send",
            "requestBody": { "content": { "application/json": { "schema": reference("L0") } } },
            "responses": { "204": { "description": "Done" } }
        } } },
        "components": { "schemas": schemas }
    })
}

/// A chain of components `L0` to `L64`, each made of references to the next, with a simple end.
fn chain(level: impl Fn(usize, Value) -> Value) -> Value {
    let mut schemas = Map::new();
    for index in 0..LEVELS {
        let next = reference(&format!("L{}", index + 1));
        schemas.insert(format!("L{index}"), level(index, next));
    }
    let end = json!({ "type": "object", "required": ["kind"], "properties": {
        "kind": { "type": "string", "enum": ["end"] }, "size": { "type": "integer" }
    } });
    schemas.insert(format!("L{LEVELS}"), end);
    document(schemas)
}

fn object(name: String, schema: Value) -> Value {
    json!({ "type": "object", "properties": { name: schema } })
}

/// An object of a kind of its own at each level.
fn kind(index: usize) -> Value {
    json!({ "type": "object", "required": ["kind"], "properties": {
        "kind": { "type": "string", "enum": [format!("kind{index}")] }
    } })
}

#[test]
fn chains_of_repeated_references_are_generated() {
    let chains: [(&str, Value); 9] = [
        (
            "anyOf twice",
            chain(|_, next| json!({ "anyOf": [next, next] })),
        ),
        (
            "oneOf twice",
            chain(|_, next| json!({ "oneOf": [next, next] })),
        ),
        (
            "allOf twice",
            chain(|_, next| json!({ "allOf": [next, next] })),
        ),
        (
            "allOf of two properties",
            chain(
                |index, next| json!({ "allOf": [next, object(format!("p{index}"), json!({})), next] }),
            ),
        ),
        (
            "union beside the next",
            chain(|index, next| json!({ "oneOf": [next, kind(index), next] })),
        ),
        (
            "anyOf inside of allOf",
            chain(
                |index, next| json!({ "allOf": [object(format!("p{index}"), json!({})), { "anyOf": [next, next] }] }),
            ),
        ),
        (
            "allOf inside of oneOf",
            chain(|index, next| {
                json!({ "oneOf": [
                    { "allOf": [next, object(format!("a{index}"), json!({}))] },
                    { "allOf": [next, object(format!("b{index}"), json!({}))] }
                ] })
            }),
        ),
        (
            "properties of the next",
            chain(|_, next| json!({ "type": "object", "properties": { "a": next, "b": next } })),
        ),
        (
            "lists and maps of the next",
            chain(|index, next| match index % 2 {
                0 => json!({ "type": "array", "items": next }),
                _ => json!({ "type": "object", "additionalProperties": next }),
            }),
        ),
    ];
    for (name, document) in chains {
        if let Err(diagnostics) = generate(&document) {
            let diagnostic = &diagnostics[0];
            assert!(
                diagnostic.pointer.starts_with("#/components/schemas/L"),
                "{name}: {diagnostic}"
            );
            assert!(
                diagnostic.message.contains("more than"),
                "{name}: {diagnostic}"
            );
        }
    }
}

/// The first of these shapes has to be generated, however deep: nothing in the result repeats.
#[test]
fn references_that_repeat_nothing_are_not_refused() {
    for key in ["anyOf", "oneOf", "allOf"] {
        let document = chain(|_, next| json!({ key: [next, next] }));
        generate(&document).unwrap_or_else(|diagnostic| panic!("{key}: {diagnostic}"));
    }
    let document =
        chain(|_, next| json!({ "type": "object", "properties": { "a": next, "b": next } }));
    generate(&document).unwrap();
}

#[test]
fn two_unions_that_hold_each_other_at_every_level() {
    let mut schemas = Map::new();
    for index in 0..LEVELS {
        for side in ["L", "R"] {
            let (left, right) = (format!("L{}", index + 1), format!("R{}", index + 1));
            let union = json!({ "oneOf": [reference(&left), reference(&right)] });
            schemas.insert(format!("{side}{index}"), union);
        }
    }
    for side in ["L", "R"] {
        schemas.insert(format!("{side}{LEVELS}"), kind(usize::from(side == "L")));
    }
    generate(&document(schemas)).unwrap();
}

#[test]
fn examples_of_types_that_all_need_each_other_are_left_out() {
    let names: Vec<String> = (0..LEVELS).map(|index| format!("L{index}")).collect();
    let any: Vec<Value> = names.iter().map(|name| reference(name)).collect();
    let schemas = names.iter().enumerate().map(|(index, name)| {
        let properties = json!({ "next": { "oneOf": any }, format!("k{index}"): {} });
        let schema = json!({ "type": "object", "required": ["next"], "properties": properties });
        (name.clone(), schema)
    });
    let mut document = document(schemas.collect());
    document["paths"]["/a"]["post"]["requestBody"]["required"] = json!(true);
    generate(&document).unwrap();
}

#[test]
fn an_exponential_result_is_refused() {
    // Each level has a union among its properties, and each of its members has the next.
    let mut schemas = Map::new();
    for index in 0..LEVELS {
        let side = |side: &str| {
            let key = format!("kind{index}");
            json!({ "allOf": [
                { "type": "object", "required": [key], "properties": {
                    key: { "type": "string", "enum": [side] }
                } },
                { "oneOf": [reference(&format!("A{}", index + 1)), reference(&format!("B{}", index + 1))] }
            ] })
        };
        schemas.insert(format!("A{index}"), side("a"));
        schemas.insert(format!("B{index}"), side("b"));
    }
    schemas.insert(format!("A{LEVELS}"), kind(0));
    schemas.insert(format!("B{LEVELS}"), kind(1));
    schemas.insert(
        "L0".to_owned(),
        json!({ "oneOf": [reference("A0"), reference("B0")] }),
    );
    let diagnostic = &generate(&document(schemas)).err().unwrap()[0];
    assert!(
        diagnostic.pointer.starts_with("#/components/schemas/"),
        "{diagnostic}"
    );
    assert!(diagnostic.message.contains("more than"), "{diagnostic}");
}

#[test]
fn a_chain_of_references_that_is_too_deep_is_refused() {
    for key in ["allOf", "oneOf", "plain", "list"] {
        let mut schemas = Map::new();
        for index in 0..2_000 {
            let next = reference(&format!("L{}", index + 1));
            let level = match key {
                "plain" => next,
                "list" => json!({ "type": "array", "items": next }),
                _ => json!({ key: [next, object(format!("p{index}"), json!({}))] }),
            };
            schemas.insert(format!("L{index}"), level);
        }
        schemas.insert("L2000".to_owned(), kind(0));
        let diagnostic = generate(&document(schemas)).err();
        let diagnostic = &diagnostic.unwrap_or_else(|| panic!("{key} was taken"))[0];
        assert!(
            diagnostic.message.contains("more than"),
            "{key}: {diagnostic}"
        );
    }
}

#[test]
fn inline_schemas_are_merged_once_at_each_depth() {
    // As deep as documents are read.
    let mut schema = kind(0);
    for index in 0..30 {
        schema = json!({ "allOf": [
            object(format!("p{index}"), json!({ "type": "string" })),
            { "anyOf": [schema, object(format!("q{index}"), json!({ "type": "integer" }))] }
        ] });
    }
    let schemas = [("L0".to_owned(), schema)].into_iter().collect();
    if let Err(diagnostics) = generate(&document(schemas)) {
        let diagnostic = &diagnostics[0];
        assert!(diagnostic.message.contains("more than"), "{diagnostic}");
    }
}

#[test]
fn wide_unions_enums_and_objects_are_generated() {
    let mut schemas = Map::new();
    let members: Vec<Value> = (0..1000)
        .map(|index| reference(&format!("M{index}")))
        .collect();
    schemas.insert("L0".to_owned(), json!({ "oneOf": members }));
    for index in 0..1000 {
        schemas.insert(format!("M{index}"), kind(index));
    }
    let values: Vec<String> = (0..5000).map(|index| format!("value {index}")).collect();
    schemas.insert(
        "Wide".to_owned(),
        json!({ "type": "string", "enum": values }),
    );
    let properties: Map<String, Value> = (0..2000)
        .map(|index| (format!("p{index}"), reference("Wide")))
        .collect();
    schemas.insert(
        "Object".to_owned(),
        json!({ "type": "object", "properties": properties }),
    );
    generate(&document(schemas)).unwrap();
}
