//! `readOnly` and `writeOnly` properties affect only one direction.

use gitbook_api_codegen::document::resolve;
use serde_json::Value;

use super::pointer::tokens;
use super::uses::Direction;

/// Returns the part of `direction` in which the node at `pointer` is used: a `readOnly` property is
/// no part of requests, a `writeOnly` one no part of responses.
pub(crate) fn narrowed(document: &Value, pointer: &str, direction: Direction) -> Direction {
    let tokens = tokens(pointer);
    let names: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let [.., holder, "readOnly" | "writeOnly"] = names[..]
        && holder != "properties"
    {
        // An edit of `readOnly` or `writeOnly` itself affects both.
        return direction;
    }
    let mut direction = direction;
    let mut node = document;
    let mut is_name = false;
    for token in tokens {
        let next = match node {
            Value::Array(items) => token.parse().ok().and_then(|index: usize| items.get(index)),
            _ => node.get(&token),
        };
        let Some(next) = next else {
            break;
        };
        node = next;
        if is_name {
            let property = resolve(document, node).unwrap_or(node);
            let is = |key: &str| [node, property].iter().any(|schema| schema[key] == true);
            direction.request &= !is("readOnly");
            direction.response &= !is("writeOnly");
        }
        is_name = !is_name && token == "properties";
    }
    direction
}
