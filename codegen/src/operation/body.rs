//! The body of a request.

use serde_json::Value;

use super::{Place, flag, text};
use crate::Diagnostic;
use crate::assertion::Assertion;
use crate::docs::code_span;
use crate::document::{escape, resolve_at};
use crate::lower::{Kind, Leaf, Lowered, Resolved, Schema, Source};
use crate::media_type::{Choice, choose};
use crate::model::leaf_type;

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What it is sent as.
    pub format: Format,
    /// The `Content-Type` that it is sent with.
    pub media_type: String,
    /// Whether the document allows a range of media types, such as `image/*`.
    pub is_range: bool,
    /// Its schema if it has one that is a type: a reference or a simple one.
    pub schema: Leaf,
    /// What is asked of it, if it is of no type that checks itself.
    pub assertions: Vec<Assertion>,
    /// Whether a request without it is invalid.
    pub required: bool,
    /// The description, empty when there is none.
    pub description: String,
}

/// What a body is sent as.
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

/// What a part is whose content is binary.
const FILE: &str = "file";

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Whether it is a file, or files.
    pub is_file: bool,
    /// Whether a form without it is invalid.
    pub required: bool,
}

impl Body {
    /// Returns the Rust type that a call takes.
    pub fn rust_type(&self) -> String {
        match self.format {
            Format::Json | Format::Form => leaf_type(&self.schema).path("types::"),
            Format::Text => "String".to_owned(),
            Format::Bytes => "bytes::Bytes".to_owned(),
            Format::Multipart(_) => "reqwest::multipart::Form".to_owned(),
        }
    }

    /// Returns whether the schema is a type of the client.
    pub fn is_typed(&self) -> bool {
        matches!(self.format, Format::Json | Format::Form)
    }
}

/// Returns the body of the operation at `place`, if it has one.
pub(super) fn body(place: &Place<'_>) -> Result<Option<Body>, Diagnostic> {
    let Some(node) = place.node.get("requestBody") else {
        return Ok(None);
    };
    let Place {
        lowered, document, ..
    } = place;
    let pointer = format!("{}/requestBody", place.pointer);
    let (node, at) = resolve_at(document, node, &pointer)?;
    let content = node.get("content").and_then(Value::as_object);
    let chosen = content.and_then(|content| Some((content, choose(content)?)));
    let Some((content, (choice, name))) = chosen else {
        let message = "the request body has no media type that can be sent";
        return Err(Diagnostic::new(pointer, message)
            .help("give its `content` an `application/json` or another media type"));
    };
    let media = &content[name];
    let within = |pointer: &str| format!("{pointer}/content/{}", escape(name));
    let (pointer, at) = (within(&pointer), format!("{}/schema", within(&at)));
    let leaf = lowered.leaf(&at).cloned().unwrap_or_default();
    let format = match choice {
        Choice::Json | Choice::OtherJson => Format::Json,
        Choice::Form => {
            check_form(lowered, media, &leaf, &pointer)?;
            Format::Form
        }
        Choice::Text | Choice::AnyText => Format::Text,
        Choice::Bytes | Choice::AnyBytes => Format::Bytes,
        Choice::Multipart => {
            let form = lowered.form(&at);
            Format::Multipart(
                form.map(|form| parts(lowered.source(), media, form))
                    .unwrap_or_default(),
            )
        }
    };
    Ok(Some(Body {
        format,
        media_type: choice.content_type(name),
        is_range: matches!(choice, Choice::AnyText | Choice::AnyBytes),
        assertions: lowered.assertions(&leaf),
        schema: leaf,
        required: flag(node, "required"),
        description: text(node, "description"),
    }))
}

/// Fails if the schema of a form is no object, or a field is written in another way than usual.
fn check_form(
    lowered: &Lowered<'_>,
    media: &Value,
    leaf: &Leaf,
    pointer: &str,
) -> Result<(), Diagnostic> {
    let kind = match lowered.resolve(leaf) {
        Resolved::Leaf(leaf) => leaf.json_type(),
        Resolved::Component(component) => component.json_type(),
    };
    if let Some(kind) = kind.filter(|kind| *kind != "object") {
        let message = format!("the schema of a form has type `{kind}`, only objects have fields");
        return Err(Diagnostic::new(format!("{pointer}/schema"), message));
    }
    let encoding = media.get("encoding").and_then(Value::as_object);
    for (name, encoding) in encoding.into_iter().flatten() {
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

/// Returns the properties of the schema of a form of parts.
fn parts(source: &Source, media: &Value, form: &Schema) -> Vec<Part> {
    let properties = form.properties.iter().flat_map(|it| it.iter());
    let parts = properties.map(|(name, property)| {
        let media_types = media
            .get("encoding")
            .and_then(|encoding| encoding.get(name));
        let media_types = media_types.and_then(|it| it.get("contentType")?.as_str());
        let kind = kind(source, property);
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

/// Returns what a property is as a part of a form, in words.
fn kind(source: &Source, property: &Schema) -> String {
    let schema = source.resolve(property).unwrap_or(property);
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
            let is_nested = source.resolve(items).is_ok_and(|it| it.items.is_some());
            return match is_nested {
                true => "lists".to_owned(),
                false => format!("{}, any number of times", kind(source, items)),
            };
        }
        Some(Kind::Object) => "JSON",
        _ if schema.properties.is_some() => "JSON",
        _ => "any value",
    };
    word.to_owned()
}
