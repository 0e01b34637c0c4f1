//! Generates the client from `spec/openapi.yaml`.

use std::env;
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use gitbook_api_codegen::Diagnostics;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=GITBOOK_API_SPEC");
    let other = env::var_os("GITBOOK_API_SPEC");
    if other.is_some() {
        // `extras` calls operations that another document may lack.
        println!("cargo::rustc-cfg=other_document");
    }
    let specification = other.map_or_else(|| PathBuf::from("spec/openapi.yaml"), PathBuf::from);
    println!("cargo::rerun-if-changed={}", specification.display());

    let diagnostic = |error: &dyn Display| format!("{}: {error}", specification.display());
    let text = fs::read_to_string(&specification).map_err(|error| diagnostic(&error))?;
    let document = serde_yaml::from_str(&text).map_err(|error| diagnostic(&error))?;
    if env::var_os("CARGO_FEATURE_REGRESS").is_none() {
        let beyond = gitbook_api_codegen::pattern::beyond_programs(&document);
        Diagnostics::check(beyond).map_err(|error| diagnostic(&error))?;
    }
    // The same for all features: each item has the condition that it is compiled under.
    let client = gitbook_api_codegen::generate(&document).map_err(|error| diagnostic(&error))?;

    for group in client.groups() {
        println!("cargo::rustc-check-cfg=cfg(feature, values({group:?}))");
    }

    let out = PathBuf::from(env::var("OUT_DIR")?);
    for folder in client.modules.iter().map(|module| module.name) {
        fs::create_dir_all(out.join(folder))?;
    }
    for file in client.files() {
        write(&out.join(&file.path), &file.source)?;
    }
    // The tests are not in the package that users build.
    if Path::new("tests").is_dir() {
        write(&out.join("schemas.rs"), &table(&client.schemas))?;
        write(&out.join("requests.rs"), &table(&client.requests))?;
        write(&out.join("examples.rs"), &calls(&client.examples()))?;
    }
    Ok(())
}

/// Leaves a file that holds `contents` already as it is, so that nothing is compiled again.
fn write(path: &Path, contents: &str) -> std::io::Result<()> {
    match fs::read(path) {
        Ok(former) if former == contents.as_bytes() => Ok(()),
        _ => fs::write(path, contents),
    }
}

/// Returns a table of types by the schema or operation of each, for the tests of all types.
fn table(schemas: &[(String, String)]) -> String {
    let row = |(schema, path): &(String, String)| format!("    ({schema:?}, probe::<{path}>),\n");
    format!("[\n{}]\n", schemas.iter().map(row).collect::<String>())
}

/// Returns a table of the calls of all examples by operation, for a test that sends them.
fn calls(examples: &[(String, String)]) -> String {
    let row =
        |(id, call): &(String, String)| format!("    ({id:?}, |client| {call}.into_call()),\n");
    format!("[\n{}]\n", examples.iter().map(row).collect::<String>())
}
