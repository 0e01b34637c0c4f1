//! The properties of an object that are not described.

use serde_json::Value;

use super::NodeRef;
use super::view::View;

/// The additional properties of an object.
pub(super) enum AdditionalProperties<'a> {
    Nothing,
    Anything,
    Schema(NodeRef<'a>),
}

/// Returns what a schema says of additional properties.
pub(super) fn additional<'a>(node: Option<&NodeRef<'a>>) -> AdditionalProperties<'a> {
    match node.map(|node| node.value) {
        None | Some(Value::Bool(true)) => AdditionalProperties::Anything,
        Some(Value::Bool(false)) => AdditionalProperties::Nothing,
        Some(Value::Object(schema)) if schema.is_empty() => AdditionalProperties::Anything,
        Some(_) => node
            .cloned()
            .map_or(AdditionalProperties::Anything, AdditionalProperties::Schema),
    }
}

/// Returns whether an object allows no additional properties.
pub(super) fn forbids_others(view: &View<'_>) -> bool {
    matches!(
        additional(view.get("additionalProperties").as_ref()),
        AdditionalProperties::Nothing
    )
}
