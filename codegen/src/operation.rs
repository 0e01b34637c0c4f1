//! The operations of a document, with Rust names.

mod body;
mod ids;
mod json_bodies;
mod paging;
mod parameter;
mod responses;

use std::collections::HashMap;

use crate::document::escape;
use crate::group::GroupSet;
use crate::lower::{Leaf, Lowered};
use crate::names::{builder_name, method_name};
use crate::syntax;
use crate::{Diagnostic, Diagnostics};

pub use crate::syntax::Location;
pub use body::{Body, Format, Part};
pub(crate) use ids::id_types;
pub(crate) use json_bodies::json_bodies;
pub use paging::{Count, PageFields, Paging, Presence};
pub use parameter::Parameter;
pub use responses::{Content, Output, Response};

/// One operation of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The `operationId`.
    pub id: String,
    /// The `operationId` in snake case: the name of its method, unless that is a keyword.
    pub name: String,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template, with the names of parameters as the document has them.
    pub path: String,
    /// The tags, in order.
    pub tags: Vec<String>,
    /// The API group: the Cargo feature that it is part of.
    pub group: String,
    /// The OAuth scopes that the operation needs, each once.
    pub scopes: Vec<String>,
    /// Set if it is deprecated.
    pub deprecated: bool,
    /// Set if it is `x-internal`.
    pub internal: bool,
    /// Other words to find it by (`x-aliases`).
    pub aliases: Vec<String>,
    /// The summary, empty when there is none.
    pub summary: String,
    /// The description, empty when there is none.
    pub description: String,
    /// The parameters of the path item and the operation, with references resolved.
    pub parameters: Vec<Parameter>,
    /// The body of its requests, if there is one.
    pub body: Option<Body>,
    /// The documented responses that mean success, by status.
    pub responses: Vec<Response>,
    /// The fields that lead from one page of results to the next, if there are pages.
    pub paging: Option<Paging>,
}

impl Operation {
    /// Returns the name of the builder of the operation.
    pub fn builder(&self) -> String {
        builder_name(&self.name)
    }

    /// Returns the name of the constant that describes the operation.
    pub fn constant(&self) -> String {
        self.name.to_uppercase()
    }

    /// Returns the groups that it is part of: its own.
    pub(crate) fn groups(&self) -> GroupSet {
        GroupSet::from([self.group.clone()])
    }

    /// Returns the JSON pointer of the operation.
    pub fn pointer(&self) -> String {
        format!(
            "#/paths/{}/{}",
            escape(&self.path),
            self.method.to_ascii_lowercase()
        )
    }

    /// Returns the required parameters in the order in which the method takes them: those of the path
    /// in their order, then the others in the order of the document.
    pub fn required_parameters(&self) -> Vec<&Parameter> {
        let mut required: Vec<&Parameter> =
            self.parameters.iter().filter(|it| it.required).collect();
        required.sort_by_key(|parameter| match parameter.location {
            Location::Path => self.path.find(&format!("{{{}}}", parameter.api_name)),
            Location::Query | Location::Header => Some(usize::MAX),
        });
        required
    }

    /// Returns the first response with a JSON or event body, or else the first.
    pub fn primary_response(&self) -> Option<&Response> {
        let has_schema = |response: &&Response| {
            matches!(response.content, Content::Json(_) | Content::Events(_))
        };
        let mut responses = self.responses.iter();
        responses.find(has_schema).or(self.responses.first())
    }

    /// Returns whether only clients with the feature `multipart` have it.
    pub fn is_multipart(&self) -> bool {
        is_multipart(self.body.as_ref())
    }

    /// Returns the distinct schemas of the responses, in order of status.
    pub fn response_schemas(&self) -> Vec<&Leaf> {
        let mut schemas = Vec::new();
        for response in &self.responses {
            if let Content::Json(schema) | Content::Events(schema) = &response.content
                && !schemas.contains(&schema)
            {
                schemas.push(schema);
            }
        }
        schemas
    }
}

/// Returns the operations of a lowered document, in its order.
///
/// # Errors
/// Returns [`Diagnostics`] of operations or parameters whose names are the same in Rust, and of forms
/// whose fields cannot be sent.
pub fn operations(lowered: &Lowered) -> Result<Vec<Operation>, Diagnostics> {
    let mut operations: Vec<Operation> = Vec::new();
    let mut found = Vec::new();
    let mut builders: HashMap<String, String> = HashMap::new();
    for syntax in lowered.operations() {
        let operation = match operation(lowered, syntax) {
            Ok(operation) => operation,
            Err(diagnostics) => {
                found.extend(diagnostics.about(&syntax.id));
                continue;
            }
        };
        if let Some(other) = builders.insert(operation.builder(), operation.id.clone()) {
            let message = format!(
                "operation `{}` and operation `{other}` would be the same method",
                operation.id
            );
            let help = "rename one with an overlay";
            found.push(Diagnostic::new(&syntax.pointer, message).help(help));
        }
        operations.push(operation);
    }
    Diagnostics::check(found)?;
    Ok(operations)
}

fn operation(
    lowered: &Lowered,
    syntax: &syntax::Operation<Leaf>,
) -> Result<Operation, Diagnostics> {
    let parameters = parameter::parameters(lowered, syntax).map_err(Diagnostics::from);
    let body = syntax.body.as_ref().map(|body| body::body(lowered, body));
    let body = body.transpose().map_err(Diagnostics::from);
    let (parameters, body) = Diagnostics::both(parameters, body)?;
    let responses: Vec<Response> = syntax.responses.iter().map(responses::response).collect();
    let paging = paging::paging(lowered, &parameters, &responses);
    // Each page would need another form.
    let paging = paging.filter(|_| !is_multipart(body.as_ref()));
    Ok(Operation {
        name: method_name(&syntax.id),
        id: syntax.id.clone(),
        method: syntax.method.clone(),
        path: syntax.path.clone(),
        tags: syntax.tags.clone(),
        group: syntax.group.clone(),
        scopes: syntax.scopes.clone(),
        deprecated: syntax.deprecated,
        internal: syntax.internal,
        aliases: syntax.aliases.clone(),
        summary: syntax.summary.clone(),
        description: syntax.description.clone(),
        body,
        paging,
        parameters,
        responses,
    })
}

fn is_multipart(body: Option<&Body>) -> bool {
    body.is_some_and(|body| matches!(body.format, Format::Multipart(_)))
}
