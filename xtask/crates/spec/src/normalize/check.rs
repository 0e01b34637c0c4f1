//! Validates a document before it is normalized.

use std::collections::{BTreeSet, HashMap};

use gitbook_api_codegen::Diagnostic;
use gitbook_api_codegen::document::lookup;
use gitbook_api_codegen::walk::{Node, walk};
use serde_json::Value;

use crate::read::{Version, version};

/// The maximum number of diagnostics reported.
const MAX_DIAGNOSTICS: usize = 100;

/// Checks the versions, shapes, types and references of a document.
///
/// # Errors
///
/// Fails with all diagnostics in document order, up to `MAX_DIAGNOSTICS`.
pub fn check(document: &Value) -> Result<(), Vec<Diagnostic>> {
    let version = version(document).map_err(|diagnostic| vec![diagnostic])?;
    let mut diagnostics = Vec::new();
    let mut targets = BTreeSet::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |node, pointer, value| {
            if diagnostics.len() >= MAX_DIAGNOSTICS {
                return;
            }
            diagnostics.extend(misshapen(node, pointer, value, version));
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                match dangling(document, pointer, reference) {
                    Some(diagnostic) => diagnostics.push(diagnostic),
                    None => drop(targets.insert(reference.to_owned())),
                }
            }
        },
    );
    diagnostics.extend(cycles(document, targets));
    diagnostics.truncate(MAX_DIAGNOSTICS);
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(diagnostics)
    }
}

/// Returns the diagnostics of children that do not have the expected JSON type.
fn misshapen(node: Node, pointer: &str, value: &Value, version: Version) -> Vec<Diagnostic> {
    if !value.is_object() {
        let extension = pointer
            .rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with("x-"));
        let boolean_schema = node == Node::Schema && version == Version::V3_1 && value.is_boolean();
        if extension || boolean_schema {
            return Vec::new();
        }
        let message = format!("expected {}, found {}", expected(node), kind(value));
        return vec![Diagnostic::new(pointer, message).help(advice(node))];
    }
    let mut diagnostics = Vec::new();
    if let Some(reference) = value.get("$ref").filter(|it| is_reference(node, it)) {
        let message = format!("expected a reference, found {}", kind(reference));
        let help = "write a text such as `#/components/schemas/Space`, or remove `$ref`";
        diagnostics.push(Diagnostic::new(format!("{pointer}/$ref"), message).help(help));
    }
    for (key, shape) in shapes(node) {
        let Some(child) = value.get(key) else {
            continue;
        };
        let fits = match shape {
            Shape::Object => child.is_object(),
            Shape::Array => child.is_array(),
            Shape::Schema => child.is_object() || child.is_boolean() && version == Version::V3_1,
            Shape::SchemaOrBoolean => child.is_object() || child.is_boolean(),
        };
        if !fits {
            let message = format!("expected {}, found {}", shape.name(), kind(child));
            let diagnostic = Diagnostic::new(format!("{pointer}/{key}"), message);
            diagnostics.push(diagnostic.help(shape.advice()));
        }
    }
    if node == Node::Schema {
        diagnostics.extend(unknown_type(pointer, &value["type"], version));
    }
    diagnostics
}

#[derive(Clone, Copy)]
enum Shape {
    Object,
    Array,
    Schema,
    SchemaOrBoolean,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::Schema | Self::SchemaOrBoolean => "a schema",
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Object => "write an object, such as `{}`, or remove the key",
            Self::Array => "write a list, such as `[]`, or remove the key",
            Self::Schema => advice(Node::Schema),
            Self::SchemaOrBoolean => "write `true`, `false` or a schema, such as `type: string`",
        }
    }
}

/// Returns whether a `$ref` that is no text is in a place where OpenAPI has references.
fn is_reference(node: Node, reference: &Value) -> bool {
    !reference.is_string() && !matches!(node, Node::Document | Node::Components | Node::Operation)
}

/// Returns what to write for a node.
fn advice(node: Node) -> &'static str {
    match node {
        Node::Schema => "write a schema, such as `type: string`, or `{}` to allow anything",
        Node::Response => "write an object with a `description`, or remove the status",
        Node::Parameter => "write an object with `name`, `in` and `schema`, or a `$ref` to one",
        Node::PathItem => "write an object with a method such as `get`, or remove the path",
        Node::Operation => "write an object with `operationId` and `responses`",
        Node::MediaType => "write an object with a `schema`, or `{}` to allow anything",
        _ => "write an object, or a `$ref` to one",
    }
}

/// Returns the keys with child nodes and their expected JSON types. A child of another type would
/// be skipped silently.
fn shapes(node: Node) -> &'static [(&'static str, Shape)] {
    match node {
        Node::Document => &[
            ("info", Shape::Object),
            ("paths", Shape::Object),
            ("webhooks", Shape::Object),
            ("components", Shape::Object),
        ],
        Node::Components => &[
            ("schemas", Shape::Object),
            ("responses", Shape::Object),
            ("parameters", Shape::Object),
            ("examples", Shape::Object),
            ("requestBodies", Shape::Object),
            ("headers", Shape::Object),
            ("securitySchemes", Shape::Object),
            ("links", Shape::Object),
            ("callbacks", Shape::Object),
            ("pathItems", Shape::Object),
        ],
        Node::PathItem => &[
            ("parameters", Shape::Array),
            ("get", Shape::Object),
            ("put", Shape::Object),
            ("post", Shape::Object),
            ("delete", Shape::Object),
            ("options", Shape::Object),
            ("head", Shape::Object),
            ("patch", Shape::Object),
            ("trace", Shape::Object),
        ],
        Node::Operation => &[
            ("parameters", Shape::Array),
            ("requestBody", Shape::Object),
            ("responses", Shape::Object),
            ("callbacks", Shape::Object),
        ],
        Node::Parameter | Node::Header | Node::MediaType => &[
            ("schema", Shape::Schema),
            ("content", Shape::Object),
            ("examples", Shape::Object),
        ],
        Node::RequestBody | Node::Response => &[("content", Shape::Object)],
        Node::Schema => &[
            ("properties", Shape::Object),
            ("patternProperties", Shape::Object),
            ("dependentSchemas", Shape::Object),
            ("$defs", Shape::Object),
            ("allOf", Shape::Array),
            ("anyOf", Shape::Array),
            ("oneOf", Shape::Array),
            ("prefixItems", Shape::Array),
            ("enum", Shape::Array),
            ("items", Shape::Schema),
            ("not", Shape::Schema),
            ("additionalProperties", Shape::SchemaOrBoolean),
        ],
        Node::Encoding | Node::Example | Node::Link | Node::Callback | Node::SecurityScheme => &[],
    }
}

fn unknown_type(pointer: &str, given: &Value, version: Version) -> Option<Diagnostic> {
    let known = |name: &Value| match name.as_str() {
        Some("array" | "boolean" | "integer" | "number" | "object" | "string") => true,
        Some("null") => version == Version::V3_1,
        _ => false,
    };
    let fits = match given {
        Value::Null => true,
        Value::Array(names) => {
            version == Version::V3_1 && !names.is_empty() && names.iter().all(known)
        }
        name => known(name),
    };
    if fits {
        return None;
    }
    let diagnostic = Diagnostic::new(format!("{pointer}/type"), format!("unknown type {given}"));
    Some(match version {
        Version::V3_0 => diagnostic.help(
            "OpenAPI 3.0 knows array, boolean, integer, number, object and string; null is \
             `nullable: true`",
        ),
        Version::V3_1 => diagnostic
            .help("JSON Schema knows array, boolean, integer, null, number, object and string"),
    })
}

fn dangling(document: &Value, pointer: &str, reference: &str) -> Option<Diagnostic> {
    let diagnostic = |message| Diagnostic::new(format!("{pointer}/$ref"), message);
    if !(reference == "#" || reference.starts_with("#/")) {
        let message = format!("`{reference}` is not a JSON pointer into this document");
        let help = "bundle the documents into one with pointers such as `#/components/schemas/…`";
        return Some(diagnostic(message).help(help));
    }
    if lookup(document, reference).is_some() {
        return None;
    }
    let message = format!("nothing is defined at `{reference}`");
    Some(diagnostic(message).help("define it there, or correct the reference"))
}

/// Finds references that lead back to themselves without a property or item in between.
fn cycles(document: &Value, targets: BTreeSet<String>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut finished: HashMap<String, bool> = HashMap::new();
    for target in targets {
        if finished.contains_key(&target) {
            continue;
        }
        // An explicit stack, because a chain of references may be deeper than the call stack.
        finished.insert(target.clone(), false);
        let pending = applied(document, &target);
        let mut stack = vec![(target, pending)];
        while let Some((current, pending)) = stack.last_mut() {
            let Some(next) = pending.pop() else {
                finished.insert(current.clone(), true);
                stack.pop();
                continue;
            };
            match finished.get(&next) {
                Some(true) => {}
                Some(false) => diagnostics.push(
                    Diagnostic::new(&next, "this definition refers to itself")
                        .help("add a property or an item in between, or remove the reference"),
                ),
                None => {
                    finished.insert(next.clone(), false);
                    let pending = applied(document, &next);
                    stack.push((next, pending));
                }
            }
        }
    }
    diagnostics
}

/// Returns the references that apply to the same instance as the node named by `reference`.
fn applied(document: &Value, reference: &str) -> Vec<String> {
    let mut references = Vec::new();
    let mut nodes: Vec<&Value> = lookup(document, reference).into_iter().collect();
    while let Some(node) = nodes.pop() {
        references.extend(node.get("$ref").and_then(Value::as_str).map(str::to_owned));
        for key in ["allOf", "anyOf", "oneOf"] {
            nodes.extend(
                node.get(key)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
        nodes.extend(node.get("not"));
    }
    references
}

fn expected(node: Node) -> &'static str {
    match node {
        Node::Schema => "a schema",
        Node::Response => "a response",
        Node::Parameter => "a parameter",
        _ => "an object",
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
