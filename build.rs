//! Generates the client from `spec/openapi.yaml`.

use std::env;
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use gitbook_api_codegen::features::features;
use gitbook_api_codegen::{Diagnostics, Value};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=GITBOOK_API_SPEC");
    println!("cargo::rustc-check-cfg=cfg(other_document)");
    let other = env::var_os("GITBOOK_API_SPEC");
    if other.is_some() {
        // The helpers that are made of several operations know those of our own document.
        println!("cargo::rustc-cfg=other_document");
    }
    let specification = other.map_or_else(|| PathBuf::from("spec/openapi.yaml"), PathBuf::from);
    println!("cargo::rerun-if-changed={}", specification.display());

    let diagnostic = |error: &dyn Display| format!("{}: {error}", specification.display());
    let text = fs::read_to_string(&specification).map_err(|error| diagnostic(&error))?;
    let document = serde_yaml::from_str(&text).map_err(|error| diagnostic(&error))?;
    let groups = groups(&document).map_err(|error| diagnostic(&error))?;
    let client = gitbook_api_codegen::generate(&document, groups.as_deref())
        .map_err(|error| diagnostic(&error))?;

    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (name, source) in &client.files {
        write(&out.join(name), source)?;
    }
    // The tests are not in the package that users build.
    if Path::new("tests").is_dir() {
        write(&out.join("schemas.rs"), &table(&client.schemas))?;
        write(&out.join("requests.rs"), &table(&client.requests))?;
    }
    Ok(())
}

/// The groups of operations whose features are enabled; `None` with the feature of them all.
fn groups(document: &Value) -> Result<Option<Vec<String>>, Diagnostics> {
    let is_enabled = |feature: &str| {
        let name = feature.to_uppercase().replace('-', "_");
        env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
    };
    if is_enabled("all") {
        return Ok(None);
    }
    let names = features(document)?.into_iter().map(|feature| feature.name);
    Ok(Some(names.filter(|name| is_enabled(name)).collect()))
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
