//! The whole way from a document to the Rust code of its client.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::{self, Api};
use crate::document::Diagnostics;
use crate::lower::{LeafKind, Lowered};
use crate::model::leaf_type;
use crate::operation::Content;
use crate::parts::{File, Module};
use crate::{emit, lower, model, names, operation};

/// The code of a client and what it is made of.
pub struct Generated {
    /// The modules of the client.
    pub modules: [Module; 6],
    /// The Rust type of each component schema, and of each response under its operation and status.
    pub schemas: Vec<(String, String)>,
    /// The Rust type of the body of each operation that has one, under its `operationId`.
    pub requests: Vec<(String, String)>,
    /// The number of its operations.
    pub operations: usize,
    /// The number of its types.
    pub types: usize,
    model: (Vec<model::Item>, Vec<operation::Operation>),
}

impl Generated {
    /// Returns the public API of the client. It is made when it is asked for, because the build of
    /// the client does not need it.
    pub fn api(&self) -> Api {
        let (items, operations) = &self.model;
        api::api(items, operations)
    }

    /// Returns the calls of the examples in the documentation, as expressions of a `client`, by the
    /// `operationId`. They are for tests, and made when they are asked for.
    pub fn examples(&self) -> Vec<(String, String)> {
        let (items, operations) = &self.model;
        emit::examples(items, operations)
    }

    /// Returns the groups of its operations.
    pub fn groups(&self) -> BTreeSet<&str> {
        let operations = self.model.1.iter();
        operations
            .map(|operation| operation.group.as_str())
            .collect()
    }

    /// Returns the module of this name.
    ///
    /// # Panics
    /// If there is none.
    pub fn module(&self, name: &str) -> &Module {
        let module = self.modules.iter().find(|module| module.name == name);
        module.unwrap_or_else(|| panic!("the client has no module `{name}`"))
    }

    /// Returns the files of the client, cut so that each selection of features reads only its own.
    pub fn files(&self) -> Vec<File> {
        self.modules.iter().flat_map(Module::files).collect()
    }
}

/// Generates the client of a document, whatever features a build has.
///
/// `document` is a normalized OpenAPI 3.0.3 document.
///
/// # Errors
/// Returns [`Diagnostics`] of what in the document has no Rust code.
pub fn generate(document: &Value) -> Result<Generated, Diagnostics> {
    let (lowered, found) = lower::parts(document);
    if let Err(found) = Diagnostics::check(found) {
        // The problems of the operations do not depend on those of the schemas.
        let operations = operation::operations(&lowered);
        return Diagnostics::both(Err(found), operations).map(|(generated, _)| generated);
    }
    generate_lowered(&lowered)
}

/// Generates the client of a document that has been [lowered](lower::lower).
///
/// # Errors
/// As for [`generate`].
pub fn generate_lowered(lowered: &Lowered) -> Result<Generated, Diagnostics> {
    let items = model::read(lowered);
    let operations = operation::operations(lowered);
    let (items, operations) = Diagnostics::both(items, operations)?;
    let names = lowered.components.keys();
    let paths: BTreeMap<String, String> = names
        .map(|name| (name.clone(), format!("types::{}", names::type_name(name))))
        .collect();
    Ok(Generated {
        modules: emit::modules(&items, &operations)?,
        schemas: schemas(&items, &operations, &paths),
        requests: requests(&operations),
        operations: operations.len(),
        types: items.len(),
        model: (items, operations),
    })
}

fn schemas(
    items: &[model::Item],
    operations: &[operation::Operation],
    paths: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let components = items
        .iter()
        .filter_map(|item| Some((item.schema.clone()?, format!("types::{}", item.name))));
    let responses = operations.iter().flat_map(|operation| {
        operation.responses.iter().filter_map(|response| {
            let (Content::Json(schema) | Content::Events(schema)) = &response.content else {
                return None;
            };
            let path = match &schema.kind {
                // The tests have another crate.
                LeafKind::Page(_) => {
                    let path = leaf_type(schema).path("types::");
                    path.replace("crate::", "gitbook_api::")
                }
                _ => paths.get(schema.component()?)?.clone(),
            };
            Some((format!("{} {}", operation.id, response.status?), path))
        })
    });
    components.chain(responses).collect()
}

fn requests(operations: &[operation::Operation]) -> Vec<(String, String)> {
    let typed = operations.iter().filter_map(|operation| {
        let body = operation.body.as_ref().filter(|body| body.is_typed())?;
        Some((operation.id.clone(), body.rust_type()))
    });
    typed.collect()
}
