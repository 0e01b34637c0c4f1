//! What edits do to Rust items that they do not name. The generator looks at what stands around a
//! schema: what is sent has `Patch` fields, a type that holds itself has boxes, the members of a
//! union are named by what sets them apart.

use super::rules;

rules! { CONSEQUENCE_RULES of Consequences:

RUST_ITEM_CHANGED "rust-item-changed" "Rust item changed by an edit elsewhere"
    [Compatible Major] [Compatible Major] "The same JSON, but an item of the crate is gone or declared differently, and no other row is major. Found by generating both crates."
    Document r##"{"paths": {"/a": {"post": {"operationId": "a", "responses": {}}}}, "components": {"schemas": {"A": {"properties": {"x": {"type": "string", "nullable": true}}}}}}"##
        => r##"{"paths": {"/a": {"post": {"operationId": "a", "responses": {}, "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}, "components": {"schemas": {"A": {"properties": {"x": {"type": "string", "nullable": true}}}}}}"##;

RUST_ITEM_ADDED "rust-item-added" "Rust item added by an edit elsewhere"
    [Compatible Minor] [Compatible Minor] "The crate gains an item, and every other row is a patch. Found by generating both crates."
    Document r##"{"components": {"responses": {}}}"##
        => r##"{"components": {"responses": {"Done": {"description": "", "content": {"application/json": {"schema": {"properties": {"a": {}}}}}}}}}"##;
}
