//! From the description of an operation to the Rust that calls it.

mod bodies;
mod parameters;
mod problems;
mod responses;

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
