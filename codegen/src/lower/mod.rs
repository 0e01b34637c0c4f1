//! Makes every schema either a component of one plain shape or a *leaf* inside one.
//!
//! A component is an object without `allOf`, an enum of strings, a union (`oneOf`), or an alias of a
//! leaf. A leaf is a reference, a scalar, free-form JSON, or a list or map of leaves. Every other
//! inline schema becomes a component named after its location. Whether a value can be `null` is said
//! by the leaves that refer to a component, never by the component.
//!
//! Each pass hands typed data to the next:
//!
//! ```text
//! Value --Source--> Schema --Schemas--> merged Schema, Signatures --Extractor--> Component, Leaf
//! ```
//!
//! - `keywords` refuses what cannot be made sense of.
//! - `source` reads every `Schema` that can be referred to.
//! - `schemas` follows references, and keeps the merged form and the signatures of each schema. It
//!   calls `merge_all_of`, `fold_unions` and `signatures`, which do not call each other in a
//!   circle.
//! - `unions` names the variants of unions.
//! - `extract_inline` makes a [`Component`] of each component schema and of inline schemas.
//! - `operations` does the same for what stands in operations.

mod component;
mod extract_inline;
mod fold_unions;
mod json_types;
mod keywords;
mod lowered;
mod merge_all_of;
mod operations;
mod schema;
mod schemas;
mod signatures;
mod source;
mod unions;

use serde_json::Value;

use self::extract_inline::Extractor;
use crate::document::Diagnostics;

pub use component::{Component, Definition, Enum, Leaf, LeafKind, Member, Object};
pub use json_types::JsonTypes;
pub use lowered::{Lowered, Resolved};
pub use schema::{AdditionalProperties, Annotations};
pub(crate) use schema::{Kind, Schema};
pub use signatures::{JsonType, Signature, discriminator, is_discriminated};
pub(crate) use source::Source;

/// Lowers a whole document.
///
/// # Errors
/// Returns [`Diagnostics`] of the schemas that cannot be given one of the plain shapes.
pub fn lower(document: &Value) -> Result<Lowered<'_>, Diagnostics> {
    let checked = keywords::check(document);
    let source = Source::read(document);
    let mut extractor = Extractor::new(&source);
    let components = extractor.components();
    let checked = Diagnostics::both(checked, components);
    let leaves = operations::lower(document, &mut extractor);
    let (_, leaves) = Diagnostics::both(checked, leaves)?;
    let components = extractor.finish();
    Ok(Lowered {
        document,
        components,
        leaves,
        source,
    })
}
