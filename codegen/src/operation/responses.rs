//! The responses of an operation that mean success.

use super::Operation;
use crate::lower::Leaf;
use crate::syntax::{self, Media};

/// One documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status; `None` for `default`, and for ranges such as `2XX`.
    pub status: Option<u16>,
    /// Its content.
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

/// The output of a call, of all documented responses that mean success.
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
    /// Returns the output of a call of the operation.
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

/// Returns a response with the content that a call returns: JSON, or else events.
pub(super) fn response(syntax: &syntax::Response<Leaf>) -> Response {
    let json = syntax.content.iter().find(|media| media.is_json());
    let events = syntax.content.iter().find(|media| media.is_events());
    // A media type without a schema allows any value.
    let leaf = |media: &Media<Leaf>| media.schema.clone().unwrap_or_default();
    Response {
        status: syntax.status,
        content: match (json, events) {
            _ if syntax.content.is_empty() => Content::Empty,
            (Some(json), _) => Content::Json(leaf(json)),
            (None, Some(events)) => Content::Events(leaf(events)),
            (None, None) => Content::Bytes,
        },
        description: syntax.description.clone(),
    }
}
