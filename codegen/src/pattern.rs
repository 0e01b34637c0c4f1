//! The patterns that a client checks without an engine for all of ECMAScript.

#[path = "../../gitbook-api/json/check/pattern/parser.rs"]
mod parser;
#[path = "../../gitbook-api/json/check/pattern/program.rs"]
#[allow(
    dead_code,
    reason = "patterns are read here, and matched by the client"
)]
mod program;

use serde_json::Value;

use crate::document::Diagnostic;
use crate::walk::{Node, walk};

/// Returns a diagnostic for each pattern of a document that the client can check only with its feature
/// `regress`.
pub fn beyond_programs(document: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            let pattern = value.get("pattern").and_then(Value::as_str);
            let pattern = pattern.filter(|_| node == Node::Schema);
            if let Some(pattern) = pattern.filter(|pattern| parser::parse(pattern).is_none()) {
                let message = format!(
                    "`{pattern}` has backreferences, look-behind, `\\p` or too many repetitions"
                );
                let diagnostic = Diagnostic::new(format!("{pointer}/pattern"), message);
                found.push(diagnostic.help("enable the feature `regress` of `gitbook-api`"));
            }
        },
    );
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patterns_that_take_all_of_ecmascript_are_found() {
        let document = json!({ "components": { "schemas": {
            "Id": { "type": "string", "pattern": "^(?!a)[a-z]+$" },
            "Name": { "type": "object", "properties": {
                "pattern": { "type": "string", "pattern": r"^\p{L}+$" },
            } },
        } } });
        let found = beyond_programs(&document);
        let pointers: Vec<_> = found
            .iter()
            .map(|diagnostic| diagnostic.pointer.as_str())
            .collect();
        assert_eq!(
            pointers,
            ["#/components/schemas/Name/properties/pattern/pattern"]
        );
    }
}
