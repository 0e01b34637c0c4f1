//! Tests of `cargo xtask fetch` with a local server.

use std::{collections::BTreeMap, fs, path::Path};

use crate::common::{fetch, index_source, paged, serve, source, spec};
use crate::server::{Answer, Server};
use gitbook_spec::{
    fetch::{Limits, Options, run},
    sources::{self, Source},
    yaml,
};
use serde_json::{Value, json};

const DOCUMENT: &str = r#"{"openapi":"3.1.0","paths":{"/a":{"get":{}},"/b":{"get":{},"put":{}}}}"#;

/// Returns a page with one operation.
fn page(path: &str) -> String {
    let object = json!({"openapi": "3.0.3", "paths": {path: {"get": {}}}});
    format!("# Page\n\n```json\n{object}\n```\n")
}

/// Returns the contents of all files of a folder by path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = files(&path).into_iter();
            found.extend(inner.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    found
}

fn document() -> Value {
    serde_json::from_str(DOCUMENT).unwrap()
}

#[test]
fn every_kind_of_source_becomes_fragments_and_a_lock() {
    let pages = paged(&[("b".to_owned(), page("/b")), ("c".to_owned(), page("/c"))]);
    let server = Server::new(move |path, number| match path {
        "/page.md" => Answer::new(200, page("/a")),
        "/openapi.yaml" => Answer::new(200, yaml::to_string(&document()).unwrap()),
        _ => pages(path, number),
    });
    let url = server.url();
    let sources = [
        source("page", "page", &format!("{url}/page.md")),
        index_source("index", &server),
        source("remote", "document", &format!("{url}/openapi.yaml")),
        source("local", "document", "documents/api.json"),
    ];
    let spec = spec(&sources.join("\n"));
    fs::create_dir(spec.path().join("documents")).unwrap();
    fs::write(spec.path().join("documents/api.json"), DOCUMENT).unwrap();

    fetch(spec.path(), false).unwrap();
    let found = files(spec.path());
    let names: Vec<_> = found
        .keys()
        .filter(|name| name.starts_with("fragments/"))
        .collect();
    assert_eq!(
        names,
        [
            "fragments/index/get.b.yaml",
            "fragments/index/get.c.yaml",
            "fragments/local/openapi.yaml",
            "fragments/page/get.a.yaml",
            "fragments/remote/openapi.yaml",
        ]
    );
    assert_eq!(
        found["fragments/page/get.a.yaml"],
        "openapi: \"3.0.3\"\npaths:\n  /a:\n    get: {}\n"
    );
    assert_eq!(
        yaml::parse(&found["fragments/local/openapi.yaml"]).unwrap(),
        document()
    );

    let lock: toml::Table = found["sources.lock"].parse().unwrap();
    let entries = lock["source"].as_array().unwrap();
    let summary: Vec<_> = entries
        .iter()
        .map(|entry| {
            (
                entry["name"].as_str().unwrap(),
                entry["operations"].as_integer().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        summary,
        [("page", 1), ("index", 2), ("remote", 3), ("local", 3)]
    );
    assert!(
        entries[1]["integrity"]
            .get(format!("{url}/api/b.md"))
            .is_some()
    );
    assert!(entries[3]["integrity"].get("documents/api.json").is_some());

    fetch(spec.path(), false).unwrap();
    fetch(spec.path(), true).unwrap();
    assert_eq!(files(spec.path()), found, "a second fetch changes nothing");

    let index = &sources::read(spec.path()).unwrap()[1];
    assert_eq!(
        sources::fragments(spec.path(), index).unwrap(),
        ["get.b.yaml", "get.c.yaml"].map(|file| spec.path().join("fragments/index").join(file))
    );
}

#[test]
fn only_the_sources_that_are_named_are_fetched() {
    let spec = spec(&[source("a", "page", "a.md"), source("b", "page", "b.md")].join("\n"));
    fs::write(spec.path().join("a.md"), page("/a")).unwrap();
    let options = |name: &str| Options {
        names: vec![name.to_owned()],
        ..Options::default()
    };

    run(spec.path(), &options("a"), &crate::common::limits()).unwrap();
    assert!(!spec.path().join("fragments/b").exists());

    let error = run(spec.path(), &options("c"), &crate::common::limits()).unwrap_err();
    assert!(error.to_string().contains("a, b"), "{error}");

    let b = &sources::read(spec.path()).unwrap()[1];
    let error = sources::fragments(spec.path(), b).unwrap_err();
    assert!(error.to_string().contains("cargo xtask fetch b"), "{error}");
}

#[test]
fn a_source_that_fails_stays_and_the_others_are_fetched() {
    let sources = ["a", "b", "c"].map(|name| source(name, "page", &format!("{name}.md")));
    let spec = spec(&sources.join("\n"));
    let write = |name: &str, text: &str| fs::write(spec.path().join(name), text).unwrap();
    for name in ["a", "b", "c"] {
        write(&format!("{name}.md"), &page("/old"));
    }
    fetch(spec.path(), false).unwrap();
    let before = files(spec.path());

    write("a.md", &page("/new"));
    write("b.md", "# Page\n\n```json\n{\"openapi\": \"3.0.3\",\n```\n");
    write("c.md", &page("/new"));
    let error = fetch(spec.path(), false).unwrap_err().to_string();
    assert!(
        error.contains("b.md") && error.contains("line 5"),
        "{error}"
    );
    assert!(
        !error.contains("a.md") && !error.contains("c.md"),
        "{error}"
    );

    let after = files(spec.path());
    for name in ["a", "c"] {
        assert!(after.contains_key(&format!("fragments/{name}/get.new.yaml")));
        assert!(!after.contains_key(&format!("fragments/{name}/get.old.yaml")));
    }
    let b = "fragments/b/get.old.yaml";
    assert_eq!(after[b], before[b]);
    let entry = |files: &BTreeMap<String, String>, index: usize| {
        let lock: toml::Table = files["sources.lock"].parse().unwrap();
        lock["source"][index].clone()
    };
    assert_eq!(entry(&after, 1), entry(&before, 1));
    assert_ne!(entry(&after, 0), entry(&before, 0));
}

#[test]
fn pages_of_an_index_that_fail_are_all_named_and_nothing_of_the_index_is_changed() {
    let pages = ["a", "b", "c"].map(|name| (name.to_owned(), page("/old")));
    let server = serve(&pages);
    let spec = spec(&index_source("index", &server));
    fetch(spec.path(), false).unwrap();
    let before = files(spec.path());

    server.answer(|path, _| match path {
        "/llms.txt" => Answer::new(200, "[a](/api/a.md) [b](/api/b.md) [c](/api/c.md)"),
        "/api/a.md" => Answer::new(200, page("/new")),
        "/api/c.md" => Answer::new(200, "<!doctype html>"),
        _ => Answer::new(404, ""),
    });
    let error = fetch(spec.path(), false).unwrap_err().to_string();
    assert!(
        error.contains("/api/b.md") && error.contains("/api/c.md"),
        "{error}"
    );
    assert!(!error.contains("/api/a.md"), "{error}");
    assert_eq!(files(spec.path()), before);
}

#[test]
fn an_index_with_too_many_pages_is_refused() {
    let pages = ["a", "b", "c"].map(|name| (name.to_owned(), page(&format!("/{name}"))));
    let server = serve(&pages);
    let spec = spec(&index_source("api", &server));
    let limits = |pages| Limits {
        pages,
        ..crate::common::limits()
    };
    let error = run(spec.path(), &Options::default(), &limits(2)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("links to 3 pages, more than the limit of 2"),
        "{error}"
    );
    run(spec.path(), &Options::default(), &limits(3)).unwrap();
}

#[test]
fn locked_fails_on_any_difference_and_writes_nothing() {
    let spec = spec(&source("a", "page", "a.md"));
    let page_path = spec.path().join("a.md");
    fs::write(&page_path, page("/a")).unwrap();
    assert!(fetch(spec.path(), true).is_err(), "nothing is locked yet");
    assert!(!spec.path().join("sources.lock").exists());
    fetch(spec.path(), false).unwrap();

    let fragment = spec.path().join("fragments/a/get.a.yaml");
    let text = fs::read_to_string(&fragment).unwrap();
    let fails = |what: &str| {
        let before = files(spec.path());
        assert!(fetch(spec.path(), true).is_err(), "{what}");
        assert_eq!(files(spec.path()), before, "{what}");
    };

    fs::write(&page_path, page("/a") + "\n").unwrap();
    fails("other bytes");
    fs::write(&page_path, page("/a")).unwrap();

    fs::write(&fragment, text.replace("{}", "{deprecated: true}")).unwrap();
    fails("a fragment that was edited");
    fs::write(&fragment, &text).unwrap();

    fs::write(fragment.with_file_name("get.b.yaml"), &text).unwrap();
    fails("a fragment too many");
    fs::remove_file(fragment.with_file_name("get.b.yaml")).unwrap();

    fs::remove_file(&fragment).unwrap();
    fails("a fragment too few");
    fs::write(&fragment, &text).unwrap();

    fetch(spec.path(), true).unwrap();
}

#[test]
fn the_same_operation_in_two_forms_is_kept_twice() {
    let object =
        |text: &str| json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"summary": text}}}});
    let fences: String = ["one", "two", "one"]
        .map(|text| format!("```json\n{}\n```\n\n", object(text)))
        .concat();
    let spec = spec(&source("a", "page", "a.md"));
    fs::write(spec.path().join("a.md"), fences).unwrap();
    fetch(spec.path(), false).unwrap();

    let source = &sources::read(spec.path()).unwrap()[0];
    let fragments = sources::fragments(spec.path(), source).unwrap();
    let found: Vec<Value> = fragments
        .iter()
        .map(|path| yaml::parse(&fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    assert_eq!(found.len(), 2);
    assert!(found.contains(&object("one")) && found.contains(&object("two")));
}

#[test]
fn a_path_is_no_url() {
    // Windows has no files with a question mark.
    let name = if cfg!(windows) {
        "folder/a page#1%20é.md"
    } else {
        "folder/a page#1?%20é.md"
    };
    let spec = spec(&source("a", "page", name));
    fs::create_dir(spec.path().join("folder")).unwrap();
    fs::write(spec.path().join(name), page("/a")).unwrap();
    fetch(spec.path(), false).unwrap();
    assert!(files(spec.path())["sources.lock"].contains(&format!("\"{name}\" = ")));
}

#[test]
fn a_url_of_this_machine_is_no_path() {
    let server = serve(&[("a".to_owned(), page("/a"))]);
    let url = server.url().replace("127.0.0.1", "localhost") + "/api/a.md";
    let spec = spec(&source("a", "page", &url));
    fetch(spec.path(), false).unwrap();
    assert!(files(spec.path())["sources.lock"].contains(&format!("\"{url}\" = ")));
}

#[test]
fn the_captures_of_this_repository_give_its_fragments() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec");
    let captures = sources::read(&spec)
        .unwrap()
        .into_iter()
        .filter_map(|source| match source {
            Source::Page { name, location, .. } if !location.starts_with("http") => Some(name),
            _ => None,
        });
    let names: Vec<_> = captures.collect();
    assert_eq!(names.len(), 2);
    let options = Options {
        names,
        locked: true,
        ..Options::default()
    };
    run(&spec, &options, &crate::common::limits()).unwrap();
}

#[test]
fn the_fragments_of_this_repository_are_written_in_one_way() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec");
    for source in sources::read(&spec).unwrap() {
        for path in sources::fragments(&spec, &source).unwrap() {
            let text = fs::read_to_string(&path).unwrap();
            let written = yaml::to_string(&yaml::parse(&text).unwrap()).unwrap();
            assert!(text == written, "{}", path.display());
        }
    }
}

#[test]
fn the_build_script_reads_the_same_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let text = fs::read_to_string(root.join("spec/openapi.yaml")).unwrap();
    // As `build.rs` does.
    let built: Value = serde_yaml::from_str(&text).unwrap();
    // The texts, because values are equal whatever the order of keys.
    let [built, read] = [built, yaml::parse(&text).unwrap()].map(|it| it.to_string());
    assert!(built == read);
}

#[test]
fn a_document_that_is_cut_into_pages_arrives_as_one_fragment_per_operation() {
    let schema = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let content = |name: &str| json!({"application/json": {"schema": schema(name)}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "tags": [{"name": "one"}, {"name": "two"}],
        "security": [{"user": []}],
        "components": {
            "securitySchemes": {"user": {"type": "http"}, "other": {"type": "http"}},
            "parameters": {"id": {"name": "id", "in": "path", "schema": schema("Id")}},
            "responses": {"Missing": {"content": content("Error")}},
            "schemas": {
                "Id": {"type": "string"},
                "Node": {"properties": {"next": schema("Node"), "$ref": {"type": "string"}}},
                "Error": {"type": "object"},
                "Event": {"oneOf": [], "discriminator": {"mapping": {"n": "#/components/schemas/Node"}}},
                "Alone": schema("Id"),
            },
        },
        "paths": {
            "/a/{id}": {
                "parameters": [{"$ref": "#/components/parameters/id"}],
                "get": {"operationId": "getA", "tags": ["one"], "responses": {
                    "200": {"content": content("Node")}, "404": {"$ref": "#/components/responses/Missing"}
                }},
                "post": {"operationId": "postA", "security": [{"other": []}], "requestBody": {"content": content("Event")}},
            },
        },
    });
    let spec = crate::common::fetch_as_pages(&document);
    let source = &sources::read(spec.path()).unwrap()[0];
    let fragments: Vec<Value> = sources::fragments(spec.path(), source)
        .unwrap()
        .iter()
        .map(|path| yaml::parse(&fs::read_to_string(path).unwrap()).unwrap())
        .collect();

    let all = &document["components"];
    let item = &document["paths"]["/a/{id}"];
    assert_eq!(
        fragments,
        [
            json!({
                "openapi": "3.1.0", "info": document["info"], "tags": [{"name": "one"}],
                "security": document["security"],
                "components": {
                    "securitySchemes": {"user": all["securitySchemes"]["user"]},
                    "parameters": all["parameters"],
                    "responses": all["responses"],
                    "schemas": {
                        "Id": all["schemas"]["Id"], "Node": all["schemas"]["Node"],
                        "Error": all["schemas"]["Error"],
                    },
                },
                "paths": {"/a/{id}": {"parameters": item["parameters"], "get": item["get"]}},
            }),
            json!({
                "openapi": "3.1.0", "info": document["info"], "tags": [],
                "security": document["security"],
                "components": {
                    "securitySchemes": all["securitySchemes"],
                    "parameters": all["parameters"],
                    "schemas": {
                        "Id": all["schemas"]["Id"], "Node": all["schemas"]["Node"],
                        "Event": all["schemas"]["Event"],
                    },
                },
                "paths": {"/a/{id}": {"parameters": item["parameters"], "post": item["post"]}},
            }),
        ]
    );
}
