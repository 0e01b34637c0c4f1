//! Reads the types from a lowered document.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::assertion::{assertions, own_assertions};
use super::{Field, Item, Presence, Property, Shape, Struct, Type, Union, cycles, usage};
use crate::docs::code_span;
use crate::document::{Diagnostic, Diagnostics, escape, schema_name};
use crate::lower::{ENUMS, FLATTEN, JsonTypes, ORIGIN, Schemas, UNCHECKED, VARIANTS, told_apart};
use crate::names::{field_name, setter_name, type_name, unique, variant_name};

/// Returns the types of all components, in their order.
///
/// # Errors
/// [`Diagnostics`] of the components whose types would have the names of other types, or that have no
/// type, which is a flaw of an earlier stage.
pub fn read(document: &Value) -> Result<Vec<Item>, Diagnostics> {
    let mut found = Vec::new();
    let sent = usage::sent(document);
    let mut lowered = Schemas::new(document);
    let mut items: Vec<Item> = Vec::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let pointer = format!("/components/schemas/{}", escape(name));
        let type_name = type_name(name);
        if let Some(other) = names.insert(type_name.clone(), name) {
            let message =
                format!("schemas `{other}` and `{name}` would both be type `{type_name}`");
            let help = "rename one of them with an overlay";
            found.push(Diagnostic::new(pointer, message).help(help));
            continue;
        }
        let sent = sent.contains(name.as_str());
        let shape = match shape(&mut lowered, schema, sent) {
            Ok(shape) => shape,
            Err(diagnostic) => {
                found.push(diagnostic.at(pointer));
                // As when lowering: to find more takes too long.
                match lowered.is_exceeded() {
                    true => break,
                    false => continue,
                }
            }
        };
        items.push(Item {
            name: type_name,
            schema: schema.get(ORIGIN).is_none().then(|| name.clone()),
            place: text(schema, ORIGIN),
            docs: text(schema, "description"),
            deprecated: flag(schema, "deprecated"),
            sent,
            enums: enums(schema),
            assertions: match shape {
                Shape::Struct(_) => own_assertions(schema, Some("object")),
                Shape::Union(_) => own_assertions(schema, None),
                Shape::Enum(_) | Shape::Alias(_) => assertions(document, schema),
            },
            shape,
        });
    }
    Diagnostics::check(found)?;
    cycles::break_cycles(&mut items)?;
    Ok(items)
}

fn enums(schema: &Value) -> Vec<String> {
    let names = schema.get(ENUMS).and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(type_name).collect()
}

fn shape(lowered: &mut Schemas<'_>, schema: &Value, sent: bool) -> Result<Shape, Diagnostic> {
    if let Some(members) = schema.get("oneOf").and_then(Value::as_array) {
        return union(lowered, schema, members).map(Shape::Union);
    }
    let values = schema
        .get("enum")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    if values.len() > 1 {
        return Ok(Shape::Enum(enum_variants(values)));
    }
    if schema.get("properties").is_some() || schema.get(FLATTEN).is_some() {
        return structure(lowered, schema, sent).map(Shape::Struct);
    }
    Ok(Shape::Alias(ty(schema)))
}

fn enum_variants(values: &[Value]) -> Vec<(String, String)> {
    // `Unknown` is the crate's own, and values may differ only in signs or case.
    let mut taken = HashSet::from(["Unknown".to_owned()]);
    let mut values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let mut seen = HashSet::new();
    values.retain(|value| seen.insert(*value));
    let variants = values.into_iter().map(|value| {
        let name = unique(variant_name(value), &mut taken);
        (name, value.to_owned())
    });
    variants.collect()
}

fn union(
    lowered: &mut Schemas<'_>,
    schema: &Value,
    members: &[Value],
) -> Result<Union, Diagnostic> {
    let names = schema
        .get(VARIANTS)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let variants = names
        .filter_map(Value::as_str)
        .zip(members)
        .map(|(name, member)| {
            let name = if name == "Unknown" { "Unknown_" } else { name };
            (name.to_owned(), ty(member))
        })
        .collect();
    let rows = members
        .iter()
        .map(|member| lowered.signatures(member))
        .collect::<Result<Vec<_>, _>>()?;
    let tagged = told_apart(&rows);
    let asked = members
        .iter()
        .map(|member| assertions(lowered.document(), member));
    Ok(Union {
        variants,
        assertions: asked.collect(),
        rows,
        tagged,
    })
}

fn structure(lowered: &mut Schemas<'_>, schema: &Value, sent: bool) -> Result<Struct, Diagnostic> {
    let required: Vec<&str> = crate::lower::required(schema).collect();
    let mut names: HashSet<String> = HashSet::new();
    let mut unique = |name: String| unique(name, &mut names);
    let mut structure = Struct::default();
    for (key, leaf) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if lowered.json_types(leaf) == JsonTypes::NEVER {
            continue;
        }
        if !is_plain(key) {
            let pointer = format!("/properties/{}", escape(key));
            let message = "the name of a property has a quote, backslash or control character";
            return Err(Diagnostic::new(pointer, message).help("remove it with an overlay"));
        }
        let is_required = required.contains(&key.as_str());
        let nullable = flag(leaf, "nullable");
        let tag = single(leaf).filter(|value| value.as_str().is_none_or(is_plain));
        if let (Some(value), true, false) = (tag, is_required, nullable) {
            structure.properties.push(Property::Tag {
                key: key.clone(),
                value: value.clone(),
            });
            continue;
        }
        structure.properties.push(Property::Field(Field {
            key: key.clone(),
            name: unique(field_name(key)),
            setter: String::new(),
            clear: String::new(),
            ty: ty(leaf),
            presence: match (is_required, nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, true) if sent => Presence::Patch,
                (false, _) => Presence::Optional,
            },
            docs: field_docs(leaf),
            deprecated: flag(leaf, "deprecated"),
            assertions: match flag(leaf, UNCHECKED) {
                true => Vec::new(),
                false => assertions(lowered.document(), leaf),
            },
            unchecked: flag(leaf, UNCHECKED),
            default: leaf.get("default").cloned(),
        }));
    }
    for union in crate::lower::flattened(schema) {
        let field = field_name(&text(union, "x-name"));
        if let Type::Named(name) = ty(union) {
            structure.flattened.push((unique(field), name));
        }
    }
    structure.closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    if structure.flattened.is_empty() {
        let values = schema.get("additionalProperties");
        let values = values.filter(|values| **values != Value::Bool(false));
        structure.others = values.map(|values| (unique("others".to_owned()), ty(values)));
        structure.others_assertions = values
            .map(|values| assertions(lowered.document(), values))
            .unwrap_or_default();
    }
    structure.unknown_fields = unique("unknown_fields".to_owned());
    name_setters(&mut structure);
    Ok(structure)
}

/// Gives each field a setter, and one that clears it, which are methods side by side.
fn name_setters(structure: &mut Struct) {
    let mut taken = HashSet::from(["new".to_owned()]);
    taken.extend(structure.others.iter().map(|(field, _)| field.clone()));
    for property in structure.properties.iter_mut() {
        if let Property::Field(field) = property {
            field.setter = unique(setter_name(&field.name), &mut taken);
        }
    }
    for property in structure.properties.iter_mut() {
        if let Property::Field(field) = property {
            field.clear = unique(format!("clear_{}", field.name), &mut taken);
        }
    }
}

fn field_docs(leaf: &Value) -> String {
    let docs = text(leaf, "description");
    match single(leaf) {
        Some(value) => format!("{docs}\n\nAlways {}.", code_span(&value.to_string()))
            .trim()
            .to_owned(),
        None => docs,
    }
}

/// The type of a leaf.
fn ty(leaf: &Value) -> Type {
    if let Some(name) = leaf
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(schema_name)
    {
        return Type::Named(type_name(&name));
    }
    let format = leaf.get("format").and_then(Value::as_str);
    match leaf.get("type").and_then(Value::as_str) {
        Some("boolean") => Type::Boolean,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("string") if format == Some("date-time") => Type::Timestamp,
        Some("string") if format == Some("date") => Type::Date,
        Some("string") => Type::String,
        Some("array") => Type::List(Box::new(leaf_type(&leaf["items"]))),
        Some("object") => Type::Map(Box::new(leaf_type(&leaf["additionalProperties"]))),
        _ => Type::Json,
    }
}

/// Returns the type of a value whose schema is a leaf of the lowered document, which may be `null` if
/// the schema says so. It is the only mapping from schemas to types.
pub fn leaf_type(leaf: &Value) -> Type {
    let element = ty(leaf);
    match flag(leaf, "nullable") && element != Type::Json {
        true => Type::Nullable(Box::new(element)),
        false => element,
    }
}

/// Whether JSON has the text as it is: names and tags are written without being looked through.
fn is_plain(text: &str) -> bool {
    let is_special = |character| character < ' ' || character == '"' || character == '\\';
    !text.contains(is_special)
}

/// The only value that a leaf allows.
fn single(leaf: &Value) -> Option<&Value> {
    match leaf
        .get("enum")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => Some(only),
        _ => None,
    }
}

fn text(schema: &Value, key: &str) -> String {
    schema
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn flag(schema: &Value, key: &str) -> bool {
    schema.get(key).and_then(Value::as_bool) == Some(true)
}
