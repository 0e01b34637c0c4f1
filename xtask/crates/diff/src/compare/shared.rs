//! Detects a shared response that was copied to give it another description, because OpenAPI 3.0.3
//! allows no description beside a reference.

use std::collections::HashMap;

use gitbook_api_codegen::document::escape;
use serde_json::Value;

/// The shared responses of a document, by their contents.
pub(crate) struct Responses {
    by_content: HashMap<String, String>,
}

impl Responses {
    /// Returns the shared responses of `document`.
    pub(crate) fn new(document: &Value) -> Self {
        let components = document.pointer("/components/responses");
        let components = components.and_then(Value::as_object).into_iter().flatten();
        let mut by_content = HashMap::new();
        for (name, response) in components {
            if let Some(content) = content(response) {
                let reference = format!("#/components/responses/{}", escape(name));
                by_content.entry(content).or_insert(reference);
            }
        }
        Self { by_content }
    }

    /// Returns the reference to the component that equals `response`, descriptions aside.
    pub(crate) fn of(&self, response: &Value) -> Option<String> {
        self.by_content.get(&content(response)?).cloned()
    }
}

/// Returns the reference to the component of `document` that equals `response`, descriptions aside.
pub(crate) fn response(document: &Value, response: &Value) -> Option<String> {
    Responses::new(document).of(response)
}

/// Returns a response without descriptions and extensions as text, or `None` if it has only these,
/// which is not distinctive.
fn content(response: &Value) -> Option<String> {
    let mut response = response.clone();
    let members = response.as_object_mut()?;
    members.retain(|key, _| key != "description" && !key.starts_with("x-"));
    if members.is_empty() {
        return None;
    }
    response.sort_all_objects();
    Some(response.to_string())
}
