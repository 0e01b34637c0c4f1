//! Rules for parameters, and for components as such.

use super::rules;

rules! { PARAMETER_RULES of Parameters:

REQUIRED_PARAMETER_ADDED "required-parameter-added" "required parameter added"
    [Breaking Major] [Breaking Major] limit Nothing "Requests without it fail; the client's method takes another argument."
    Operation r#"{"parameters": []}"# => r#"{"parameters": [{"in": "query", "name": "q", "required": true, "schema": {}}]}"#;

OPTIONAL_PARAMETER_ADDED "optional-parameter-added" "optional parameter added"
    [Compatible Minor] [Compatible Minor] "The operation's builder gains a setter."
    Operation r#"{"parameters": []}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"#;

PARAMETER_REMOVED "parameter-removed" "parameter removed"
    [Risky Major] [Risky Major] "It may be ignored or refused; the method loses an argument, or the operation's builder a setter."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": []}"#;

PARAMETER_RENAMED "parameter-renamed" "parameter renamed"
    [Breaking Major] [Breaking Major] "The old name is no longer read; the Rust parameter is renamed. Detected by the shared definition, or by an equal schema and description. Without a description it has to be the only one that was removed, and the only one added, with a similar name, because many unrelated parameters have equal schemas."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "description": "What to look for.", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "query", "description": "What to look for.", "schema": {}}]}"#;

PARAMETER_BECAME_LIST "parameter-became-list" "parameter takes several values"
    [Compatible Major] [Compatible Major] "A list of one value is serialized like the value, so old requests stay valid; the setter takes a list."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {"type": "string"}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {"type": "array", "items": {"type": "string"}}}]}"#;

PARAMETER_BECAME_REQUIRED "parameter-became-required" "parameter became required"
    [Breaking Major] [Breaking Major] limit Nothing "Requests without it fail; the client's method takes another argument."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "required": true, "schema": {}}]}"#;

PARAMETER_BECAME_OPTIONAL "parameter-became-optional" "parameter became optional"
    [Compatible Major] [Compatible Major] "It may be omitted; the argument of the client\'s method becomes a setter."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "required": true, "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"#;

PARAMETER_LOCATION_CHANGED "parameter-location-changed" "location of the parameter changed"
    [Breaking Patch] [Breaking Patch] "The old location is no longer read; the client uses the new one."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "header", "name": "q", "schema": {}}]}"#;

PARAMETER_STYLE_CHANGED "parameter-style-changed" "serialization of the parameter changed"
    [Breaking Patch] [Breaking Patch] "Requests are serialized differently (style, explode, reserved or empty values, media type), by the client."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "explode": false, "schema": {}}]}"#;

PARAMETER_DEPRECATED "parameter-deprecated" "parameter deprecated"
    [Compatible Minor] [Compatible Minor] limit Nothing "It still works; the setter gets `#[deprecated]`."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "deprecated": true, "schema": {}}]}"#;

PARAMETER_REACTIVATED "parameter-reactivated" "parameter no longer deprecated"
    [Compatible Patch] [Compatible Patch] "A warning goes away."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "deprecated": true, "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"#;

SHARED_ADDED "shared-component-added" "shared definition added"
    [Compatible Patch] [Compatible Patch] "A parameter, response, body, header, example or link; changes of its uses are reported separately."
    Document r#"{"components": {"parameters": {}}}"# => r#"{"components": {"parameters": {"q": {"in": "query", "name": "q", "schema": {}}}}}"#;

SHARED_REMOVED "shared-component-removed" "shared definition removed"
    [Compatible Patch] [Compatible Patch] "A parameter, response, body, header, example or link; changes of its uses are reported separately."
    Document r#"{"components": {"parameters": {"q": {"in": "query", "name": "q", "schema": {}}}}}"# => r#"{"components": {"parameters": {}}}"#;

SHARED_RENAMED "shared-component-renamed" "shared definition renamed"
    [Compatible Patch] [Compatible Patch] "Neither HTTP nor the crate uses the name."
    Document r#"{"components": {"parameters": {"q": {"in": "query", "name": "q", "schema": {}}}}}"# => r#"{"components": {"parameters": {"query": {"in": "query", "name": "q", "schema": {}}}}}"#;
}
