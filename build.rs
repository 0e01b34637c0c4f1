//! Generates the client from `spec/openapi.yaml`.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=GITBOOK_API_SPEC");
    let specification = env::var_os("GITBOOK_API_SPEC")
        .map_or_else(|| Path::new("spec/openapi.yaml").to_owned(), PathBuf::from);
    println!("cargo::rerun-if-changed={}", specification.display());

    let text = fs::read_to_string(&specification)
        .map_err(|error| format!("{}: {error}", specification.display()))?;
    let document = serde_yaml::from_str(&text)
        .map_err(|error| format!("{}: {error}", specification.display()))?;
    let client = gitbook_api_codegen::generate(&document, None)
        .map_err(|problem| format!("{}: {problem}", specification.display()))?;

    let out = PathBuf::from(env::var("OUT_DIR")?).join("client.rs");
    fs::write(out, client.code)?;
    Ok(())
}
