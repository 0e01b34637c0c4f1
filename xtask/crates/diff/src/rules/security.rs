//! Rules for security schemes and requirements. Authentication is hand-written in the crate, so its
//! public API does not change.

use super::rules;

rules! { SECURITY_RULES of Security:

SECURITY_ALTERNATIVE_ADDED "security-alternative-added" "another way to authenticate is accepted"
    [Compatible Patch] [Compatible Patch] "Requests that were accepted still are."
    Operation r#"{"security": [{"a": []}]}"# => r#"{"security": [{"a": []}, {"b": []}]}"#;

SECURITY_ALTERNATIVE_REMOVED "security-alternative-removed" "a way to authenticate is no longer accepted"
    [Breaking Patch] [Breaking Patch] "Requests that authenticate this way (`{}`: not at all) are refused."
    Operation r#"{"security": [{"a": []}, {"b": []}]}"# => r#"{"security": [{"a": []}]}"#;

SECURITY_ALTERNATIVE_REPLACED "security-alternative-replaced" "a way to authenticate is replaced by another"
    [Breaking Patch] [Breaking Patch] "Requests that authenticate the former way are refused."
    Operation r#"{"security": [{"a": []}]}"# => r#"{"security": [{"b": []}]}"#;

SECURITY_SCOPE_ADDED "security-scope-added" "more scopes are required"
    [Breaking Patch] [Breaking Patch] "Tokens without the new scope are refused."
    Operation r#"{"security": [{"a": ["x"]}]}"# => r#"{"security": [{"a": ["x", "y"]}]}"#;

SECURITY_SCOPE_REMOVED "security-scope-removed" "fewer scopes are required"
    [Compatible Patch] [Compatible Patch] "Tokens that were accepted still are."
    Operation r#"{"security": [{"a": ["x", "y"]}]}"# => r#"{"security": [{"a": ["x"]}]}"#;

SECURITY_SCOPE_REPLACED "security-scope-replaced" "other scopes are required"
    [Breaking Patch] [Breaking Patch] "Tokens without the new scope are refused."
    Operation r#"{"security": [{"a": ["x"]}]}"# => r#"{"security": [{"a": ["y"]}]}"#;

SECURITY_SCHEME_ADDED "security-scheme-added" "security scheme added"
    [Compatible Patch] [Compatible Patch] "A scheme that operations may require."
    Document r#"{"components": {"securitySchemes": {}}}"# => r#"{"components": {"securitySchemes": {"user": {"type": "http", "scheme": "bearer"}}}}"#;

SECURITY_SCHEME_RENAMED "security-scheme-renamed" "security scheme renamed"
    [Compatible Patch] [Compatible Patch] "The same scheme under another name, which HTTP does not use."
    Document r#"{"components": {"securitySchemes": {"user": {"type": "http", "scheme": "bearer"}}}}"# => r#"{"components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}}"#;

SECURITY_SCHEME_REMOVED "security-scheme-removed" "security scheme removed"
    [Breaking Patch] [Breaking Patch] "Clients that authenticate this way are refused."
    Document r#"{"components": {"securitySchemes": {"user": {"type": "http", "scheme": "bearer"}}}}"# => r#"{"components": {"securitySchemes": {}}}"#;

SECURITY_SCHEME_CHANGED "security-scheme-changed" "security scheme changed"
    [Breaking Patch] [Breaking Patch] "Credentials are sent in another way (type, location, flow or URL)."
    Document r#"{"components": {"securitySchemes": {"user": {"type": "http", "scheme": "basic"}}}}"# => r#"{"components": {"securitySchemes": {"user": {"type": "http", "scheme": "bearer"}}}}"#;

OAUTH_SCOPE_ADDED "oauth-scope-added" "OAuth scope added"
    [Compatible Patch] [Compatible Patch] "A scope that can be requested."
    Document r#"{"components": {"securitySchemes": {"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {}}}}}}}"#
        => r#"{"components": {"securitySchemes": {"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {"read": "Read"}}}}}}}"#;

OAUTH_SCOPE_REMOVED "oauth-scope-removed" "OAuth scope removed"
    [Breaking Patch] [Breaking Patch] "Requests for the scope fail."
    Document r#"{"components": {"securitySchemes": {"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {"read": "Read"}}}}}}}"#
        => r#"{"components": {"securitySchemes": {"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {}}}}}}}"#;

OAUTH_SCOPE_REPLACED "oauth-scope-replaced" "OAuth scope replaced"
    [Breaking Patch] [Breaking Patch] "Requests for the former scope fail."
    Document r#"{"components": {"securitySchemes": {"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {"read": "Read"}}}}}}}"#
        => r#"{"components": {"securitySchemes": {"user": {"type": "oauth2", "flows": {"implicit": {"scopes": {"view": "Read"}}}}}}}"#;
}
