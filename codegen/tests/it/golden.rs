//! The complete output for a small document with every feature.
//!
//! `UPDATE_EXPECT=1 cargo test -p gitbook-api-codegen golden` writes the output to `tests/golden/`.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use gitbook_api_codegen::{Value, generate};

#[test]
fn the_output_is_the_committed_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let text = fs::read_to_string(folder.join("document.yaml")).unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    for module in generate(&document).unwrap().modules {
        let path = folder.join(format!("{}.rs", module.name));
        expect_file![path].assert_eq(&module.whole());
    }
}
