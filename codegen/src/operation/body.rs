//! The body of a request.

use serde_json::Value;

use crate::Diagnostic;
use crate::assertion::Assertion;
use crate::document::escape;
use crate::lower::{Leaf, Lowered, Resolved};
use crate::markdown::code_span;
use crate::model::leaf_type;
use crate::syntax::{self, Choice, Kind, Schema, SchemaIndex};

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The way it is sent.
    pub format: Format,
    /// The `Content-Type` that it is sent with.
    pub media_type: String,
    /// Set if the document allows a range of media types, such as `image/*`.
    pub is_range: bool,
    /// Its schema if it has one that is a type: a reference or a simple one.
    pub schema: Leaf,
    /// The assertions on it, if it is of no type that checks itself.
    pub assertions: Vec<Assertion>,
    /// Set if a request without it is invalid.
    pub required: bool,
    /// The description, empty when there is none.
    pub description: String,
}

/// The way a body is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Format {
    /// JSON of the schema.
    Json,
    /// The properties of an object as `name=value`.
    Form,
    /// Text.
    Text,
    /// Bytes of any media type.
    Bytes,
    /// A form of these parts.
    Multipart(Vec<Part>),
}

/// The description of a part whose content is binary.
const FILE: &str = "file";

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its description.
    pub kind: String,
    /// Set if it is a file, or files.
    pub is_file: bool,
    /// Set if a form without it is invalid.
    pub required: bool,
}

impl Body {
    /// Returns whether the schema is a type of the client.
    pub fn is_typed(&self) -> bool {
        matches!(self.format, Format::Json | Format::Form)
    }

    /// Returns the Rust type that a call takes.
    pub fn rust_type(&self) -> String {
        match self.format {
            Format::Json | Format::Form => leaf_type(&self.schema).path("types::"),
            Format::Text => "String".to_owned(),
            Format::Bytes => "bytes::Bytes".to_owned(),
            Format::Multipart(_) => "reqwest::multipart::Form".to_owned(),
        }
    }
}

/// Returns the body of an operation.
///
/// # Errors
/// Fails if a form has fields that cannot be sent.
pub(super) fn body(lowered: &Lowered, syntax: &syntax::Body<Leaf>) -> Result<Body, Diagnostic> {
    // A media type without a schema allows any value.
    let leaf = syntax.schema.clone().unwrap_or_default();
    let choice = syntax.choice;
    let format = match choice {
        Choice::Json | Choice::OtherJson => Format::Json,
        Choice::Form => {
            check_form(lowered, syntax, &leaf)?;
            Format::Form
        }
        Choice::Text | Choice::AnyText => Format::Text,
        Choice::Bytes | Choice::AnyBytes => Format::Bytes,
        Choice::Multipart => Format::Multipart(parts(lowered.schemas(), syntax)),
    };
    Ok(Body {
        format,
        media_type: choice.content_type(&syntax.media_type),
        is_range: matches!(choice, Choice::AnyText | Choice::AnyBytes),
        assertions: lowered.assertions(&leaf),
        schema: leaf,
        required: syntax.required,
        description: syntax.description.clone(),
    })
}

/// Fails if the schema of a form is no object, or a field is written in another way than usual.
fn check_form(
    lowered: &Lowered,
    syntax: &syntax::Body<Leaf>,
    leaf: &Leaf,
) -> Result<(), Diagnostic> {
    let pointer = &syntax.pointer;
    let kind = match lowered.resolve(leaf) {
        Resolved::Leaf(leaf) => leaf.json_type(),
        Resolved::Component(component) => component.json_type(),
    };
    if let Some(kind) = kind.filter(|kind| *kind != "object") {
        let message = format!("the schema of a form has type `{kind}`, only objects have fields");
        return Err(Diagnostic::new(format!("{pointer}/schema"), message).help(
            "with an overlay, write `type: object` with a property for each field, or another media type",
        ));
    }
    for (name, encoding) in &syntax.encoding {
        let style = encoding.get("style").and_then(Value::as_str);
        let is_usual = style.is_none_or(|style| style == "form")
            && encoding
                .get("explode")
                .is_none_or(|explode| *explode == true)
            && encoding.get("contentType").is_none();
        if !is_usual {
            let pointer = format!("{pointer}/encoding/{}", escape(name));
            let message = format!("field `{name}` has an encoding that is not supported");
            return Err(Diagnostic::new(pointer, message).help(
                "the items of lists repeat the name, and objects are JSON; remove it with an overlay",
            ));
        }
    }
    Ok(())
}

/// Returns the properties of the schema of a form of parts; none if the form has no schema.
fn parts(schemas: &SchemaIndex, syntax: &syntax::Body<Leaf>) -> Vec<Part> {
    let Some(form) = &syntax.form else {
        return Vec::new();
    };
    let properties = form.properties.iter().flat_map(|it| it.iter());
    let parts = properties.map(|(name, property)| {
        let mut encoding = syntax.encoding.iter();
        let encoding = encoding.find(|(other, _)| other == name);
        let media_types = encoding.and_then(|(_, it)| it.get("contentType")?.as_str());
        let kind = kind(schemas, property);
        Part {
            name: name.clone(),
            is_file: kind.starts_with(FILE),
            kind: match media_types {
                Some(media_types) => format!("{kind} of type {}", code_span(media_types)),
                None => kind,
            },
            required: form.required.contains(name),
        }
    });
    parts.collect()
}

/// Returns the description of a property as a part of a form.
fn kind(schemas: &SchemaIndex, property: &Schema) -> String {
    let schema = schemas.resolve(property).unwrap_or(property);
    let word = match schema.kind {
        Some(Kind::String) if schema.format.as_deref() == Some("binary") => FILE,
        Some(Kind::String) => "text",
        Some(Kind::Integer) => "integer",
        Some(Kind::Number) => "number",
        Some(Kind::Boolean) => "boolean",
        Some(Kind::Array) => {
            let Some(items) = &schema.items else {
                return "any value, any number of times".to_owned();
            };
            let is_nested = schemas.resolve(items).is_ok_and(|it| it.items.is_some());
            return if is_nested {
                "lists".to_owned()
            } else {
                format!("{}, any number of times", kind(schemas, items))
            };
        }
        Some(Kind::Object) => "JSON",
        _ if schema.properties.is_some() => "JSON",
        _ => "any value",
    };
    word.to_owned()
}
