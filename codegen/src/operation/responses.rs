//! The responses of an operation that mean success.

use serde_json::Value;

use super::{Operation, Place, is_json, text};
use crate::Diagnostic;
use crate::document::{escape, resolve_at};
use crate::lower::{Leaf, Lowered};

/// One documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status; `None` for `default`, and for ranges such as `2XX`.
    pub status: Option<u16>,
    /// What it carries.
    pub content: Content,
    /// The description, empty when there is none.
    pub description: String,
}

/// The content of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON of this schema.
    Json(Leaf),
    /// A `text/event-stream` whose events have data of this schema.
    Events(Leaf),
    /// Anything else.
    Bytes,
}

/// What a call returns, given all documented responses that mean success.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Output<'a> {
    /// JSON of one schema, whatever the status.
    Json(&'a Leaf),
    /// Nothing but a status.
    Empty,
    /// JSON of one schema, or nothing.
    Optional(&'a Leaf),
    /// JSON of a schema that depends on the status.
    Either,
    /// Events whose data have this schema.
    Events(&'a Leaf),
    /// Bytes of any media type.
    Bytes,
}

impl Operation {
    /// Returns what a call of the operation returns.
    pub fn output(&self) -> Output<'_> {
        let has = |is_wanted: fn(&Content) -> bool| {
            let mut responses = self.responses.iter();
            responses.any(|response| is_wanted(&response.content))
        };
        if self.responses.is_empty() || has(|content| *content == Content::Bytes) {
            return Output::Bytes;
        }
        match self.response_schemas()[..] {
            [] => Output::Empty,
            [first, ..] if has(|content| matches!(content, Content::Events(_))) => {
                Output::Events(first)
            }
            [only] if has(|content| *content == Content::Empty) => Output::Optional(only),
            [only] => Output::Json(only),
            _ => Output::Either,
        }
    }
}

/// Returns the responses with a 2xx status in order of status; `default` only when there are none.
pub(super) fn successes(place: &Place<'_>) -> Result<Vec<Response>, Diagnostic> {
    let Place {
        lowered,
        node: operation,
        pointer,
        ..
    } = place;
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut successes = Vec::new();
    for (status, node) in responses.into_iter().flatten() {
        if status.starts_with("x-") {
            continue;
        }
        let is_exact = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
        if !is_exact && status != "default" && !is_range(status) {
            let message = format!("`{status}` is no HTTP status");
            return Err(Diagnostic::new(format!("{pointer}/responses"), message));
        }
        if status.starts_with('2') {
            let pointer = format!("{pointer}/responses/{status}");
            let status = is_exact.then(|| status.parse().ok()).flatten();
            successes.push(response(lowered, status, node, &pointer)?);
        }
    }
    successes.sort_by_key(|response| response.status.unwrap_or(u16::MAX));
    if successes.is_empty()
        && let Some(default) = responses.and_then(|responses| responses.get("default"))
    {
        let pointer = format!("{pointer}/responses/default");
        successes.push(response(lowered, None, default, &pointer)?);
    }
    Ok(successes)
}

fn is_range(status: &str) -> bool {
    matches!(status.as_bytes(), [b'1'..=b'5', b'X' | b'x', b'X' | b'x'])
}

fn response(
    lowered: &Lowered<'_>,
    status: Option<u16>,
    node: &Value,
    pointer: &str,
) -> Result<Response, Diagnostic> {
    let (node, pointer) = resolve_at(lowered.document, node, pointer)?;
    Ok(Response {
        status,
        content: content(lowered, node, &pointer),
        description: text(node, "description"),
    })
}

fn content(lowered: &Lowered<'_>, node: &Value, pointer: &str) -> Content {
    let content = node.get("content").and_then(Value::as_object);
    let Some(content) = content.filter(|content| !content.is_empty()) else {
        return Content::Empty;
    };
    let leaf_of = |is_wanted: &dyn Fn(&str) -> bool| {
        let media_type = content.keys().find(|name| is_wanted(name))?;
        let pointer = format!("{pointer}/content/{}/schema", escape(media_type));
        Some(lowered.leaf(&pointer).cloned().unwrap_or_default())
    };
    if let Some(leaf) = leaf_of(&is_json) {
        return Content::Json(leaf);
    }
    match leaf_of(&|name| name.starts_with("text/event-stream")) {
        Some(leaf) => Content::Events(leaf),
        None => Content::Bytes,
    }
}
