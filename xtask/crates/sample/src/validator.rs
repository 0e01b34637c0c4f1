//! Validates values against the schemas of a document.

use std::collections::HashMap;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value, json};

/// A JSON Schema validator of schemas of a document.
pub struct Validator {
    compiled: Schemas,
    schemas: HashMap<String, SchemaIndex>,
}

/// The version of JSON Schema that a document has.
#[derive(Clone, Copy, Debug)]
pub enum Dialect {
    /// OpenAPI 3.0, whose schemas are those of draft 4 with `nullable`.
    OpenApi30,
    /// OpenAPI 3.1, whose schemas are those of draft 2020-12.
    OpenApi31,
}

impl Validator {
    /// Returns a validator of the schemas at these JSON pointers in `document`.
    ///
    /// Formats are not validated, because the version of JSON Schema decides which of them are.
    ///
    /// # Panics
    ///
    /// Panics if a schema is invalid.
    pub fn new(
        dialect: Dialect,
        mut document: Value,
        pointers: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(match dialect {
            Dialect::OpenApi30 => Draft::V4,
            Dialect::OpenApi31 => Draft::V2020_12,
        });
        adapt(dialect, &mut document);
        compiler
            .add_resource(ADDRESS, document)
            .expect("the address is valid");
        let mut compiled = Schemas::new();
        let schemas = pointers.into_iter().map(|pointer| {
            let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
            let index = compiler
                .compile(&format!("{ADDRESS}#{fragment}"), &mut compiled)
                .unwrap_or_else(|error| panic!("{pointer}: {error:#}"));
            (pointer, index)
        });
        let schemas = schemas.collect();
        Self { compiled, schemas }
    }

    /// Returns whether `value` is valid by the schema at `pointer`.
    pub fn is_valid(&self, pointer: &str, value: &Value) -> bool {
        self.compiled.validate(value, self.schemas[pointer]).is_ok()
    }

    /// Validates `value` by the schema at `pointer`.
    ///
    /// # Errors
    ///
    /// Fails with a description of everything that is wrong.
    pub fn validate(&self, pointer: &str, value: &Value) -> Result<(), String> {
        let result = self.compiled.validate(value, self.schemas[pointer]);
        result.map_err(|error| format!("{error:#}"))
    }
}

/// The address of the document, which is nowhere.
const ADDRESS: &str = "memory:///document";

/// Rewrites schemas as the validator reads them.
fn adapt(dialect: Dialect, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| adapt(dialect, item)),
        Value::Object(object) => {
            // A property may have the name of a keyword: it is an object.
            object.retain(|key, value| key != "format" || !value.is_string());
            if let Dialect::OpenApi30 = dialect
                && object.get("nullable") == Some(&Value::Bool(true))
                && let Some(name) = object.get("type").filter(|name| name.is_string()).cloned()
            {
                object.insert("type".to_owned(), json!([name, "null"]));
            }
            if let Some(parts) = object.get("pattern").and_then(without_lookahead) {
                object.shift_remove("pattern");
                let all = object.entry("allOf").or_insert_with(|| json!([]));
                all.as_array_mut().expect("a list").extend(parts);
            }
            object.values_mut().for_each(|value| adapt(dialect, value));
        }
        _ => {}
    }
}

/// Returns schemas that together admit what a pattern does that has negative look-ahead behind its literal
/// start, which the validator's regular expressions lack: `^a(?!b)c` is `^ac` and not `^ab`.
fn without_lookahead(pattern: &Value) -> Option<Vec<Value>> {
    let (start, mut rest) = pattern.as_str()?.split_once("(?!")?;
    // Anything else could match in several ways.
    if start.contains(['(', '[', '{', '|', '.', '*', '+', '?']) {
        return None;
    }
    let mut schemas = Vec::new();
    loop {
        let (excluded, behind) = rest.split_once(')').filter(|(it, _)| !it.contains('('))?;
        schemas.push(json!({ "not": { "pattern": format!("{start}{excluded}") } }));
        match behind.strip_prefix("(?!") {
            Some(next) => rest = next,
            None => {
                schemas.push(json!({ "pattern": format!("{start}{behind}") }));
                return Some(schemas);
            }
        }
    }
}
