//! The `discriminator` of a union.

use serde_json::Value;

use crate::document::mapped_reference;

/// The property whose value names a member of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: values with the reference to the member that each names, in the order of the document.
    pub mapping: Vec<(String, String)>,
}

impl Discriminator {
    /// Reads the `discriminator` of a schema; `None` if it names no property.
    pub(super) fn read(node: &Value) -> Option<Self> {
        let property = node.get("propertyName")?.as_str()?.to_owned();
        let mapping = node.get("mapping").and_then(Value::as_object);
        let mapping = mapping.into_iter().flatten();
        let mapping = mapping
            .filter_map(|(value, target)| Some((value.clone(), mapped_reference(target.as_str()?))))
            .collect();
        Some(Self { property, mapping })
    }

    /// Returns the values that name a member which is known by these references.
    pub fn values(&self, references: &[String]) -> Vec<Value> {
        let mapping = self.mapping.iter();
        let named = mapping.filter(|(_, target)| references.contains(target));
        named.map(|(value, _)| value.as_str().into()).collect()
    }
}
