//! Generates the items of the client with progenitor: which methods, builders and setters there are.

use openapiv3::{
    Info, MediaType, OpenAPI, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema, SchemaData, SchemaKind,
    StatusCode, StringType, Type,
};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle};

use crate::Diagnostic;
use crate::names::field_name;
use crate::operation::{Operation, Parameter};
use crate::syntax::Location;

/// The number of operations that progenitor gets at a time: its output takes much more memory than
/// the names in it.
const BATCH: usize = 32;

/// The items of one operation, as progenitor names and orders them.
#[derive(Debug, PartialEq)]
pub(crate) struct Items {
    /// The method of `Client` that returns the builder.
    pub method: String,
    /// The builder.
    pub builder: String,
    /// The setters of the builder.
    pub setters: Vec<String>,
}

/// Returns the items that progenitor generates for `operations`, in the order of these.
///
/// progenitor gets the operations with their names, paths, parameters and bodies. Schemas and
/// documentation do not decide which items there are, so that it gets none.
///
/// # Errors
/// Returns a [`Diagnostic`] if progenitor refuses an operation, or has other items than the
/// operation.
pub(crate) fn items(operations: &[Operation]) -> Result<Vec<Items>, Diagnostic> {
    let mut items = Vec::new();
    for batch in operations.chunks(BATCH) {
        let mut settings = GenerationSettings::new();
        settings.with_interface(InterfaceStyle::Builder);
        let tokens = Generator::new(&settings).generate_tokens(&document(batch));
        let tokens = tokens.map_err(|error| {
            let message = format!("progenitor refuses the operations: {error}");
            Diagnostic::new("/paths", message)
                .help("correct the operation that it names with an overlay")
        })?;
        items.extend(read(tokens, batch)?);
    }
    Ok(items)
}

/// The advice where progenitor's code is not what is expected.
const VERSION: &str = "use the version of progenitor-impl that codegen/Cargo.toml names";

/// Reads the items of `operations` from progenitor's code.
fn read(tokens: TokenStream, operations: &[Operation]) -> Result<Vec<Items>, Diagnostic> {
    let mut code = Code::default();
    code.read(tokens, &Scope::File);
    let Code { methods, builders } = code;
    if methods.len() != operations.len() || builders.len() != operations.len() {
        let message = format!(
            "progenitor generated {} methods and {} builders for {} operations",
            methods.len(),
            builders.len(),
            operations.len()
        );
        return Err(Diagnostic::new("/paths", message).help(VERSION));
    }
    let named = methods.into_iter().zip(builders);
    let items = named.map(|(method, (builder, setters))| Items {
        method,
        builder,
        setters,
    });
    let items: Vec<Items> = items.collect();
    operations.iter().zip(&items).try_for_each(check)?;
    Ok(items)
}

/// Fails if progenitor's items are not exactly those of the operation.
fn check((operation, items): (&Operation, &Items)) -> Result<(), Diagnostic> {
    let parameters = operation.parameters.iter();
    let mut setters: Vec<String> = parameters.map(|it| field_name(&it.name)).collect();
    setters.extend(operation.body.iter().map(|_| "body".to_owned()));
    let expected = Items {
        method: field_name(&operation.name),
        builder: operation.builder(),
        setters,
    };
    let sorted = |setters: &[String]| {
        let mut setters = setters.to_vec();
        setters.sort();
        setters
    };
    let is_same = expected.method == items.method
        && expected.builder == items.builder
        && sorted(&expected.setters) == sorted(&items.setters);
    if is_same {
        return Ok(());
    }
    let message = format!(
        "operation `{}`: progenitor generated {items:?} instead of {expected:?}",
        operation.id
    );
    Err(Diagnostic::new(operation.pointer(), message).help(VERSION))
}

/// The names in progenitor's code.
#[derive(Default)]
struct Code {
    /// The methods of `Client`.
    methods: Vec<String>,
    /// The builders with their setters.
    builders: Vec<(String, Vec<String>)>,
}

/// A part of the code that has items.
enum Scope {
    File,
    Builders,
    /// The implementation of this type.
    Type(String),
}

impl Code {
    /// Notes the items in `tokens`: `mod builder { … }`, `impl Client { … }`, `impl<'a> X<'a> { … }` and
    /// the functions in them.
    fn read(&mut self, tokens: TokenStream, scope: &Scope) {
        let mut item: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let TokenTree::Group(group) = &token else {
                if matches!(&token, TokenTree::Punct(it) if it.as_char() == ';') {
                    item.clear();
                } else {
                    item.push(token);
                }
                continue;
            };
            if group.delimiter() != Delimiter::Brace {
                item.push(token);
                continue;
            }
            let head = std::mem::take(&mut item);
            match scope {
                Scope::File if follows(&head, "mod").is_some_and(|name| name == "builder") => {
                    self.read(group.stream(), &Scope::Builders);
                }
                Scope::File if implemented(&head).is_some_and(|name| name == "Client") => {
                    self.read(group.stream(), &Scope::Type("Client".to_owned()));
                }
                Scope::Builders => {
                    if let Some(name) = implemented(&head) {
                        self.builders.push((name.to_string(), Vec::new()));
                        self.read(group.stream(), &Scope::Type(name.to_string()));
                    }
                }
                Scope::Type(ty) => self.function(&head, ty),
                Scope::File => {}
            }
        }
    }

    /// Notes a function of `ty`.
    fn function(&mut self, head: &[TokenTree], ty: &str) {
        let Some(name) = follows(head, "fn").map(ToString::to_string) else {
            return;
        };
        if ty == "Client" {
            // The others construct a client, as the runtime does.
            let returns_builder = head
                .iter()
                .any(|token| matches!(token, TokenTree::Ident(it) if it == "builder"));
            self.methods.extend(returns_builder.then_some(name));
        } else if let Some((_, setters)) = self.builders.last_mut()
            && !["new", "send"].contains(&name.as_str())
        {
            setters.push(name);
        }
    }
}

/// Returns the name behind a keyword.
fn follows<'a>(head: &'a [TokenTree], keyword: &str) -> Option<&'a Ident> {
    let at = head
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(it) if it == keyword))?;
    match head.get(at + 1)? {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    }
}

/// Returns the type that an `impl` block without a trait is for.
fn implemented(head: &[TokenTree]) -> Option<&Ident> {
    let mut words = head.iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    let is_impl = words.any(|word| word == "impl");
    // The lifetime of a builder is named `a`.
    let mut names = words.filter(|word| *word != "a");
    let name = names.next().filter(|_| is_impl)?;
    names.all(|word| word != "for").then_some(name)
}

/// Returns the document that progenitor gets.
fn document(operations: &[Operation]) -> OpenAPI {
    let mut document = OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: Info {
            version: "1".to_owned(),
            ..Info::default()
        },
        ..OpenAPI::default()
    };
    for operation in operations {
        let paths = &mut document.paths.paths;
        let item = paths.entry(template(operation));
        let item = item.or_insert_with(|| ReferenceOr::Item(PathItem::default()));
        if let ReferenceOr::Item(item) = item {
            add(item, operation);
        }
    }
    document
}

fn add(item: &mut PathItem, operation: &Operation) {
    let method = match operation.method.as_str() {
        "GET" => &mut item.get,
        "PUT" => &mut item.put,
        "POST" => &mut item.post,
        "DELETE" => &mut item.delete,
        "OPTIONS" => &mut item.options,
        "HEAD" => &mut item.head,
        "PATCH" => &mut item.patch,
        _ => &mut item.trace,
    };
    let parameters = operation.parameters.iter();
    let mut responses = Responses::default();
    let response = ReferenceOr::Item(Response::default());
    responses.responses.insert(StatusCode::Code(204), response);
    *method = Some(openapiv3::Operation {
        operation_id: Some(operation.name.clone()),
        parameters: parameters.map(parameter).map(ReferenceOr::Item).collect(),
        request_body: operation.body.as_ref().map(|_| ReferenceOr::Item(body())),
        responses,
        ..openapiv3::Operation::default()
    });
}

fn parameter(parameter: &Parameter) -> openapiv3::Parameter {
    let parameter_data = ParameterData {
        name: parameter.name.clone(),
        description: None,
        required: parameter.required,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(text())),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    };
    match parameter.location {
        Location::Path => openapiv3::Parameter::Path {
            parameter_data,
            style: PathStyle::Simple,
        },
        Location::Query => openapiv3::Parameter::Query {
            parameter_data,
            allow_reserved: false,
            style: QueryStyle::Form,
            allow_empty_value: None,
        },
        Location::Header => openapiv3::Parameter::Header {
            parameter_data,
            style: openapiv3::HeaderStyle::Simple,
        },
    }
}

/// Returns a body, which has a setter only if it is required.
fn body() -> RequestBody {
    let json = MediaType {
        schema: Some(ReferenceOr::Item(text())),
        ..MediaType::default()
    };
    RequestBody {
        required: true,
        content: [("application/json".to_owned(), json)]
            .into_iter()
            .collect(),
        ..RequestBody::default()
    }
}

fn text() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(StringType::default())),
    }
}

/// Returns the path of an operation with the Rust names of its parameters.
fn template(operation: &Operation) -> String {
    let mut parts = operation.path.split('{');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (api_name, rest) = part.split_once('}').unwrap_or((part, ""));
        let mut parameters = operation.parameters.iter();
        let parameter =
            parameters.find(|it| it.location == Location::Path && it.api_name == api_name);
        let name = parameter.map_or(api_name, |it| it.name.as_str());
        path.push_str(&format!("{{{name}}}{rest}"));
    }
    path
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{lower, operation};

    fn operations() -> Vec<Operation> {
        let document = json!({"paths": {"/spaces/{spaceId}": {"get": {
            "operationId": "getSpace",
            "parameters": [
                {"name": "type", "in": "query", "schema": {"type": "string"}},
                {"name": "spaceId", "in": "path", "required": true, "schema": {"type": "string"}},
            ],
            "requestBody": {"content": {"application/json": {}}},
            "responses": {},
        }}}});
        operation::operations(&lower::lower(&document).unwrap()).unwrap()
    }

    #[test]
    fn items_have_the_names_and_the_order_that_progenitor_gives_them() {
        let found = items(&operations()).unwrap();
        let expected = Items {
            method: "get_space".to_owned(),
            builder: "GetSpace".to_owned(),
            setters: ["space_id", "type_", "body"].map(str::to_owned).to_vec(),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn other_items_than_those_of_the_operations_are_an_error() {
        let operations = operations();
        let settings = GenerationSettings::new();
        let mut fewer = operations.clone();
        fewer[0].parameters.remove(0);
        for (given, message) in [
            (
                &operations[..0],
                "0 methods and 0 builders for 1 operations",
            ),
            (&fewer[..], "instead of"),
        ] {
            let mut settings = settings.clone();
            settings.with_interface(InterfaceStyle::Builder);
            let mut generator = Generator::new(&settings);
            let tokens = generator.generate_tokens(&document(given)).unwrap();
            let error = read(tokens, &operations).unwrap_err();
            assert!(error.message.contains(message), "{error}");
        }
    }
}
