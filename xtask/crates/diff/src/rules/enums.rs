//! Rules for enums. Enums of the crate are open: an unknown string is decoded as `Unknown`.

use super::rules;

rules! { ENUM_RULES of Enums:

ENUM_VALUE_ADDED "enum-value-added" "enum values added"
    [Compatible Minor] [Risky Minor] "A client with a closed list fails on the new value; the crate's enums are open and `#[non_exhaustive]`, and gain a variant."
    Schema r#"{"type": "string", "enum": ["a", "b"]}"# => r#"{"type": "string", "enum": ["a", "b", "c"]}"#;

ENUM_VALUE_REMOVED "enum-value-removed" "enum values removed"
    [Breaking Major] [Compatible Major] "Sending the value fails; the Rust enum loses a variant."
    Schema r#"{"type": "string", "enum": ["a", "b", "c"]}"# => r#"{"type": "string", "enum": ["a", "b"]}"#;

ENUM_INTRODUCED "enum-introduced" "values restricted to a list"
    [Breaking Major] [Compatible Major] "Other values are refused; the Rust type becomes an enum."
    Schema r#"{"type": "string"}"# => r#"{"type": "string", "enum": ["a", "b"]}"#;

ENUM_LIFTED "enum-lifted" "values no longer restricted to a list"
    [Compatible Major] [Risky Major] "Any value may arrive; the Rust type is no longer an enum."
    Schema r#"{"type": "string", "enum": ["a", "b"]}"# => r#"{"type": "string"}"#;

CONSTANT_CHANGED "constant-changed" "fixed value changed"
    [Breaking Major] [Breaking Major] limit Nothing "The only allowed value, often a discriminator, changed."
    Schema r#"{"type": "string", "enum": ["a"]}"# => r#"{"type": "string", "enum": ["b"]}"#;

CONSTANT_WIDENED "constant-widened" "fixed value became one of several"
    [Compatible Major] [Risky Major] "A value that could be relied on varies now; the Rust type becomes an enum."
    Schema r#"{"type": "string", "enum": ["a"]}"# => r#"{"type": "string", "enum": ["a", "b"]}"#;

CONSTANT_NARROWED "constant-narrowed" "values reduced to a fixed one"
    [Breaking Major] [Compatible Major] "Sending another value fails; the Rust type is no longer an enum."
    Schema r#"{"type": "string", "enum": ["a", "b"]}"# => r#"{"type": "string", "enum": ["a"]}"#;
}
