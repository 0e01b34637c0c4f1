//! The names of nodes of a document, in reports and in the crate.

use gitbook_api_codegen::document::escape;
use gitbook_api_codegen::names::{
    field_name, method_name, parameter_name, type_name, variant_name,
};
use gitbook_api_codegen::walk::{METHODS, has_listed_names};
use serde_json::Value;

use super::compare::operations;
use super::pointer::tokens;
use super::rust_items::{RustItems, Types};
use super::summarize::plain;

/// Returns the path of the public Rust item that the node at `pointer` of `document` becomes: the
/// closest one whose name is certain. `types` are the types of the document.
pub fn rust_item(document: &Value, types: Option<&Types>, pointer: &str) -> Option<String> {
    let tokens = tokens(pointer);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let described = types.and_then(|types| RustItems { document, types }.at(&tokens));
    match tokens[..] {
        _ if described.is_some() => described,
        // A schema that is another name for a leaf is no type.
        ["components", "schemas", name, ..] if types.is_some_and(|it| it.is_alias(name)) => None,
        ["components", "schemas", name, ..] => Some(format!("types::{}", type_name(name))),
        ["paths", path, method, ref rest @ ..] => {
            let operation = document.get("paths")?.get(path)?.get(method)?;
            let id = operation.get("operationId")?.as_str()?;
            Some(of_operation(document, operation, id, rest))
        }
        _ => None,
    }
}

fn of_operation(document: &Value, operation: &Value, id: &str, rest: &[&str]) -> String {
    let method = format!("Client::{}", field_name(&method_name(id)));
    let ["parameters", index, ..] = rest else {
        return method;
    };
    let parameter = index
        .parse::<usize>()
        .ok()
        .and_then(|index| operation["parameters"].get(index));
    let resolved = parameter.and_then(|p| gitbook_api_codegen::document::resolve(document, p).ok());
    // Required parameters are arguments of the method.
    let optional = resolved.filter(|parameter| parameter["required"] != true);
    match optional.and_then(|parameter| parameter["name"].as_str()) {
        Some(name) => {
            let builder = variant_name(&method_name(id));
            format!("builder::{builder}::{}", field_name(&parameter_name(name)))
        }
        None => method,
    }
}

/// The components and operations of a document, by their names in Rust. All names together take seconds
/// for a large document, unoptimized.
#[derive(Debug)]
pub struct Origins {
    /// The type of each component, with its pointer.
    types: Vec<(String, String)>,
    /// The method of each operation.
    methods: Vec<(String, String)>,
    /// The builder of each operation.
    builders: Vec<(String, String)>,
}

impl Origins {
    /// Reads the names of a document.
    pub fn new(document: &Value) -> Self {
        let kinds = document.get("components").and_then(Value::as_object);
        let types = kinds.into_iter().flatten().flat_map(|(kind, map)| {
            let names = map.as_object().into_iter().flat_map(|map| map.keys());
            names.map(move |name| {
                let pointer = format!("#/components/{kind}/{}", escape(name));
                (type_name(name), pointer)
            })
        });
        let operations = operations(document).into_iter().map(|operation| {
            let method = method_name(&operation.name());
            let pointer = operation.node.pointer;
            let called = (format!("{}()", field_name(&method)), pointer.clone());
            (called, (variant_name(&method), pointer))
        });
        let (methods, builders) = operations.unzip();
        Self {
            types: types.collect(),
            methods,
            builders,
        }
    }

    /// Returns the pointer of the component or operation that the public Rust item `path` was generated from,
    /// or of the document. The types of inline schemas are named after what contains them.
    pub fn of(&self, path: &str) -> String {
        // The last part of `impl From<A> for types::B` is the type.
        let item = path.rsplit(' ').next().unwrap_or(path);
        let mut tokens = item.split("::");
        let (module, name) = (tokens.next(), tokens.next().unwrap_or_default());
        let (types, operations) = match module {
            Some("types") => (&self.types[..], &self.builders),
            Some("Client") => (&[][..], &self.methods),
            _ => (&[][..], &self.builders),
        };
        let known = types.iter().chain(operations);
        let holders = known.filter(|(holder, _)| name.starts_with(holder.as_str()));
        let closest = holders.max_by_key(|(holder, _)| holder.len());
        closest.map_or_else(|| "#".to_owned(), |(_, pointer)| pointer.clone())
    }
}

/// The kind of node that contains a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Document,
    /// An operation, or all operations of a path.
    Operation,
    /// A component schema.
    Type,
    /// Another component.
    Shared,
}

/// The name of a node in reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub part: Part,
    /// The operation or component: `GET /spaces/{spaceId}`, `Space`.
    pub heading: String,
    /// The path from there: `responses › 200`, `title`. Empty for the operation or component
    /// itself.
    pub trail: String,
}

impl Place {
    /// Returns the name of the node of `document` at this pointer.
    pub fn new(document: &Value, pointer: &str) -> Self {
        let tokens = tokens(pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let (part, heading, start) = match tokens[..] {
            ["components", "schemas", name, ..] => (Part::Type, name.to_owned(), 3),
            ["components", kind, name, ..] => (Part::Shared, format!("{name} ({kind})"), 3),
            ["paths", path, method, ..] if METHODS.contains(&method) => {
                let heading = format!("{} {path}", method.to_uppercase());
                (Part::Operation, heading, 3)
            }
            ["paths", path, ..] => (Part::Operation, path.to_owned(), 2),
            _ => (Part::Document, "the whole document".to_owned(), 0),
        };
        Self {
            part,
            heading: plain(&heading),
            trail: plain(&trail(document, &tokens, start)),
        }
    }

    /// Returns the whole name: `GET /spaces/{spaceId} › responses › 200`.
    pub fn label(&self) -> String {
        if self.trail.is_empty() {
            self.heading.clone()
        } else {
            format!("{} › {}", self.heading, self.trail)
        }
    }
}

/// Returns the tokens from `start` on in readable form: parameters by name, and without keywords
/// that add nothing.
fn trail(document: &Value, tokens: &[&str], start: usize) -> String {
    let mut steps: Vec<String> = Vec::new();
    let mut rest = &tokens[start..];
    loop {
        let walked = &tokens[..tokens.len() - rest.len()];
        rest = match rest {
            [] => return steps.join(" › "),
            // All keys have the same value.
            ["properties", _, rest @ ..] if !rest.is_empty() && is_listed_map(document, walked) => {
                steps.push("each value".to_owned());
                rest
            }
            ["properties", name, rest @ ..] | ["content", name, rest @ ..] => {
                steps.push((*name).to_owned());
                rest
            }
            ["tags", index, rest @ ..] if walked.is_empty() => {
                let tag = document.pointer(&format!("/tags/{index}/name"));
                steps.push(format!(
                    "group {}",
                    tag.and_then(Value::as_str).unwrap_or(index)
                ));
                rest
            }
            ["parameters", index, rest @ ..] => {
                let name = parameter(document, walked, index);
                steps.push(name.unwrap_or_else(|| format!("parameters[{index}]")));
                rest
            }
            [list @ ("oneOf" | "anyOf" | "allOf"), index, rest @ ..] => {
                steps.push(format!("{list}[{index}]"));
                rest
            }
            ["schema", rest @ ..] => rest,
            [key, rest @ ..] => {
                steps.push((*key).to_owned());
                rest
            }
        };
    }
}

/// Returns whether the schema with these tokens is a map with listed keys, whose values are all equal.
fn is_listed_map(document: &Value, tokens: &[&str]) -> bool {
    let pointer: String = tokens
        .iter()
        .map(|token| format!("/{}", escape(token)))
        .collect();
    let schema = document.pointer(&pointer).unwrap_or(&Value::Null);
    let values = schema.get("properties").and_then(Value::as_object);
    let mut values = values.into_iter().flat_map(|values| values.values());
    let first = values.next();
    has_listed_names(schema) && values.all(|value| Some(value) == first)
}

/// Returns the name of the parameter at `index` of the list in the node with these tokens.
fn parameter(document: &Value, walked: &[&str], index: &str) -> Option<String> {
    let holder = walked.iter().map(|token| format!("/{}", escape(token)));
    let pointer = format!("{}/parameters/{index}", holder.collect::<String>());
    let node = document.pointer(&pointer)?;
    let node = gitbook_api_codegen::document::resolve(document, node).ok()?;
    Some(format!("parameter {}", node["name"].as_str()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::rust_item;

    #[test]
    fn operations_and_parameters_have_the_names_of_their_methods() {
        let document = json!({"paths": {"/a/{b}": {"get": {
            "operationId": "new",
            "parameters": [
                {"name": "b", "in": "path", "required": true},
                {"name": "send", "in": "query"},
            ],
        }}}});
        for (pointer, item) in [
            ("/paths/~1a~1{b}/get", "Client::new_operation"),
            ("/paths/~1a~1{b}/get/parameters/0", "Client::new_operation"),
            (
                "/paths/~1a~1{b}/get/parameters/1",
                "builder::NewOperation::send_param",
            ),
        ] {
            let found = rust_item(&document, None, pointer);
            assert_eq!(found.as_deref(), Some(item), "{pointer}");
        }
    }
}
