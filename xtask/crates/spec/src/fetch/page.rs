//! Extracts the OpenAPI objects of a Markdown page.

use anyhow::{Context, anyhow, ensure};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::{json, read};

/// Returns the OpenAPI objects in the `json` fences of a page, in order, including those that only
/// have components. Other fences are ignored.
///
/// # Errors
///
/// Fails if the page is HTML, or if a fence with an `openapi` or `swagger` key does not parse or
/// has a version other than 3.0 and 3.1. The error has the line of the page.
pub fn extract(page: &str) -> anyhow::Result<Vec<Value>> {
    ensure!(
        !is_html(page),
        "this is HTML, not Markdown (the Markdown of a GitBook page is at its URL with `.md`)"
    );
    let mut fragments = Vec::new();
    for (line, text) in json_fences(page) {
        if let Some(value) = openapi(line, &text)? {
            fragments.push(value);
        }
    }
    Ok(fragments)
}

/// Returns whether a text is an HTML page.
pub(super) fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"].iter().any(|tag| {
        start
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    })
}

/// Returns the contents of the `json` fences, each with the line of the page on which it begins.
fn json_fences(page: &str) -> Vec<(usize, String)> {
    let mut fences = Vec::new();
    let mut current: Option<(usize, String)> = None;
    for (event, range) in Parser::new(page).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_json(&info) => {
                let opening = page[..range.start].matches('\n').count() + 1;
                current = Some((opening + 1, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, contents)) = &mut current {
                    contents.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(current.take()),
            _ => {}
        }
    }
    fences
}

fn is_json(info: &str) -> bool {
    let language = info.split([' ', '\t', ',', '{']).next();
    language.is_some_and(|language| language.eq_ignore_ascii_case("json"))
}

/// Parses the text of a fence. Returns `None` if it is not an OpenAPI object.
fn openapi(line: usize, text: &str) -> anyhow::Result<Option<Value>> {
    let claims = ["openapi", "swagger"]
        .iter()
        .any(|key| json::has_top_level_key(text, key));
    if !claims {
        return Ok(None);
    }
    let value = json::parse(text).map_err(|mut malformed| {
        malformed.line += line - 1;
        anyhow!(malformed).context("this fence has an `openapi` key but is not valid JSON")
    })?;
    read::version(&value).with_context(|| format!("line {line}"))?;
    Ok(Some(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OBJECT: &str = r#"{"openapi": "3.1.0", "components": {}}"#;

    #[test]
    fn every_json_fence_with_an_openapi_object_counts() {
        let object = json!({"openapi": "3.1.0", "components": {}});
        for page in [
            format!("# A\n\n```json\n{OBJECT}\n```\n"),
            format!("```JSON\n{OBJECT}\n```"),
            format!("``` json title=\"a\"\n{OBJECT}\n```"),
            format!("~~~json\n{OBJECT}\n~~~"),
            format!("````json\n{OBJECT}\n````"),
            format!("   ```json\n   {OBJECT}\n   ```"),
            format!("- item\n\n  ```json\n  {OBJECT}\n  ```\n"),
            format!("> ```json\n> {OBJECT}\n> ```\n"),
            format!("```json\r\n{OBJECT}\r\n```\r\n"),
            format!("text\n```json\n{OBJECT}"),
        ] {
            assert_eq!(
                Value::Array(extract(&page).unwrap()),
                json!([object]),
                "{page}"
            );
        }
        let two = format!("```json\n{OBJECT}\n```\n\ntext\n\n```json\n{OBJECT}\n```");
        assert_eq!(extract(&two).unwrap().len(), 2);
    }

    #[test]
    fn other_fences_and_prose_do_not() {
        for page in [
            "".to_owned(),
            OBJECT.to_owned(),
            format!("    ```json\n    {OBJECT}\n    ```"),
            format!("```yaml\n{OBJECT}\n```"),
            format!("```\n{OBJECT}\n```"),
            format!("```json5\n{OBJECT}\n```"),
            format!("````markdown\n```json\n{OBJECT}\n```\n````"),
            "```json\n{\"a\": {\"openapi\": \"3.1.0\"}}\n```".to_owned(),
            "```json\n{\"a\": ...}\n```".to_owned(),
            "```json\n[\"openapi\"]\n```".to_owned(),
            "```json\n```".to_owned(),
        ] {
            assert_eq!(extract(&page).unwrap(), [] as [Value; 0], "{page}");
        }
    }

    #[test]
    fn broken_openapi_is_an_error_with_its_line_in_the_page() {
        for (page, line) in [
            (
                "# A\n\n```json\n{\"openapi\": \"3.1.0\",\n\"paths\": {\n```\n",
                6,
            ),
            (
                "```json\n{\"openapi\": \"3.1.0\",\n\n\"a\": 1, \"a\": 1}\n```",
                4,
            ),
            ("a\n\n```json\n{\"openapi\": \"3.1.0\"", 4),
            ("a\n\n```json\n{\"swagger\": \"2.0\"}\n```", 4),
            ("a\n\n```json\n{\"openapi\": \"3.2.0\"}\n```", 4),
            ("a\n\n```json\n{\"openapi\": true}\n```", 4),
        ] {
            let error = format!("{:#}", extract(page).unwrap_err());
            assert!(error.contains(&format!("line {line}")), "{page}: {error}");
        }
        let deep = format!(
            "```json\n{{\"openapi\": \"3.1.0\", \"a\": {}",
            "[".repeat(100_000)
        );
        assert!(extract(&deep).is_err());
    }

    #[test]
    fn a_page_that_breaks_off_in_a_fence_is_an_error() {
        let page = format!("# A\n\n```json\n{OBJECT}\n```\n\n```json\n{OBJECT}\n```\n");
        for (end, _) in page.char_indices() {
            let broken = &page[..end];
            let began = broken.matches("\"openapi\":").count();
            let whole = broken.matches(OBJECT).count();
            match extract(broken) {
                Ok(fragments) => assert_eq!((fragments.len(), whole), (began, began)),
                Err(_) => assert!(began > 0 && !broken.ends_with("```\n"), "{broken}"),
            }
        }
    }

    #[test]
    fn html_is_an_error() {
        for page in [
            "<!DOCTYPE html>\n<html>",
            "\n <html lang=\"en\">",
            "<!doctype HTML>",
        ] {
            assert!(extract(page).is_err(), "{page}");
        }
    }
}
