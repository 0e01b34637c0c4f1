//! Reads the types from a lowered document.

use std::collections::{BTreeMap, HashSet};

use super::{Field, Item, Presence, Property, Shape, Struct, Type, Union, cycles};
use crate::document::{Diagnostic, Diagnostics, escape};
use crate::lower::{
    Component, Definition, Leaf, LeafKind, Lowered, Member, Object, is_discriminated, sent,
};
use crate::markdown::code_span;
use crate::names::{field_name, setter_name, type_name, unique, variant_name};
use crate::syntax::AdditionalProperties;

/// Returns the types of all components, in their order.
///
/// # Errors
/// Returns [`Diagnostics`] of the components whose types would have the names of other types, or
/// properties whose names cannot be written.
pub fn read(lowered: &Lowered) -> Result<Vec<Item>, Diagnostics> {
    let mut found = Vec::new();
    let sent = sent(lowered);
    let mut items: Vec<Item> = Vec::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for (name, component) in &lowered.components {
        let document_name = lowered.schemas().document_name(name);
        let pointer = format!("/components/schemas/{}", escape(document_name));
        let type_name = type_name(name);
        if let Some(other) = names.insert(type_name.clone(), name) {
            let message =
                format!("schemas `{other}` and `{name}` would both be type `{type_name}`");
            let help = "rename one of them with an overlay";
            found.push(Diagnostic::new(pointer, message).help(help));
            continue;
        }
        let sent = sent.contains(name.as_str());
        let shape = match shape(lowered, component, sent) {
            Ok(shape) => shape,
            Err(diagnostic) => {
                found.push(diagnostic.at(pointer));
                continue;
            }
        };
        items.push(Item {
            name: type_name,
            schema: component.origin.is_none().then(|| document_name.to_owned()),
            origin: component.origin.clone(),
            docs: component
                .annotations
                .description
                .clone()
                .unwrap_or_default(),
            deprecated: component.annotations.deprecated.unwrap_or_default(),
            example: component.annotations.example.clone(),
            used_in_requests: sent,
            combined_from: match &component.definition {
                Definition::Enum(it) => {
                    let names = it.combined_from.iter();
                    names.map(|name| combined(lowered, name)).collect()
                }
                _ => Vec::new(),
            },
            assertions: component.own_assertions(),
            shape,
        });
    }
    Diagnostics::check(found)?;
    cycles::break_cycles(&mut items);
    Ok(items)
}

fn shape(lowered: &Lowered, component: &Component, sent: bool) -> Result<Shape, Diagnostic> {
    Ok(match &component.definition {
        Definition::Object(object) => Shape::Struct(structure(lowered, object, sent)?),
        Definition::Enum(it) => Shape::Enum(enum_variants(&it.values)),
        Definition::Union(members) => Shape::Union(union(lowered, members)),
    })
}

/// Returns the type of a component that an enum is combined from.
fn combined(lowered: &Lowered, name: &str) -> String {
    let target = lowered.aliases.get(name).and_then(Leaf::component);
    type_name(target.unwrap_or(name))
}

fn enum_variants(values: &[String]) -> Vec<(String, String)> {
    // `Unknown` is the crate's own, and values may differ only in signs or case.
    let mut taken = HashSet::from(["Unknown".to_owned()]);
    let mut seen = HashSet::new();
    let values = values.iter().filter(|value| seen.insert(*value));
    let variants = values.map(|value| {
        let name = unique(variant_name(value), &mut taken);
        (name, value.clone())
    });
    variants.collect()
}

fn union(lowered: &Lowered, members: &[Member]) -> Union {
    let variants = members.iter().map(|member| {
        let name = match member.name.as_str() {
            "Unknown" => "Unknown_",
            name => name,
        };
        (name.to_owned(), ty(&member.leaf))
    });
    let assertions = members
        .iter()
        .map(|member| lowered.assertions(&member.leaf));
    let signatures: Vec<_> = members
        .iter()
        .map(|member| member.signatures.clone())
        .collect();
    Union {
        variants: variants.collect(),
        assertions: assertions.collect(),
        is_discriminated: is_discriminated(&signatures),
        signatures,
    }
}

fn structure(lowered: &Lowered, object: &Object, sent: bool) -> Result<Struct, Diagnostic> {
    let mut names: HashSet<String> = HashSet::new();
    let mut unique = |name: String| unique(name, &mut names);
    let mut structure = Struct::default();
    for (key, leaf) in &object.properties {
        if !is_plain(key) {
            let pointer = format!("/properties/{}", escape(key));
            let message = "the name of a property has a quote, backslash or control character";
            return Err(Diagnostic::new(pointer, message).help("remove it with an overlay"));
        }
        let is_required = object.required.contains(key);
        let constant = leaf.constant.as_ref();
        let constant = constant.filter(|value| value.as_str().is_none_or(is_plain));
        if let (Some(value), true, false) = (constant, is_required, leaf.nullable) {
            structure.properties.push(Property::Constant {
                key: key.clone(),
                value: value.clone(),
            });
            continue;
        }
        let ty = ty(leaf);
        let is_literal = matches!(ty, Type::String | Type::Boolean | Type::Integer);
        let has_setter = !is_required || leaf.nullable;
        let constant = constant.filter(|_| is_literal && has_setter && !leaf.skips_validation);
        structure.properties.push(Property::Field(Field {
            key: key.clone(),
            name: unique(field_name(key)),
            setter: String::new(),
            clear: String::new(),
            ty,
            presence: match (is_required, leaf.nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, true) if sent => Presence::Patch,
                (false, _) => Presence::Optional,
            },
            docs: field_docs(leaf),
            deprecated: leaf.annotations.deprecated.unwrap_or_default(),
            assertions: if leaf.skips_validation {
                Vec::new()
            } else {
                lowered.assertions(leaf)
            },
            skips_validation: leaf.skips_validation,
            constant: constant.cloned(),
            default: leaf.annotations.default.clone(),
            example: leaf.annotations.example.clone(),
        }));
    }
    for (name, union) in &object.unions {
        if let Type::Named(union) = ty(union) {
            structure.flattened.push((unique(field_name(name)), union));
        }
    }
    structure.closed = object.additional_properties == Some(AdditionalProperties::Refused);
    if let Some(AdditionalProperties::Allowed(values)) = &object.additional_properties
        && structure.flattened.is_empty()
    {
        structure.additional_properties =
            Some((unique("additional_properties".to_owned()), ty(values)));
        structure.additional_assertions = lowered.assertions(values);
    }
    structure.unknown_fields = unique("unknown_fields".to_owned());
    name_setters(&mut structure);
    Ok(structure)
}

/// Gives each field a setter, and one that clears it, which are methods side by side.
fn name_setters(structure: &mut Struct) {
    let mut taken = HashSet::from(["new".to_owned()]);
    // Their setters have their names.
    let others = structure.additional_properties.iter();
    taken.extend(others.map(|(field, _)| field.clone()));
    let flattened = structure.flattened.iter();
    taken.extend(flattened.map(|(field, _)| field.clone()));
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

fn field_docs(leaf: &Leaf) -> String {
    let docs = leaf.annotations.description.clone().unwrap_or_default();
    match &leaf.constant {
        Some(value) => format!("{docs}\n\nAlways {}.", code_span(&value.to_string()))
            .trim()
            .to_owned(),
        None => docs,
    }
}

/// Returns the type of a leaf.
fn ty(leaf: &Leaf) -> Type {
    if let Some(name) = &leaf.identifies {
        return Type::Id(name.clone());
    }
    match (&leaf.kind, leaf.format.as_deref()) {
        (LeafKind::Component(name), _) => Type::Named(type_name(name)),
        (LeafKind::Boolean, _) => Type::Boolean,
        (LeafKind::Integer, _) => Type::Integer,
        (LeafKind::Number, _) => Type::Number,
        (LeafKind::String, Some("date-time")) => Type::Timestamp,
        (LeafKind::String, Some("date")) => Type::Date,
        (LeafKind::String, _) => Type::String,
        (LeafKind::List(items), _) => Type::List(Box::new(leaf_type(items))),
        (LeafKind::Map(values), _) => Type::Map(Box::new(leaf_type(values))),
        (LeafKind::Page(item), _) => Type::Page(Box::new(leaf_type(item))),
        (LeafKind::Any, _) => Type::Json,
    }
}

/// Returns the type of the values of a leaf, which may be `null` if the leaf says so. It is the only
/// mapping from schemas to types.
pub fn leaf_type(leaf: &Leaf) -> Type {
    let element = ty(leaf);
    if leaf.nullable && element != Type::Json {
        Type::Nullable(Box::new(element))
    } else {
        element
    }
}

/// Returns whether the text needs no JSON escaping: the client writes names and constants
/// unescaped.
fn is_plain(text: &str) -> bool {
    let is_special = |character| character < ' ' || character == '"' || character == '\\';
    !text.contains(is_special)
}
