//! Rules for changes of Rust items that no edit names. What the generator makes of a schema depends
//! on its use: types used in requests have `Patch` fields, recursive types have boxes, and variants
//! are named by what distinguishes the members.

use super::rules;

rules! { CONSEQUENCE_RULES of Consequences:

RUST_ITEM_CHANGED "rust-item-changed" "Rust item changed by an edit elsewhere"
    [Compatible Major] [Compatible Major] "The same JSON, but an item of the crate is removed or declared differently, and no other change is major. Found by comparing the public APIs of both crates."
    Document r##"{"paths": {"/a": {"post": {"operationId": "a", "responses": {}}}}, "components": {"schemas": {"A": {"properties": {"x": {"type": "string", "nullable": true}}}}}}"##
        => r##"{"paths": {"/a": {"post": {"operationId": "a", "responses": {}, "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}, "components": {"schemas": {"A": {"properties": {"x": {"type": "string", "nullable": true}}}}}}"##;

ARGUMENTS_REORDERED "arguments-reordered" "arguments of a function reordered"
    [Compatible Major] [Compatible Major] "The same JSON, but the arguments are in another order: a call may still compile and pass values for the wrong arguments. Found by comparing the public APIs of both crates."
    Document r##"{"paths": {"/a": {"post": {"operationId": "a", "responses": {}, "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}, "components": {"schemas": {"A": {"properties": {"x": {"type": "string"}, "y": {"type": "string"}}, "required": ["x", "y"]}}}}"##
        => r##"{"paths": {"/a": {"post": {"operationId": "a", "responses": {}, "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}, "components": {"schemas": {"A": {"properties": {"y": {"type": "string"}, "x": {"type": "string"}}, "required": ["x", "y"]}}}}"##;

RUST_ITEM_ADDED "rust-item-added" "Rust item added by an edit elsewhere"
    [Compatible Minor] [Compatible Minor] "The crate gains an item, and every other change is a patch. Found by comparing the public APIs of both crates."
    Document r##"{"components": {"responses": {}}}"##
        => r##"{"components": {"responses": {"Done": {"description": "", "content": {"application/json": {"schema": {"properties": {"a": {}}}}}}}}}"##;
}
