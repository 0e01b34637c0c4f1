//! Rules for request bodies.

use super::rules;

rules! { BODY_RULES of RequestBodies:

REQUIRED_BODY_ADDED "required-request-body-added" "required request body added"
    [Breaking Major] [Breaking Major] limit Nothing "Requests without a body fail; the client's method takes another argument."
    Operation r#"{}"# => r#"{"requestBody": {"required": true, "content": {}}}"#;

OPTIONAL_BODY_ADDED "optional-request-body-added" "optional request body added"
    [Compatible Minor] [Compatible Minor] "The operation's builder gains a setter."
    Operation r#"{}"# => r#"{"requestBody": {"content": {}}}"#;

BODY_REMOVED "request-body-removed" "request body removed"
    [Risky Major] [Risky Major] "A body may be ignored or refused; the method loses an argument, or the operation's builder a setter."
    Operation r#"{"requestBody": {"content": {}}}"# => r#"{}"#;

BODY_BECAME_REQUIRED "request-body-became-required" "request body became required"
    [Breaking Major] [Breaking Major] limit Nothing "Requests without a body fail; the client's method takes another argument."
    Operation r#"{"requestBody": {"content": {}}}"# => r#"{"requestBody": {"required": true, "content": {}}}"#;

BODY_BECAME_OPTIONAL "request-body-became-optional" "request body became optional"
    [Compatible Major] [Compatible Major] "The body may be omitted; the argument of the client\'s method becomes a setter."
    Operation r#"{"requestBody": {"required": true, "content": {}}}"# => r#"{"requestBody": {"content": {}}}"#;

BODY_MEDIA_TYPE_ADDED "request-media-type-added" "request media type added"
    [Compatible Major] [Compatible Major] "The service accepts another media type. The client may send it instead, and take another Rust type."
    Operation r#"{"requestBody": {"content": {}}}"# => r#"{"requestBody": {"content": {"application/json": {}}}}"#;

BODY_MEDIA_TYPE_REMOVED "request-media-type-removed" "request media type removed"
    [Breaking Major] [Breaking Major] "Bodies of this media type are refused. The client sends another one, and may take another Rust type."
    Operation r#"{"requestBody": {"content": {"application/json": {}}}}"# => r#"{"requestBody": {"content": {}}}"#;

BODY_MEDIA_TYPE_REPLACED "request-media-type-replaced" "request media type replaced"
    [Breaking Major] [Breaking Major] "Bodies of the former media type are refused. The client sends the new one, and may take another Rust type."
    Operation r#"{"requestBody": {"content": {"application/json": {}}}}"# => r#"{"requestBody": {"content": {"text/plain": {}}}}"#;

ENCODING_CHANGED "encoding-changed" "encoding of a body's part changed"
    [Risky Patch] [Risky Patch] "A part of the body is serialized differently, by the client."
    Operation r#"{"requestBody": {"content": {"multipart/form-data": {}}}}"#
        => r#"{"requestBody": {"content": {"multipart/form-data": {"encoding": {"a": {"contentType": "text/plain"}}}}}}"#;
}
