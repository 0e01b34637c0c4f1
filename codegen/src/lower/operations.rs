//! Lowers the schemas of parameters, request bodies and responses.

use std::rc::Rc;

use serde_json::Value;

use super::component::{Leaf, LeafKind};
use super::extract_inline::Extractor;
use super::lowered::Leaves;
use super::schema::{Kind, Schema};
use crate::docs::code_span;
use crate::document::{Diagnostic, Diagnostics, escape};
use crate::media_type::{Choice, choose};
use crate::names::{capitalize, variant_name};
use crate::operation::METHODS;

/// Returns the leaves of the schemas of all operations, and makes components of what stands inline in
/// them.
///
/// # Errors
/// Returns [`Diagnostics`] of the parameters, bodies and responses whose schemas cannot be lowered.
pub fn lower(document: &Value, extractor: &mut Extractor<'_>) -> Result<Leaves, Diagnostics> {
    let mut operations = Operations {
        extractor,
        leaves: Leaves::default(),
        found: Vec::new(),
    };
    operations.components(document);
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        if operations.extractor.is_exceeded() {
            break;
        }
        operations.path(item, &format!("/paths/{}", escape(path)));
    }
    Diagnostics::check(operations.found)?;
    Ok(operations.leaves)
}

struct Operations<'e, 'a> {
    extractor: &'e mut Extractor<'a>,
    leaves: Leaves,
    found: Vec<Diagnostic>,
}

impl Operations<'_, '_> {
    /// Lowers what operations share.
    fn components(&mut self, document: &Value) {
        for (kind, suffix) in [
            ("parameters", ""),
            ("requestBodies", "Request"),
            ("responses", "Response"),
        ] {
            let components = document.pointer(&format!("/components/{kind}"));
            let components = components.and_then(Value::as_object);
            for (name, component) in components.into_iter().flatten() {
                let owner = format!("{}{suffix}", variant_name(&capitalize(name)));
                let pointer = format!("/components/{kind}/{}", escape(name));
                self.extractor.stand_at(format!(
                    "{} among the components (`{kind}`)",
                    code_span(name)
                ));
                match kind {
                    "parameters" => self.parameter(&owner, component, &pointer),
                    "requestBodies" => self.body(&owner, component, &pointer),
                    _ => self.response(&owner, component, &pointer),
                }
            }
        }
    }

    fn path(&mut self, item: &Value, pointer: &str) {
        let first = METHODS.iter().find_map(|method| {
            item.pointer(&format!("/{method}/operationId"))
                .and_then(Value::as_str)
                .map(capitalize)
        });
        self.parameters(&first.unwrap_or_default(), item, pointer);
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                self.operation(operation, &format!("{pointer}/{method}"));
            }
        }
    }

    fn operation(&mut self, operation: &Value, pointer: &str) {
        let id = operation.get("operationId").and_then(Value::as_str);
        let id = id.unwrap_or_default();
        let name = variant_name(&capitalize(id));
        self.parameters(&name, operation, pointer);
        if let Some(body) = operation.get("requestBody") {
            self.extractor
                .stand_at(format!("request body of {}", code_span(id)));
            self.body(
                &format!("{name}Request"),
                body,
                &format!("{pointer}/requestBody"),
            );
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        let mut first: Option<&Value> = None;
        for (status, response) in responses.into_iter().flatten() {
            // Errors share one type of the client: what one of them describes is not made a type.
            if !status.starts_with('2') && status != "default" {
                continue;
            }
            // If the responses of one operation differ, their types are named after the meaning of
            // the status.
            let content = response.get("content");
            let owner = match first.is_none() || first == content {
                true => format!("{name}Response"),
                false => format!("{name}{}Response", meaning(status)),
            };
            first = first.or(content);
            self.extractor
                .stand_at(format!("response {status} of {}", code_span(id)));
            self.response(&owner, response, &format!("{pointer}/responses/{status}"));
        }
    }

    /// Lowers the parameters of a path item or an operation.
    fn parameters(&mut self, owner: &str, node: &Value, pointer: &str) {
        let parameters = node.get("parameters").and_then(Value::as_array);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            let name = parameter.get("name").and_then(Value::as_str);
            let name = variant_name(&name.map(capitalize).unwrap_or_default());
            self.extractor.stand_at(format!(
                "parameter of [`builder::{owner}`](super::builder::{owner})"
            ));
            let pointer = format!("{pointer}/parameters/{index}");
            self.parameter(&format!("{owner}{name}"), parameter, &pointer);
        }
    }

    /// Lowers the schema of a parameter: the values of a parameter are text.
    fn parameter(&mut self, owner: &str, parameter: &Value, pointer: &str) {
        if let Some(schema) = parameter.get("schema") {
            let leaf = self.extractor.text_leaf(owner, &Schema::read(schema));
            self.sent(leaf, format!("{pointer}/schema"));
            return;
        }
        for (schema, _, pointer) in schemas(parameter, pointer) {
            let leaf = self.extractor.leaf(owner, &schema);
            self.sent(leaf, pointer);
        }
    }

    /// Lowers the schema of a request body, of the one media type that is sent. What is no type of the
    /// client keeps only what the client says of it.
    fn body(&mut self, owner: &str, body: &Value, pointer: &str) {
        let content = body.get("content").and_then(Value::as_object);
        let Some((choice, media_type)) = content.and_then(choose) else {
            return;
        };
        let mut schemas = schemas(body, pointer);
        let Some((schema, _, pointer)) = schemas.find(|(_, other, _)| *other == media_type) else {
            return;
        };
        match choice {
            Choice::Json | Choice::OtherJson | Choice::Form => {
                let leaf = self.extractor.leaf(owner, &schema);
                self.sent(leaf, pointer);
            }
            Choice::Text | Choice::AnyText => {
                let schema = self.extractor.resolved(&schema);
                let leaf = schema.map(|schema| text(&schema));
                self.sent(leaf, pointer);
            }
            Choice::Multipart => match self.extractor.resolved(&schema) {
                Ok(schema) => {
                    let schema = Rc::unwrap_or_clone(schema);
                    self.leaves.forms.insert(pointer, schema);
                }
                Err(diagnostic) => self.found.push(diagnostic.at(pointer)),
            },
            Choice::Bytes | Choice::AnyBytes => {}
        }
    }

    fn response(&mut self, owner: &str, response: &Value, pointer: &str) {
        for (schema, media_type, pointer) in schemas(response, pointer) {
            let leaf = match media_type {
                "text/event-stream" => {
                    let owner = owner.replace("Response", "Event");
                    self.extractor.leaf(&owner, &schema)
                }
                _ => self.extractor.leaf(owner, &schema),
            };
            match leaf {
                Ok(leaf) => drop(self.leaves.received.insert(pointer, leaf)),
                Err(diagnostic) => self.found.push(diagnostic.at(pointer)),
            }
        }
    }

    fn sent(&mut self, leaf: Result<Leaf, Diagnostic>, pointer: String) {
        match leaf {
            Ok(leaf) => drop(self.leaves.sent.insert(pointer, leaf)),
            Err(diagnostic) => self.found.push(diagnostic.at(pointer)),
        }
    }
}

/// Returns the schema, the media type and the pointer of each content of a parameter, a request body or
/// a response that has a schema.
fn schemas<'v>(node: &'v Value, pointer: &str) -> impl Iterator<Item = (Schema, &'v str, String)> {
    let content = node.get("content").and_then(Value::as_object);
    content
        .into_iter()
        .flatten()
        .filter_map(move |(media_type, media)| {
            let pointer = format!("{pointer}/content/{}/schema", escape(media_type));
            Some((
                Schema::read(media.get("schema")?),
                media_type.as_str(),
                pointer,
            ))
        })
}

/// Returns the leaf of a body that is text, of which more is asked only if the schema says that it is.
fn text(schema: &Schema) -> Leaf {
    match schema.kind {
        Some(Kind::String) => Leaf {
            assertions: schema.assertions.clone(),
            ..Leaf::new(LeafKind::String)
        },
        _ => Leaf::default(),
    }
}

fn meaning(status: &str) -> String {
    match status {
        "201" => "Created".to_owned(),
        "202" => "Accepted".to_owned(),
        "203" => "NonAuthoritative".to_owned(),
        "206" => "Partial".to_owned(),
        "207" => "MultiStatus".to_owned(),
        other => variant_name(other),
    }
}
