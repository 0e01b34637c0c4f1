//! Replaces references to path items by copies.

use std::collections::HashSet;

use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::document::{escape, resolve};
use gitbook_api_codegen::walk::METHODS;
use serde_json::Value;

use super::Loss;

/// Replaces every path item that refers to another one, or to a shared one, by a copy, because its
/// operations are operations of their own. An `operationId` that another path has already gets the
/// words of the path appended: `getUser` at `/v2/me` becomes `getUserAtV2Me`.
pub(super) fn inline(document: &mut Value, lossy: &mut Vec<Loss>) {
    let original = document.clone();
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    let is_reference = |item: &Value| item.get("$ref").is_some();
    let own = paths.values().filter(|item| !is_reference(item));
    let mut known: HashSet<String> = own.flat_map(operation_ids).collect();
    for (path, item) in paths.iter_mut().filter(|(_, item)| is_reference(item)) {
        let Some(target) = resolve(&original, item).ok().and_then(Value::as_object) else {
            continue;
        };
        let reference = item["$ref"].as_str().unwrap_or_default().to_owned();
        let mut copy = target.clone();
        for (key, value) in item.as_object().into_iter().flatten() {
            if key != "$ref" {
                copy.insert(key.clone(), value.clone());
            }
        }
        *item = Value::Object(copy);
        let Diagnostic { pointer, .. } = Diagnostic::new(format!("/paths/{}", escape(path)), "");
        if !reference.starts_with("#/components/") {
            let message = format!("the reference to `{reference}` was replaced by a copy");
            let pointer = pointer.clone();
            lossy.push(Loss { pointer, message });
        }
        for method in METHODS {
            let Some(Value::String(id)) = item
                .get_mut(method)
                .and_then(|operation| operation.get_mut("operationId"))
            else {
                continue;
            };
            if known.contains(id.as_str()) {
                let unique = format!("{id}At{}", words(path));
                let message =
                    format!("the operationId `{id}` of another path became `{unique}` here");
                let pointer = format!("{pointer}/{method}/operationId");
                lossy.push(Loss { pointer, message });
                *id = unique;
            }
            known.insert(id.clone());
        }
    }
}

fn operation_ids(item: &Value) -> Vec<String> {
    let operations = METHODS.iter().filter_map(|method| item.get(method));
    let ids = operations.filter_map(|operation| operation.get("operationId")?.as_str());
    ids.map(str::to_owned).collect()
}

/// Returns the words of a path, each with a capital letter: `/v2/{user-id}` is `V2UserId`.
fn words(path: &str) -> String {
    let words = path.split(|c: char| !c.is_alphanumeric());
    let capital = |word: &str| {
        let mut characters = word.chars();
        let first = characters.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + characters.as_str()
    };
    words.map(capital).collect()
}
