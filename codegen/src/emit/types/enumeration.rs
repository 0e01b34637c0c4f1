//! Enums of strings.

use super::{doc::Docs, line, structure};
use crate::markdown::code_span;
use crate::model::Item;

/// Writes an enum and the value of each of its variants.
pub(super) fn write(
    source: &mut String,
    item: &Item,
    variants: &[(String, String)],
    docs: &Docs<'_>,
) {
    docs.write(source, item, &[]);
    structure::attributes(source, item, "Clone, Debug, PartialEq, Hash");
    line(source, 0, &format!("pub enum {} {{", item.name));
    for (variant, value) in variants {
        line(source, 1, &format!("/// {}", code_span(value)));
        line(source, 1, &format!("{variant},"));
    }
    line(
        source,
        1,
        "/// A value unknown to this version of the crate.",
    );
    line(source, 1, "Unknown(crate::UnknownValue),");
    line(source, 0, "}");
    line(source, 0, &format!("open_enum!({} {{", item.name));
    for (variant, value) in variants {
        line(source, 1, &format!("{variant} = {value:?},"));
    }
    line(source, 0, "});\n");
}
