//! Constructors and setters of request types.

use super::doc::Docs;
use super::{line, signature};
use crate::model::{Field, Item, Presence, Struct, Type};

/// Writes `new`, which takes the required fields, and a setter for every other field.
pub(super) fn write(source: &mut String, item: &Item, structure: &Struct, docs: &Docs<'_>) {
    let fields: Vec<&Field> = structure.fields().collect();
    line(source, 0, &format!("impl {} {{", item.name));
    write_new(source, &fields, structure);
    for field in fields.iter().filter(|field| !field.is_required()) {
        write_setter(source, field, docs);
    }
    if let Some((field, others)) = &structure.additional_properties {
        source.push('\n');
        line(source, 1, "/// Sets the additional properties.");
        let argument = format!("{field}: {}", map(others));
        write_signature(source, field, &["mut self".to_owned(), argument]);
        line(source, 2, &format!("self.{field} = {field}.into();"));
        line(source, 2, "self");
        line(source, 1, "}");
    }
    line(source, 0, "}\n");
}

fn write_new(source: &mut String, fields: &[&Field], structure: &Struct) {
    let required: Vec<&&Field> = fields.iter().filter(|field| field.is_required()).collect();
    let mut arguments: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for field in &required {
        let (taken, given) = match field.presence {
            Presence::Nullable => nullable(&field.ty, &field.name),
            _ => (taken(&field.ty), given(&field.ty, &field.name)),
        };
        arguments.push(format!("{}: {taken}", field.name));
        values.push(if given == field.name {
            given
        } else {
            format!("{}: {given}", field.name)
        });
    }
    for (field, union) in &structure.flattened {
        arguments.push(format!("{field}: impl Into<{union}>"));
        values.push(format!("{field}: {field}.into()"));
    }
    values.push("..Default::default()".to_owned());
    if arguments.len() > 7 {
        line(source, 1, "#[allow(clippy::too_many_arguments)]");
    }
    write_signature(source, "new", &arguments);
    if arguments.is_empty() {
        line(source, 2, "Default::default()");
    } else {
        line(source, 2, "Self {");
        for value in &values {
            let comma = if value.starts_with("..") { "" } else { "," };
            line(source, 3, &format!("{value}{comma}"));
        }
        line(source, 2, "}");
    }
    line(source, 1, "}");
}

fn write_setter(source: &mut String, field: &Field, docs: &Docs<'_>) {
    let name = &field.name;
    let value = given(&field.ty, name);
    let wrapped = match field.presence {
        Presence::Patch => format!("crate::Patch::Set({value})"),
        _ => format!("Some({value})"),
    };
    source.push('\n');
    if docs.has_field(field) {
        line(
            source,
            1,
            &format!("/// Sets [`{name}`](Self#structfield.{name})."),
        );
    }
    let argument = format!("{name}: {}", taken(&field.ty));
    write_signature(source, &field.setter, &["mut self".to_owned(), argument]);
    line(source, 2, &format!("self.{name} = {wrapped};"));
    line(source, 2, "self");
    line(source, 1, "}");
    if field.presence == Presence::Patch {
        source.push('\n');
        let about = format!("/// Clears [`{name}`](Self#structfield.{name}) by sending `null`.");
        line(source, 1, &about);
        write_signature(source, &field.clear, &["mut self".to_owned()]);
        line(source, 2, &format!("self.{name} = crate::Patch::Clear;"));
        line(source, 2, "self");
        line(source, 1, "}");
    }
}

/// Writes the signature of a method that returns `Self`. It is `#[inline]` unless it is generic, so that
/// it is compiled only where it is called.
fn write_signature(source: &mut String, name: &str, arguments: &[String]) {
    if !arguments.iter().any(|argument| argument.contains("impl ")) {
        line(source, 1, "#[inline]");
    }
    signature(source, name, arguments, "Self");
}

/// Returns the type of a setter's argument.
fn taken(ty: &Type) -> String {
    match ty {
        Type::Boolean => "bool".to_owned(),
        Type::List(item) => format!("impl IntoIterator<Item = {}>", taken_item(item)),
        Type::Map(value) => map(value),
        Type::Boxed(name) => format!("impl Into<{name}>"),
        other => format!("impl Into<{other}>"),
    }
}

fn taken_item(ty: &Type) -> String {
    match ty {
        Type::String | Type::Id(_) | Type::Named(_) | Type::Json => format!("impl Into<{ty}>"),
        other => other.to_string(),
    }
}

fn map(value: &Type) -> String {
    format!("impl Into<crate::Map<{value}>>")
}

/// Returns the type of the argument of `new` for a required nullable property, and its conversion.
fn nullable(ty: &Type, name: &str) -> (String, String) {
    let given = format!("crate::IntoNullable::into_nullable({name})");
    match ty {
        Type::Boxed(held) => (
            format!("impl crate::IntoNullable<{held}>"),
            format!("{given}.map(Box::new)"),
        ),
        _ => (format!("impl crate::IntoNullable<{ty}>"), given),
    }
}

/// Returns the conversion of a setter's argument to the type of the field.
fn given(ty: &Type, name: &str) -> String {
    match ty {
        Type::Boolean => name.to_owned(),
        Type::List(item) => match **item {
            Type::String | Type::Id(_) | Type::Named(_) | Type::Json => {
                format!("{name}.into_iter().map(Into::into).collect()")
            }
            _ => format!("{name}.into_iter().collect()"),
        },
        Type::Boxed(_) => format!("Box::new({name}.into())"),
        _ => format!("{name}.into()"),
    }
}
