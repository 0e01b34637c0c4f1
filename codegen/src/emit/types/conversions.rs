//! Implementations of `From` for unions and enums.

use super::line;
use crate::model::{EnumConversions, Item, Type, Union, UnionConversions};

/// Writes the implementations of `From` for an enum: from the enums that it combines, and from `bool`.
pub(super) fn write_enum(source: &mut String, item: &Item, conversions: &EnumConversions<'_>) {
    if conversions.from_bool {
        line(source, 0, &format!("from_boolean!({});\n", item.name));
    }
    if !conversions.enums.is_empty() {
        let enums = conversions.enums.iter().copied();
        let enums = enums.collect::<Vec<_>>().join(", ");
        line(source, 0, &format!("from_enums!({}: {enums});", item.name));
        source.push('\n');
    }
}

/// Writes the implementations of `From` for a union.
pub(super) fn write_union(
    source: &mut String,
    name: &str,
    union: &Union,
    conversions: &UnionConversions,
) {
    let rows = union.variants.iter().zip(&conversions.members);
    let rows: Vec<String> = rows
        .filter(|(_, from)| !from.is_empty())
        .map(|((variant, held), from)| row(variant, held, from))
        .collect();
    write_rows(source, "from_members", name, &rows);
    if let Some((at, item)) = &conversions.list {
        let (variant, held) = &union.variants[*at];
        let row = row(variant, held, std::slice::from_ref(item));
        write_rows(source, "from_lists", name, &[row]);
    }
    if conversions.from_text {
        line(source, 0, &format!("from_text!({name});"));
    }
}

/// Returns the row of a variant: its type without the box, and the types that convert to it.
fn row(variant: &str, held: &Type, from: &[String]) -> String {
    let held = match held {
        Type::Boxed(name) => name.clone(),
        other => other.to_string(),
    };
    format!("{variant}({held}): {};", from.join(", "))
}

fn write_rows(source: &mut String, invocation: &str, name: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    line(source, 0, &format!("{invocation}!({name} {{"));
    for row in rows {
        line(source, 1, row);
    }
    line(source, 0, "});");
}
