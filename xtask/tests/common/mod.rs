//! What several test files need.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// GitBook's whole published document, as it was fetched: the one fragment with over 300 operations.
///
/// # Panics
/// When there is none under `spec/fragments/`.
pub fn published_document() -> Value {
    let fragments = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/fragments");
    files(&fragments)
        .iter()
        .filter(|path| path.metadata().is_ok_and(|data| data.len() > 1 << 19))
        .map(|path| xtask::read::read(path).expect("fragments can be read"))
        .find(|document| operations(document) > 300)
        .expect("the published document is under spec/fragments")
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in directory.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => files.push(path),
        }
    }
    files.sort();
    files
}

fn operations(document: &Value) -> usize {
    let items = document["paths"].as_object().into_iter().flatten();
    items
        .flat_map(|(_, item)| item.as_object().into_iter().flatten())
        .filter(|(_, operation)| operation.get("responses").is_some())
        .count()
}
