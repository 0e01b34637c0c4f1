//! The media type of a request body that is sent.

use serde_json::{Map, Value};

/// The ways to send a body, in the order in which one is chosen.
///
/// Media types with a type come before those without. Text is bytes, too; and a form of parts comes
/// last, because it needs a feature and cannot be sent twice. What names one media type comes before a
/// range such as `*/*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Choice {
    /// `application/json`.
    Json,
    /// JSON under another name, such as `application/merge-patch+json`.
    OtherJson,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Text in UTF-8.
    Text,
    /// `text/*`.
    AnyText,
    /// Any other media type.
    Bytes,
    /// A range of media types.
    AnyBytes,
    /// `multipart/form-data`.
    Multipart,
}

impl Choice {
    /// Returns the `Content-Type` of a body whose media type the document names like this.
    pub(crate) fn content_type(self, media_type: &str) -> String {
        let media_type = media_type.trim();
        match self {
            Self::Json => "application/json".to_owned(),
            Self::Form => "application/x-www-form-urlencoded".to_owned(),
            Self::Multipart => "multipart/form-data".to_owned(),
            Self::AnyText => "text/plain; charset=utf-8".to_owned(),
            Self::AnyBytes => "application/octet-stream".to_owned(),
            Self::Text if !media_type.to_ascii_lowercase().contains("charset=") => {
                format!("{}; charset=utf-8", media_type.trim_end_matches(';'))
            }
            Self::OtherJson | Self::Text | Self::Bytes => media_type.to_owned(),
        }
    }
}

/// Returns the entry of the `content` of a request body that is sent: the first one of the best
/// [`Choice`]. Media types that nothing can be sent as are passed over.
pub(super) fn choose(content: &Map<String, Value>) -> Option<(Choice, &str)> {
    let known = content
        .keys()
        .filter_map(|name| Some((choice(name)?, name.as_str())));
    known.min_by_key(|(choice, _)| *choice)
}

/// Returns how a body of a media type is sent; `None` for anything that is not a media type, and for
/// multipart types other than form-data.
fn choice(media_type: &str) -> Option<Choice> {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim().to_ascii_lowercase();
    let parameters = parameters.to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    let is_token = |text: &str| {
        let is_usual = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        !text.is_empty() && text.chars().all(is_usual)
    };
    let is_printed = |c: char| c == ' ' || c.is_ascii_graphic();
    if !is_token(kind) || !is_token(subtype) || !parameters.chars().all(is_printed) {
        return None;
    }
    let charset = parameters
        .split(';')
        .find_map(|it| it.trim().strip_prefix("charset="));
    Some(match (kind, subtype) {
        ("application", "json") => Choice::Json,
        (_, subtype) if subtype.ends_with("+json") => Choice::OtherJson,
        ("application", "x-www-form-urlencoded") => Choice::Form,
        ("multipart", "form-data") => Choice::Multipart,
        ("multipart", _) => return None,
        ("text", "*") => Choice::AnyText,
        // Only the caller can encode text that is not in UTF-8.
        ("text", _) if charset.is_none_or(|it| it.trim_matches('"') == "utf-8") => Choice::Text,
        (_, "*") => Choice::AnyBytes,
        _ => Choice::Bytes,
    })
}
