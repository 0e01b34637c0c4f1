//! rustfmt leaves what is generated as it is.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use gitbook_api_codegen::{Value, generate};

/// `SPEC=FILE` names one more document.
#[test]
fn rustfmt_changes_nothing() {
    let mut documents = vec![
        "../spec/openapi.yaml".into(),
        "tests/golden/document.yaml".into(),
    ];
    documents.extend(env::var_os("SPEC"));
    for path in documents {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for (name, source) in generate(&document, None).unwrap().files {
            let Some(formatted) = rustfmt(&source) else {
                eprintln!("not tested: there is no rustfmt");
                return;
            };
            let lines = source.lines().zip(formatted.lines());
            let different = lines.enumerate().find(|(_, (ours, theirs))| ours != theirs);
            assert_eq!(different, None, "{name}");
            assert_eq!(source.len(), formatted.len(), "{name}");
        }
    }
}

/// Returns the formatted `source`; `None` if rustfmt is not installed.
fn rustfmt(source: &str) -> Option<String> {
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition=2024", "--config-path", config])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = rustfmt.stdin.take()?;
    let source = source.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(source.as_bytes()));
    let output = rustfmt.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}
