//! Enums of strings.

use super::{doc, line};
use crate::model::Item;

/// Writes an enum and the value of each of its variants.
pub fn write(source: &mut String, item: &Item, variants: &[(String, String)]) {
    let name = &item.name;
    doc::write(source, 0, &item.docs, &[doc::schema(item)]);
    super::structure::attributes(
        source,
        item,
        "Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash",
    );
    line(source, 0, &format!("pub enum {name} {{"));
    for (variant, value) in variants {
        line(source, 1, &format!("/// `{}`", value.replace('`', "'")));
        line(source, 1, &format!("{variant},"));
    }
    line(
        source,
        1,
        "/// A value that this version of the crate does not know.",
    );
    line(source, 1, "Unknown(String),");
    line(source, 0, "}");
    line(source, 0, &format!("open_enum!({name} {{"));
    for row in rows(variants) {
        line(source, 1, &row);
    }
    line(source, 0, "});\n");
}

/// The values, as many in a line as fit.
fn rows(variants: &[(String, String)]) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for (variant, value) in variants {
        let entry = format!("{variant} = {value:?},");
        match rows.last_mut() {
            Some(row) if row.len() + entry.len() < 90 => row.push_str(&format!(" {entry}")),
            _ => rows.push(entry),
        }
    }
    rows
}
