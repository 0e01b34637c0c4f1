//! The constants that describe each operation at run time.

use heck::ToShoutySnakeCase;
use syn::{Expr, parse_quote};

use super::{Location, Operation};
use crate::Diagnostic;
use crate::assertion::code;
use crate::literal::literal;

impl Operation {
    /// Returns the name of the constant that describes the operation.
    pub fn constant(&self) -> String {
        self.name.to_shouty_snake_case()
    }
}

/// Returns the source of the constants of all operations, and of their list.
///
/// # Errors
/// Returns a [`Diagnostic`] if a constant is not Rust, which is a defect of the generator.
pub fn constants(operations: &[Operation]) -> Result<String, Diagnostic> {
    let mut source = String::new();
    let gate = |operation: &Operation, indent: &str| match operation.is_multipart() {
        true => format!("{indent}#[cfg(feature = \"multipart\")]\n"),
        false => String::new(),
    };
    for operation in operations {
        source.push_str(&gate(operation, ""));
        source.push_str(&constant(operation)?);
    }
    source.push_str("/// Every operation of this build, in the order of the document.\n");
    source.push_str("pub static OPERATIONS: &[&Operation] = &[\n");
    for operation in operations {
        source.push_str(&gate(operation, "    "));
        source.push_str(&format!("    &{},\n", operation.constant()));
    }
    source.push_str("];\n");
    Ok(source)
}

fn constant(operation: &Operation) -> Result<String, Diagnostic> {
    let Operation {
        id, method, path, ..
    } = operation;
    let declaration = format!("pub(crate) static {}: Operation = ", operation.constant());
    let base: Expr = parse_quote!(Operation::new(#id, #method, #path));
    let facts = facts(operation)?;
    if facts.is_empty() {
        let value = literal(&base, 0, declaration.len());
        return Ok(format!("{declaration}{value};\n\n"));
    }
    let mut source = format!("{declaration}Operation {{\n");
    for (name, value) in facts {
        let value = literal(&value, 1, 4 + name.len() + 2);
        source.push_str(&format!("    {name}: {value},\n"));
    }
    let base = literal(&base, 1, 6);
    source.push_str(&format!("    ..{base}\n}};\n\n"));
    Ok(source)
}

/// Returns the fields that differ from those of `Operation::new`.
fn facts(operation: &Operation) -> Result<Vec<(&'static str, Expr)>, Diagnostic> {
    let parameters = operation.parameters.iter().filter(|it| it.required);
    let (headers, others): (Vec<_>, Vec<_>) =
        parameters.partition(|it| matches!(it.location, Location::Header));
    let required_headers: Vec<&str> = headers.iter().map(|it| it.api_name.as_str()).collect();
    let mut required: Vec<&str> = others.iter().map(|it| it.api_name.as_str()).collect();
    if operation.body.as_ref().is_some_and(|body| body.required) {
        required.push("body");
    }
    let (tags, scopes) = (&operation.tags, &operation.scopes);
    let mut facts = Vec::new();
    if !tags.is_empty() {
        facts.push(("tags", parse_quote!(&[#(#tags),*])));
    }
    if !scopes.is_empty() {
        facts.push(("scopes", parse_quote!(&[#(#scopes),*])));
    }
    if !required.is_empty() {
        facts.push(("required", parse_quote!(&[#(#required),*])));
    }
    if !required_headers.is_empty() {
        facts.push(("required_headers", parse_quote!(&[#(#required_headers),*])));
    }
    if operation.deprecated {
        facts.push(("deprecated", parse_quote!(true)));
    }
    if operation.internal {
        facts.push(("internal", parse_quote!(true)));
    }
    if let Some(checks) = checks(operation) {
        let checks = syn::parse_str(&checks).map_err(|_| {
            Diagnostic::new(
                operation.pointer(),
                "the assertions of the parameters have no Rust code",
            )
        })?;
        facts.push(("checks", checks));
    }
    Ok(facts)
}

/// Returns what is checked of the parameters, and of a body whose type does not check itself.
fn checks(operation: &Operation) -> Option<String> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let place = match parameter.location {
            Location::Path => "Path",
            Location::Query => "Query",
            Location::Header => "Header",
        };
        (place, parameter.api_name.as_str(), &parameter.assertions)
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
    (!checks.is_empty()).then(|| format!("Checks(&[{}])", checks.join(", ")))
}
