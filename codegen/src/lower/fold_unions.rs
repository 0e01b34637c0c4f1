//! A union beside the properties of an object: it stays one value beside them, or its members'
//! properties become optional ones of the object.

use serde_json::{Map, Value, json};

use super::merge_all_of::Merged;
use super::signatures::{Row, told_apart};
use super::{UNCHECKED, without_annotations};
use crate::document::{Diagnostic, resolve};

/// Returns whether a union with members of these signatures can stand beside the properties of
/// `object` as one value: its members are discriminated, and share no property with the object.
pub(super) fn stays_apart(object: &Merged, members: &[Vec<Row>]) -> bool {
    let mut names = members.iter().flatten().flat_map(Row::known);
    names.all(|name| !object.properties.contains_key(name)) && told_apart(members)
}

/// Makes the properties of the members of a union properties of `object`, required only where every
/// member requires them.
pub(super) fn spread(
    document: &Value,
    object: &mut Merged,
    members: Vec<Merged>,
) -> Result<(), Diagnostic> {
    let mut always: Option<Vec<String>> = None;
    // The properties of members that require nothing, one list for each.
    let mut lenient: Vec<Vec<String>> = Vec::new();
    let mut spread: Map<String, Value> = Map::new();
    for member in members {
        if let Some(values @ (Value::Bool(true) | Value::Object(_))) =
            member.others.get("additionalProperties")
        {
            let open = object.others.entry("additionalProperties");
            open.or_insert_with(|| values.clone());
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
            match spread.get_mut(&name) {
                None => {
                    spread.insert(name, property);
                }
                Some(before) => *before = either(document, before.clone(), property)?,
            }
        }
    }
    for (name, mut property) in spread {
        // A value that the others do not allow makes the object one of a member that takes any.
        if let Some(property) = property.as_object_mut()
            && lenient.iter().any(|names| !names.contains(&name))
        {
            property.insert(UNCHECKED.to_owned(), json!(true));
        }
        object.properties.entry(name).or_insert(property);
    }
    object.required.extend(always.unwrap_or_default());
    Ok(())
}

/// Returns a schema of the values that fit one or the other.
fn either(document: &Value, one: Value, two: Value) -> Result<Value, Diagnostic> {
    if without_annotations(&one) == without_annotations(&two) {
        return Ok(one);
    }
    let values = |schema: &Value| -> Result<Option<Vec<Value>>, Diagnostic> {
        let target = resolve(document, schema)?;
        Ok(target.get("enum").and_then(Value::as_array).cloned())
    };
    if let (Some(mut all), Some(more)) = (values(&one)?, values(&two)?)
        && all.iter().chain(&more).all(Value::is_string)
    {
        all.extend(
            more.into_iter()
                .filter(|value| !all.contains(value))
                .collect::<Vec<_>>(),
        );
        return Ok(json!({ "type": "string", "enum": all }));
    }
    let mut members = match one.get("oneOf").and_then(Value::as_array) {
        Some(members) => members.clone(),
        None => vec![one],
    };
    if !members
        .iter()
        .any(|member| without_annotations(member) == without_annotations(&two))
    {
        members.push(two);
    }
    Ok(json!({ "oneOf": members }))
}
