//! Lowers the schemas of parameters, request bodies and responses.

use std::rc::Rc;

use super::component::{Leaf, LeafKind};
use super::extract_inline::Extractor;
use crate::document::Diagnostic;
use crate::syntax::{
    Body, Choice, Kind, Media, Operation, Parameter, Response, Schema, Shared, Syntax,
};

/// The operations of a document, lowered.
#[derive(Debug)]
pub(super) struct Operations {
    /// The operations, in the order of the document.
    pub operations: Vec<Operation<Leaf>>,
    /// The parameters, bodies and responses that operations can share.
    pub shared: Shared<Leaf>,
}

impl Operations {
    /// Returns the leaves of all parameters, bodies and responses.
    pub(super) fn leaves_mut(&mut self) -> impl Iterator<Item = &mut Leaf> {
        let Shared {
            parameters,
            bodies,
            responses,
        } = &mut self.shared;
        let shared = leaves_mut(parameters, bodies, responses);
        let own = self.operations.iter_mut();
        shared.chain(own.flat_map(|operation| {
            let bodies = operation.body.as_mut_slice();
            leaves_mut(&mut operation.parameters, bodies, &mut operation.responses)
        }))
    }
}

fn leaves_mut<'a>(
    parameters: &'a mut [Parameter<Leaf>],
    bodies: &'a mut [Body<Leaf>],
    responses: &'a mut [Response<Leaf>],
) -> impl Iterator<Item = &'a mut Leaf> {
    let parameters = parameters.iter_mut().map(|it| &mut it.schema);
    let bodies = bodies.iter_mut().map(|it| &mut it.schema);
    let media = responses.iter_mut().flat_map(|it| &mut it.content);
    let media = media.map(|it| &mut it.schema);
    parameters.chain(bodies).chain(media).flatten()
}

/// Replaces the schemas of operations, and of what they share, by leaves, and makes components of what
/// is inline in them. Schemas that cannot be lowered are noted in `found`.
pub(super) fn lower(
    syntax: &Syntax,
    extractor: &mut Extractor<'_>,
    found: &mut Vec<Diagnostic>,
) -> Operations {
    let mut lowering = Lowering { extractor, found };
    let shared = lowering.shared(&syntax.shared);
    let mut operations = Vec::new();
    for operation in &syntax.operations {
        if lowering.extractor.is_exceeded() {
            break;
        }
        operations.push(lowering.operation(operation));
    }
    Operations { operations, shared }
}

struct Lowering<'e, 'a> {
    extractor: &'e mut Extractor<'a>,
    found: &'e mut Vec<Diagnostic>,
}

impl Lowering<'_, '_> {
    fn shared(&mut self, shared: &Shared<Schema>) -> Shared<Leaf> {
        let parameters = shared.parameters.iter();
        let bodies = shared.bodies.iter();
        let responses = shared.responses.iter();
        Shared {
            parameters: parameters.map(|it| self.parameter(it)).collect(),
            bodies: bodies.map(|it| self.body(it)).collect(),
            responses: responses.map(|it| self.response(it)).collect(),
        }
    }

    fn operation(&mut self, operation: &Operation<Schema>) -> Operation<Leaf> {
        // Parameters of a path item come before those of its operations, so that types keep their order.
        let mut parameters: Vec<(usize, &Parameter<Schema>)> =
            operation.parameters.iter().enumerate().collect();
        let is_own = |it: &Parameter<Schema>| it.pointer.starts_with(&operation.pointer);
        parameters.sort_by_key(|(_, parameter)| is_own(parameter));
        let lowered = parameters.into_iter();
        let mut lowered: Vec<(usize, Parameter<Leaf>)> =
            lowered.map(|(at, it)| (at, self.parameter(it))).collect();
        lowered.sort_by_key(|(at, _)| *at);
        let parameters = lowered.into_iter().map(|(_, parameter)| parameter);
        Operation {
            parameters: parameters.collect(),
            body: operation.body.as_ref().map(|body| self.body(body)),
            responses: operation
                .responses
                .iter()
                .map(|it| self.response(it))
                .collect(),
            id: operation.id.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            tags: operation.tags.clone(),
            group: operation.group.clone(),
            scopes: operation.scopes.clone(),
            deprecated: operation.deprecated,
            internal: operation.internal,
            aliases: operation.aliases.clone(),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            pointer: operation.pointer.clone(),
        }
    }

    /// Lowers the schema of a parameter: the values of a parameter are text.
    fn parameter(&mut self, parameter: &Parameter<Schema>) -> Parameter<Leaf> {
        let owner = &parameter.owner;
        self.extractor.set_origin(owner.origin.clone());
        let schema = parameter.schema.as_ref();
        let leaf = schema.map(|schema| self.extractor.text_leaf(&owner.name, schema));
        Parameter {
            schema: self.noted(leaf, &format!("{}/schema", parameter.pointer)),
            api_name: parameter.api_name.clone(),
            location: parameter.location,
            required: parameter.required,
            deprecated: parameter.deprecated,
            explode: parameter.explode,
            description: parameter.description.clone(),
            owner: owner.clone(),
            pointer: parameter.pointer.clone(),
        }
    }

    /// Lowers the schema of a request body. What is no type of the client keeps only its assertions and
    /// the parts of a form.
    fn body(&mut self, body: &Body<Schema>) -> Body<Leaf> {
        let owner = &body.owner;
        let pointer = format!("{}/schema", body.pointer);
        self.extractor.set_origin(owner.origin.clone());
        let schema = body.schema.as_ref();
        let leaf = match body.choice {
            Choice::Json | Choice::OtherJson | Choice::Form => {
                schema.map(|schema| self.extractor.leaf(&owner.name, schema))
            }
            Choice::Text | Choice::AnyText => {
                let schema = schema.map(|schema| self.extractor.resolved(schema));
                schema.map(|schema| schema.map(|schema| text(&schema)))
            }
            Choice::Multipart | Choice::Bytes | Choice::AnyBytes => None,
        };
        let form = schema.filter(|_| body.choice == Choice::Multipart);
        let form = form.map(|schema| self.extractor.resolved(schema));
        Body {
            schema: self.noted(leaf, &pointer),
            form: self.noted(form, &pointer).map(Rc::unwrap_or_clone),
            choice: body.choice,
            media_type: body.media_type.clone(),
            encoding: body.encoding.clone(),
            required: body.required,
            description: body.description.clone(),
            owner: owner.clone(),
            pointer: body.pointer.clone(),
        }
    }

    fn response(&mut self, response: &Response<Schema>) -> Response<Leaf> {
        let owner = &response.owner;
        self.extractor.set_origin(owner.origin.clone());
        let content = response.content.iter().map(|media| {
            let name = if media.name == "text/event-stream" {
                owner.name.replace("Response", "Event")
            } else {
                owner.name.clone()
            };
            let schema = media.schema.as_ref();
            let leaf = schema.map(|schema| self.extractor.leaf(&name, schema));
            Media {
                name: media.name.clone(),
                schema: self.noted(leaf, &media.pointer),
                pointer: media.pointer.clone(),
            }
        });
        Response {
            content: content.collect(),
            status: response.status,
            description: response.description.clone(),
            owner: owner.clone(),
        }
    }

    /// Returns what was lowered, or notes why it could not be.
    fn noted<T>(&mut self, lowered: Option<Result<T, Diagnostic>>, pointer: &str) -> Option<T> {
        let lowered = lowered?.map_err(|diagnostic| self.found.push(diagnostic.at(pointer)));
        lowered.ok()
    }
}

/// Returns the leaf of a body that is text, with assertions only if the schema is that of text.
fn text(schema: &Schema) -> Leaf {
    match schema.kind {
        Some(Kind::String) => Leaf {
            assertions: schema.assertions.clone(),
            ..Leaf::new(LeafKind::String)
        },
        _ => Leaf::default(),
    }
}
