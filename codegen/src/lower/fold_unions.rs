//! A union beside the properties of an object: it stays one value beside them, or its members'
//! properties become optional ones of the object.

use serde_json::Value;

use super::merge_all_of::Merged;
use super::signatures::{Signature, is_discriminated};
use crate::document::Diagnostic;
use crate::syntax::SchemaIndex;
use crate::syntax::{AdditionalProperties, Properties, Schema};

/// Returns whether a union with members of these signatures can be beside the properties of
/// `object` as one value: its members are discriminated, and share no property with the object.
pub(super) fn stays_union(object: &Merged, members: &[Vec<Signature>]) -> bool {
    let mut names = members.iter().flatten().flat_map(Signature::property_names);
    names.all(|name| !object.properties.contains_key(name)) && is_discriminated(members)
}

/// Makes the properties of the members of a union properties of `object`, required only where every
/// member requires them.
pub(super) fn merge_members(
    source: &SchemaIndex,
    object: &mut Merged,
    members: Vec<Merged>,
) -> Result<(), Diagnostic> {
    let mut always: Option<Vec<String>> = None;
    // The properties of members that require nothing, one list for each.
    let mut lenient: Vec<Vec<String>> = Vec::new();
    let mut merged = Properties::default();
    for member in members {
        if let Some(values) = member.others.additional_values() {
            let open = &mut object.others.additional_properties;
            open.get_or_insert_with(|| AdditionalProperties::Allowed(Box::new(values.clone())));
        }
        let mut required = member.required.iter();
        if required.all(|name| object.required.contains(name)) {
            lenient.push(member.properties.keys().cloned().collect());
        }
        always = Some(match always {
            None => member.required,
            Some(names) => names
                .into_iter()
                .filter(|name| member.required.contains(name))
                .collect(),
        });
        for (name, property) in member.properties {
            match merged.get_mut(&name) {
                None => drop(merged.insert(name, property)),
                Some(before) => *before = either(source, before, property)?,
            }
        }
    }
    for (name, mut property) in merged {
        // A value that the others do not allow makes the object one of a member that takes any.
        property.skips_validation |= lenient.iter().any(|names| !names.contains(&name));
        object.properties.entry(name).or_insert(property);
    }
    object.required.extend(always.unwrap_or_default());
    Ok(())
}

/// Returns a schema of the values that fit one or the other.
fn either(source: &SchemaIndex, one: &Schema, two: Schema) -> Result<Schema, Diagnostic> {
    if one.meaning() == two.meaning() {
        return Ok(one.clone());
    }
    let (first, second) = (source.resolve(one)?, source.resolve(&two)?);
    if let (Some(values), Some(more)) = (&first.values, &second.values)
        && values.iter().chain(more).all(Value::is_string)
    {
        let mut all = values.clone();
        all.extend(more.iter().filter(|value| !values.contains(value)).cloned());
        return Ok(Schema::text(Some(all)));
    }
    let mut members = match &one.one_of {
        Some(members) => members.clone(),
        None => vec![one.clone()],
    };
    if !members
        .iter()
        .any(|member| member.meaning() == two.meaning())
    {
        members.push(two);
    }
    Ok(Schema {
        discriminator: one.discriminator.clone(),
        ..Schema::one_of(members)
    })
}
