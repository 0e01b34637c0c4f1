//! Errors for documents that cannot be read.

use gitbook_spec::read::{parse, read};

#[test]
fn json_and_yaml_are_read_in_their_order() {
    let json = parse(
        r#"{"openapi": "3.1.0", "z": 1, "a": {"yes": null}}"#,
        "a.json",
    );
    let yaml = parse("openapi: 3.1.0\nz: 1\na:\n  yes: ~\n", "a.yaml");
    let json = json.expect("this is JSON").to_string();
    assert_eq!(json, r#"{"openapi":"3.1.0","z":1,"a":{"yes":null}}"#);
    assert_eq!(yaml.expect("this is YAML").to_string(), json);
}

#[test]
fn unreadable_documents_are_errors_with_their_position() {
    let deep_json = r#"{"openapi":"3.1.0","a":"#.to_owned() + &"[".repeat(100_000);
    let deep_objects = r#"{"a":"#.repeat(100_000);
    let deep_yaml = format!("openapi: 3.1.0\na: {}", "[".repeat(100_000));
    let deep_blocks = format!("openapi: 3.1.0\na:\n{}", "- ".repeat(100_000));
    for (text, expected) in [
        ("{\"openapi\": \"3.1.0\",\n \"paths\": {", "doc:2"),
        ("{\"openapi\": \"3.1.0\",\n \"a\": 1,\n \"a\": 2}", "doc:3"),
        ("openapi: 3.1.0\na: 1\na: 2\n", "line 3"),
        (r#"{"swagger": "2.0"}"#, "#/swagger"),
        (r#"{"openapi": "3.2.0"}"#, "#/openapi"),
        (r#"{"openapi": 3.1}"#, "#/openapi"),
        ("- openapi", "not an object"),
        ("just words", "not an object"),
        ("", "empty"),
        ("<!DOCTYPE html>\n<html></html>", "HTML"),
        (&deep_json, "doc:1"),
        (&deep_objects, "doc:1"),
        (&deep_yaml, "line 2"),
        (&deep_blocks, "line 3"),
    ] {
        let error = parse(text, "doc")
            .expect_err("this cannot be read")
            .to_string();
        let start: String = text.chars().take(40).collect();
        assert!(
            error.contains("doc") && error.contains(expected),
            "{start}: {error}"
        );
    }
}

#[test]
fn a_file_too_large_is_not_read() {
    let path = std::env::temp_dir().join(format!("gitbook-api-large-{}", std::process::id()));
    let file = std::fs::File::create(&path).expect("the directory for temporary files is writable");
    file.set_len(200 << 20)
        .expect("a sparse file takes no room");
    let error = read(&path).expect_err("the file is too large").to_string();
    std::fs::remove_file(&path).expect("the file is there");
    assert!(error.contains("209715200"), "{error}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = read("no/such/file.yaml".as_ref()).expect_err("there is no such file");
    assert!(error.to_string().contains("no/such/file.yaml"), "{error}");
}

#[test]
fn numbers_that_cannot_be_represented_are_refused() {
    for number in ["1e400", "18446744073709551616", "0.1234567890123456789"] {
        let json = format!("{{\"openapi\": \"3.1.0\",\n \"a\": {number}}}");
        let error = parse(&json, "doc").unwrap_err().to_string();
        assert!(
            error.contains("doc:2:") && error.contains("number"),
            "{error}"
        );
        let yaml = format!("openapi: 3.1.0\na: {number}\n");
        let error = parse(&yaml, "doc").unwrap_err().to_string();
        assert!(
            error.contains("line 2") && error.contains(number),
            "{error}"
        );
    }
}

#[test]
fn yaml_is_read_by_the_core_schema() {
    let text = "openapi: 3.1.0\nenum: [13500_1500, 0777, 0o17, yes, 12:30, 2020-01-01, ~]\n";
    let document = parse(text, "doc").unwrap();
    let expected = serde_json::json!(["13500_1500", 777, 15, "yes", "12:30", "2020-01-01", null]);
    assert_eq!(document["enum"], expected);
}
