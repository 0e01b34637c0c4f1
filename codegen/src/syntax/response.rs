//! Responses.

use serde_json::Value;

use super::{Owner, Schema, text};
use crate::document::{Diagnostic, escape};

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Response<S> {
    /// The status; `None` for `default`, and for ranges such as `2XX`.
    pub status: Option<u16>,
    /// The description, empty when there is none.
    pub description: String,
    /// The media types, in the order of the document.
    pub content: Vec<Media<S>>,
    /// The owner of its schemas.
    pub owner: Owner,
}

/// A media type of a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Media<S> {
    /// The media type.
    pub name: String,
    /// The schema, if it has one.
    pub schema: Option<S>,
    /// The JSON pointer of the schema.
    pub pointer: String,
}

impl<S> Media<S> {
    /// Returns whether the media type is that of streams of events.
    pub(crate) fn is_events(&self) -> bool {
        self.name.starts_with("text/event-stream")
    }

    /// Returns whether the media type is JSON.
    pub(crate) fn is_json(&self) -> bool {
        let name = self.name.split(';').next().unwrap_or_default().trim();
        name == "application/json" || name.ends_with("+json")
    }
}

/// Reads the response `node` at `pointer`.
pub(super) fn response(
    status: Option<u16>,
    node: &Value,
    pointer: &str,
    owner: Owner,
    found: &mut Vec<Diagnostic>,
) -> Response<Schema> {
    let content = node.get("content").and_then(Value::as_object);
    let content = content.into_iter().flatten().map(|(name, media)| {
        let pointer = format!("{pointer}/content/{}/schema", escape(name));
        let schema = media.get("schema");
        Media {
            name: name.clone(),
            schema: schema.map(|schema| Schema::read(schema, &pointer, found)),
            pointer,
        }
    });
    Response {
        status,
        content: content.collect(),
        description: text(node, "description"),
        owner,
    }
}
