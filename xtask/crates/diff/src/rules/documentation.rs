//! Rules for annotations.

use super::rules;

rules! { DOCUMENTATION_RULES of Documentation:

DESCRIPTION_CHANGED "description-changed" "description changed"
    [Compatible Patch] [Compatible Patch] "Documentation."
    Schema r#"{"description": "Old"}"# => r#"{"description": "New"}"#;

SUMMARY_CHANGED "summary-changed" "summary changed"
    [Compatible Patch] [Compatible Patch] "Documentation."
    Operation r#"{"summary": "Old"}"# => r#"{"summary": "New"}"#;

TITLE_CHANGED "title-changed" "title changed"
    [Compatible Patch] [Compatible Patch] "Types are named after components and locations, not after titles."
    Schema r#"{"title": "Old"}"# => r#"{"title": "New"}"#;

EXAMPLE_CHANGED "example-changed" "example changed"
    [Compatible Patch] [Compatible Patch] "Documentation."
    Schema r#"{"example": 1}"# => r#"{"example": 2}"#;

EXTERNAL_DOCS_CHANGED "external-docs-changed" "link to documentation changed"
    [Compatible Patch] [Compatible Patch] "Documentation."
    Operation r#"{}"# => r#"{"externalDocs": {"url": "https://example.com"}}"#;

SCHEMA_DEPRECATED "schema-deprecated" "property or schema deprecated"
    [Compatible Minor] [Compatible Minor] limit Nothing "It still works; the field or type gets `#[deprecated]`."
    Schema r#"{}"# => r#"{"deprecated": true}"#;

SCHEMA_REACTIVATED "schema-reactivated" "property or schema no longer deprecated"
    [Compatible Patch] [Compatible Patch] "A warning goes away."
    Schema r#"{"deprecated": true}"# => r#"{}"#;

SUNSET_CHANGED "sunset-changed" "end of life date changed"
    [Risky Patch] [Risky Patch] "The date on which a deprecated operation or field stops working (`x-sunset`)."
    Operation r#"{"x-sunset": "2026-01-01"}"# => r#"{"x-sunset": "2025-01-01"}"#;

EXTENSION_ADDED "extension-added" "extension added"
    [Compatible Patch] [Compatible Patch] "An `x-` member is for tools; the API's contract is the same."
    Operation r#"{}"# => r#"{"x-note": true}"#;

EXTENSION_REMOVED "extension-removed" "extension removed"
    [Compatible Patch] [Compatible Patch] "An `x-` member is for tools; the API's contract is the same."
    Operation r#"{"x-note": true}"# => r#"{}"#;

EXTENSION_CHANGED "extension-changed" "extension changed"
    [Compatible Patch] [Compatible Patch] "An `x-` member is for tools; the API's contract is the same."
    Operation r#"{"x-note": 1}"# => r#"{"x-note": 2}"#;

TAG_CHANGED "tag-changed" "description of a tag changed"
    [Compatible Patch] [Compatible Patch] "Documentation of a Cargo feature."
    Document r#"{"tags": [{"name": "a"}]}"# => r#"{"tags": [{"name": "a", "description": "New"}]}"#;

INFO_CHANGED "info-changed" "document information changed"
    [Compatible Patch] [Compatible Patch] "Title, version, contact, licence and terms of the document."
    Document r#"{"info": {"version": "1"}}"# => r#"{"info": {"version": "2"}}"#;
}
