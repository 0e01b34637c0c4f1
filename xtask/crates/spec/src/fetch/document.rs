//! Reads a whole OpenAPI document, JSON or YAML.

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{fragment, page};
use crate::{json, yaml};

/// Reads a document. Text that begins with `{` is read as JSON.
///
/// # Errors
///
/// Fails if the text does not parse (the error has line and column), or if it is not an OpenAPI 3.0
/// or 3.1 document.
pub fn parse(text: &str) -> anyhow::Result<Value> {
    ensure!(
        !page::is_html(text),
        "this is HTML, not an OpenAPI document"
    );
    let document = match text.trim_start().starts_with('{') {
        true => json::parse(text).context("this is not valid JSON")?,
        false => yaml::parse(text).context("this is not valid YAML")?,
    };
    fragment::version(&document)?;
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_yaml_are_told_apart() {
        let document = parse("\n{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": {}}}").unwrap();
        assert_eq!(
            parse("openapi: 3.0.3\npaths:\n  /a: {}\n").unwrap(),
            document
        );
    }

    #[test]
    fn other_texts_are_errors() {
        for text in [
            "",
            "{\"openapi\": \"3.0.3\", \"paths\": {",
            "openapi: 3.0.3\nopenapi: 3.0.3\n",
            "openapi: 3.2.0\n",
            "swagger: '2.0'\n",
            "<!doctype html><p>openapi: 3.0.3",
            "just a word",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
