//! Detects a shared response that was copied to give it another description, because OpenAPI 3.0.3
//! allows no description beside a reference.

use gitbook_api_codegen::document::escape;
use serde_json::Value;

/// Returns the reference to the component that equals `response`, descriptions aside.
pub fn response(document: &Value, response: &Value) -> Option<String> {
    let components = document.get("components")?.get("responses")?.as_object()?;
    let (name, _) = components
        .iter()
        .find(|(_, component)| same(component, response))?;
    Some(format!("#/components/responses/{}", escape(name)))
}

fn same(a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else {
        return false;
    };
    let is_compared = |key: &str| key != "description" && !key.starts_with("x-");
    // A response with only a description is not distinctive.
    let holds = a.keys().any(|key| is_compared(key));
    let count = |object: &serde_json::Map<String, Value>| {
        object.keys().filter(|key| is_compared(key)).count()
    };
    let equal = |(key, value): (&String, &Value)| !is_compared(key) || b.get(key) == Some(value);
    holds && count(a) == count(b) && a.iter().all(equal)
}
