//! Constructors and setters.
//!
//! A type that requests carry has `new` and setters. `new` takes the required properties that are not
//! nullable if they are at most [`MAX_ARGUMENTS`](crate::model::MAX_ARGUMENTS). Of a type with more, each
//! has a setter, and a value without one of them is refused before it is sent. With the feature `mock`,
//! every field of every struct has a setter.

use serde_json::Value;

use super::doc::Docs;
use super::{line, signature};
use crate::model::{Field, Item, Presence, Property, Shape, Struct, Type};

/// Writes the constructor of a type that requests carry, and the setters of what it does not take.
pub(super) fn write(source: &mut String, item: &Item, structure: &Struct, docs: &Docs<'_>) {
    line(source, 0, &format!("impl {} {{", item.name));
    if structure.is_positional() {
        write_new(source, structure);
    } else {
        write_empty_new(source, structure);
    }
    for setter in setters(item, structure, true) {
        source.push('\n');
        setter.write(source, item, structure, docs);
    }
    line(source, 0, "}\n");
}

/// Returns the setters that a struct has with the feature `mock` only; empty if there are none.
pub(super) fn for_tests(item: &Item, docs: &Docs<'_>) -> String {
    let Shape::Struct(structure) = &item.shape else {
        return String::new();
    };
    let mut methods = String::new();
    for setter in setters(item, structure, false) {
        if !methods.is_empty() {
            methods.push('\n');
        }
        setter.write(&mut methods, item, structure, docs);
    }
    if methods.is_empty() {
        return methods;
    }
    let badge = "#[cfg_attr(docsrs, doc(cfg(feature = \"mock\")))]";
    format!("{badge}\nimpl {} {{\n{methods}}}\n", item.name)
}

/// A field that has a setter.
enum Setter<'a> {
    Property(&'a Field),
    /// A union that is flattened into the struct.
    Flattened(&'a str, &'a str),
    AdditionalProperties(&'a str, &'a Type),
}

/// Returns the setters that requests need, or the others.
fn setters<'a>(item: &Item, structure: &'a Struct, in_requests: bool) -> Vec<Setter<'a>> {
    let is_positional = structure.is_positional();
    let properties = structure.fields().map(|field| {
        let is_argument = field.presence == Presence::Required && is_positional;
        (Setter::Property(field), is_argument)
    });
    let flattened = structure.flattened.iter();
    let flattened =
        flattened.map(|(field, union)| (Setter::Flattened(field, union), is_positional));
    let others = structure.additional_properties.iter();
    let others = others.map(|(field, values)| (Setter::AdditionalProperties(field, values), false));
    let all = properties.chain(flattened).chain(others);
    let needed = all.filter(|(_, is_argument)| {
        let is_needed = item.used_in_requests && !is_argument;
        is_needed == in_requests
    });
    needed.map(|(setter, _)| setter).collect()
}

impl Setter<'_> {
    fn write(&self, source: &mut String, item: &Item, structure: &Struct, docs: &Docs<'_>) {
        match self {
            Setter::Property(field) => {
                let is_checked = item.used_in_requests && !structure.is_positional();
                let unset = is_checked.then_some(structure.unknown_fields.as_str());
                write_setter(source, field, unset, docs);
            }
            Setter::Flattened(field, union) => {
                let about =
                    format!("Sets the properties that depend on the variant of [`{union}`].");
                let argument = format!("{field}: impl Into<{union}>");
                write_assignment(source, &about, field, &argument, &format!("{field}.into()"));
            }
            Setter::AdditionalProperties(field, values) => {
                let argument = format!("{field}: {}", map(values));
                let about = "Sets the additional properties.";
                write_assignment(source, about, field, &argument, &format!("{field}.into()"));
            }
        }
    }
}

fn write_assignment(source: &mut String, about: &str, field: &str, argument: &str, value: &str) {
    line(source, 1, &format!("/// {about}"));
    write_signature(source, field, &["mut self".to_owned(), argument.to_owned()]);
    line(source, 2, &format!("self.{field} = {value};"));
    line(source, 2, "self");
    line(source, 1, "}");
}

/// Writes `new` with the required properties as arguments.
fn write_new(source: &mut String, structure: &Struct) {
    let mut arguments: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for field in structure.required() {
        let Field { name, ty, .. } = field;
        arguments.push(format!("{name}: {}", taken(ty)));
        let given = given(ty, name);
        values.push(if given == *name {
            given
        } else {
            format!("{name}: {given}")
        });
    }
    for (field, union) in &structure.flattened {
        arguments.push(format!("{field}: impl Into<{union}>"));
        values.push(format!("{field}: {field}.into()"));
    }
    write_signature(source, "new", &arguments);
    if arguments.is_empty() {
        line(source, 2, "Default::default()");
    } else {
        line(source, 2, "Self {");
        for value in &values {
            line(source, 3, &format!("{value},"));
        }
        line(source, 3, "..Default::default()");
        line(source, 2, "}");
    }
    line(source, 1, "}");
}

/// Writes `new` without arguments, and which properties have to be set.
fn write_empty_new(source: &mut String, structure: &Struct) {
    let setters = structure.required();
    let setters = setters.map(|field| format!("[`{0}`](Self::{0})", field.setter));
    let flattened = structure.flattened.iter();
    let flattened = flattened.map(|(field, _)| format!("[`{field}`](Self::{field})"));
    let setters: Vec<String> = setters.chain(flattened).collect();
    let about = format!(
        "Creates a value of which these have to be set before it is sent: {}.",
        setters.join(", ")
    );
    super::paragraph(source, 1, &about);
    write_signature(source, "new", &[]);
    let required = structure.properties.iter().enumerate();
    let required = required.filter_map(|(index, property)| match property {
        Property::Field(field) if field.presence == Presence::Required => Some(index.to_string()),
        Property::Field(_) | Property::Constant { .. } => None,
    });
    let required = required.collect::<Vec<_>>().join(", ");
    let unknown_fields = &structure.unknown_fields;
    line(source, 2, "Self {");
    let unset = format!("{unknown_fields}: crate::UnknownFields::unset::<Self>(&[{required}]),");
    line(source, 3, &unset);
    line(source, 3, "..Default::default()");
    line(source, 2, "}");
    line(source, 1, "}");
}

/// Writes the setter of a property. `unset` is the field that knows which required properties have not
/// been set, if the constructor does not take them.
fn write_setter(source: &mut String, field: &Field, unset: Option<&str>, docs: &Docs<'_>) {
    let name = &field.name;
    let constant = field.constant.as_ref().map(literal);
    let value = constant.clone().unwrap_or_else(|| given(&field.ty, name));
    let value = match field.presence {
        Presence::Required => value,
        Presence::Nullable | Presence::Optional => format!("Some({value})"),
        Presence::Patch => format!("crate::Patch::Set({value})"),
    };
    if docs.has_field(field) {
        line(
            source,
            1,
            &format!("/// Sets [`{name}`](Self#structfield.{name})."),
        );
    }
    let mut arguments = vec!["mut self".to_owned()];
    if constant.is_none() {
        arguments.push(format!("{name}: {}", taken(&field.ty)));
    }
    write_signature(source, &field.setter, &arguments);
    line(source, 2, &format!("self.{name} = {value};"));
    if let (Presence::Required, Some(unset)) = (field.presence, unset) {
        line(source, 2, &format!("self.{unset}.remove({:?});", field.key));
    }
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

/// Returns the only value of a field.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}.to_owned()"),
        other => other.to_string(),
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
