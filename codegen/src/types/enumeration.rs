//! Enums of strings.

use super::{doc, line};
use crate::model::Item;

/// Writes an enum by the value of each of its variants.
pub fn write(source: &mut String, item: &Item, variants: &[(String, String)]) {
    line(source, 0, "open_enum! {");
    doc::write(source, 1, &item.docs, &[doc::schema(item)]);
    if let Some(alias) = doc::alias(item) {
        line(source, 1, &alias);
    }
    if item.deprecated {
        line(source, 1, "#[deprecated]");
    }
    line(source, 1, &format!("pub enum {} {{", item.name));
    for (variant, value) in variants {
        line(source, 2, &format!("{variant} = {value:?},"));
    }
    line(source, 1, "}");
    line(source, 0, "}\n");
}
