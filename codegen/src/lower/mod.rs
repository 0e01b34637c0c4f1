//! Makes every schema either a component of one plain shape or a *leaf* inside one.
//!
//! A component is an object without `allOf`, an enum of strings, or a union (`oneOf`). A leaf is a reference, a scalar, free-form JSON, or a list or map of leaves. Every other
//! inline schema becomes a component named after its location. Whether a value can be `null` is said
//! by the leaves that refer to a component, never by the component.
//!
//! Each pass hands typed data to the next:
//!
//! ```text
//! Syntax --Schemas--> merged Schema, Signatures --Extractor--> Component, Leaf, Operation<Leaf>
//! ```
//!
//! - `schemas` follows references, and keeps the merged form and the signatures of each schema. It
//!   calls `merge_all_of`, `fold_unions` and `signatures`, which do not call each other in a
//!   circle.
//! - `unions` names the variants of unions.
//! - `extract_inline` makes a [`Component`] of each component schema and of inline schemas.
//! - `operations` does the same for the schemas of operations.
//! - `aliases` replaces references to components that are other names for a leaf.
//! - `identifiers` finds the text that is an ID, once all components are there.
//! - `pages` recognizes the components that are pages of lists and differ only in their items.

mod aliases;
mod component;
mod extract_inline;
mod fold_unions;
mod identifiers;
mod json_types;
mod lowered;
mod mapping;
mod merge_all_of;
mod operations;
mod pages;
mod schemas;
mod sent;
mod signatures;
mod unions;

use serde_json::Value;

use self::extract_inline::Extractor;
use crate::document::{Diagnostic, Diagnostics};
use crate::syntax;

pub use crate::syntax::{AdditionalProperties, Annotations, Origin};
pub use component::{Component, Definition, Enum, Leaf, LeafKind, Member, Object};
pub use json_types::JsonTypes;
pub use lowered::{Lowered, Resolved};
pub(crate) use sent::sent;
pub use signatures::{JsonType, Signature, discriminator, is_discriminated};

/// Reads and lowers a whole document.
///
/// # Errors
/// Returns [`Diagnostics`] of what cannot be read, and of the schemas that cannot be given one of the
/// plain shapes.
pub fn lower(document: &Value) -> Result<Lowered, Diagnostics> {
    let (lowered, found) = parts(document);
    Diagnostics::check(found)?;
    Ok(lowered)
}

/// Reads and lowers what can be of a document, and returns it with the diagnostics of the rest.
pub(crate) fn parts(document: &Value) -> (Lowered, Vec<Diagnostic>) {
    let (syntax, mut found) = syntax::read(document);
    let mut extractor = Extractor::new(&syntax.schemas);
    found.extend(extractor.components().err().into_iter().flatten());
    let operations = operations::lower(&syntax, &mut extractor, &mut found);
    let (components, aliases) = extractor.finish();
    let mut lowered = Lowered {
        components,
        aliases,
        operations,
        schemas: syntax.schemas,
    };
    found.extend(aliases::resolve(&mut lowered).err());
    identifiers::mark(&mut lowered);
    pages::recognize(&mut lowered);
    (lowered, found)
}
