//! The types of IDs, which cannot be swapped.

use gitbook_api_codegen::api::Api;
use gitbook_api_codegen::generate;
use serde_json::{Value, json};

fn api(document: &Value) -> Api {
    let generated = generate(document).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    generated.api()
}

/// Returns the declaration of a public item.
fn declared(api: &Api, path: &str) -> String {
    let found = api.get(path).unwrap_or_else(|| panic!("no {path}"));
    found.to_string()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn responses(schema: Value) -> Value {
    json!({"200": {"description": "", "content": {"application/json": {"schema": schema}}}})
}

/// A path parameter that is any text.
fn parameter(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}

/// Returns a document with the spaces and files of a person, and these schemas as well.
fn document(schemas: Value) -> Value {
    let mut all = json!({
        "Space": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"},
        }},
        "Upload": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"},
        }},
    });
    for (name, schema) in schemas.as_object().unwrap() {
        all[name] = schema.clone();
    }
    let list = json!({"type": "object", "properties": {
        "items": {"type": "array", "items": reference("Upload")},
    }});
    json!({
        "components": {"schemas": all},
        "paths": {
            "/spaces/{spaceId}": {"get": {
                "operationId": "getSpace",
                "parameters": [parameter("spaceId")],
                "responses": responses(reference("Space")),
            }},
            "/spaces/{spaceId}/files": {"get": {
                "operationId": "listFiles",
                "parameters": [
                    parameter("spaceId"),
                    {"name": "siteSpaceId", "in": "query", "schema": {"type": "string"}},
                ],
                "responses": responses(list),
            }},
            "/spaces/{spaceId}/files/{fileId}/{variantId}": {"get": {
                "operationId": "getVariant",
                "parameters": [parameter("spaceId"), parameter("fileId"), {
                    "name": "variantId", "in": "path", "required": true,
                    "schema": {"type": "string", "enum": ["small", "large"]},
                }],
                "responses": {"204": {"description": ""}},
            }},
            "/spaces/{spaceId}/files/{fileId}": {"delete": {
                "operationId": "deleteFile",
                "parameters": [parameter("spaceId"), parameter("fileId")],
                "responses": {"204": {"description": ""}},
            }},
            "/site-spaces/{siteSpaceId}/{pageId}/{slug}/{number}": {"get": {
                "operationId": "getPage",
                "parameters": [
                    parameter("siteSpaceId"), parameter("pageId"), parameter("slug"),
                    {"name": "number", "in": "path", "required": true, "schema": {"type": "integer"}},
                ],
                "responses": {"204": {"description": ""}},
            }},
        },
    })
}

/// Returns the type of each property of a schema with these properties.
fn fields(properties: Value) -> Vec<String> {
    let schema = json!({"type": "object", "properties": properties});
    let api = api(&document(json!({"Thing": schema})));
    let fields = api.iter().filter_map(|(path, declaration)| {
        let name = path.strip_prefix("types::Thing::")?;
        Some(format!("{name}: {declaration}"))
    });
    fields.collect()
}

#[test]
fn path_parameters_that_are_text_are_ids_of_a_type() {
    let api = api(&document(json!({})));
    let declared = |path: &str| declared(&api, path);
    assert_eq!(
        declared("Client::get_page()"),
        "fn(site_space_id: crate::ids::SiteSpaceId, page_id: crate::ids::PageId, slug: String, \
         number: i64) -> builder::GetPage"
    );
    // One of a few texts is an enum, and no ID of anything.
    assert!(declared("Client::get_variant()").contains("variant_id: types::"));
    // Parameters of the query have the same type.
    assert_eq!(
        declared("builder::ListFiles::site_space_id()"),
        "fn(site_space_id: crate::ids::SiteSpaceId) -> Self"
    );
    let ids = api.keys().filter_map(|path| path.strip_prefix("ids::"));
    assert_eq!(
        ids.collect::<Vec<_>>(),
        ["FileId", "PageId", "SiteSpaceId", "SpaceId"]
    );
}

#[test]
fn the_id_of_a_resource_has_the_type_that_its_operations_take() {
    let api = api(&document(json!({})));
    assert_eq!(declared(&api, "types::Space::id"), "crate::ids::SpaceId");
    // The items of the list at `/spaces/{spaceId}/files`.
    assert_eq!(declared(&api, "types::Upload::id"), "crate::ids::FileId");
}

#[test]
fn a_resource_of_two_kinds_has_an_id_of_none() {
    let mut document = document(json!({}));
    document["paths"]["/site-spaces/{siteSpaceId}"] = json!({"get": {
        "operationId": "getSiteSpace",
        "parameters": [parameter("siteSpaceId")],
        "responses": responses(reference("Upload")),
    }});
    assert_eq!(declared(&api(&document), "types::Upload::id"), "String");
}

#[test]
fn properties_that_are_named_or_described_as_ids_have_their_type() {
    let text = |description: &str| json!({"type": "string", "description": description});
    let found = fields(json!({
        "spaceId": {"type": "string"},
        "pageIds": {"type": "array", "items": {"type": "string"}},
        "space": text("ID of the current space."),
        "file": text("The file ID that was replaced."),
        "siteSpace": text("Unique identifier for the site space"),
    }));
    assert_eq!(
        found,
        [
            "file: Option<crate::ids::FileId>",
            "page_ids: Option<Vec<crate::ids::PageId>>",
            "site_space: Option<crate::ids::SiteSpaceId>",
            "space: Option<crate::ids::SpaceId>",
            "space_id: Option<crate::ids::SpaceId>",
        ]
    );
}

#[test]
fn what_is_not_certainly_an_id_stays_text() {
    let text = |description: &str| json!({"type": "string", "description": description});
    let found = fields(json!({
        "page": text("Unique identifier to query the next results page"),
        "file": text("Name of the file"),
        "space": {"type": "string"},
        "siteSpace": text("ID of the parent"),
        "id": text("ID of the space"),
        "otherId": {"type": "string"},
        "spaceIds": {"type": "object", "additionalProperties": {"type": "string"}},
    }));
    assert!(
        found.iter().all(|field| !field.contains("ids::")),
        "{found:?}"
    );
    let moment = fields(json!({"spaceId": {"type": "string", "format": "date-time"}}));
    assert_eq!(moment, ["space_id: Option<crate::DateTime>"]);
    let listed = fields(json!({"spaceId": {"type": "string", "enum": ["a", "b"]}}));
    assert!(!listed[0].contains("ids::"), "{listed:?}");
}

#[test]
fn what_refers_to_any_text_is_an_id_as_well() {
    let entity = json!({"type": "string", "maxLength": 5});
    let thing = json!({"type": "object", "properties": {"spaceId": reference("EntityId")}});
    let mut document = document(json!({"EntityId": entity, "Thing": thing}));
    let parameters = &mut document["paths"]["/spaces/{spaceId}"]["get"]["parameters"];
    parameters[0]["schema"] = reference("EntityId");
    let api = api(&document);
    assert!(declared(&api, "Client::get_space()").contains("ids::SpaceId"));
    assert_eq!(
        declared(&api, "types::Thing::space_id"),
        "Option<crate::ids::SpaceId>"
    );
    let operations = generate(&document).unwrap().module("operations").whole();
    assert!(operations.contains("MaxLength(5)"));
}

#[test]
fn unions_have_getters_of_ids_that_all_members_share() {
    let member = |kind: &str, property: &str| {
        json!({"type": "object", "required": ["kind", property], "properties": {
            "kind": {"type": "string", "enum": [kind]},
            property: {"type": "string"},
            "space": {"type": "string", "description": if kind == "a" { "ID of the space" } else { "" }},
        }})
    };
    let either = json!({"oneOf": [reference("A"), reference("B")]});
    let schemas = json!({"A": member("a", "pageId"), "B": member("b", "pageId"), "Either": either});
    let document = document(schemas);
    let api = api(&document);
    let page = declared(&api, "types::Either::page_id()");
    assert_eq!(page, "fn() -> Option<crate::ids::PageId>");
    // Text in common.
    assert_eq!(
        declared(&api, "types::Either::space()"),
        "fn() -> Option<&str>"
    );
}

#[test]
fn text_beside_a_resource_is_its_id() {
    let text = json!({"type": "string"});
    let space = json!({"type": "object", "required": ["id"], "properties": {"id": text}});
    let maybe = json!({"type": "object", "properties": {"id": text}});
    let either = |name: &str| json!({"oneOf": [{"type": "string"}, reference(name)]});
    let schemas = json!({
        "Space": space, "Either": either("Space"), "Maybe": maybe, "Perhaps": either("Maybe")
    });
    let document = document(schemas);
    let api = api(&document);
    assert_eq!(
        declared(&api, "types::Either::id()"),
        "fn() -> Option<crate::ids::SpaceId>"
    );
    assert!(!api.contains_key("types::Perhaps::id()"));
    let types = generate(&document).unwrap().module("types").whole();
    assert!(types.contains("Self::String(value) => Some(value.as_str().into()),"));
}
