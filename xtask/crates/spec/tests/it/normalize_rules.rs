//! The rewrites of normalizing, each on a small schema.

use gitbook_spec::normalize::{Normalized, normalize};
use serde_json::{Value, json};

/// Normalizes a document of the given version whose component `A` is `schema`.
fn component(version: &str, schema: Value) -> Normalized {
    let document = json!({
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {"A": schema, "B": {"type": "string", "enum": ["x", "y"]}}}
    });
    normalize(document).expect("the document is sound")
}

fn schema(version: &str, schema: Value) -> Value {
    component(version, schema).document["components"]["schemas"]["A"].clone()
}

/// Returns the schema with the extension, and the reported pointers.
fn preserve_as_extension(version: &str, schema: Value) -> (Value, Vec<String>) {
    let normalized = component(version, schema);
    let pointers = normalized
        .lossy
        .into_iter()
        .map(|loss| loss.pointer)
        .collect();
    (
        normalized.document["components"]["schemas"]["A"].clone(),
        pointers,
    )
}

#[test]
fn keywords_of_3_1_are_rewritten_for_3_0_3() {
    let b = json!({"$ref": "#/components/schemas/B"});
    let nothing = json!({"type": "string", "nullable": true, "enum": [null]});
    for (before, after) in [
        (
            json!({"type": ["string", "null"]}),
            json!({"type": "string", "nullable": true}),
        ),
        (json!({"type": ["string"]}), json!({"type": "string"})),
        (
            json!({"type": ["integer", "number"]}),
            json!({"type": "number"}),
        ),
        (json!({"type": "null"}), nothing.clone()),
        (json!({"const": null}), nothing.clone()),
        (
            json!({"type": ["null"], "enum": [null, 1]}),
            nothing.clone(),
        ),
        (
            json!({"type": ["string", "integer", "null"], "maxLength": 3}),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}, nothing], "maxLength": 3}),
        ),
        (
            json!({"oneOf": [b, {"type": "null"}]}),
            json!({"oneOf": [b, nothing]}),
        ),
        (
            json!({"const": "a"}),
            json!({"type": "string", "enum": ["a"]}),
        ),
        (
            json!({"type": "integer", "const": 1, "enum": [2]}),
            json!({"type": "integer", "enum": [1], "allOf": [{"enum": [2]}]}),
        ),
        (json!({"examples": [1]}), json!({"example": 1})),
        (
            json!({"examples": [1, 2]}),
            json!({"example": 1, "x-examples": [1, 2]}),
        ),
        (
            json!({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9, "maximum": 5}),
            json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 5}),
        ),
        (
            json!({"$ref": "#/components/schemas/B", "description": "d"}),
            json!({"allOf": [b], "description": "d"}),
        ),
        (
            json!({"$ref": "#/components/schemas/B", "allOf": [{"maxLength": 1}]}),
            json!({"allOf": [b, {"maxLength": 1}]}),
        ),
        (
            json!({"type": "object", "propertyNames": b, "additionalProperties": {"type": "null"}}),
            json!({
                "type": "object",
                "properties": {"x": nothing, "y": nothing},
                "x-propertyNames": {"x-ref": "#/components/schemas/B"},
                "additionalProperties": false
            }),
        ),
        (
            json!({"items": true, "type": "array"}),
            json!({"items": {}, "type": "array"}),
        ),
        (
            json!({"properties": {"p": false}}),
            json!({"properties": {"p": {"not": {}}}}),
        ),
        (
            json!({"if": b, "then": {"maxLength": 1}, "else": {"minLength": 2}}),
            json!({"allOf": [
                {"anyOf": [{"not": b}, {"maxLength": 1}]},
                {"anyOf": [b, {"minLength": 2}]}
            ]}),
        ),
        (
            json!({"dependentRequired": {"p": ["q"]}}),
            json!({"allOf": [{"anyOf": [
                {"not": {"type": "object", "required": ["p"]}},
                {"required": ["q"]}
            ]}]}),
        ),
        (
            json!({"contains": b}),
            json!({"allOf": [{"not": {"type": "array", "items": {"not": b}}}]}),
        ),
        (
            json!({"prefixItems": [b, b], "items": false}),
            json!({"maxItems": 2, "items": b}),
        ),
        (
            json!({"properties": {"p": {}}, "unevaluatedProperties": false}),
            json!({"properties": {"p": {}}, "additionalProperties": false}),
        ),
        (
            json!({"type": "string", "contentEncoding": "base64"}),
            json!({"type": "string", "format": "byte"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/octet-stream"}),
            json!({"type": "string", "format": "binary"}),
        ),
    ] {
        let (found, lossy) = preserve_as_extension("3.1.0", before.clone());
        assert_eq!(found, after, "{before}");
        assert!(lossy.is_empty(), "{before}: {lossy:?}");
        assert_eq!(schema("3.0.3", after.clone()), after, "again: {before}");
    }
}

#[test]
fn keywords_without_a_3_0_3_form_are_kept_and_reported() {
    for (before, after) in [
        (json!({"$comment": "c"}), json!({"x-comment": "c"})),
        (
            json!({"nullable": true, "type": "string"}),
            json!({"x-nullable": true, "type": "string"}),
        ),
        (
            json!({"propertyNames": {"pattern": "a"}}),
            json!({"x-propertyNames": {"pattern": "a"}}),
        ),
        (
            json!({"prefixItems": [{"type": "string"}], "items": {"type": "number"}}),
            json!({
                "x-prefixItems": [{"type": "string"}],
                "items": {"anyOf": [{"type": "string"}, {"type": "number"}]}
            }),
        ),
        (
            json!({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false}),
            json!({
                "x-patternProperties": {"^a": {"type": "string"}},
                "additionalProperties": {"type": "string"}
            }),
        ),
        (
            json!({"unevaluatedProperties": false, "allOf": [{"$ref": "#/components/schemas/B"}]}),
            json!({
                "x-unevaluatedProperties": false,
                "allOf": [{"$ref": "#/components/schemas/B"}]
            }),
        ),
        (
            json!({"contains": {"$ref": "#/components/schemas/B"}, "minContains": 2}),
            json!({"x-contains": {"x-ref": "#/components/schemas/B"}, "x-minContains": 2}),
        ),
    ] {
        let (found, lossy) = preserve_as_extension("3.1.0", before.clone());
        assert_eq!(found, after, "{before}");
        assert!(
            lossy
                .iter()
                .all(|pointer| pointer == "#/components/schemas/A"),
            "{lossy:?}"
        );
        assert!(!lossy.is_empty(), "{before}");
    }
}

#[test]
fn a_3_0_schema_is_left_alone_unless_it_is_invalid() {
    let b = json!({"$ref": "#/components/schemas/B"});
    for (before, after) in [
        (
            json!({"type": "string", "nullable": true, "enum": ["a", null]}),
            json!({"type": "string", "nullable": true, "enum": ["a", null]}),
        ),
        (
            json!({"type": "number", "minimum": 1, "exclusiveMinimum": true}),
            json!({"type": "number", "minimum": 1, "exclusiveMinimum": true}),
        ),
        (
            json!({"$ref": "#/components/schemas/B", "nullable": true, "default": "x"}),
            json!({"allOf": [b], "x-nullable": true, "default": "x"}),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "items": {}}),
        ),
        (json!({"required": []}), json!({})),
        (json!({"const": 1}), json!({"x-const": 1})),
    ] {
        assert_eq!(schema("3.0.1", before.clone()), after, "{before}");
    }
}

#[test]
fn properties_named_like_keywords_are_properties() {
    let before = json!({"type": "object", "properties": {
        "const": {"type": ["string", "null"]},
        "$defs": {"type": "object", "properties": {"examples": {"type": "array", "items": {}}}},
        "nullable": {"type": "boolean"}
    }});
    let after = json!({"type": "object", "properties": {
        "const": {"type": "string", "nullable": true},
        "$defs": {"type": "object", "properties": {"examples": {"type": "array", "items": {}}}},
        "nullable": {"type": "boolean"}
    }});
    assert_eq!(schema("3.1.0", before), after);
}

#[test]
fn definitions_become_components_named_after_where_they_stood() {
    let document = component(
        "3.1.0",
        json!({
            "properties": {"owner": {"$ref": "#/components/schemas/A/$defs/owner/properties/name"}},
            "$defs": {"owner": {"properties": {"name": {"const": "n"}}, "$defs": {"deep": {}}}}
        }),
    )
    .document;
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["A"]["properties"]["owner"],
        json!({"$ref": "#/components/schemas/AOwner/properties/name"})
    );
    assert_eq!(
        schemas["AOwner"],
        json!({"properties": {"name": {"type": "string", "enum": ["n"]}}})
    );
    assert_eq!(schemas["AOwnerDeep"], json!({}));
}

#[test]
fn a_response_with_a_description_of_its_own_is_written_out() {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1", "summary": "s"},
        "paths": {"/a": {"get": {"responses": {
            "404": {"description": "No such space", "$ref": "#/components/responses/NotFound"},
            "500": {"$ref": "#/components/responses/NotFound"}
        }}}},
        "components": {"responses": {"NotFound": {"description": "Not found", "content": {}}}}
    });
    let normalized = normalize(document).expect("the document is sound");
    let responses = &normalized.document["paths"]["/a"]["get"]["responses"];
    assert_eq!(
        responses["404"],
        json!({"description": "No such space", "content": {}})
    );
    assert_eq!(
        responses["500"],
        json!({"$ref": "#/components/responses/NotFound"})
    );
    assert_eq!(normalized.document["info"]["x-summary"], "s");
}

#[test]
fn path_parameters_are_declared() {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a/{b}/{c}": {"get": {"parameters": [], "responses": {}}}},
        "components": {"parameters": {"b": {"name": "b", "in": "path", "required": true}}}
    });
    let normalized = normalize(document).expect("the document is sound");
    assert_eq!(
        normalized.document["paths"]["/a/{b}/{c}"]["parameters"],
        json!([
            {"$ref": "#/components/parameters/b"},
            {"name": "c", "in": "path", "required": true, "schema": {"type": "string"}}
        ])
    );
    assert_eq!(normalized.lossy.len(), 2);
}

#[test]
fn everything_wrong_is_reported_where_it_is() {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": 7},
        "components": {"schemas": {
            "Dangling": {"properties": {"p": {"$ref": "#/components/schemas/Nowhere"}}},
            "Elsewhere": {"$ref": "other.json#/A"},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
            "Odd": {"type": "text"},
            "Number": 5
        }}
    });
    let diagnostics = normalize(document).expect_err("the document is not sound");
    let mut pointers: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.pointer.as_str())
        .collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            "#/components/schemas/Dangling/properties/p/$ref",
            "#/components/schemas/Elsewhere/$ref",
            "#/components/schemas/Loop",
            "#/components/schemas/Number",
            "#/components/schemas/Odd/type",
            "#/paths/~1a",
        ]
    );
}

#[test]
fn a_parameter_among_the_schemas_is_moved() {
    let parameter = json!({"name": "q", "in": "query", "schema": {"type": "string"}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {
            "parameters": [{"$ref": "#/components/schemas/Q"}],
            "responses": {"204": {"description": "d"}}
        }}},
        "components": {"schemas": {"Q": parameter}}
    });
    let normalized = normalize(document).expect("the document is sound").document;
    assert_eq!(
        normalized["components"],
        json!({"schemas": {}, "parameters": {"Q": parameter}})
    );
    assert_eq!(
        normalized["paths"]["/a"]["get"]["parameters"],
        json!([{"$ref": "#/components/parameters/Q"}])
    );
}

#[test]
fn percent_encoded_references_are_followed() {
    let schema = json!({"type": "string"});
    let content = json!({"application/json": {"schema": schema}});
    let place = "#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema";
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a/{id}": {"get": {"responses": {"200": {"description": "d", "content": content}}}}},
        "components": {"schemas": {
            "A": {"items": {"$ref": place}},
            "100%25": {"items": {"$ref": "#/components/schemas/100%25"}},
        }}
    });
    let normalized = normalize(document.clone()).expect("the document is sound");
    let schemas = &normalized.document["components"]["schemas"];
    let decoded = place.replace("%7B", "{").replace("%7D", "}");
    assert_eq!(schemas["A"]["items"]["$ref"], decoded);
    assert_eq!(
        schemas["100%25"]["items"]["$ref"],
        "#/components/schemas/100%25"
    );

    let mut dangling = document;
    dangling["components"]["schemas"]["A"]["items"]["$ref"] = json!("#/components/schemas/%7BB%7D");
    assert!(normalize(dangling).is_err());
}

#[test]
fn callbacks_may_be_references() {
    let callback = json!({"{$request.body#/url}": {"post": {"responses": {}}}});
    for version in ["3.0.0", "3.1.0"] {
        let document = json!({
            "openapi": version,
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"post": {
                "operationId": "a",
                "responses": {},
                "callbacks": {"done": {"$ref": "#/components/callbacks/done"}, "own": callback},
            }}},
            "components": {"callbacks": {"done": callback}},
        });
        let normalized = normalize(document.clone()).expect("the document is sound");
        for node in ["/paths", "/components"] {
            assert_eq!(normalized.document.pointer(node), document.pointer(node));
        }
        let mut dangling = document.clone();
        dangling["components"] = json!({});
        let diagnostics = normalize(dangling).unwrap_err();
        let pointer = "#/paths/~1a/post/callbacks/done/$ref";
        assert_eq!(diagnostics[0].pointer, pointer);
        let mut misshapen = document;
        misshapen["paths"]["/a"]["post"]["callbacks"]["own"] = json!([]);
        assert!(normalize(misshapen).is_err());
    }
}

/// Returns the normalized document and the messages of what was changed.
fn accepted(document: Value) -> (Value, Vec<String>) {
    let normalized = normalize(document).expect("the document is accepted");
    let messages = normalized.lossy.into_iter();
    let messages = messages.map(|loss| format!("{}: {}", loss.pointer, loss.message));
    (normalized.document, messages.collect())
}

#[test]
fn nulls_of_generators_are_removed_with_a_warning() {
    for version in ["3.0.3", "3.1.0"] {
        let (document, messages) = accepted(json!({
            "openapi": version,
            "info": {"title": "t", "version": "1"},
            "servers": null,
            "paths": {"/a": {"parameters": null, "post": {
                "operationId": "a",
                "parameters": null,
                "requestBody": null,
                "x-note": null,
                "responses": {"200": {"description": "", "headers": null, "content": null}},
            }}},
            "components": {"schemas": {"A": {
                "type": "object",
                "required": null,
                "properties": {"default": {"type": "string", "nullable": true, "default": null}},
                "example": null,
            }}, "headers": null},
        }));
        let expected: Vec<String> = [
            "#: `servers: null` was removed",
            "#/paths/~1a: `parameters: null` was removed",
            "#/paths/~1a/post: `parameters: null` was removed",
            "#/paths/~1a/post: `requestBody: null` was removed",
            "#/paths/~1a/post/responses/200: `headers: null` was removed",
            "#/paths/~1a/post/responses/200: `content: null` was removed",
            "#/components: `headers: null` was removed",
            "#/components/schemas/A: `required: null` was removed",
        ]
        .map(str::to_owned)
        .to_vec();
        let removed: Vec<String> = messages
            .into_iter()
            .filter(|message| message.ends_with("was removed"))
            .collect();
        assert_eq!(removed, expected, "{version}");
        assert_eq!(document["paths"]["/a"]["post"]["x-note"], Value::Null);
        let property = &document["components"]["schemas"]["A"]["properties"]["default"];
        assert_eq!(property.get("default"), Some(&Value::Null), "{version}");
    }
    let nothing = json!({"type": "string", "nullable": true, "enum": [null]});
    assert_eq!(schema("3.1.0", json!({"type": null})), nothing);
    assert_eq!(
        schema("3.1.0", json!({"type": ["string", null]})),
        json!({"type": "string", "nullable": true})
    );
}

#[test]
fn a_path_that_refers_to_another_is_a_copy_with_ids_of_its_own() {
    for version in ["3.0.3", "3.1.0"] {
        let operation =
            json!({"operationId": "getUser", "responses": {"200": {"description": ""}}});
        let (document, messages) = accepted(json!({
            "openapi": version,
            "info": {"title": "t", "version": "1"},
            "paths": {
                "/v2/me": {"$ref": "#/paths/~1user"},
                "/user": {"get": operation},
                "/v3/{user-id}": {"$ref": "#/paths/~1v2~1me", "summary": "Own."},
            },
        }));
        let paths = &document["paths"];
        for (path, id) in [
            ("/user", "getUser"),
            ("/v2/me", "getUserAtV2Me"),
            ("/v3/{user-id}", "getUserAtV3UserId"),
        ] {
            assert_eq!(paths[path]["get"]["operationId"], id);
            assert_eq!(paths[path].get("$ref"), None);
        }
        assert_eq!(paths["/v3/{user-id}"]["summary"], "Own.");
        // Two copies, two ids, and the declaration of `user-id`.
        assert_eq!(messages.len(), 5, "{messages:#?}");
    }
    let cyclic = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}},
    });
    assert!(normalize(cyclic).is_err());
}

#[test]
fn a_parameter_that_is_described_twice_is_one() {
    let parameter = |name: &str, place: &str, description: &str| json!({"name": name, "in": place, "description": description, "schema": {"type": "string"}});
    let document = |parameters: Value| {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {
                "operationId": "a",
                "parameters": parameters,
                "responses": {"200": {"description": ""}},
            }}},
            "components": {"parameters": {"q": parameter("q", "query", "Shared.")}},
        })
    };
    let (first, second) = (
        parameter("q", "query", "One."),
        parameter("q", "query", "Two."),
    );
    let other = json!({"name": "q", "in": "query", "schema": {"type": "integer"}});
    let header = |name: &str| parameter(name, "header", "");
    for (parameters, kept) in [
        (json!([first, second]), json!([first])),
        (
            json!([first, {"$ref": "#/components/parameters/q"}]),
            json!([first]),
        ),
        (
            json!([header("X-Id"), header("x-id")]),
            json!([header("X-Id")]),
        ),
        (json!([first, parameter("q", "header", "")]), Value::Null),
        (json!([first, other]), Value::Null),
    ] {
        let (document, messages) = accepted(document(parameters.clone()));
        let found = &document["paths"]["/a"]["get"]["parameters"];
        let is_removed = kept != Value::Null;
        assert_eq!(*found, if is_removed { kept } else { parameters });
        assert_eq!(messages.len(), usize::from(is_removed));
    }
}

#[test]
fn every_diagnostic_has_help() {
    let document = |paths: Value, schemas: Value| {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": paths,
            "components": {"schemas": schemas},
        })
    };
    let of_operation = |key: &str, value: Value| {
        document(
            json!({"/a": {"get": {"operationId": "a", key: value}}}),
            json!({}),
        )
    };
    let of_schema = |schema: Value| document(json!({}), json!({"A": schema}));
    for document in [
        json!([]),
        json!({"openapi": "2.0"}),
        document(json!({"/a": null}), json!({})),
        document(json!([]), json!({})),
        document(json!({"/a": {"get": 1}}), json!({})),
        document(json!({"/a": {"$ref": 1}}), json!({})),
        of_operation("parameters", json!({})),
        of_operation("parameters", json!([null])),
        of_operation("responses", json!({"404": null})),
        of_operation("requestBody", json!([])),
        of_operation(
            "requestBody",
            json!({"content": {"application/json": null}}),
        ),
        of_schema(json!(null)),
        of_schema(json!({"$ref": 1})),
        of_schema(json!({"$ref": "#/nowhere"})),
        of_schema(json!({"properties": {"a": null}})),
        of_schema(json!({"properties": []})),
        of_schema(json!({"items": []})),
        of_schema(json!({"allOf": {}})),
        of_schema(json!({"additionalProperties": 1})),
        of_schema(json!({"type": "strin"})),
    ] {
        let diagnostics = normalize(document.clone()).expect_err("the document is refused");
        for diagnostic in diagnostics {
            assert!(!diagnostic.help.is_empty(), "{diagnostic} in {document}");
        }
    }
}
