//! Rewrites `propertyNames` as properties.

use gitbook_api_codegen::document;
use serde_json::{Map, Value, json};

use super::edit::{Schema, detached, replace};

/// Rewrites an object whose property names come from an enum as an object with these properties and
/// no others.
///
/// The keyword is preserved as `x-propertyNames` for tools that use maps. Other restrictions of
/// names are left unchanged.
pub(super) fn rewrite(schema: &mut Schema, document: &Value) {
    let Some(names) = schema
        .get("propertyNames")
        .and_then(|names| listed(names, document))
    else {
        return;
    };
    let declared = schema.get("properties").and_then(Value::as_object).cloned();
    let mut properties = declared.unwrap_or_default();
    if properties
        .keys()
        .any(|name| !names.contains(&name.as_str()))
    {
        return;
    }
    let each = match schema.get("additionalProperties") {
        None | Some(Value::Bool(true)) => json!({}),
        Some(each) => each.clone(),
    };
    if each != json!(false) {
        for name in names {
            properties.entry(name).or_insert_with(|| each.clone());
        }
    }
    set_properties(schema, properties);
}

fn set_properties(schema: &mut Schema, properties: Map<String, Value>) {
    let names = detached(schema["propertyNames"].clone());
    let properties = Value::Object(properties);
    if let Some(present) = schema.get_mut("properties") {
        *present = properties;
        replace(schema, "propertyNames", [("x-propertyNames", names)]);
    } else {
        replace(
            schema,
            "propertyNames",
            [("properties", properties), ("x-propertyNames", names)],
        );
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
}

/// Returns the names that a `propertyNames` schema allows, if it only lists them.
fn listed<'a>(schema: &'a Value, document: &'a Value) -> Option<Vec<&'a str>> {
    if schema.get("$ref").is_some() && schema.as_object()?.len() > 1 {
        return None;
    }
    let schema = document::resolve(document, schema).ok()?.as_object()?;
    let only_lists = schema.iter().all(|(key, value)| match key.as_str() {
        "type" => value == "string",
        "enum" | "const" | "title" | "description" | "deprecated" | "default" | "example"
        | "examples" => true,
        _ => key.starts_with("x-"),
    });
    if !only_lists || schema.contains_key("enum") == schema.contains_key("const") {
        return None;
    }
    let values = match schema.get("enum") {
        Some(values) => values.as_array()?.iter().collect(),
        None => vec![&schema["const"]],
    };
    Some(values.into_iter().filter_map(Value::as_str).collect())
}
