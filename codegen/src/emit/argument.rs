//! The arguments of methods and setters: parameters and bodies.

use super::facts::facts;
use crate::markdown::sentences;
use crate::model::{Type, leaf_type};
use crate::names::field_name;
use crate::operation::{Body, Format, Operation, Parameter};
use crate::syntax::Location;

/// A parameter or the body of an operation, as an argument.
pub(super) struct Argument<'a> {
    /// The name of the argument, and of its setter.
    pub name: String,
    kind: ArgumentKind<'a>,
}

enum ArgumentKind<'a> {
    Parameter(&'a Parameter),
    Body(&'a Body),
}

/// The conversion of an argument to the value of a parameter.
enum Conversion {
    /// From anything that is text.
    Text,
    /// From any integer.
    Integer,
    /// From anything that converts into a type of the document.
    Into,
    /// From the value itself.
    None,
}

impl<'a> Argument<'a> {
    /// Returns what the method of `operation` takes: its required parameters, and its body behind them.
    pub(super) fn required(operation: &'a Operation) -> Vec<Self> {
        let parameters = operation.required_parameters().into_iter();
        let body = operation.body.iter().filter(|body| body.required);
        parameters
            .map(Self::of_parameter)
            .chain(body.map(Self::of_body))
            .collect()
    }

    /// Returns what the setter `name` of the builder of `operation` sets; `None` if it is required, so
    /// that the method takes it.
    pub(super) fn optional(operation: &'a Operation, name: String) -> Option<Self> {
        let parameters = operation.parameters.iter().filter(|it| !it.required);
        let body = operation.body.iter().filter(|body| !body.required);
        let mut all = parameters
            .map(Self::of_parameter)
            .chain(body.map(Self::of_body));
        all.find(|argument| argument.name == name)
    }

    fn of_parameter(parameter: &'a Parameter) -> Self {
        Self {
            name: field_name(&parameter.name),
            kind: ArgumentKind::Parameter(parameter),
        }
    }

    fn of_body(body: &'a Body) -> Self {
        Self {
            name: "body".to_owned(),
            kind: ArgumentKind::Body(body),
        }
    }

    /// Returns the documentation of its setter.
    pub(super) fn documentation(&self) -> String {
        match self.kind {
            ArgumentKind::Body(body) if body.description.is_empty() => {
                "Sets the body of the request.".to_owned()
            }
            ArgumentKind::Body(body) => sentences(&body.description),
            ArgumentKind::Parameter(parameter) => parameter_documentation(parameter),
        }
    }

    /// Returns whether its use is discouraged.
    pub(super) fn is_deprecated(&self) -> bool {
        matches!(self.kind, ArgumentKind::Parameter(parameter) if parameter.deprecated)
    }

    /// Returns the type of the argument.
    pub(super) fn rust_type(&self) -> String {
        match self.kind {
            // Nothing else converts to it.
            ArgumentKind::Body(body) if matches!(body.format, Format::Multipart(_)) => {
                body.rust_type()
            }
            ArgumentKind::Body(body) => format!("impl Into<{}>", body.rust_type()),
            ArgumentKind::Parameter(parameter) => match leaf_type(&parameter.schema) {
                Type::List(item) => format!("impl IntoIterator<Item = {}>", accepted(&item)),
                ty => accepted(&ty),
            },
        }
    }

    /// Returns the statement that converts the argument, if it needs one, and the methods of a call that
    /// set it.
    pub(super) fn set(&self) -> (Option<String>, String) {
        match self.kind {
            ArgumentKind::Parameter(parameter) => self.set_parameter(parameter),
            ArgumentKind::Body(body) => (None, self.set_body(body)),
        }
    }

    fn set_parameter(&self, parameter: &Parameter) -> (Option<String>, String) {
        let name = &self.name;
        let api_name = &parameter.api_name;
        let location = parameter.location.as_str();
        let ty = leaf_type(&parameter.schema);
        match &ty {
            Type::List(item) => {
                let path = item.path("types::");
                let map = format!("let {name} = {name}.into_iter().map(Into::<{path}>::into);");
                let style = match (parameter.location, parameter.explode) {
                    (Location::Query, true) => ", QueryStyle::Repeat",
                    (Location::Query, false) => ", QueryStyle::Commas",
                    (Location::Path | Location::Header, _) => "",
                };
                let set = format!(".{location}_list({api_name:?}, {name}{style})");
                (
                    matches!(conversion(item), Conversion::Into).then_some(map),
                    set,
                )
            }
            ty => {
                let into = format!("let {name}: {} = {name}.into();", ty.path("types::"));
                let set = format!(".{location}({api_name:?}, {name})");
                (
                    matches!(conversion(ty), Conversion::Into).then_some(into),
                    set,
                )
            }
        }
    }

    fn set_body(&self, body: &Body) -> String {
        let name = &self.name;
        let media_type = &body.media_type;
        let ty = body.rust_type();
        let set = match body.format {
            Format::Json => format!(".body::<{ty}>(&{name}.into())"),
            Format::Form => format!(".body_form::<{ty}>(&{name}.into())"),
            Format::Text => format!(".body_text({media_type:?}, {name})"),
            Format::Bytes => format!(".body_bytes({media_type:?}, {name})"),
            Format::Multipart(_) => format!(".body_multipart({name})"),
        };
        if body.format == Format::Json && media_type != "application/json" {
            return format!("{set}.header(\"content-type\", {media_type:?})");
        }
        set
    }
}

fn parameter_documentation(parameter: &Parameter) -> String {
    let mut doc = if parameter.description.trim().is_empty() {
        format!(
            "Sets the {} parameter `{}`.",
            parameter.location.as_str(),
            parameter.api_name
        )
    } else {
        sentences(&parameter.description)
    };
    let facts = facts(&parameter.assertions);
    if !facts.is_empty() {
        doc.push_str(&format!("\n\n{facts}"));
    }
    if let Some(default) = &parameter.default {
        doc.push_str(&format!("\n\nThe server's default is `{default}`."));
    }
    doc
}

/// Returns the type of an argument that becomes a `ty`.
fn accepted(ty: &Type) -> String {
    match conversion(ty) {
        Conversion::Text => "impl ToString".to_owned(),
        Conversion::Integer => "impl Integer".to_owned(),
        Conversion::Into => format!("impl Into<{}>", ty.path("types::")),
        Conversion::None => ty.path("types::"),
    }
}

fn conversion(ty: &Type) -> Conversion {
    match ty {
        Type::String => Conversion::Text,
        Type::Integer => Conversion::Integer,
        Type::Named(_) | Type::Id(_) | Type::Timestamp | Type::Date | Type::Map(_) => {
            Conversion::Into
        }
        Type::Boolean
        | Type::Number
        | Type::Json
        | Type::List(_)
        | Type::Page(_)
        | Type::Nullable(_)
        | Type::Boxed(_) => Conversion::None,
    }
}
