//! Runs progenitor on documents made only of what it understands.

mod lift;

use std::collections::BTreeMap;

use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::{Map, Value, json};
use syn::visit_mut::{self, VisitMut};
use syn::{File, Item, PathArguments};

use crate::Problem;
use crate::document::schema_name;
use crate::operation::{Location, Operation, Parameter};

pub use lift::Lifted;
pub(crate) use lift::argument;

/// How many operations progenitor is given at a time: its output takes far more memory than what is
/// kept of it.
const BATCH: usize = 32;

/// Generates builders of `operations` with progenitor, and returns what the client keeps of them by
/// the name of the method.
///
/// `types` maps the name of each component schema to the path of its Rust type. Parameters stand
/// under their [`name`](crate::operation::Parameter::name). Of several answers of one operation
/// the first is its success type; the others are those of methods named by [`answer_name`].
///
/// # Errors
/// A [`Problem`] when a schema is none that `lower` leaves in an operation, or without a type.
pub fn generate(
    operations: &[Operation],
    types: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Lifted>, Problem> {
    let mut lifted = BTreeMap::new();
    for batch in operations.chunks(BATCH) {
        let mut file = generate_batch(batch, types)?;
        Maps.visit_file_mut(&mut file);
        check_types(&file)?;
        lifted.extend(lift::lift(&file));
    }
    Ok(lifted)
}

fn generate_batch(
    operations: &[Operation],
    types: &BTreeMap<String, String>,
) -> Result<File, Problem> {
    let mut door = Door {
        types,
        replacements: BTreeMap::new(),
    };
    let mut paths = Map::new();
    for (index, operation) in operations.iter().enumerate() {
        let at = |problem: Problem| Problem {
            pointer: operation.pointer(),
            message: format!("operation `{}`: {}", operation.id, problem.message),
            ..problem
        };
        door.operation(index, operation, &mut paths).map_err(at)?;
    }
    run(paths, &door.replacements)
}

/// Gives maps one type argument: their keys are always strings.
struct Maps;

impl VisitMut for Maps {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path
            .segments
            .iter()
            .map(|segment| &segment.ident)
            .eq(["crate", "Map"])
            && let Some(PathArguments::AngleBracketed(arguments)) =
                path.segments.last_mut().map(|last| &mut last.arguments)
        {
            let values = std::mem::take(&mut arguments.args).into_iter().skip(1);
            arguments.args = values.collect();
        }
        visit_mut::visit_path_mut(self, path);
    }
}

/// The name of the method whose success type is the answer number `index` of an operation.
pub fn answer_name(operation: &Operation, index: usize) -> String {
    match index {
        0 => operation.name.clone(),
        _ => format!("answer{index}_of_{}", operation.name),
    }
}

/// The document as progenitor is to see it: types stand for schemas, and names are Rust's already.
struct Door<'a> {
    types: &'a BTreeMap<String, String>,
    /// The component that stands for each Rust type.
    replacements: BTreeMap<String, String>,
}

impl Door<'_> {
    fn operation(
        &mut self,
        index: usize,
        operation: &Operation,
        paths: &mut Map<String, Value>,
    ) -> Result<(), Problem> {
        let answers = operation.answers();
        let mut node = json!({
            "operationId": operation.name,
            "parameters": self.parameters(operation)?,
            "responses": self.responses(answers.first().copied())?,
        });
        if let Some(body) = &operation.body {
            node["requestBody"] = json!({"required": true, "content": self.json(&body.schema)?});
        }
        let method = operation.method.to_ascii_lowercase();
        paths.insert(path(index, operation), json!({method: node}));
        for (number, answer) in answers.into_iter().enumerate().skip(1) {
            let node = json!({
                "operationId": answer_name(operation, number),
                "responses": self.responses(Some(answer))?,
            });
            paths.insert(format!("/{index}/{number}"), json!({"get": node}));
        }
        Ok(())
    }

    fn parameters(&mut self, operation: &Operation) -> Result<Vec<Value>, Problem> {
        let parameters = operation.parameters.iter();
        parameters
            .map(|parameter| self.parameter(parameter))
            .collect()
    }

    fn parameter(&mut self, parameter: &Parameter) -> Result<Value, Problem> {
        Ok(json!({
            "name": parameter.name,
            "in": parameter.location.as_str(),
            "required": parameter.required,
            "schema": self.schema(&parameter.schema)?,
        }))
    }

    /// Exactly one answer: two kinds are more than progenitor can tell apart.
    fn responses(&mut self, answer: Option<&Value>) -> Result<Value, Problem> {
        Ok(match answer {
            Some(schema) => json!({"200": {"description": "", "content": self.json(schema)?}}),
            None => json!({"204": {"description": ""}}),
        })
    }

    fn json(&mut self, schema: &Value) -> Result<Value, Problem> {
        Ok(json!({"application/json": {"schema": self.schema(schema)?}}))
    }

    fn schema(&mut self, schema: &Value) -> Result<Value, Problem> {
        let is_nullable = schema
            .get("nullable")
            .is_some_and(|nullable| nullable == true);
        let mut node = self.non_null(schema)?;
        if is_nullable && node != json!({}) {
            if node.get("$ref").is_some() {
                node = json!({"allOf": [node]});
            }
            node["nullable"] = Value::Bool(true);
        }
        Ok(node)
    }

    fn non_null(&mut self, schema: &Value) -> Result<Value, Problem> {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let name = schema_name(reference);
            return match name.and_then(|name| self.types.get(&*name)) {
                Some(path) => Ok(self.replaced(path)),
                None => Err(Problem::new("", format!("`{reference}` has no type"))),
            };
        }
        let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
        let kind = schema.get("type").and_then(Value::as_str);
        match kind {
            _ if has(&["oneOf", "anyOf", "allOf", "not", "properties"]) => Err(Problem::new(
                "",
                "a schema with structure is not a component of its own",
            )),
            Some("array") => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                Ok(json!({"type": "array", "items": self.schema(items)?}))
            }
            Some("string") => Ok(match schema.get("format").and_then(Value::as_str) {
                Some("date-time") => self.replaced("crate::DateTime"),
                Some("date") => self.replaced("crate::Date"),
                _ => json!({"type": "string"}),
            }),
            Some("integer" | "number" | "boolean") => Ok(json!({"type": kind})),
            Some("object") if has_values(schema) => {
                let values = self.schema(&schema["additionalProperties"])?;
                Ok(json!({"type": "object", "additionalProperties": values}))
            }
            None | Some("object") => Ok(json!({})),
            Some(kind) => Err(Problem::new(
                "",
                format!("`{kind}` is not a type of schema"),
            )),
        }
    }

    fn replaced(&mut self, path: &str) -> Value {
        let next = format!("Schema{}", self.replacements.len());
        let name = self.replacements.entry(path.to_owned()).or_insert(next);
        json!({"$ref": format!("#/components/schemas/{name}")})
    }
}

/// Whether an object is a map to values of some schema.
fn has_values(schema: &Value) -> bool {
    let values = schema
        .get("additionalProperties")
        .and_then(Value::as_object);
    values.is_some_and(|values| ["$ref", "type"].iter().any(|key| values.contains_key(*key)))
}

/// A path of its own for each operation, with nothing in it but the path parameters in order.
fn path(index: usize, operation: &Operation) -> String {
    let mut parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path)
        .collect();
    parameters.sort_by_key(|parameter| operation.path.find(&format!("{{{}}}", parameter.wire)));
    let segments = parameters
        .iter()
        .map(|parameter| format!("/{{{}}}", parameter.name));
    format!("/{index}{}", segments.collect::<String>())
}

fn run(paths: Map<String, Value>, types: &BTreeMap<String, String>) -> Result<File, Problem> {
    let schemas: Map<String, Value> = types
        .values()
        .map(|name| (name.clone(), json!({"type": "object"})))
        .collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "", "version": ""},
        "paths": paths,
        "components": {"schemas": schemas},
    });
    let refused = |error: &dyn std::fmt::Display| {
        Problem::new(
            "/paths",
            format!("progenitor cannot make a client of this: {error}"),
        )
    };
    let document = serde_json::from_value(document).map_err(|error| refused(&error))?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_map_type("crate::Map");
    for (path, name) in types {
        settings.with_replacement(name, path, std::iter::empty());
    }
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| refused(&error))?;
    syn::parse2(tokens).map_err(|error| refused(&error))
}

/// All types are ours: one that progenitor made up would stand for something it misunderstood.
fn check_types(file: &File) -> Result<(), Problem> {
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let made = modules
        .flat_map(|(_, items)| items)
        .find_map(|item| match item {
            Item::Struct(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            _ => None,
        });
    match made {
        Some(name) => Err(Problem::new(
            "/components/schemas",
            format!("progenitor made a type `{name}` of its own"),
        )),
        None => Ok(()),
    }
}
