//! Parameters of operations, and components that are only shared text.

use super::rules;

rules! { PARAMETER_RULES of Parameters:

REQUIRED_PARAMETER_ADDED "required-parameter-added" "required parameter added"
    [Breaking Major] [Breaking Major] "Requests without it fail. Calls still compile, but fail before anything is sent, so this counts as major."
    Operation r#"{"parameters": []}"# => r#"{"parameters": [{"in": "query", "name": "q", "required": true, "schema": {}}]}"#;

OPTIONAL_PARAMETER_ADDED "optional-parameter-added" "optional parameter added"
    [Compatible Minor] [Compatible Minor] "The operation's builder gains a setter."
    Operation r#"{"parameters": []}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"#;

PARAMETER_REMOVED "parameter-removed" "parameter removed"
    [Risky Major] [Risky Major] "It may be ignored or refused; the operation's builder loses a setter."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": []}"#;

PARAMETER_RENAMED "parameter-renamed" "parameter renamed"
    [Breaking Major] [Breaking Major] "The old name is no longer read; the setter has another name. Recognized by an equal description and schema, or by the shared definition."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "description": "What to look for.", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "query", "description": "What to look for.", "schema": {}}]}"#;

PARAMETER_BECAME_LIST "parameter-became-list" "parameter takes several values"
    [Compatible Major] [Compatible Major] "A list of one value is written as the value was, so old requests stay valid; the setter takes a list."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {"type": "string"}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {"type": "array", "items": {"type": "string"}}}]}"#;

PARAMETER_BECAME_REQUIRED "parameter-became-required" "parameter became required"
    [Breaking Major] [Breaking Major] "Requests without it fail. Calls still compile, but fail before anything is sent, so this counts as major."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "required": true, "schema": {}}]}"#;

PARAMETER_BECAME_OPTIONAL "parameter-became-optional" "parameter became optional"
    [Compatible Patch] [Compatible Patch] "The setter stays; it need not be called any more."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "required": true, "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"#;

PARAMETER_LOCATION_CHANGED "parameter-location-changed" "parameter moved to another place of the request"
    [Breaking Patch] [Breaking Patch] "The old place is no longer read; the setter stays and uses the new one."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "header", "name": "q", "schema": {}}]}"#;

PARAMETER_STYLE_CHANGED "parameter-style-changed" "parameter is written another way"
    [Breaking Patch] [Breaking Patch] "Requests are spelled differently (style, explode, reserved or empty values, media type); the setter stays and the client spells it."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "explode": false, "schema": {}}]}"#;

PARAMETER_DEPRECATED "parameter-deprecated" "parameter deprecated"
    [Compatible Minor] [Compatible Minor] "It still works; the setter gets `#[deprecated]`."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "deprecated": true, "schema": {}}]}"#;

PARAMETER_REACTIVATED "parameter-reactivated" "parameter no longer deprecated"
    [Compatible Patch] [Compatible Patch] "A warning goes away."
    Operation r#"{"parameters": [{"in": "query", "name": "q", "deprecated": true, "schema": {}}]}"# => r#"{"parameters": [{"in": "query", "name": "q", "schema": {}}]}"#;

SHARED_ADDED "shared-component-added" "shared definition added"
    [Compatible Patch] [Compatible Patch] "A component that only saves repetition (a parameter, response, body, header, example or link); its uses have rows of their own."
    Document r#"{"components": {"parameters": {}}}"# => r#"{"components": {"parameters": {"q": {"in": "query", "name": "q", "schema": {}}}}}"#;

SHARED_REMOVED "shared-component-removed" "shared definition removed"
    [Compatible Patch] [Compatible Patch] "A component that only saved repetition; its uses have rows of their own."
    Document r#"{"components": {"parameters": {"q": {"in": "query", "name": "q", "schema": {}}}}}"# => r#"{"components": {"parameters": {}}}"#;

SHARED_RENAMED "shared-component-renamed" "shared definition renamed"
    [Compatible Patch] [Compatible Patch] "Same definition, another name: neither HTTP nor the crate sees it."
    Document r#"{"components": {"parameters": {"q": {"in": "query", "name": "q", "schema": {}}}}}"# => r#"{"components": {"parameters": {"query": {"in": "query", "name": "q", "schema": {}}}}}"#;
}
