//! The complete output for a small document with every feature.
//!
//! `UPDATE=1 cargo test -p gitbook-api-codegen golden` writes the output to `tests/golden/`.

use std::path::Path;
use std::{env, fs};

use gitbook_api_codegen::{Value, generate};

#[test]
fn the_output_is_the_committed_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let text = fs::read_to_string(folder.join("document.yaml")).unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let mut stale = Vec::new();
    for module in generate(&document).unwrap().modules {
        let (name, source) = (module.name, module.whole());
        let path = folder.join(format!("{name}.rs"));
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, source).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != source {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "{stale:?} changed: review with UPDATE=1 and git diff"
    );
}
