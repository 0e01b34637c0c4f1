//! Request bodies.

use serde_json::Value;

use super::media_type::{Choice, choose};
use super::{Owner, Schema, flag, text};
use crate::document::{Diagnostic, escape};

/// A request body, with the one media type that is sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body<S> {
    /// The way it is sent.
    pub choice: Choice,
    /// The media type as the document names it.
    pub media_type: String,
    /// The schema, if it has one.
    pub schema: Option<S>,
    /// The merged schema of a form of parts, once it is lowered.
    pub form: Option<Schema>,
    /// The `encoding` of the properties of a form.
    pub encoding: Vec<(String, Value)>,
    /// Set if a request without it is invalid.
    pub required: bool,
    /// The description, empty when there is none.
    pub description: String,
    /// The owner of its schema.
    pub owner: Owner,
    /// The JSON pointer of the media type.
    pub pointer: String,
}

/// Reads the body `node` at `pointer`.
///
/// # Errors
/// Fails if no media type can be sent.
pub(super) fn body(
    node: &Value,
    pointer: &str,
    owner: Owner,
    found: &mut Vec<Diagnostic>,
) -> Result<Body<Schema>, Diagnostic> {
    let content = node.get("content").and_then(Value::as_object);
    let chosen = content.and_then(|content| Some((content, choose(content)?)));
    let Some((content, (choice, name))) = chosen else {
        let message = "the request body has no media type that can be sent";
        return Err(Diagnostic::new(pointer, message)
            .help("give its `content` an `application/json` or another media type"));
    };
    let media = &content[name];
    let pointer = format!("{pointer}/content/{}", escape(name));
    let encoding = media.get("encoding").and_then(Value::as_object);
    let encoding = encoding.into_iter().flatten();
    let schema = media.get("schema");
    let schema = schema.map(|it| Schema::read(it, &format!("{pointer}/schema"), found));
    Ok(Body {
        choice,
        media_type: name.to_owned(),
        schema,
        form: None,
        encoding: encoding
            .map(|(name, it)| (name.clone(), it.clone()))
            .collect(),
        required: flag(node, "required"),
        description: text(node, "description"),
        owner,
        pointer,
    })
}
