//! The constants that describe each operation at run time.

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Location, Operation};
use crate::Problem;
use crate::layout::layout;
use crate::model::code;

impl Operation {
    /// Returns the name of the constant that describes the operation.
    pub fn constant(&self) -> String {
        self.name.to_shouty_snake_case()
    }
}

/// Returns the source of the constants of all operations, and of their list.
///
/// # Errors
/// Returns a [`Problem`] if a constant cannot be printed, which is a defect of the generator.
pub fn constants(operations: &[Operation]) -> Result<String, Problem> {
    let constants = operations.iter().map(constant);
    let constants: Vec<TokenStream> = constants.collect::<Result<_, _>>()?;
    let names = operations
        .iter()
        .map(|it| format_ident!("{}", it.constant()));
    layout(quote! {
        #(#constants)*

        /// Every operation of this build, in the order of the document.
        pub static OPERATIONS: &[&Operation] = &[#(&#names),*];
    })
}

fn constant(operation: &Operation) -> Result<TokenStream, Problem> {
    let Operation {
        id, method, path, ..
    } = operation;
    let name = format_ident!("{}", operation.constant());
    let facts = facts(operation)?;
    let base = quote!(Operation::new(#id, #method, #path));
    let value = match facts.is_empty() {
        true => base,
        false => quote!(Operation { #(#facts,)* ..#base }),
    };
    Ok(quote!(pub(crate) static #name: Operation = #value;))
}

/// The fields that differ from those of `Operation::new`.
fn facts(operation: &Operation) -> Result<Vec<TokenStream>, Problem> {
    let parameters = operation.parameters.iter().filter(|it| it.required);
    let (headers, others): (Vec<_>, Vec<_>) =
        parameters.partition(|it| matches!(it.location, Location::Header));
    let required_headers: Vec<&str> = headers.iter().map(|it| it.wire.as_str()).collect();
    let mut required: Vec<&str> = others.iter().map(|it| it.wire.as_str()).collect();
    if operation.body.as_ref().is_some_and(|body| body.required) {
        required.push("body");
    }
    let (tags, scopes) = (&operation.tags, &operation.scopes);
    let mut facts = Vec::new();
    if !tags.is_empty() {
        facts.push(quote!(tags: &[#(#tags),*]));
    }
    if !scopes.is_empty() {
        facts.push(quote!(scopes: &[#(#scopes),*]));
    }
    if !required.is_empty() {
        facts.push(quote!(required: &[#(#required),*]));
    }
    if !required_headers.is_empty() {
        facts.push(quote!(required_headers: &[#(#required_headers),*]));
    }
    if operation.deprecated {
        facts.push(quote!(deprecated: true));
    }
    if operation.internal {
        facts.push(quote!(internal: true));
    }
    if let Some(checks) = checks(operation) {
        let checks: TokenStream = checks.parse().map_err(|_| {
            Problem::new(
                operation.pointer(),
                "the assertions of the parameters have no Rust code",
            )
        })?;
        facts.push(checks);
    }
    Ok(facts)
}

/// What is checked of the parameters, and of a body whose type does not check itself.
fn checks(operation: &Operation) -> Option<String> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let place = match parameter.location {
            Location::Path => "Path",
            Location::Query => "Query",
            Location::Header => "Header",
        };
        (place, parameter.wire.as_str(), &parameter.assertions)
    });
    let body = operation
        .body
        .iter()
        .map(|body| ("Body", "body", &body.assertions));
    let checks = parameters
        .chain(body)
        .filter(|(.., assertions)| !assertions.is_empty());
    let checks: Vec<String> = checks
        .map(|(place, name, assertions)| format!("({place}, {name:?}, &[{}])", code(assertions)))
        .collect();
    (!checks.is_empty()).then(|| format!("checks: Checks(&[{}])", checks.join(", ")))
}
