//! Rules for operations and for the root of the document.

use super::rules;

rules! { OPERATION_RULES of Operations:

OPERATION_ADDED "operation-added" "operation added"
    [Compatible Minor] [Compatible Minor] "The client gains a method."
    Document r#"{"paths": {}}"# => r#"{"paths": {"/me": {"get": {"operationId": "getMe", "responses": {}}}}}"#;

OPERATION_REMOVED "operation-removed" "operation removed"
    [Breaking Major] [Breaking Major] "Calls fail, and the client loses a method."
    Document r#"{"paths": {"/me": {"get": {"operationId": "getMe", "responses": {}}}}}"# => r#"{"paths": {}}"#;

OPERATION_MOVED "operation-moved" "operation moved to another path or method"
    [Breaking Patch] [Breaking Patch] "Old URLs fail. The client's method keeps its name and uses the new URL; changed path parameters are reported separately."
    Document r#"{"paths": {"/me": {"get": {"operationId": "getMe", "responses": {}}}}}"#
        => r#"{"paths": {"/user": {"get": {"operationId": "getMe", "responses": {}}}}}"#;

PATH_PARAMETER_RENAMED "path-parameter-renamed" "path parameter renamed"
    [Compatible Patch] [Compatible Patch] "URLs do not change, and names of arguments are no part of a public API in Rust."
    Document r#"{"paths": {"/spaces/{id}": {"get": {"operationId": "getSpace", "responses": {}, "parameters": [{"in": "path", "name": "id", "required": true, "schema": {"type": "string"}}]}}}}"#
        => r#"{"paths": {"/spaces/{name}": {"get": {"operationId": "getSpace", "responses": {}, "parameters": [{"in": "path", "name": "name", "required": true, "schema": {"type": "string"}}]}}}}"#;

OPERATION_ID_CHANGED "operation-id-changed" "operationId changed"
    [Compatible Major] [Compatible Major] "HTTP does not use the `operationId`; the client's method is named after it."
    Operation r#"{"operationId": "getMe"}"# => r#"{"operationId": "getCurrentUser"}"#;

OPERATION_DEPRECATED "operation-deprecated" "operation deprecated"
    [Compatible Minor] [Compatible Minor] limit Nothing "It still works; the method gets `#[deprecated]`, which warns its callers."
    Operation r#"{}"# => r#"{"deprecated": true}"#;

OPERATION_REACTIVATED "operation-reactivated" "operation no longer deprecated"
    [Compatible Patch] [Compatible Patch] "A warning goes away."
    Operation r#"{"deprecated": true}"# => r#"{}"#;

OPERATION_HIDDEN "operation-became-internal" "operation became internal"
    [Risky Major] [Risky Major] "It is no longer public (`x-internal`); the method remains, but is hidden from the documentation and not covered by semantic versioning."
    Operation r#"{}"# => r#"{"x-internal": true}"#;

OPERATION_PUBLISHED "operation-no-longer-internal" "operation is no longer internal"
    [Compatible Minor] [Compatible Minor] "It is public now; the method appears in the documentation."
    Operation r#"{"x-internal": true}"# => r#"{}"#;

OPERATION_TAG_ADDED "operation-tag-added" "operation gained a tag"
    [Compatible Major] [Compatible Major] limit Nothing "The first tag is the Cargo feature that enables the method: users who enable only the former one lose it. A further tag is a patch."
    Operation r#"{"tags": ["a"]}"# => r#"{"tags": ["b", "a"]}"#;

OPERATION_TAG_REMOVED "operation-tag-removed" "operation lost a tag"
    [Compatible Major] [Compatible Major] limit Nothing "The first tag is the Cargo feature that enables the method: users who enable only this one lose it. A further tag is a patch."
    Operation r#"{"tags": ["a", "b"]}"# => r#"{"tags": ["b"]}"#;

OPERATION_TAG_REPLACED "operation-tag-replaced" "tag of the operation replaced"
    [Compatible Major] [Compatible Major] limit Nothing "The first tag is the Cargo feature that enables the method: users who enable only the former one lose it. A further tag is a patch."
    Operation r#"{"tags": ["a"]}"# => r#"{"tags": ["b"]}"#;

OPERATION_TAGS_REORDERED "operation-tags-reordered" "first tag of the operation changed"
    [Compatible Major] [Compatible Major] limit Nothing "The first tag is the Cargo feature that enables the method: users who enable only the former one lose it."
    Operation r#"{"tags": ["a", "b"]}"# => r#"{"tags": ["b", "a"]}"#;

TAG_ADDED "tag-added" "tag added"
    [Compatible Minor] [Compatible Minor] limit Nothing "The crate gains a Cargo feature."
    Document r#"{"tags": []}"# => r#"{"tags": [{"name": "ask"}]}"#;

TAG_REMOVED "tag-removed" "tag removed"
    [Compatible Major] [Compatible Major] limit Nothing "The crate loses a Cargo feature."
    Document r#"{"tags": [{"name": "ask"}]}"# => r#"{"tags": []}"#;

TAG_RENAMED "tag-renamed" "tag renamed"
    [Compatible Major] [Compatible Major] limit Nothing "The same operations under another tag: the Cargo feature is renamed."
    Document r#"{"tags": [{"name": "ask"}], "paths": {"/a": {"get": {"tags": ["ask"], "responses": {}}}}}"# => r#"{"tags": [{"name": "search"}], "paths": {"/a": {"get": {"tags": ["search"], "responses": {}}}}}"#;

SERVER_ADDED "server-added" "server added"
    [Compatible Patch] [Compatible Patch] "Requests may be sent to another server as well."
    Document r#"{"servers": [{"url": "https://a.example"}]}"# => r#"{"servers": [{"url": "https://a.example"}, {"url": "https://b.example"}]}"#;

SERVER_REMOVED "server-removed" "server removed"
    [Breaking Patch] [Breaking Patch] "Requests to the old address fail; the client takes its default from the document."
    Document r#"{"servers": [{"url": "https://a.example"}, {"url": "https://b.example"}]}"# => r#"{"servers": [{"url": "https://a.example"}]}"#;

SERVER_URL_CHANGED "server-url-changed" "server URL changed"
    [Breaking Patch] [Breaking Patch] "Requests to the old address fail; the client takes its default from the document."
    Document r#"{"servers": [{"url": "https://a.example"}]}"# => r#"{"servers": [{"url": "https://b.example"}]}"#;

SERVERS_REPLACED "servers-replaced" "servers listed, or no longer listed"
    [Breaking Patch] [Breaking Patch] "Servers of an operation or a path replace those of the document, and those of the document replace the server that it was read from. Lists with the addresses that apply anyway are no change. The generator refuses other servers of operations and paths."
    Operation r#"{}"# => r#"{"servers": [{"url": "https://upload.example"}]}"#;

SERVER_CHANGED "server-changed" "server variables changed"
    [Risky Patch] [Risky Patch] "URLs built from the variables may differ."
    Document r#"{"servers": [{"url": "https://{h}", "variables": {"h": {"default": "a"}}}]}"#
        => r#"{"servers": [{"url": "https://{h}", "variables": {"h": {"default": "b"}}}]}"#;

SERVER_URL_REWRITTEN "server-url-rewritten" "server URL written differently"
    [Compatible Patch] [Compatible Patch] "The address is the same: paths begin with a slash, so one at the end of the URL has no meaning."
    Document r#"{"servers": [{"url": "https://a.example"}]}"# => r#"{"servers": [{"url": "https://a.example/"}]}"#;

SERVERS_UNUSED_CHANGED "unused-servers-changed" "servers that no operation inherits changed"
    [Compatible Patch] [Compatible Patch] "Every operation or path lists servers of its own, which replace those of the document."
    Document r#"{"servers": [{"url": "https://a.example"}], "paths": {"/a": {"get": {"responses": {}, "servers": [{"url": "https://c.example"}]}}}}"#
        => r#"{"servers": [{"url": "https://b.example"}], "paths": {"/a": {"get": {"responses": {}, "servers": [{"url": "https://c.example"}]}}}}"#;

CALLBACK_CHANGED "callback-changed" "callback or webhook changed"
    [Risky Patch] [Risky Patch] "The requests that the service sends change; the client has no code for them."
    Operation r#"{}"# => r##"{"callbacks": {"done": {"{$request.body#/url}": {"post": {"responses": {}}}}}}"##;

KEYWORD_CHANGED "keyword-changed" "another keyword changed"
    [Risky Minor] [Risky Minor] limit Nothing "A keyword that no other rule covers; no edit is ignored."
    Operation r#"{}"# => r#"{"surprise": true}"#;
}
