//! Pages of lists that differ only in their items.

use super::types;
use gitbook_api_codegen::generate;
use serde_json::{Value, json};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A page of things.
fn page() -> Value {
    json!({
        "type": "object",
        "required": ["items"],
        "properties": {
            "items": { "type": "array", "items": reference("Thing") },
            "next": {
                "type": "object",
                "required": ["page"],
                "properties": { "page": { "type": "string" } }
            },
            "count": { "type": "integer" }
        }
    })
}

/// The source of a page of things.
fn source(page: Value) -> String {
    types(json!({
        "Thing": { "type": "object", "properties": { "id": { "type": "string" } } },
        "Text": { "type": "string" },
        "Things": page,
        "Holder": { "type": "object", "properties": { "things": reference("Things") } }
    }))
}

#[test]
fn pages_that_differ_only_in_their_items_are_one_type() {
    let list = json!({
        "type": "object",
        "properties": { "next": page()["properties"]["next"], "count": { "type": "integer" } }
    });
    let own = json!({
        "type": "object", "required": ["items"], "properties": { "items": page()["properties"]["items"] }
    });
    let mut reordered = page();
    reordered["properties"] = json!({
        "count": page()["properties"]["count"],
        "next": page()["properties"]["next"],
        "items": page()["properties"]["items"]
    });
    let mut described = page();
    described["description"] = json!("Things.");
    described["properties"]["count"]["description"] = json!("All of them.");
    for page in [
        page(),
        json!({ "allOf": [list, own] }),
        json!({ "allOf": [page()] }),
        reordered,
        described,
    ] {
        let source = source(page.clone());
        assert!(
            source.contains("pub things: Option<crate::Page<Thing>>,"),
            "{page}: {source}"
        );
        // The library also has the types that link to the next page.
        assert!(!source.contains("ThingsNext"), "{source}");
    }
}

#[test]
fn items_of_any_type_make_a_page() {
    for (item, ty) in [
        (json!({ "type": "string" }), "String"),
        (
            json!({ "type": "string", "nullable": true }),
            "Option<String>",
        ),
        (
            json!({ "type": "array", "items": reference("Thing") }),
            "Vec<Thing>",
        ),
        (json!({}), "serde_json::Value"),
        (reference("Text"), "String"),
        (json!({ "enum": ["a", "b"] }), "ThingsItem"),
    ] {
        let mut page = page();
        page["properties"]["items"]["items"] = item;
        let source = source(page);
        let field = format!("pub things: Option<crate::Page<{ty}>>,");
        assert!(source.contains(&field), "{field}: {source}");
    }
}

/// Another property, presence or type makes another page.
#[test]
fn other_pages_have_a_type_of_their_own() {
    for (pointer, value) in [
        ("/required", json!([])),
        ("/required", json!(["items", "next"])),
        ("/required", json!(["items", "count"])),
        ("/additionalProperties", json!({ "type": "string" })),
        ("/properties/score", json!({ "type": "number" })),
        ("/properties/items", json!({ "type": "string" })),
        ("/properties/items/nullable", json!(true)),
        ("/properties/items/items", reference("Things")),
        ("/properties/count/type", json!("number")),
        ("/properties/count/nullable", json!(true)),
        (
            "/properties/count",
            json!({ "type": "integer", "enum": [7] }),
        ),
        ("/properties/next/nullable", json!(true)),
        ("/properties/next/required", json!([])),
        ("/properties/next/properties/page/type", json!("integer")),
        (
            "/properties/next/properties/page/format",
            json!("date-time"),
        ),
        (
            "/properties/next/properties/limit",
            json!({ "type": "integer" }),
        ),
        ("/properties/next", json!({ "type": "string" })),
    ] {
        let mut page = page();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        page.pointer_mut(parent).unwrap()[key] = value.clone();
        let source = source(page);
        assert!(
            source.contains("pub struct Things {") && !source.contains("crate::Page<"),
            "{pointer} {value}: {source}"
        );
    }
    for missing in ["items", "next", "count"] {
        let mut page = page();
        let properties = page["properties"].as_object_mut().unwrap();
        properties.shift_remove(missing);
        assert!(source(page).contains("pub struct Things {"), "{missing}");
    }
}

/// The client of an operation that returns `schema`, and takes it if `is_sent`.
fn client(schema: &Value, is_sent: bool) -> String {
    let content = json!({ "application/json": { "schema": schema } });
    let mut operation = json!({
        "operationId": "listThings",
        "responses": { "200": { "description": "Some", "content": content } }
    });
    if is_sent {
        operation["requestBody"] = json!({ "content": content });
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/things": { "post": operation } },
        "components": { "schemas": {
            "Thing": { "type": "object", "properties": { "id": { "type": "string" } } },
            "Things": page()
        } }
    });
    let modules = generate(&document).unwrap().modules.into_iter();
    modules.map(|module| module.whole()).collect()
}

#[test]
fn inline_pages_need_no_type_of_their_own() {
    let source = client(&page(), false);
    assert!(
        source.contains("ResponseFuture<crate::Page<types::Thing>>"),
        "{source}"
    );
    assert!(!source.contains("ListThingsResponse"), "{source}");

    let inline = json!({ "type": "object", "properties": { "title": { "type": "string" } } });
    let mut with_items = page();
    with_items["properties"]["items"]["items"] = inline;
    let source = client(&with_items, false);
    let path = "ResponseFuture<crate::Page<types::ListThingsResponseItem>>";
    assert!(source.contains(path), "{source}");
    let origin = "/// An item of the response 200 of [`list_things`](crate::Client::list_things).";
    assert!(source.contains(origin), "{source}");

    let pages = json!({ "type": "array", "items": page() });
    let source = client(&pages, false);
    assert!(
        source.contains("Vec<crate::Page<types::Thing>>"),
        "{source}"
    );
    let holder = json!({ "type": "object", "properties": { "things": page() } });
    let source = client(&holder, false);
    assert!(
        source.contains("pub things: Option<crate::Page<Thing>>"),
        "{source}"
    );
}

#[test]
fn pages_that_are_sent_keep_their_constructor() {
    let source = client(&reference("Things"), true);
    assert!(!source.contains("crate::Page<"), "{source}");
    assert!(source.contains("pub fn count(mut self, count:"), "{source}");
}
