//! Tests of the pipeline, from fragments and overlays to `openapi.yaml`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use gitbook_spec::pipeline::{self, Options};
use gitbook_spec::read::read;
use serde_json::{Value, json};
use tempfile::TempDir;

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "getA", "responses": {"200": {"description": "OK"}}}}},
        "components": {"schemas": {"Count": {"type": ["number", "null"], "description": "Count"}}}
    })
}

/// Creates a folder `spec` with two sources and an overlay.
fn spec() -> TempDir {
    let spec = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = spec.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut sources = String::new();
    for name in ["one", "two"] {
        sources +=
            &format!("[[source]]\nname = '{name}'\nkind = 'document'\nlocation = 'x.json'\n");
        write(
            &format!("fragments/{name}/openapi.yaml"),
            &document().to_string(),
        );
    }
    write("sources.toml", &sources);
    let action = json!({
        "target": "$.components.schemas.Count", "description": "r", "x-expect": {"type": "number"}, "update": {"type": "integer"}
    });
    let overlay =
        json!({"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": [action]});
    write("overlays/10.yaml", &overlay.to_string());
    spec
}

fn run(spec: &TempDir, check: bool) -> anyhow::Result<()> {
    pipeline::run(
        spec.path(),
        &Options {
            check,
            ..Options::default()
        },
    )
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn fragments_and_overlays_make_the_document() {
    let spec = spec();
    run(&spec, false).unwrap();
    let target = spec.path().join("openapi.yaml");
    let made = read(&target).unwrap();
    assert_eq!(made["openapi"], "3.0.3");
    assert_eq!(
        made["components"]["schemas"]["Count"],
        json!({"type": "integer", "description": "Count", "nullable": true})
    );
    let text = fs::read(&target).unwrap();
    run(&spec, false).unwrap();
    assert_eq!(fs::read(&target).unwrap(), text);
}

#[test]
fn check_fails_when_the_document_is_stale_and_writes_nothing() {
    let spec = spec();
    let before = files(spec.path());
    assert!(run(&spec, true).is_err());
    assert_eq!(files(spec.path()), before);

    run(&spec, false).unwrap();
    run(&spec, true).unwrap();

    let target = spec.path().join("openapi.yaml");
    let edited = fs::read_to_string(&target)
        .unwrap()
        .replace("integer", "number");
    fs::write(&target, &edited).unwrap();
    assert!(run(&spec, true).is_err());
    assert_eq!(fs::read_to_string(&target).unwrap(), edited);
}

#[test]
fn an_overlay_that_does_not_hold_leaves_the_document_as_it_was() {
    let spec = spec();
    run(&spec, false).unwrap();
    let target = spec.path().join("openapi.yaml");
    let before = fs::read(&target).unwrap();
    let fixed = document().to_string().replace("number", "integer");
    fs::write(spec.path().join("fragments/two/openapi.yaml"), fixed).unwrap();
    let error = format!("{:#}", run(&spec, false).unwrap_err());
    assert!(
        error.contains("10.yaml") && error.contains("actions[0]"),
        "{error}"
    );
    assert_eq!(fs::read(&target).unwrap(), before);
}
