//! `cargo xtask codegen` on the command line: exit codes and errors.

use std::fs;
use std::process::{Command, Output};

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

/// `cargo xtask codegen --input DOC --out DIR`.
fn codegen_of(document: &str) -> (Output, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    fs::write(&input, document).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("codegen")
        .arg("--input")
        .arg(&input)
        .arg("--out")
        .arg(folder.path().join("out"))
        .output()
        .unwrap();
    (output, folder)
}

#[test]
fn other_documents_go_to_another_folder_without_overlays() {
    let (output, folder) = codegen_of(&document().to_string());
    assert!(output.status.success());
    let made = read(&folder.path().join("out/openapi.yaml")).unwrap();
    assert_eq!(made["components"]["schemas"]["Count"]["type"], "number");
}

#[test]
fn bad_input_is_one_clear_error_and_nothing_is_written() {
    let with = |pointer: &str, value: Value| {
        let mut document = document();
        *document.pointer_mut(pointer).unwrap() = value;
        document.to_string()
    };
    let cases = [
        ("truncated JSON", document().to_string()[..60].to_owned()),
        (
            "Swagger",
            json!({"swagger": "2.0", "paths": {}}).to_string(),
        ),
        ("OpenAPI 3.2", with("/openapi", json!("3.2.0"))),
        (
            "dangling",
            with(
                "/components/schemas/Count",
                json!({"$ref": "#/components/schemas/Gone"}),
            ),
        ),
        (
            "unknown type",
            with("/components/schemas/Count", json!({"type": "money"})),
        ),
        (
            "cycle",
            with(
                "/components/schemas/Count",
                json!({"$ref": "#/components/schemas/Count"}),
            ),
        ),
        (
            "deep JSON",
            format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        ),
        ("deep YAML", "- ".repeat(100_000)),
        (
            "HTML",
            "<!DOCTYPE html><html><body>Not found</body></html>".to_owned(),
        ),
        ("empty", String::new()),
    ];
    for (case, text) in cases {
        let (output, folder) = codegen_of(&text);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{case}: {error}");
        assert!(error.contains("input"), "{case}: {error}");
        let errors = error.lines().filter(|line| line.starts_with("error:"));
        assert_eq!(errors.count(), 1, "{case}: {error}");
        assert!(!folder.path().join("out").exists(), "{case}");
    }
}
