//! Runs progenitor on the operations of a lowered document.

use std::collections::BTreeMap;

use heck::{ToPascalCase, ToSnakeCase};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::{Map, Value, json};
use syn::File;

use crate::Diagnostic;
use crate::docs::{brief, facts, rustdoc};
use crate::lower::Leaf;
use crate::model::leaf_type;
use crate::operation::{Content, Location, Operation, Parameter, Response};

/// Generates the client of `operations` with progenitor, and returns its syntax tree.
///
/// progenitor is given the operations with their paths, names, documentation, parameters, bodies and
/// responses. Each schema is replaced by the Rust type that [`leaf_type`] maps it to, so progenitor
/// generates no types. It accepts one success type per operation, and gets that of the primary
/// response.
///
/// # Errors
/// Returns a [`Diagnostic`] if progenitor refuses the document.
pub fn generate(operations: &[Operation]) -> Result<File, Diagnostic> {
    let mut input = Input::default();
    for operation in operations {
        input.operation(operation);
    }
    let refused = |error: &dyn std::fmt::Display| {
        let pointer = match operations {
            [only] => only.pointer(),
            _ => "/paths".to_owned(),
        };
        Diagnostic::new(pointer, format!("progenitor refuses the document: {error}"))
    };
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    for (path, name) in &input.types {
        settings.with_replacement(name, path, std::iter::empty());
    }
    let document =
        serde_json::from_value(input.into_document()).map_err(|error| refused(&error))?;
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| refused(&error))?;
    syn::parse2(tokens).map_err(|error| refused(&error))
}

/// Returns the path template under which progenitor gets an operation.
pub(crate) fn template(operation: &Operation) -> String {
    let mut path = operation.path.clone();
    let parameters = operation.parameters.iter();
    for parameter in parameters.filter(|it| it.location == Location::Path) {
        let placeholder = format!("{{{}}}", parameter.api_name);
        let name = input_name(&parameter.api_name, &parameter.name);
        path = path.replace(&placeholder, &format!("{{{name}}}"));
    }
    path
}

/// Returns the name under which progenitor gets an operation or parameter: the document's, unless
/// progenitor would not make `snake` of it.
fn input_name<'a>(name: &'a str, snake: &'a str) -> &'a str {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_word);
    match is_plain && name.to_snake_case() == snake {
        true => name,
        false => snake,
    }
}

/// Returns the first paragraph of a description, with a full stop.
fn sentence(description: &str) -> String {
    let text = brief(description);
    match text.chars().last() {
        Some(last) if last.is_alphanumeric() || last == '`' => text + ".",
        _ => text,
    }
}

/// The document that progenitor gets.
#[derive(Default)]
struct Input {
    paths: Map<String, Value>,
    /// The component schema that stands for each Rust type.
    types: BTreeMap<String, String>,
}

impl Input {
    fn operation(&mut self, operation: &Operation) {
        let parameters = operation.parameters.iter();
        let parameters: Vec<Value> = parameters.map(|it| self.parameter(it)).collect();
        let mut node = json!({
            "operationId": input_name(&operation.id, &operation.name),
            "deprecated": operation.deprecated,
            "tags": operation.tags,
            "parameters": parameters,
            "responses": self.response(operation.primary_response()),
        });
        for (key, text) in [
            ("summary", rustdoc(operation.summary.trim())),
            ("description", rustdoc(&operation.description)),
        ] {
            if !text.is_empty() {
                node[key] = Value::String(text);
            }
        }
        if let Some(body) = &operation.body {
            // Whatever it is sent as: the media type only decides what the rewritten setter calls.
            let schema = self.replaced(body.rust_type());
            let content = json!({"application/json": {"schema": schema}});
            node["requestBody"] = json!({"required": true, "content": content});
        }
        let item = self.paths.entry(template(operation));
        let item = item.or_insert_with(|| Value::Object(Map::new()));
        item[operation.method.to_ascii_lowercase()] = node;
    }

    fn parameter(&mut self, parameter: &Parameter) -> Value {
        let mut node = json!({
            "name": input_name(&parameter.api_name, &parameter.name),
            "in": parameter.location.as_str(),
            "required": parameter.required,
            "deprecated": parameter.deprecated,
            "schema": self.schema(&parameter.schema),
        });
        // Setters have documentation of their own.
        let constraints = match parameter.required {
            true => facts(&parameter.assertions),
            false => String::new(),
        };
        let description = format!("{} {constraints}", sentence(&parameter.description));
        if !description.trim().is_empty() {
            node["description"] = Value::String(description.trim().to_owned());
        }
        node
    }

    /// Returns one response alone: progenitor panics if there are several success types.
    fn response(&mut self, response: Option<&Response>) -> Value {
        let content = match response.map(|response| &response.content) {
            Some(Content::Json(schema)) => self.json(schema),
            Some(Content::Events(_)) => json!({"text/event-stream": {}}),
            Some(Content::Bytes) | None => json!({"application/octet-stream": {}}),
            Some(Content::Empty) => json!({}),
        };
        json!({"200": {"description": "", "content": content}})
    }

    fn json(&mut self, schema: &Leaf) -> Value {
        json!({"application/json": {"schema": self.schema(schema)}})
    }

    /// Returns a reference to the component schema that progenitor replaces by the type of
    /// `schema`.
    fn schema(&mut self, schema: &Leaf) -> Value {
        self.replaced(leaf_type(schema).path("types::"))
    }

    /// Returns a reference to the component schema that progenitor replaces by the Rust type at
    /// `path`.
    fn replaced(&mut self, path: String) -> Value {
        let known = &self.types;
        let mut name = path.trim_start_matches("types::").to_pascal_case();
        let is_usable = name.is_ascii() && syn::parse_str::<syn::Ident>(&name).is_ok();
        if !is_usable || known.values().any(|other| *other == name) {
            name = format!("Schema{}", known.len());
        }
        let name = self.types.entry(path).or_insert(name);
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn into_document(self) -> Value {
        let schemas = self.types.into_values();
        let schemas: Map<String, Value> = schemas
            .map(|name| (name, json!({"type": "object"})))
            .collect();
        json!({
            "openapi": "3.0.3",
            "info": {"title": "", "version": ""},
            "paths": self.paths,
            "components": {"schemas": schemas},
        })
    }
}
