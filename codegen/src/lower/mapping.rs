//! The values by which the `discriminator` of a union names its members.
//!
//! - A member that declares a constant or an enum for the property keeps it. Of an enum, the values that
//!   the mapping gives to other members only are not its own.
//! - A member that declares any string, or does not describe the property, has the values that the
//!   mapping gives to it, be it one or several. One value can name several members.
//! - A component that no entry names has its own name as value, as OpenAPI defines it. Without a mapping,
//!   this holds only if no member declares values or a pattern.
//! - An inline member that no entry names has any value.

use serde_json::Value;

use super::json_types::JsonTypes;
use super::signatures::{JsonType, Signature};
use crate::document::schema_name;
use crate::syntax::Discriminator;

/// Restricts the signatures of the members of a union to the values that name them. `references` are
/// those by which each member can be named.
pub(super) fn apply(
    discriminator: &Discriminator,
    references: &[Vec<String>],
    members: &mut [Vec<Signature>],
) {
    let key = &discriminator.property;
    let is_declared =
        |it: &Signature| it.allowed_values(key).is_some() || it.pattern_of(key).is_some();
    if discriminator.mapping.is_empty() && members.iter().flatten().any(is_declared) {
        return;
    }
    for (references, signatures) in references.iter().zip(members) {
        let values = values(discriminator, references);
        for signature in signatures.iter_mut() {
            if signature.json == JsonType::Object && !narrow(discriminator, &values, signature) {
                name(key, &values, signature);
            }
        }
    }
}

/// Returns the values that name a member: those of the mapping, or else the names of the components that
/// it is.
fn values(discriminator: &Discriminator, references: &[String]) -> Vec<Value> {
    let mapped = discriminator.values(references);
    if !mapped.is_empty() {
        return mapped;
    }
    let names = references.iter().filter_map(|it| schema_name(it));
    let names = names.map(|name| Value::from(name.into_owned()));
    names
        .filter(|name| !is_mapped(discriminator, name))
        .collect()
}

fn is_mapped(discriminator: &Discriminator, value: &Value) -> bool {
    let mut mapping = discriminator.mapping.iter();
    mapping.any(|(mapped, _)| *value == mapped.as_str())
}

/// Removes the values that name other members from those that a signature lists. Returns whether it
/// lists some.
fn narrow(discriminator: &Discriminator, values: &[Value], signature: &mut Signature) -> bool {
    let key = &discriminator.property;
    let mut is_listed = false;
    let listed = signature.allowed_values.iter_mut();
    for (_, own) in listed.filter(|(name, _)| name == key) {
        is_listed = true;
        let is_own = |value: &&Value| values.contains(value) || !is_mapped(discriminator, value);
        let kept: Vec<Value> = own.iter().filter(is_own).cloned().collect();
        if !kept.is_empty() {
            *own = kept;
        }
    }
    is_listed
}

/// Adds the values of a member to a signature without any, if its property can be a string.
fn name(key: &str, values: &[Value], signature: &mut Signature) {
    let described = signature.properties.iter().find(|(name, _)| name == key);
    let is_text = described.is_none_or(|(_, types)| types.allows_strings());
    if values.is_empty() || !is_text {
        return;
    }
    if described.is_none() {
        signature
            .properties
            .push((key.to_owned(), JsonTypes::STRING));
    }
    signature.patterns.retain(|(name, _)| name != key);
    // The discriminator has precedence over constants that the members have as well.
    let values = (key.to_owned(), values.to_vec());
    signature.allowed_values.insert(0, values);
}
