//! The names that an edit changes for users of the crate: of an item, or of a Cargo feature.

use gitbook_api_codegen::group::Groups;
use serde_json::{Value, json};

use super::compare::{Operation, operations};
use super::rules::{
    OPERATION_ID_CHANGED, OPERATION_TAG_ADDED, OPERATION_TAG_REMOVED, OPERATION_TAG_REPLACED,
    OPERATION_TAGS_REORDERED, PARAMETER_RENAMED, PROPERTY_RENAMED, Rule, SCHEMA_RENAMED, TAG_ADDED,
    TAG_REMOVED, TAG_RENAMED,
};

/// The names before and after an edit.
pub(crate) type Names = [Option<String>; 2];

/// Returns whether the rule is about the name of a Rust item.
pub(crate) fn is_renaming(rule: &Rule) -> bool {
    [
        &OPERATION_ID_CHANGED,
        &PARAMETER_RENAMED,
        &PROPERTY_RENAMED,
        &SCHEMA_RENAMED,
    ]
    .contains(&rule)
}

/// Returns whether the rule is about Cargo features.
pub(crate) fn is_of_feature(rule: &Rule) -> bool {
    is_about_tag(rule) || is_about_tags(rule)
}

/// Returns whether the rule is about a tag, which may be a Cargo feature.
pub(crate) fn is_about_tag(rule: &Rule) -> bool {
    [&TAG_ADDED, &TAG_REMOVED, &TAG_RENAMED].contains(&rule)
}

/// Returns whether the rule is about the tags of an operation, whose first is its Cargo feature.
pub(crate) fn is_about_tags(rule: &Rule) -> bool {
    [
        &OPERATION_TAG_ADDED,
        &OPERATION_TAG_REMOVED,
        &OPERATION_TAG_REPLACED,
        &OPERATION_TAGS_REORDERED,
    ]
    .contains(&rule)
}

/// Returns the Cargo feature that is named after the tag at this pointer. A tag with a parent belongs to
/// the feature of that.
pub(crate) fn feature_of_tag(document: &Value, pointer: &str) -> Option<String> {
    let tag = document.pointer(pointer.trim_start_matches('#'))?;
    let name = tag.get("name")?.as_str()?;
    let feature = Groups::new(document).of("", &json!({"tags": [name]}));
    let of_name = Groups::new(&Value::Null).of("", &json!({"tags": [name]}));
    (feature == of_name).then_some(feature)
}

/// Returns the Cargo feature of the operation with this name.
pub(crate) fn feature_of_operation(
    document: &Value,
    is_wanted: impl Fn(&Operation<'_>) -> bool,
) -> Option<String> {
    let operation = operations(document).into_iter().find(is_wanted)?;
    Some(Groups::new(document).of(operation.path, operation.node.value))
}
