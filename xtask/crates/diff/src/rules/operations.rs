//! Operations, and what stands beside them in the document.

use super::rules;

rules! { OPERATION_RULES of Operations:

OPERATION_ADDED "operation-added" "operation added"
    [Compatible Minor] [Compatible Minor] "The client gains a method."
    Document r#"{"paths": {}}"# => r#"{"paths": {"/me": {"get": {"operationId": "getMe", "responses": {}}}}}"#;

OPERATION_REMOVED "operation-removed" "operation removed"
    [Breaking Major] [Breaking Major] "Calls fail, and the client loses a method."
    Document r#"{"paths": {"/me": {"get": {"operationId": "getMe", "responses": {}}}}}"# => r#"{"paths": {}}"#;

OPERATION_MOVED "operation-moved" "operation moved to another path or method"
    [Breaking Patch] [Breaking Patch] "Old URLs fail. The client's method keeps its name and uses the new URL; changed path parameters have rows of their own."
    Document r#"{"paths": {"/me": {"get": {"operationId": "getMe", "responses": {}}}}}"#
        => r#"{"paths": {"/user": {"get": {"operationId": "getMe", "responses": {}}}}}"#;

PATH_PARAMETER_RENAMED "path-parameter-renamed" "path parameter renamed"
    [Compatible Major] [Compatible Major] "URLs stay as they are; the setter of the parameter has another name."
    Document r#"{"paths": {"/spaces/{id}": {"get": {"operationId": "getSpace", "responses": {}, "parameters": [{"in": "path", "name": "id", "required": true, "schema": {"type": "string"}}]}}}}"#
        => r#"{"paths": {"/spaces/{spaceId}": {"get": {"operationId": "getSpace", "responses": {}, "parameters": [{"in": "path", "name": "spaceId", "required": true, "schema": {"type": "string"}}]}}}}"#;

OPERATION_ID_CHANGED "operation-id-changed" "operation id changed"
    [Compatible Major] [Compatible Major] "HTTP does not know the id; the client's method is named by it."
    Operation r#"{"operationId": "getMe"}"# => r#"{"operationId": "getCurrentUser"}"#;

OPERATION_DEPRECATED "operation-deprecated" "operation deprecated"
    [Compatible Minor] [Compatible Minor] "It still works; the method gets `#[deprecated]`, a warning to its callers."
    Operation r#"{}"# => r#"{"deprecated": true}"#;

OPERATION_REACTIVATED "operation-reactivated" "operation no longer deprecated"
    [Compatible Patch] [Compatible Patch] "A warning goes away."
    Operation r#"{"deprecated": true}"# => r#"{}"#;

OPERATION_HIDDEN "operation-became-internal" "operation became internal"
    [Risky Major] [Risky Major] "It is no longer meant for everyone (`x-internal`); the method is there, but hidden from the documentation and promised to nobody."
    Operation r#"{}"# => r#"{"x-internal": true}"#;

OPERATION_PUBLISHED "operation-no-longer-internal" "operation is no longer internal"
    [Compatible Minor] [Compatible Minor] "It is meant for everyone; the method appears in the documentation."
    Operation r#"{"x-internal": true}"# => r#"{}"#;

OPERATION_TAG_ADDED "operation-tag-added" "operation joined a group"
    [Compatible Minor] [Compatible Minor] "The groups are Cargo features: the method is there under one more."
    Operation r#"{"tags": ["a"]}"# => r#"{"tags": ["a", "b"]}"#;

OPERATION_TAG_REMOVED "operation-tag-removed" "operation left a group"
    [Compatible Major] [Compatible Major] "The groups are Cargo features: who enables only this one loses the method."
    Operation r#"{"tags": ["a", "b"]}"# => r#"{"tags": ["a"]}"#;

TAG_ADDED "tag-added" "group added"
    [Compatible Minor] [Compatible Minor] "The crate gains a Cargo feature."
    Document r#"{"tags": []}"# => r#"{"tags": [{"name": "ask"}]}"#;

TAG_REMOVED "tag-removed" "group removed"
    [Compatible Major] [Compatible Major] "The crate loses a Cargo feature."
    Document r#"{"tags": [{"name": "ask"}]}"# => r#"{"tags": []}"#;

TAG_RENAMED "tag-renamed" "group renamed"
    [Compatible Major] [Compatible Major] "The same operations under another name: the Cargo feature has another name."
    Document r#"{"tags": [{"name": "ask"}], "paths": {"/a": {"get": {"tags": ["ask"], "responses": {}}}}}"# => r#"{"tags": [{"name": "search"}], "paths": {"/a": {"get": {"tags": ["search"], "responses": {}}}}}"#;

SERVER_ADDED "server-added" "server added"
    [Compatible Patch] [Compatible Patch] "One more place to send requests to."
    Document r#"{"servers": [{"url": "https://a.example"}]}"# => r#"{"servers": [{"url": "https://a.example"}, {"url": "https://b.example"}]}"#;

SERVER_REMOVED "server-removed" "server removed"
    [Breaking Patch] [Breaking Patch] "Requests to the old address fail; the client takes its default from the document."
    Document r#"{"servers": [{"url": "https://a.example"}, {"url": "https://b.example"}]}"# => r#"{"servers": [{"url": "https://a.example"}]}"#;

SERVER_URL_CHANGED "server-url-changed" "address of the server changed"
    [Breaking Patch] [Breaking Patch] "Requests to the old address fail; the client takes its default from the document."
    Document r#"{"servers": [{"url": "https://a.example"}]}"# => r#"{"servers": [{"url": "https://b.example"}]}"#;

SERVERS_REPLACED "servers-replaced" "servers listed, or no longer listed"
    [Breaking Patch] [Breaking Patch] "Servers of an operation or a path replace those of the document, and those of the document replace the place that it was read from. The generator refuses servers of operations and paths."
    Operation r#"{}"# => r#"{"servers": [{"url": "https://upload.example"}]}"#;

SERVER_CHANGED "server-changed" "server variables changed"
    [Risky Patch] [Risky Patch] "Addresses built from the variables may differ."
    Document r#"{"servers": [{"url": "https://{h}", "variables": {"h": {"default": "a"}}}]}"#
        => r#"{"servers": [{"url": "https://{h}", "variables": {"h": {"default": "b"}}}]}"#;

CALLBACK_CHANGED "callback-changed" "callback or webhook changed"
    [Risky Patch] [Risky Patch] "What the service calls, or how, is different; the client has no code for it."
    Operation r#"{}"# => r##"{"callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {}}}}}}"##;

KEYWORD_CHANGED "keyword-changed" "another keyword changed"
    [Risky Minor] [Risky Minor] "A keyword that no other rule knows: nothing is passed over in silence."
    Operation r#"{}"# => r#"{"surprise": true}"#;
}
