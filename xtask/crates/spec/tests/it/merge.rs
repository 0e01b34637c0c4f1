//! Tests of `merge`.

use gitbook_spec::merge::{Contribution, Difference, Merged, Source, merge};
use serde_json::{Value, json};

fn source(name: &str, document: &Value) -> Source {
    Source {
        name: name.to_owned(),
        document: document.clone(),
    }
}

fn merged(documents: &[(&str, &Value)]) -> Merged {
    let sources = documents
        .iter()
        .map(|(name, document)| source(name, document))
        .collect();
    merge(sources).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"))
}

fn pointers_of_problems(documents: &[&Value]) -> Vec<String> {
    let sources = documents
        .iter()
        .map(|document| source("s", document))
        .collect();
    let diagnostics = merge(sources).expect_err("a diagnostic");
    diagnostics
        .into_iter()
        .map(|diagnostic| diagnostic.pointer)
        .collect()
}

/// Returns a whole document with two operations.
fn whole() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "GitBook API", "version": "1", "contact": {"name": "GitBook"}},
        "servers": [{"url": "/v1"}],
        "security": [{"user": []}, {"staff": []}],
        "tags": [{"name": "spaces", "x-page-title": "Spaces"}, {"name": "links"}],
        "paths": {
            "/spaces/{spaceId}": {
                "get": {"operationId": "getSpace", "tags": ["spaces"], "parameters": [{"$ref": "#/components/parameters/spaceId"}], "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Space"}}}}}},
                "delete": {"operationId": "deleteSpace", "security": [{"user": []}], "responses": {"204": {"description": "Gone"}}}
            }
        },
        "components": {
            "parameters": {"spaceId": {"name": "spaceId", "in": "path", "required": true, "schema": {"type": "string"}}},
            "schemas": {
                "Space": {"type": "object", "required": ["id", "title"], "properties": {"id": {"type": "string"}, "title": {"type": "string"}}},
                "Event": {"type": "string", "enum": ["a", "b"]}
            }
        }
    })
}

/// Returns a fragment with an operation that `whole` does not have.
fn fragment(path: &str, operation: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "GitBook API", "version": "1"},
        "servers": [{"url": "/v1"}],
        "security": [{"user": []}],
        "tags": [{"name": "spaces", "description": "About spaces"}],
        "paths": {path: {"get": operation}}
    })
}

#[test]
fn a_document_merged_with_itself_is_the_same_to_the_byte() {
    let document = whole();
    let merged = merged(&[("a", &document), ("b", &document)]);
    assert_eq!(merged.document.to_string(), document.to_string());
    assert!(merged.conflicts.is_empty() && merged.wording_changes.is_empty());
    let contribution = Contribution {
        operations: 2,
        schemas: 2,
        ..Contribution::default()
    };
    let taken = Contribution {
        operations_taken: 2,
        schemas_taken: 2,
        ..contribution
    };
    assert_eq!(merged.contributions, [contribution, taken]);
}

#[test]
fn the_document_gives_the_order_and_its_kin_come_beside_it() {
    let links = fragment(
        "/spaces/{spaceId}/links",
        json!({"operationId": "listLinks", "responses": {}}),
    );
    let merged = merged(&[("links", &links), ("whole", &whole())]).document;
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&merged), keys(&whole()));
    assert_eq!(
        keys(&merged["paths"]),
        ["/spaces/{spaceId}", "/spaces/{spaceId}/links"]
    );
    assert_eq!(merged["servers"], whole()["servers"]);
    assert_eq!(merged["security"], whole()["security"]);
    assert_eq!(merged["info"], whole()["info"]);
    assert_eq!(
        merged["tags"],
        json!([{"name": "spaces", "description": "About spaces", "x-page-title": "Spaces"}, {"name": "links"}])
    );
}

#[test]
fn an_operation_means_the_same_under_another_root() {
    let open = fragment(
        "/open",
        json!({"operationId": "open", "security": [], "responses": {}}),
    );
    let closed = fragment("/closed", json!({"operationId": "closed", "responses": {}}));
    let mut elsewhere = fragment(
        "/elsewhere",
        json!({"operationId": "elsewhere", "responses": {}}),
    );
    elsewhere.as_object_mut().unwrap().shift_remove("security");
    elsewhere["servers"] = json!([{"url": "/v2"}]);
    let merged = merged(&[
        ("a", &open),
        ("b", &closed),
        ("c", &elsewhere),
        ("whole", &whole()),
    ]);

    let paths = &merged.document["paths"];
    assert_eq!(paths["/open"]["get"]["security"], json!([]));
    assert_eq!(paths["/closed"]["get"]["security"], json!([{"user": []}]));
    assert_eq!(paths["/elsewhere"]["get"]["security"], json!([]));
    assert_eq!(
        paths["/elsewhere"]["get"]["servers"],
        json!([{"url": "/v2"}])
    );
    assert_eq!(
        paths["/spaces/{spaceId}"],
        whole()["paths"]["/spaces/{spaceId}"]
    );
    assert!(paths["/closed"]["get"].get("servers").is_none());
}

#[test]
fn a_source_without_servers_takes_those_of_the_others() {
    let mut silent = fragment("/new", json!({"operationId": "new", "responses": {}}));
    silent.as_object_mut().unwrap().shift_remove("servers");
    let mut primary = whole();
    for sources in [[&silent, &primary], [&primary, &silent]] {
        let merged = merged(&[("a", sources[0]), ("b", sources[1])]).document;
        assert_eq!(merged["servers"], whole()["servers"]);
        assert!(merged["paths"]["/new"]["get"].get("servers").is_none());
    }
    // Also if the primary source is the one that does not say.
    primary.as_object_mut().unwrap().shift_remove("servers");
    let spoken = fragment("/new", json!({"operationId": "new", "responses": {}}));
    let merged = merged(&[("a", &primary), ("b", &spoken)]).document;
    assert_eq!(merged["servers"], spoken["servers"]);
    assert!(merged["paths"]["/new"]["get"].get("servers").is_none());
}

#[test]
fn servers_of_all_operations_are_those_of_the_document() {
    let v2 = json!([{"url": "/v2"}]);
    let mut document = whole();
    document["paths"]["/spaces/{spaceId}"]["servers"] = v2.clone();
    document["paths"]["/links"]["get"] =
        json!({"operationId": "links", "servers": v2, "responses": {}});
    let all = merged(&[("a", &document)]).document;
    assert_eq!(all["servers"], v2);
    assert!(all["paths"]["/spaces/{spaceId}"].get("servers").is_none());
    assert!(all["paths"]["/links"]["get"].get("servers").is_none());
    // One operation elsewhere, and nothing is shared.
    document["paths"]["/links"]["get"]["servers"] = json!([{"url": "/v3"}]);
    assert_eq!(merged(&[("a", &document)]).document, document);
}

#[test]
fn the_later_source_wins_and_the_conflict_says_where() {
    let mut later = whole();
    later["components"]["schemas"]["Space"]["properties"]["title"]["type"] = json!("number");
    later["components"]["schemas"]["Event"]["description"] = json!("An event");
    later["paths"]["/spaces/{spaceId}"]["get"]["deprecated"] = json!(true);
    let merged = merged(&[("old", &whole()), ("new", &later)]);
    assert_eq!(merged.document, later);
    let difference = |pointer: &str, within: &str| Difference {
        pointer: pointer.to_owned(),
        earlier: "old".to_owned(),
        later: "new".to_owned(),
        within: vec![within.to_owned()],
    };
    assert_eq!(
        merged.conflicts,
        [
            difference("#/paths/~1spaces~1{spaceId}/get", "/deprecated"),
            difference("#/components/schemas/Space", "/properties/title/type"),
        ]
    );
    assert_eq!(
        merged.wording_changes,
        [difference("#/components/schemas/Event", "/description")]
    );
}

#[test]
fn templates_that_differ_in_names_are_one_path() {
    let parameters = json!([
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "id", "in": "query", "schema": {"type": "string"}},
        {"$ref": "#/components/parameters/id"}
    ]);
    let mut other = fragment("/spaces/{id}", json!({}));
    other["paths"]["/spaces/{id}"] =
        json!({"put": {"operationId": "putSpace", "parameters": parameters, "responses": {}}});
    other["components"] = json!({"parameters": {"id": {"name": "id", "in": "path", "required": true, "description": "Shared", "schema": {}}}});

    for order in [
        [("other", &other), ("whole", &whole())],
        [("whole", &whole()), ("other", &other)],
    ] {
        let merged = merged(&order).document;
        let item = &merged["paths"]["/spaces/{spaceId}"];
        assert_eq!(merged["paths"].as_object().unwrap().len(), 1);
        assert_eq!(item["get"], whole()["paths"]["/spaces/{spaceId}"]["get"]);
        let names: Vec<_> = item["put"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| &parameter["name"])
            .collect();
        assert_eq!(names, ["spaceId", "id", "spaceId"]);
        assert_eq!(merged["components"]["parameters"]["id"]["name"], "id");
    }
}

#[test]
fn one_path_under_two_names_of_its_parameter_keeps_what_each_declares() {
    let item = |name: &str, method: &str, own: Value| {
        let parameter = json!({"name": name, "in": "path", "required": true, "description": name, "schema": {"type": "string"}});
        let operation = json!({"operationId": method, "responses": {"200": {"description": ""}}});
        let mut item = json!({"parameters": [parameter], method: operation});
        let own = own.as_object().unwrap().clone();
        item.as_object_mut().unwrap().extend(own);
        item
    };
    let servers = json!({"servers": [{"url": "https://files.example"}]});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "/v1"}],
        "paths": {
            "/files/{folderId}": item("folderId", "get", json!({})),
            "/files/{fileId}": item("fileId", "delete", servers.clone()),
        },
    });
    let paths = merged(&[("one", &document)]).document["paths"].clone();
    assert_eq!(paths.as_object().unwrap().len(), 1);
    let item = &paths["/files/{fileId}"];
    for (method, description) in [("get", "folderId"), ("delete", "fileId")] {
        let parameters = item[method]["parameters"].as_array().unwrap();
        assert_eq!(parameters.len(), 1, "{method}");
        assert_eq!(parameters[0]["name"], "fileId", "{method}");
        assert_eq!(parameters[0]["description"], description, "{method}");
    }
    assert_eq!(item["delete"]["servers"], servers["servers"]);
    assert_eq!(item["get"].get("servers"), None);
}

#[test]
fn keywords_of_a_path_item_stay_with_its_operations() {
    let parameter = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
    let item = |method: &str, shared: &str| {
        let mut item = json!({"parameters": [parameter(shared), parameter("own")]});
        item[method] =
            json!({"operationId": method, "parameters": [parameter("own")], "responses": {}});
        json!({"openapi": "3.0.3", "paths": {"/a": item}})
    };
    let merged = merged(&[("a", &item("get", "x")), ("b", &item("put", "y"))]).document;
    let parameters = |method: &str| merged["paths"]["/a"][method]["parameters"].clone();
    assert_eq!(parameters("get"), json!([parameter("x"), parameter("own")]));
    assert_eq!(parameters("put"), json!([parameter("y"), parameter("own")]));
    assert!(merged["paths"]["/a"].get("parameters").is_none());
}

#[test]
fn contradictions_are_problems() {
    let operation = |id: &str| json!({"operationId": id, "responses": {}});
    let at = |path: &str, id: &str| fragment(path, operation(id));

    let swapped = [&at("/a/{x}/{y}", "one"), &at("/a/{y}/{x}", "two")];
    assert_eq!(pointers_of_problems(&swapped), ["#/paths/~1a~1{y}~1{x}"]);

    let mut twice = at("/a/{x}", "one");
    twice["paths"]["/a/{y}"] = json!({"get": operation("two")});
    assert_eq!(pointers_of_problems(&[&twice]), ["#/paths/~1a~1{y}/get"]);

    let same_id = [&at("/a", "one"), &at("/b", "one")];
    assert_eq!(
        pointers_of_problems(&same_id),
        ["#/paths/~1b/get/operationId"]
    );

    let mut dangling = whole();
    dangling["components"]["schemas"]
        .as_object_mut()
        .unwrap()
        .shift_remove("Space");
    dangling["components"]["schemas"]["Event"] = json!({"oneOf": [], "discriminator": {"propertyName": "x", "mapping": {"a": "#/components/schemas/A"}}});
    assert_eq!(
        pointers_of_problems(&[&dangling]),
        [
            "#/paths/~1spaces~1{spaceId}/get/responses/200/content/application~1json/schema",
            "#/components/schemas/Event",
        ]
    );
    assert_eq!(pointers_of_problems(&[]), ["#"]);
}

#[test]
fn a_reference_may_be_defined_by_another_source() {
    let mut lacking = whole();
    lacking["components"]["schemas"]
        .as_object_mut()
        .unwrap()
        .shift_remove("Space");
    let schemas =
        json!({"openapi": "3.0.3", "components": {"schemas": {"Space": {"type": "string"}}}});
    let merged = merged(&[("lacking", &lacking), ("schemas", &schemas)]).document;
    assert_eq!(
        merged["components"]["schemas"]["Space"],
        json!({"type": "string"})
    );
}

#[test]
fn the_order_of_sources_that_do_not_conflict_decides_nothing() {
    let documents = [
        ("whole", whole()),
        (
            "links",
            fragment(
                "/spaces/{spaceId}/links",
                json!({"operationId": "listLinks", "responses": {}}),
            ),
        ),
        (
            "users",
            fragment(
                "/users",
                json!({"operationId": "listUsers", "responses": {}}),
            ),
        ),
        (
            "teams",
            fragment(
                "/teams",
                json!({"operationId": "listTeams", "responses": {}}),
            ),
        ),
    ];
    let merged_in = |order: &[usize]| {
        let documents: Vec<_> = order
            .iter()
            .map(|&index| (documents[index].0, &documents[index].1))
            .collect();
        merged(&documents).document
    };
    let expected = merged_in(&[0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [1, 2, 3, 0]] {
        assert_eq!(merged_in(&order), expected, "{order:?}");
    }
}
