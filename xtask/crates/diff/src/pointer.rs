//! Parses JSON pointers.

use gitbook_api_codegen::document::unescape;

/// Returns the tokens of a pointer in fragment form (`#/components/schemas/Space`).
pub(crate) fn tokens(pointer: &str) -> Vec<String> {
    let path = pointer.trim_start_matches('#');
    path.split('/').skip(1).map(unescape).collect()
}
