//! Getters of unions.

use super::{doc, line};
use crate::model::{Access, Accessor, Getter, Type, Union};

/// Writes the getters of a union.
pub(super) fn write(source: &mut String, name: &str, union: &Union, getters: &[Getter]) {
    if getters.is_empty() {
        return;
    }
    line(source, 0, &format!("impl {name} {{"));
    for (index, getter) in getters.iter().enumerate() {
        if index > 0 {
            source.push('\n');
        }
        write_getter(source, union, getter);
    }
    line(source, 0, "}\n");
}

fn write_getter(source: &mut String, union: &Union, getter: &Getter) {
    let Getter { key, property, .. } = getter;
    let read = from_json(&property.ty);
    let variants = union.variants.iter().map(|(variant, _)| variant.as_str());
    let arms: Vec<_> = variants.zip(&getter.variants).collect();
    let lacking = arms.iter().filter(|(_, of_variant)| of_variant.is_none());
    let lacking = lacking.map(|(variant, _)| *variant);
    let lacking: Vec<&str> = lacking.chain(read.is_none().then_some("Unknown")).collect();
    let none = if lacking.is_empty() {
        String::new()
    } else {
        format!("`None` for `{}`.", lacking.join("`, `"))
    };
    let unknown = match read {
        Some(_) => "Read from the JSON value for `Unknown`.".to_owned(),
        None => String::new(),
    };
    doc::write(source, 1, &property.docs, &[none, unknown]);
    if property.deprecated {
        line(source, 1, "#[deprecated]");
    }
    let (name, returned) = (getter.name(), getter.returned());
    line(source, 1, "#[inline]");
    line(
        source,
        1,
        &format!("pub fn {name}(&self) -> Option<{returned}> {{"),
    );
    line(source, 2, "match self {");
    for (variant, of_variant) in &arms {
        if let Some(of_variant) = of_variant {
            let value = value(&property.ty, &name, of_variant);
            line(source, 3, &format!("Self::{variant}(value) => {value},"));
        }
    }
    if let Some(read) = read {
        let into = if matches!(property.ty, Type::Id(_)) {
            ".map(Into::into)"
        } else {
            ""
        };
        let value = format!("value.get({key:?}).and_then(serde_json::Value::{read}){into}");
        line(source, 3, &format!("Self::Unknown(value) => {value},"));
    }
    if !lacking.is_empty() {
        line(source, 3, "_ => None,");
    }
    line(source, 2, "}");
    line(source, 1, "}");
}

/// Returns the method of `Value` that reads a type.
fn from_json(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Boolean => Some("as_bool"),
        Type::Integer => Some("as_i64"),
        Type::Number => Some("as_f64"),
        Type::String | Type::Id(_) => Some("as_str"),
        _ => None,
    }
}

/// Returns the expression for a field that is an ID, as a copy or as its text.
fn id(access: &Access, is_copied: bool) -> String {
    match access {
        Access::Required(field) if is_copied => format!("Some(value.{field}.clone())"),
        Access::Required(field) => format!("Some(value.{field}.as_str())"),
        Access::Optional(field) if is_copied => format!("value.{field}.clone()"),
        Access::Optional(field) => format!("value.{field}.as_ref().map(|id| id.as_str())"),
        Access::Patch(field) if is_copied => format!("value.{field}.as_option().cloned()"),
        Access::Patch(field) => format!("value.{field}.as_option().map(|id| id.as_str())"),
        Access::Itself if is_copied => "Some(value.as_str().into())".to_owned(),
        Access::Itself => "Some(value.as_str())".to_owned(),
        Access::Getter(..) => String::new(),
    }
}

/// Returns the expression for the property of a variant, in a getter of a property of the type `returned`.
fn value(returned: &Type, getter: &str, property: &Accessor) -> String {
    let Accessor {
        ty,
        is_boxed,
        access,
        ..
    } = property;
    if matches!(ty, Type::Id(_)) && !matches!(access, Access::Getter(..)) {
        return id(access, matches!(returned, Type::Id(_)));
    }
    let is_copied = matches!(ty, Type::Boolean | Type::Integer | Type::Number);
    // The field is a `String`, a `Vec` or a `Box`, and a reference to what it holds is returned.
    let is_dereferenced = match ty {
        Type::String | Type::List(_) => true,
        _ => *is_boxed,
    };
    match access {
        Access::Required(field) if is_copied => format!("Some(value.{field})"),
        Access::Required(field) => format!("Some(&value.{field})"),
        Access::Optional(field) if is_copied => format!("value.{field}"),
        Access::Patch(field) if is_copied => format!("value.{field}.as_option().copied()"),
        Access::Optional(field) if is_dereferenced => format!("value.{field}.as_deref()"),
        Access::Optional(field) => format!("value.{field}.as_ref()"),
        Access::Patch(field) if is_dereferenced => {
            format!("value.{field}.as_option().map(|value| &**value)")
        }
        Access::Patch(field) => format!("value.{field}.as_option()"),
        Access::Itself => "Some(value.as_str())".to_owned(),
        // Through the type: a box has methods of its own, which a getter may be named like.
        Access::Getter(union, Some(field)) => format!("{union}::{getter}(&value.{field})"),
        Access::Getter(union, None) => format!("{union}::{getter}(value)"),
    }
}
