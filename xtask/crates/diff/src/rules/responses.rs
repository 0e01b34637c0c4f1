//! Rules for responses, their media types and headers.

use super::rules;

rules! { RESPONSE_RULES of Responses:

SUCCESS_RESPONSE_ADDED "success-response-added" "success response added"
    [Risky Major] [Risky Major] "A client may see a status it does not expect; the type of the result may become an enum of both."
    Operation r#"{"responses": {}}"# => r#"{"responses": {"204": {"description": "Done"}}}"#;

SUCCESS_RESPONSE_REMOVED "success-response-removed" "success response removed"
    [Breaking Major] [Breaking Major] "The response that clients expect no longer arrives; the type of the result changes."
    Operation r#"{"responses": {"204": {"description": "Done"}}}"# => r#"{"responses": {}}"#;

SUCCESS_STATUS_CHANGED "success-status-changed" "status of the success response changed"
    [Breaking Major] [Breaking Major] "Clients that check for the former status do not see it; the type of the result may change. Differences between the two responses are reported separately."
    Operation r#"{"responses": {"200": {"content": {"application/json": {"schema": {"type": "string"}}}}, "202": {"content": {"application/json": {"schema": {"type": "boolean"}}}}}}"#
        => r#"{"responses": {"201": {"content": {"application/json": {"schema": {"type": "string"}}}}, "202": {"content": {"application/json": {"schema": {"type": "boolean"}}}}}}"#;

ERROR_STATUS_CHANGED "error-status-changed" "status of an error response changed"
    [Compatible Patch] [Compatible Patch] "Any request could fail in any way before; the crate has one error type for every status."
    Operation r#"{"responses": {"404": {"description": "Not found"}}}"# => r#"{"responses": {"410": {"description": "Not found"}}}"#;

ERROR_RESPONSE_ADDED "error-response-added" "error response documented"
    [Compatible Patch] [Compatible Patch] "Any request could fail before; the crate has one error type for every status."
    Operation r#"{"responses": {}}"# => r#"{"responses": {"404": {"description": "Not found"}}}"#;

ERROR_RESPONSE_REMOVED "error-response-removed" "error response no longer documented"
    [Compatible Patch] [Compatible Patch] "The request can fail in one way less; the crate has one error type for every status."
    Operation r#"{"responses": {"404": {"description": "Not found"}}}"# => r#"{"responses": {}}"#;

RESPONSE_MEDIA_TYPE_ADDED "response-media-type-added" "response media type added"
    [Risky Major] [Risky Major] "A client that accepts any media type may receive this one; the type of the result may change."
    Operation r#"{"responses": {"200": {"content": {}}}}"# => r#"{"responses": {"200": {"content": {"application/json": {}}}}}"#;

RESPONSE_MEDIA_TYPE_REMOVED "response-media-type-removed" "response media type removed"
    [Breaking Major] [Breaking Major] "The media type that clients read no longer arrives."
    Operation r#"{"responses": {"200": {"content": {"application/json": {}}}}}"# => r#"{"responses": {"200": {"content": {}}}}"#;

RESPONSE_MEDIA_TYPE_REPLACED "response-media-type-replaced" "response media type replaced"
    [Breaking Major] [Breaking Major] "The media type that clients read no longer arrives; the type of the result may change."
    Operation r#"{"responses": {"200": {"content": {"application/json": {}}}}}"# => r#"{"responses": {"200": {"content": {"text/plain": {}}}}}"#;

HEADER_ADDED "response-header-added" "header added"
    [Compatible Patch] [Compatible Patch] "Headers are accessed by name, not by generated types."
    Operation r#"{"responses": {"200": {"headers": {}}}}"# => r#"{"responses": {"200": {"headers": {"ETag": {"schema": {}}}}}}"#;

HEADER_REMOVED "response-header-removed" "header removed"
    [Risky Patch] [Risky Patch] "A client that reads it no longer finds it."
    Operation r#"{"responses": {"200": {"headers": {"ETag": {"schema": {}}}}}}"# => r#"{"responses": {"200": {"headers": {}}}}"#;

HEADER_BECAME_REQUIRED "response-header-became-required" "header became required"
    [Compatible Patch] [Compatible Patch] "Clients may rely on it."
    Operation r#"{"responses": {"200": {"headers": {"ETag": {"schema": {}}}}}}"# => r#"{"responses": {"200": {"headers": {"ETag": {"required": true, "schema": {}}}}}}"#;

HEADER_BECAME_OPTIONAL "response-header-became-optional" "header became optional"
    [Risky Patch] [Risky Patch] "Clients that rely on it may fail."
    Operation r#"{"responses": {"200": {"headers": {"ETag": {"required": true, "schema": {}}}}}}"# => r#"{"responses": {"200": {"headers": {"ETag": {"schema": {}}}}}}"#;

LINK_CHANGED "link-changed" "link between responses changed"
    [Compatible Patch] [Compatible Patch] "A hint at the next operation; the client has no code for it."
    Operation r#"{"responses": {"200": {}}}"# => r#"{"responses": {"200": {"links": {"next": {"operationId": "getMe"}}}}}"#;
}
