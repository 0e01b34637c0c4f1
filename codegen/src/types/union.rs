//! Unions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{doc, line};
use crate::lower::{JsonType, Row};
use crate::model::{Item, Type, Union};

/// Writes a union and how its variants are told apart.
pub fn write(source: &mut String, item: &Item, union: &Union) {
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
    line(
        source,
        0,
        &format!(
            "union!({name} {:?} {{",
            item.schema.as_ref().unwrap_or(name)
        ),
    );
    for (index, (variant, _)) in union.variants.iter().enumerate() {
        line(source, 1, &format!("{index} {variant},"));
    }
    line(source, 0, "} rows {");
    write_rows(source, union);
    line(source, 0, "});\n");
    write_conversions(source, name, union);
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

fn write_rows(source: &mut String, union: &Union) {
    let telling = telling(union);
    for (index, rows) in union.rows.iter().enumerate() {
        let mut written: Vec<String> = Vec::new();
        for row in rows {
            let code = row_code(index, row, &telling, union.tagged);
            if !written.contains(&code) {
                line(source, 1, &code);
                written.push(code);
            }
        }
    }
}

/// The properties whose values differ between variants.
fn telling(union: &Union) -> Vec<&str> {
    let mut values: BTreeMap<&str, Vec<Option<&[Value]>>> = BTreeMap::new();
    let rows = || union.rows.iter().flatten();
    for (key, _) in rows().flat_map(|row| &row.tags) {
        values
            .entry(key)
            .or_insert_with(|| rows().map(|row| row.tag(key)).collect());
    }
    let differs = |of: &Vec<Option<&[Value]>>| of.iter().any(|other| Some(other) != of.first());
    values
        .into_iter()
        .filter(|(_, of)| differs(of))
        .map(|(key, _)| key)
        .collect()
}

fn row_code(index: usize, row: &Row, telling: &[&str], tagged: bool) -> String {
    let mut code = format!("{index} {}", json(row.json));
    let tags: Vec<String> = row
        .tags
        .iter()
        .filter(|(key, _)| telling.contains(&key.as_str()))
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
        .filter(|name| telling.contains(&name.as_str()) && row.tag(name).is_none())
        .cloned()
        .collect();
    let required = if tagged { &open } else { &row.required };
    if !required.is_empty() {
        code.push_str(&format!(" requires {}", list(required)));
    }
    if !tagged && !row.known.is_empty() {
        code.push_str(&format!(" knows {}", list(&row.known)));
    }
    format!("{code};")
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

/// Makes each type that only one variant holds the union by `into()`.
fn write_conversions(source: &mut String, name: &str, union: &Union) {
    for (variant, ty) in &union.variants {
        let Type::Boxed(held) = ty else { continue };
        if union
            .variants
            .iter()
            .filter(|(_, other)| other == ty)
            .count()
            > 1
        {
            continue;
        }
        line(source, 0, &format!("impl From<{held}> for {name} {{"));
        line(source, 1, &format!("fn from(value: {held}) -> Self {{"));
        line(source, 2, &format!("Self::{variant}(Box::new(value))"));
        line(source, 1, "}");
        line(source, 0, "}\n");
    }
}
