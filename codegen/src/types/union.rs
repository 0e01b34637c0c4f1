//! Unions.

use serde_json::Value;

use super::{check::Checks, doc, line};
use crate::fill::fill;
use crate::lower::{JsonType, Row, tag};
use crate::model::{Item, Type, Union};

/// Writes a union and how its variants are told apart.
pub fn write(source: &mut String, item: &Item, union: &Union, checks: &Checks) {
    let name = &item.name;
    doc::write(source, 0, &item.docs, &[doc::schema(item)]);
    super::structure::attributes(source, item, "Clone, Debug, PartialEq");
    line(source, 0, &format!("pub enum {name} {{"));
    for ((variant, ty), rows) in union.variants.iter().zip(&union.rows) {
        line(source, 1, &format!("/// {}", about(ty, rows)));
        line(source, 1, &format!("{variant}({ty}),"));
    }
    line(
        source,
        1,
        "/// What this version of the crate does not know, as it came.",
    );
    line(source, 1, "Unknown(serde_json::Value),");
    line(source, 0, "}");
    line(source, 0, &format!("union!({} {{", item.name));
    write_variants(source, union);
    if item.sent && checks.are_in(name) {
        let checked = union.variants.iter().filter(|(_, ty)| checks.needs(ty));
        let names: Vec<&str> = checked.map(|(variant, _)| variant.as_str()).collect();
        let row = format!("inside {};", names.join(" "));
        source.push_str(&fill(1, &words(&row)));
    }
    line(source, 0, "});\n");
}

fn about(ty: &Type, rows: &[Row]) -> String {
    let tags: Vec<String> = match rows {
        [row] => row
            .tags
            .iter()
            .filter(|(_, values)| values.len() == 1)
            .map(|(key, values)| format!("`{key}` is `{}`", values[0]))
            .collect(),
        _ => Vec::new(),
    };
    match (tags.is_empty(), ty) {
        (false, _) => format!("Where {}.", tags.join(" and ")),
        (true, Type::Named(name) | Type::Boxed(name)) => format!("[`{name}`]."),
        (true, _) => format!("`{ty}`."),
    }
}

fn write_variants(source: &mut String, union: &Union) {
    let telling = telling(union);
    for (index, ((variant, ty), rows)) in union.variants.iter().zip(&union.rows).enumerate() {
        let mut codes: Vec<String> = Vec::new();
        for row in rows {
            let code = row_code(row, &telling, union.tagged);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let held = match ty {
            Type::Boxed(held) if only_one_holds(union, ty) => format!("({held})"),
            _ => String::new(),
        };
        let row = format!("{index} {variant}{held} {};", codes.join(" | "));
        source.push_str(&fill(1, &words(&row)));
    }
}

fn words(row: &str) -> Vec<String> {
    row.split(' ').map(str::to_owned).collect()
}

/// Whether the union can be made of a value of this type by `into()`.
fn only_one_holds(union: &Union, ty: &Type) -> bool {
    union
        .variants
        .iter()
        .filter(|(_, other)| other == ty)
        .count()
        == 1
}

/// The properties whose values tell variants apart: one that alone tells them all, or else those
/// that have no value in common in some two of them.
fn telling(union: &Union) -> Vec<String> {
    if let Some(key) = tag(&union.rows) {
        return vec![key];
    }
    let mut telling: Vec<String> = Vec::new();
    for (index, one) in union.rows.iter().enumerate() {
        let others = union.rows[index + 1..].iter().flatten();
        for (a, b) in others.flat_map(|b| one.iter().map(move |a| (a, b))) {
            for (key, values) in &a.tags {
                let apart = |other: &[Value]| other.iter().all(|value| !values.contains(value));
                if b.tag(key).is_some_and(apart) && !telling.contains(key) {
                    telling.push(key.clone());
                }
            }
        }
    }
    telling
}

fn row_code(row: &Row, telling: &[String], tagged: bool) -> String {
    let mut code = json(row.json).to_owned();
    let tags: Vec<String> = row
        .tags
        .iter()
        .filter(|(key, _)| telling.contains(key))
        .map(|(key, values)| {
            let values: Vec<String> = values
                .iter()
                .map(|value| format!("{:?}", text(value)))
                .collect();
            format!("{key:?}: {}", values.join(" | "))
        })
        .collect();
    if !tags.is_empty() {
        code.push_str(&format!(" {{ {} }}", tags.join(", ")));
    }
    let list = |names: &[String]| {
        names
            .iter()
            .map(|name| format!("{name:?}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    // A row that takes any value of a tag says that it has the tag.
    let open: Vec<String> = row
        .required
        .iter()
        .filter(|name| telling.contains(name) && row.tag(name).is_none())
        .cloned()
        .collect();
    let required = if tagged { &open } else { &row.required };
    if !required.is_empty() {
        code.push_str(&format!(" requires {}", list(required)));
    }
    if !tagged && !row.known.is_empty() {
        code.push_str(&format!(" knows {}", list(&row.known)));
    }
    code
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn json(json: JsonType) -> &'static str {
    match json {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
        JsonType::Any => "any",
    }
}
