//! The public API of a client as data: what its users can name, and how it is declared.
//!
//! Two clients are compared by it, so that nobody has to read the generated code. What a declaration
//! says is as exact as a comparison needs: arguments have the types that they are converted to.

use std::collections::BTreeMap;
use std::fmt;

use crate::lower::Leaf;
use crate::model::{Conversions, Getters, Item, Presence, Shape, Struct, Type, Union, leaf_type};
use crate::names::{field_name, status_name};
use crate::operation::{Content, Operation, Output, Parameter, id_types, json_bodies};

/// The public items of a client by their paths: `types::Space::title`, `types::Space::new()`,
/// `Client::get_space_by_id()`.
pub type Api = BTreeMap<String, Declaration>;

/// The declaration of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// A function or method: its arguments by name and type, and what it returns.
    Function {
        /// The arguments, in order.
        arguments: Vec<(String, String)>,
        /// The type that it returns.
        output: String,
    },
    /// Anything else: the type of a field, what a variant holds, the kind of a type.
    Other(String),
}

impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function { arguments, output } => {
                let arguments = arguments.iter().map(|(name, ty)| format!("{name}: {ty}"));
                let arguments: Vec<String> = arguments.collect();
                write!(f, "fn({}) -> {output}", arguments.join(", "))
            }
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// Returns the public API of the client with these types and operations. Operations that are
/// `x-internal` are hidden from the documentation, and promised to nobody.
pub fn api(items: &[Item], operations: &[Operation]) -> Api {
    let mut api = Api::new();
    let (conversions, getters) = (Conversions::new(items), Getters::new(items));
    for item in items {
        type_of(&mut api, item);
        for from in conversions.declared(item) {
            note(
                &mut api,
                format!("impl From<{from}> for types::{}", item.name),
                "",
            );
        }
        if let Shape::Union(union) = &item.shape {
            for getter in getters.of(union) {
                let path = format!("types::{}::{}()", item.name, getter.name());
                let output = format!("Option<{}>", getter.returned());
                note_function(&mut api, path, Vec::new(), output);
            }
        }
    }
    for body in json_bodies(items, operations, &conversions) {
        note(
            &mut api,
            format!("impl TryFrom<serde_json::Value> for types::{body}"),
            "",
        );
    }
    for name in id_types(operations) {
        note(&mut api, format!("ids::{name}"), "type");
    }
    for operation in operations.iter().filter(|operation| !operation.internal) {
        builder(&mut api, operation);
    }
    api
}

fn note(api: &mut Api, path: String, declaration: impl Into<String>) {
    api.insert(path, Declaration::Other(declaration.into()));
}

fn note_function(
    api: &mut Api,
    path: String,
    arguments: Vec<(String, String)>,
    output: impl Into<String>,
) {
    let output = output.into();
    api.insert(path, Declaration::Function { arguments, output });
}

fn type_of(api: &mut Api, item: &Item) {
    let path = format!("types::{}", item.name);
    match &item.shape {
        Shape::Struct(structure) => {
            note(api, path.clone(), "struct");
            fields(api, &path, structure);
            if item.used_in_requests {
                functions(api, &path, structure);
            }
        }
        Shape::Enum(variants) => {
            note(api, path.clone(), "enum");
            for (variant, _) in variants {
                note(api, format!("{path}::{variant}"), "");
            }
        }
        Shape::Union(union) => variants(api, &path, union),
    }
}

fn fields(api: &mut Api, path: &str, structure: &Struct) {
    for field in structure.fields() {
        note(api, format!("{path}::{}", field.name), field.rust_type());
    }
    for (field, union) in &structure.flattened {
        note(api, format!("{path}::{field}"), union);
    }
    if let Some((field, others)) = &structure.additional_properties {
        let path = format!("{path}::{field}");
        note(api, path, Type::Map(Box::new(others.clone())).to_string());
    }
}

/// Notes `new` and the setters of a type that is used in requests. Where `new` takes no arguments, what it
/// returns names the properties that have to be set: a program that does not set one still compiles, and
/// is refused. The setters that need the feature `mock` are left out: they are for tests, and there is one
/// for each field.
fn functions(api: &mut Api, path: &str, structure: &Struct) {
    let mut required = Vec::new();
    let mut add = |field: &str, setter: &str, ty: Option<String>, is_argument: bool| {
        let argument = ty.map(|ty| (field.to_owned(), ty)).into_iter();
        if is_argument && structure.is_positional() {
            required.extend(argument);
        } else {
            let setter = format!("{path}::{setter}()");
            note_function(api, setter, argument.collect(), "Self");
        }
    };
    for field in structure.fields() {
        let is_argument = field.presence == Presence::Required;
        let ty = field.constant.is_none().then(|| taken(&field.ty));
        add(&field.name, &field.setter, ty, is_argument);
    }
    for (field, union) in &structure.flattened {
        add(field, field, Some(union.clone()), true);
    }
    if let Some((field, others)) = &structure.additional_properties {
        let ty = taken(&Type::Map(Box::new(others.clone())));
        add(field, field, Some(ty), false);
    }
    let output = if structure.is_positional() {
        "Self".to_owned()
    } else {
        let required = structure.required().map(|field| field.setter.as_str());
        let flattened = structure.flattened.iter().map(|(field, _)| field.as_str());
        let required: Vec<&str> = required.chain(flattened).collect();
        format!("Self to be set: {}", required.join(", "))
    };
    note_function(api, format!("{path}::new()"), required, output);
    let cleared = structure
        .fields()
        .filter(|field| field.presence == Presence::Patch);
    for field in cleared {
        note_function(
            api,
            format!("{path}::{}()", field.clear),
            Vec::new(),
            "Self",
        );
    }
}

fn variants(api: &mut Api, path: &str, union: &Union) {
    note(api, path.to_owned(), "enum");
    for (variant, ty) in &union.variants {
        note(api, format!("{path}::{variant}"), format!("({ty})"));
    }
}

/// Returns the type that an argument is converted to: a box is made on the way.
fn taken(ty: &Type) -> String {
    match ty {
        Type::Boxed(name) => name.clone(),
        other => other.to_string(),
    }
}

fn builder(api: &mut Api, operation: &Operation) {
    let name = operation.builder();
    let path = format!("builder::{name}");
    let argument = |parameter: &Parameter| {
        let name = field_name(&parameter.name);
        (name, schema_type(&parameter.schema))
    };
    let mut arguments: Vec<_> = operation
        .required_parameters()
        .into_iter()
        .map(argument)
        .collect();
    let body = operation.body.as_ref();
    let body_argument = body.map(|body| ("body".to_owned(), body.rust_type()));
    if body.is_some_and(|body| body.required) {
        arguments.extend(body_argument.clone());
    }
    let method = format!("Client::{}()", field_name(&operation.name));
    note_function(api, method, arguments, path.clone());
    note(api, path.clone(), "type");
    let optional = operation.parameters.iter().filter(|it| !it.required);
    let mut setters: Vec<_> = optional.map(argument).collect();
    if body.is_some_and(|body| !body.required) {
        setters.extend(body_argument);
    }
    for setter in setters {
        let function = format!("{path}::{}()", setter.0);
        note_function(api, function, vec![setter], "Self");
    }
    let output = output(api, operation, &name);
    if let Some(paging) = &operation.paging {
        let item = schema_type(&paging.item);
        let pages = match paging.fields {
            Some(_) => format!("Pages<{item}, {output}>"),
            None => format!("Pages<{item}>"),
        };
        for (method, returned) in [("items", format!("Items<{item}>")), ("pages", pages)] {
            note_function(api, format!("{path}::{method}()"), Vec::new(), returned);
        }
        if paging.fields.is_some() {
            let page = format!("impl ListPage for {}", schema_type(&paging.page));
            note(api, page, item);
        }
    }
    note_function(api, format!("{path}::send()"), Vec::new(), output);
}

/// Returns the type that `send` resolves to. If it depends on the status, it is an enum of its own.
fn output(api: &mut Api, operation: &Operation, builder: &str) -> String {
    match operation.output() {
        Output::Bytes => "bytes::Bytes".to_owned(),
        Output::Empty => "NoContent".to_owned(),
        Output::Events(schema) => format!("EventStream<{}>", schema_type(schema)),
        Output::Optional(schema) => format!("Option<{}>", schema_type(schema)),
        Output::Json(schema) => schema_type(schema),
        Output::Either => {
            let path = format!("builder::{builder}Response");
            note(api, path.clone(), "enum");
            for response in &operation.responses {
                let held = match &response.content {
                    Content::Json(schema) => format!("({})", schema_type(schema)),
                    _ => String::new(),
                };
                note(
                    api,
                    format!("{path}::{}", status_name(response.status)),
                    held,
                );
            }
            path
        }
    }
}

/// Returns the type of a parameter or a response.
fn schema_type(schema: &Leaf) -> String {
    leaf_type(schema).path("types::")
}
