//! The part of the client in a build with some features.

use std::collections::BTreeSet;

use gitbook_api_codegen::{Value, generate};
use serde_json::json;

fn document() -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let object = |properties: Value| json!({ "type": "object", "properties": properties });
    let list = |tag: &str, id: &str| {
        let page = json!({ "name": "page", "in": "query", "schema": { "type": "string" } });
        let content = json!({ "application/json": { "schema": reference("Things") } });
        json!({
            "operationId": id,
            "tags": [tag],
            "parameters": [page],
            "responses": { "200": { "description": "", "content": content } },
        })
    };
    let next = json!({ "type": "object", "required": ["page"], "properties": { "page": { "type": "string" } } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "tags": [{ "name": "users" }, { "name": "sites" }, { "name": "teams" }],
        "paths": {
            "/users": { "get": list("users", "listUsers") },
            "/sites": { "get": list("sites", "listSites") },
            "/teams": { "put": {
                "operationId": "putTeam",
                "tags": ["teams"],
                "requestBody": { "required": true, "content": { "application/json": { "schema": reference("Team") } } },
                "responses": { "204": { "description": "" } },
            } },
        },
        "components": { "schemas": {
            "Things": object(json!({
                "items": { "type": "array", "items": reference("Thing") },
                "next": next,
            })),
            "Thing": object(json!({ "color": reference("Color") })),
            "Color": { "type": "string", "enum": ["red", "blue"] },
            "Team": object(json!({ "either": reference("Either") })),
            "Either": { "oneOf": [reference("Color"), reference("Event")] },
            "Event": object(json!({ "members": { "type": "object", "additionalProperties": reference("Member") } })),
            "Member": object(json!({})),
            "Unused": object(json!({ "color": reference("Color"), "own": reference("Own") })),
            "Own": object(json!({})),
        } },
    })
}

/// Returns the types that a build with these features has.
fn types(features: &[&str]) -> BTreeSet<String> {
    let generated = generate(&document()).unwrap();
    let module = generated.module("types");
    let enabled = module
        .items
        .iter()
        .filter(|(groups, _)| features.iter().any(|feature| groups.contains(*feature)));
    let names = enabled.map(|(_, source)| {
        let declared = source.lines().find_map(|line| {
            let declared = ["pub struct ", "pub enum "].map(|word| line.strip_prefix(word));
            declared.into_iter().flatten().next()
        });
        let declared = declared.or_else(|| source.split_once("pub enum ").map(|(_, rest)| rest));
        let name = declared.unwrap_or_else(|| panic!("no type in {source}"));
        name.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap()
            .to_owned()
    });
    names.collect()
}

#[test]
fn a_feature_has_the_types_that_its_operations_reach() {
    for (features, expected) in [
        (
            &["users"][..],
            &["Color", "Thing", "Things", "ThingsNext"][..],
        ),
        (&["teams"], &["Color", "Either", "Event", "Member", "Team"]),
        (&["schemas"], &["Color", "Own", "Unused"]),
        (&[], &[]),
    ] {
        let found = types(features);
        let expected: BTreeSet<String> = expected.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(found, expected, "{features:?}");
    }
}

#[test]
fn each_item_is_in_one_file_that_names_its_features() {
    let generated = generate(&document()).unwrap();
    let files = generated.files();
    let source = |path: &str| &files.iter().find(|file| file.path == path).unwrap().source;
    for module in &generated.modules {
        for (_, item) in &module.items {
            let holders = files
                .iter()
                .filter(|file| file.source.contains(item.trim()));
            assert_eq!(holders.count(), 1, "{item}");
        }
        assert!(source(&format!("{}.rs", module.name)).contains(module.common.trim()));
    }
    // The page is one of lists in two groups, and is made a page once.
    let builder = source("builder.rs");
    let shared = "#[cfg(any(feature = \"all\", feature = \"sites\", feature = \"users\"))]\ninclude!(\"builder/shared-1.rs\");";
    assert!(builder.contains(shared), "{builder}");
    assert!(source("builder/shared-1.rs").contains("page!(types::Things"));
    let own = "#[cfg(any(feature = \"all\", feature = \"teams\"))]\ninclude!(\"client/teams.rs\");";
    assert!(source("client.rs").contains(own));
    let operations = source("operations.rs");
    assert!(
        operations
            .contains("    #[cfg(any(feature = \"all\", feature = \"teams\"))]\n    &PUT_TEAM,")
    );
}
