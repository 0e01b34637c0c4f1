//! Structs.

use serde_json::Value;

use super::{WITHOUT_IMPLS, check::Checks, doc, doc::Docs, line, setters};
use crate::assertion::{Assertion, code};
use crate::markdown::code_span;
use crate::model::{Field, Item, Presence, Property, Struct};

/// Writes a struct, its codec, and, if requests carry it, its constructor and setters.
pub(super) fn write(
    source: &mut String,
    item: &Item,
    structure: &Struct,
    checks: &Checks,
    docs: &Docs<'_>,
) {
    let name = &item.name;
    let whole = doc::checked(item.used_in_requests, checks.object_assertions(item));
    docs.write(source, item, &[constants(structure), whole]);
    line(source, 0, WITHOUT_IMPLS);
    attributes(source, item, "Clone, Default");
    line(source, 0, &format!("pub struct {name} {{"));
    for property in &structure.properties {
        if let Property::Field(field) = property {
            write_field(source, field, item.used_in_requests, docs);
        }
    }
    for (field, union) in &structure.flattened {
        line(
            source,
            1,
            &format!("/// The properties that depend on the variant of [`{union}`]."),
        );
        line(source, 1, &format!("pub {field}: {union},"));
    }
    if let Some((field, others)) = &structure.additional_properties {
        let each = Assertion::Each(structure.additional_assertions.clone());
        let values = if structure.additional_assertions.is_empty() {
            String::new()
        } else {
            doc::checked(item.used_in_requests, &[each])
        };
        doc::write(source, 1, "The additional properties.", &[values]);
        line(source, 1, &format!("pub {field}: crate::Map<{others}>,"));
    }
    // Of additional properties, it only has what described ones cannot hold, such as a `null` that was
    // received. The type says what it is.
    let visibility = match structure.additional_properties {
        Some(_) => "",
        None => "pub ",
    };
    let unknown_fields = &structure.unknown_fields;
    let field = format!("{visibility}{unknown_fields}: crate::UnknownFields,");
    line(source, 1, &field);
    line(source, 0, "}");
    write_codec(source, item, structure, checks);
    if item.used_in_requests {
        setters::write(source, item, structure, docs);
    }
}

/// Writes the attributes of a type.
pub(super) fn attributes(source: &mut String, item: &Item, derives: &str) {
    if let Some(alias) = doc::alias(item) {
        line(source, 0, &alias);
    }
    line(source, 0, &format!("#[derive({derives})]"));
    if item.deprecated {
        line(source, 0, "#[deprecated]");
    }
    line(source, 0, "#[non_exhaustive]");
}

/// Returns the sentence about the constant properties, which are no fields.
fn constants(structure: &Struct) -> String {
    let mut constants: Vec<String> = structure
        .properties
        .iter()
        .filter_map(|property| match property {
            Property::Constant { key, value } => Some(format!(
                "{} is {}",
                code_span(key),
                code_span(&value.to_string())
            )),
            Property::Field(_) => None,
        })
        .collect();
    match (constants.pop(), constants.as_slice()) {
        (None, _) => String::new(),
        (Some(last), []) => format!("In JSON, {last}."),
        (Some(last), others) => format!("In JSON, {} and {last}.", others.join(", ")),
    }
}

fn write_field(source: &mut String, field: &Field, sent: bool, docs: &Docs<'_>) {
    doc::write(
        source,
        1,
        &docs.of_field(field),
        &doc::field_facts(field, sent),
    );
    if field.deprecated {
        line(source, 1, "#[deprecated]");
    }
    let ty = field.rust_type();
    line(source, 1, &format!("pub {}: {ty},", field.name));
}

/// Writes how the struct is decoded, encoded and validated.
fn write_codec(source: &mut String, item: &Item, structure: &Struct, checks: &Checks) {
    let rules = |rules: &[String]| {
        rules
            .iter()
            .map(|rule| format!(", {rule}"))
            .collect::<String>()
    };
    let mut rows: Vec<String> = Vec::new();
    for (index, property) in structure.properties.iter().enumerate() {
        rows.push(match property {
            Property::Constant { key, value } => {
                format!("{index} {key:?} Required = {};", literal(value))
            }
            Property::Field(field) => {
                let rules = if item.used_in_requests {
                    rules(&checks.field_rules(field))
                } else {
                    String::new()
                };
                let Field { key, name, .. } = field;
                format!("{index} {key:?} {} {name}{rules};", presence(field))
            }
        });
    }
    let others = structure
        .additional_properties
        .as_ref()
        .map(|(field, _)| field.as_str());
    let flattened = structure.flattened.iter().map(|(field, _)| field.as_str());
    let kept: Vec<&str> = flattened.chain(others).collect();
    if !kept.is_empty() {
        rows.push(format!("keeps {};", kept.join(" ")));
    }
    if item.used_in_requests {
        rows.extend(checked(item, structure, checks));
    }
    rows.push(format!("extra {};", structure.unknown_fields));
    line(source, 0, &format!("json_struct!({} {{", item.name));
    rows.iter().for_each(|row| line(source, 1, row));
    line(source, 0, "});\n");
}

/// Returns the rows that say what is validated besides the described properties.
fn checked(item: &Item, structure: &Struct, checks: &Checks) -> Vec<String> {
    let flattened = structure.flattened.iter();
    let flattened = flattened.filter(|(_, union)| checks.has_constraints(union));
    let mut inside: Vec<&str> = flattened.map(|(field, _)| field.as_str()).collect();
    let others = structure.additional_properties.as_ref();
    inside.extend(
        others
            .filter(|(_, values)| checks.is_constrained(values))
            .map(|(field, _)| field.as_str()),
    );
    let mut rows = Vec::new();
    if !structure.is_positional() {
        rows.push(format!("unset {};", structure.unknown_fields));
    }
    if !inside.is_empty() {
        rows.push(format!("inside {};", inside.join(" ")));
    }
    if let (Some((field, _)), [_, ..]) = (others, structure.additional_assertions.as_slice()) {
        let each = code(&structure.additional_assertions);
        rows.push(format!("each {field} {each};"));
    }
    let whole = checks.object_assertions(item);
    if !whole.is_empty() {
        rows.push(format!("against {};", code(whole)));
    }
    rows
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("Text({text:?})"),
        Value::Number(number) => format!("Integer({number})"),
        other => format!("Boolean({other})"),
    }
}

fn presence(field: &Field) -> &'static str {
    match field.presence {
        Presence::Optional if field.skips_validation => "Lenient",
        Presence::Required | Presence::Nullable => "Required",
        Presence::Optional | Presence::Patch => "Optional",
    }
}
