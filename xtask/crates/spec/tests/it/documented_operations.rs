//! Everything documented on GitBook's rendered pages is in `spec/openapi.yaml`.

use std::path::Path;

use gitbook_api_codegen::document::escape;
use gitbook_spec::read::read;

#[test]
fn every_documented_operation_is_in_the_document() {
    let document =
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../spec/openapi.yaml")).unwrap();
    let list = include_str!("fixtures/documented-operations.txt");
    let operations: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(operations.len(), 39);

    let absent: Vec<_> = operations
        .into_iter()
        .filter(|operation| {
            let (method, path) = operation.split_once(' ').expect("a method and a path");
            let pointer = format!("/paths/{}/{}", escape(path), method.to_lowercase());
            document.pointer(&pointer).is_none()
        })
        .collect();
    assert_eq!(absent, [""; 0]);
}
