//! The constants that describe each operation at run time.

use super::documentation::GATE;
use super::line;
use crate::assertion::code;
use crate::group::GroupSet;
use crate::operation::Operation;
use crate::parts::enabled;
use crate::syntax::Location;

/// Returns the source of the constant of each operation, and of the list of all.
pub(super) fn operations(operations: &[Operation]) -> (Vec<(GroupSet, String)>, String) {
    let gate = |source: &mut String, depth, operation: &Operation| {
        if operation.is_multipart() {
            line(source, depth, GATE);
        }
    };
    let constants = operations.iter().map(|operation| {
        let mut source = String::new();
        gate(&mut source, 0, operation);
        constant(&mut source, operation);
        (operation.groups(), source)
    });
    let mut source = String::new();
    line(
        &mut source,
        0,
        "/// Every operation of this build, in the order of the document.",
    );
    line(&mut source, 0, "pub static OPERATIONS: &[&Operation] = &[");
    for operation in operations {
        line(&mut source, 1, &enabled(&operation.groups()));
        gate(&mut source, 1, operation);
        line(&mut source, 1, &format!("&{},", operation.constant()));
    }
    line(&mut source, 0, "];");
    (constants.collect(), source)
}

fn constant(source: &mut String, operation: &Operation) {
    let Operation {
        id, method, path, ..
    } = operation;
    let name = operation.constant();
    let base = format!("Operation::new({id:?}, {method:?}, {path:?})");
    let fields = fields(operation);
    if fields.is_empty() {
        let constant = format!("pub(crate) static {name}: Operation = {base};\n");
        return line(source, 0, &constant);
    }
    line(
        source,
        0,
        &format!("pub(crate) static {name}: Operation = Operation {{"),
    );
    for (field, value) in fields {
        line(source, 1, &format!("{field}: {value},"));
    }
    line(source, 1, &format!("..{base}"));
    line(source, 0, "};\n");
}

/// Returns the fields that differ from those of `Operation::new`.
fn fields(operation: &Operation) -> Vec<(&'static str, String)> {
    let parameters = operation.parameters.iter().filter(|it| it.required);
    let (headers, others): (Vec<_>, Vec<_>) =
        parameters.partition(|it| matches!(it.location, Location::Header));
    let headers: Vec<&str> = headers.iter().map(|it| it.api_name.as_str()).collect();
    let mut required: Vec<&str> = others.iter().map(|it| it.api_name.as_str()).collect();
    if operation.body.as_ref().is_some_and(|body| body.required) {
        required.push("body");
    }
    let checks = checks(operation);
    let fields = [
        (
            "tags",
            !operation.tags.is_empty(),
            format!("&{:?}", operation.tags),
        ),
        (
            "scopes",
            !operation.scopes.is_empty(),
            format!("&{:?}", operation.scopes),
        ),
        ("required", !required.is_empty(), format!("&{required:?}")),
        (
            "required_headers",
            !headers.is_empty(),
            format!("&{headers:?}"),
        ),
        ("deprecated", operation.deprecated, "true".to_owned()),
        ("internal", operation.internal, "true".to_owned()),
        (
            "checks",
            !checks.is_empty(),
            format!("Checks(&[{}])", checks.join(", ")),
        ),
    ];
    let fields = fields.into_iter().filter(|(_, differs, _)| *differs);
    fields.map(|(name, _, value)| (name, value)).collect()
}

/// Returns the assertions of the parameters, and of a body whose type does not check itself.
fn checks(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let location = match parameter.location {
            Location::Path => "Path",
            Location::Query => "Query",
            Location::Header => "Header",
        };
        (location, parameter.api_name.as_str(), &parameter.assertions)
    });
    let body = operation.body.iter();
    let body = body.map(|body| ("Body", "body", &body.assertions));
    let checks = parameters.chain(body);
    let checks = checks.filter(|(.., assertions)| !assertions.is_empty());
    let row = |(location, name, assertions): (&str, &str, &Vec<_>)| {
        format!("({location}, {name:?}, &[{}])", code(assertions))
    };
    checks.map(row).collect()
}
